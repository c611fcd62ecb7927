import { existsSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { mistakeText, readClients } from "#clients-file";
import { postComment } from "#post-comment";
import { type ResultFiles, writeResults } from "#results";
import { run, type RunOptions } from "#run";
import { exitCodes } from "#run-report";
import { oneLine, redact } from "#safe-text";
import { doneLine, toText } from "#text-report";

type Options = Omit<RunOptions, "command" | "policyPack" | "signal" | "log" | "onDone"> &
	ResultFiles & { policyPack: string[] | false };

const packOfPackage = "node_modules/pulumi-genesyscloud-oauth/policy";

const log = (line: string) => process.stdout.write(`${redact(oneLine(line))}\n`);
const logError = (line: string) => process.stderr.write(`${redact(oneLine(line))}\n`);

const toSeconds = (text: string): number => {
	const seconds = Number(text);
	if (!Number.isFinite(seconds) || seconds < 0) throw new InvalidArgumentError("It must be a number of seconds.");
	return seconds;
};

/** "2 clients", from the part `clients` of a file. */
function countOf(part: string, declared: object): string {
	const { length } = Object.keys(declared);
	return `${length} ${length === 1 ? part.slice(0, -1) : part}`;
}

const clientsOption = () => new Option("--clients <file>", "the clients to provision").default("oauth-clients.yaml");
const stackOption = () => new Option("--stack <name>", "the stack").env("PULUMI_STACK").makeOptionMandatory();

const pipeline = new Command("pipeline")
	.description("Provisions the Genesys Cloud OAuth clients of a YAML file.")
	.helpCommand(false)
	.exitOverride();

pipeline
	.command("validate")
	.description("check the file of clients; needs no credentials and no Pulumi")
	.addOption(clientsOption())
	.action(async ({ clients: file }: { clients: string }) => {
		const { declared, mistakes } = await readClients(file);
		const counts = Object.entries(declared)
			.filter(([part, resources]) => part === "clients" || Object.keys(resources).length > 0)
			.map(([part, resources]) => countOf(part, resources));
		for (const mistake of mistakes) tellMistake(mistake);
		if (mistakes.length === 0) log(`${file}: ${counts.join(", ")}, no mistakes`);
		else process.exitCode = exitCodes.invalid;
	});

addRun("preview", "say what an up would do; changes nothing");
addRun("up", "make Genesys Cloud what the file of clients says");
addRun("drift", "say what others have changed in Genesys Cloud; changes nothing");

pipeline
	.command("comment")
	.description("post a preview's Markdown on its pull request, in place of the comment of an earlier run")
	.requiredOption("--markdown <file>", "the Markdown that preview wrote")
	.requiredOption("--number <number>", "the number of the pull request or merge request")
	.action(async ({ markdown, number }: { markdown: string; number: string }) => {
		log(await postComment({ markdown, number, environment: process.env }));
	});

function addRun(command: RunOptions["command"], description: string): void {
	pipeline
		.command(command)
		.description(description)
		.addOption(stackOption())
		.addOption(clientsOption())
		.option("--markdown <file>", "write a report in Markdown")
		.option("--json <file>", "write the results as JSON")
		.option("--outputs <file>", "append the results in short as NAME=value")
		.option("--policy-pack <directory...>", "policy packs to apply", existsSync(packOfPackage) ? [packOfPackage] : [])
		.option("--no-policy-pack", "apply none")
		.option("--policy-config <file>", "settings of the policy packs, in JSON")
		.option("--lock-timeout <seconds>", "how long to wait while another run has the stack", toSeconds, 600)
		.option("--secrets-provider <url>", "what a new stack's secrets are encrypted with")
		.action(async (options: Options) => {
			const report = await run({
				...options,
				command,
				policyPack: options.policyPack || [],
				signal: endSignal(),
				log,
				onDone: (client) => client.action === "same" || log(doneLine(client)),
			});
			writeResults(report, options);
			for (const line of toText(report)) log(line);
			process.exitCode = exitCodes[report.outcome];
		});
}

/** GitHub shows a mistake beside its line in the pull request. */
function tellMistake(mistake: Parameters<typeof mistakeText>[0]): void {
	logError(mistakeText(mistake));
	if (process.env["GITHUB_ACTIONS"] !== "true") return;
	const message = oneLine(`${mistake.path}: ${mistake.message}`).replaceAll("%", "%25");
	log(`::error file=${mistake.file},line=${mistake.line}::${message}`);
}

/**
 * Aborted when the run is to end. Pulumi is interrupted once: it then finishes what is under way and gives the lock back; a second time
 * would make it drop everything, and lose a client that was just made. At a terminal Ctrl-C reaches Pulumi by itself.
 */
function endSignal(): AbortSignal {
	const controller = new AbortController();
	for (const name of ["SIGINT", "SIGTERM"] as const) {
		process.on(name, () => {
			if (name === "SIGINT" && process.stdin.isTTY) return;
			if (!controller.signal.aborted) log(`${name}: finishing what is under way`);
			controller.abort();
		});
	}
	return controller.signal;
}

try {
	await pipeline.parseAsync();
} catch (error) {
	if (error instanceof CommanderError) {
		// Commander has said what is wrong.
		process.exitCode = error.exitCode === 0 ? 0 : exitCodes.invalid;
	} else {
		logError(`error: ${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = exitCodes.failed;
	}
}
