import addCompletion from "@bomb.sh/tab/commander";
import { Command, CommanderError } from "commander";
import { homepage, version } from "../provider/api/version";
import { contractCommand } from "./contract/command";
import { doctorCommand } from "./doctor/command";
import { exportCommand } from "./export/command";
import { exitCodes, printFailure, UsageError } from "./failure";
import { reportCommand } from "./report/command";
import { setSecretsCommand } from "./set-secrets/command";
import { simulatorCommand } from "./simulator/command";

const afterHelp = `
Documentation: ${homepage}/blob/main/docs/command.md

Exit codes:
  0  success
  1  failure
  2  wrong usage: an unknown or invalid option or argument; nothing was done
  3  findings: doctor found a problem, report found what --fail-on names, or contract something that differs`;

/** The whole command `genesyscloud-oauth`, ready to parse arguments. Commander throws instead of ending the process. */
export function buildProgram(): Command {
	const program = new Command("genesyscloud-oauth")
		.description(
			"Tools for the OAuth clients of a Genesys Cloud organization. They change nothing in Genesys Cloud, but for contract in the organization that it is given.",
		)
		.version(version, "-v, --version", "the version of this package")
		.helpOption("-h, --help", "show this help")
		.addHelpText("afterAll", afterHelp);
	const commands = [
		doctorCommand(),
		exportCommand(),
		setSecretsCommand(),
		reportCommand(),
		simulatorCommand(),
		contractCommand(),
	];
	for (const command of commands) {
		program.addCommand(command.copyInheritedSettings(program));
	}
	addCompletion(program, { completionCommandName: "completion" });
	for (const command of [program, ...program.commands]) {
		// `printFailure` prints commander's errors instead, in one line.
		command.exitOverride().configureOutput({ outputError: () => undefined });
	}
	return program;
}

/** Runs the command and sets `process.exitCode`. Standard output may not be written completely when it returns. */
export async function runProgram(argv: readonly string[]): Promise<void> {
	// A reader such as `| head` may close the pipe early.
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		process.exit(error.code === "EPIPE" ? exitCodes.success : exitCodes.failure);
	});
	try {
		await buildProgram().parseAsync(argv);
	} catch (error) {
		if (error instanceof CommanderError && error.exitCode === 0) return;
		const failure = error instanceof CommanderError ? toUsageError(error) : error;
		printFailure(failure, { json: argv.includes("--json") });
		process.exitCode = failure instanceof UsageError ? exitCodes.wrongUsage : exitCodes.failure;
	}
}

function toUsageError(error: CommanderError): UsageError {
	return new UsageError(
		error.code === "commander.help" ? "no command was given; --help lists them" : error.message.replace(/^error: /, ""),
	);
}
