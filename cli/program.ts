import { Command, CommanderError } from "commander";
import { version } from "../provider/version";
import { doctorCommand } from "./doctor/command";
import { exportCommand } from "./export/command";
import { exitCodes, printFailure, UsageError } from "./failure";
import { reportCommand } from "./report/command";
import { simulatorCommand } from "./simulator/command";

const afterHelp = `
Exit codes:
  0  fine
  1  failed: it could not be done
  2  wrong usage: an option or argument that doesn't exist or doesn't fit
  3  findings: it was done, and found what you asked to be told about`;

/** The whole command `genesyscloud-oauth`, ready to parse arguments. Commander throws in place of ending the process. */
export function buildProgram(): Command {
	const program = new Command("genesyscloud-oauth")
		.description("Looks after the OAuth clients of a Genesys Cloud organization, beside Pulumi.")
		.version(version, "-V, --version", "the version of this package")
		.helpOption("-h, --help", "this text")
		.addHelpText("afterAll", afterHelp);
	for (const command of [doctorCommand(), exportCommand(), reportCommand(), simulatorCommand()]) {
		program.addCommand(command.copyInheritedSettings(program));
	}
	for (const command of [program, ...program.commands]) {
		// What commander has to say about wrong usage is said by `printFailure`, in one line.
		command.exitOverride().configureOutput({ outputError: () => undefined });
	}
	return program;
}

/** Runs the command; afterwards `process.exitCode` says how it went, and standard output may still be on its way. */
export async function runProgram(argv: readonly string[]): Promise<void> {
	// Whoever reads may have read enough: `| head`.
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		process.exit(error.code === "EPIPE" ? exitCodes.fine : exitCodes.failed);
	});
	try {
		await buildProgram().parseAsync(argv);
	} catch (error) {
		if (error instanceof CommanderError && error.exitCode === 0) return;
		const failure = error instanceof CommanderError ? toUsageError(error) : error;
		printFailure(failure, { json: argv.includes("--json") });
		process.exitCode = failure instanceof UsageError ? exitCodes.wrongUsage : exitCodes.failed;
	}
}

function toUsageError(error: CommanderError): UsageError {
	return new UsageError(
		error.code === "commander.help" ? "no command was given; --help lists them" : error.message.replace(/^error: /, ""),
	);
}
