import { Command, Option } from "commander";
import { connectionOptions } from "../connection";
import { outputOptions } from "../output";
import { purposes } from "./permissions";
import type { DoctorOptions } from "./run";

const examples = `
Nothing changes in the organization: write permissions are tested with calls that must fail, on a client that doesn't exist. With
--read-only these calls aren't sent. Exit code 3 if there is a problem.

--for says what the login is meant for: clients (manage OAuthClient and RotatingOAuthClient), credentials (IntegrationCredential), usage
(deletionGuard and getOAuthClientUsage), lookups (roles by name), authorizations (getOAuthAuthorization), export, report. A permission that
nothing named there needs is optional.

Examples:
  genesyscloud-oauth doctor
  genesyscloud-oauth doctor --stack prod --for clients credentials
  genesyscloud-oauth doctor --read-only --json`;

/** The command `doctor`. */
export function doctorCommand(): Command {
	const command = new Command("doctor")
		.description("Check credentials, permissions and versions: everything that pulumi up needs.")
		.addOption(
			new Option("--for <purpose...>", "what the login is meant for").choices(purposes).default(["clients"], "clients"),
		)
		.option("--read-only", "send only GETs, and check only read permissions");
	return outputOptions(connectionOptions(command))
		.addHelpText("after", examples)
		.action(async (options: DoctorOptions) => {
			const { runDoctor } = await import("./run.js");
			await runDoctor(options);
		});
}
