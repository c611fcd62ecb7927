import { Command } from "commander";
import { connectionOptions } from "../connection";
import { outputOptions } from "../output";
import type { DoctorOptions } from "./run";

const examples = `
Nothing changes in the organization: a permission to write is tried by a call that can't be carried out, on a client that doesn't
exist. With --read-only not even that is sent. Exit code 3 when there is a problem.

Examples:
  genesyscloud-oauth doctor
  genesyscloud-oauth doctor --stack prod
  genesyscloud-oauth doctor --read-only --json`;

/** The command `doctor`. */
export function doctorCommand(): Command {
	const command = new Command("doctor")
		.description("Check credentials, permissions and versions: everything that pulumi up needs.")
		.option("--read-only", "send nothing but GETs, and need only the permissions to read");
	return outputOptions(connectionOptions(command))
		.addHelpText("after", examples)
		.action(async (options: DoctorOptions) => {
			const { runDoctor } = await import("./run.js");
			await runDoctor(options);
		});
}
