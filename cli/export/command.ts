import { Command, InvalidArgumentError, Option } from "commander";
import { connectionOptions } from "../connection";
import { outputOptions } from "../output";
import type { ExportOptions } from "./run";

const examples = `
Adopted clients keep their ids and secrets; the first pulumi up of the program changes nothing in Genesys Cloud. Left out, each with
its reason: the client you are logged in with, those that Genesys Cloud's support disabled, those of --exclude-stack, and those that
this package can't declare.

Examples:
  genesyscloud-oauth export --output infra/oauth-clients
  genesyscloud-oauth export --grant CODE --name "CRM *" --stdout
  pulumi stack export --file state.json && genesyscloud-oauth export --exclude-stack state.json`;

/** The command `export`. */
export function exportCommand(): Command {
	const command = new Command("export")
		.description("Write a Pulumi program (TypeScript) that adopts the organization's OAuth clients.")
		.option("-o, --output <directory>", "where to write the project", "genesyscloud-oauth-clients")
		.option("--project <name>", "the Pulumi project's name", projectName, "genesyscloud-oauth-clients")
		.addOption(
			new Option("--stdout", "print the program as one file, in place of writing a project").conflicts([
				"json",
				"force",
			]),
		)
		.option("--force", "overwrite files that are there; others are never touched")
		.option("--name <pattern...>", "only clients of such a name; * stands for any text, upper and lower case count")
		.addOption(
			new Option("--grant <type...>", "only clients of these grant types").choices([
				"CODE",
				"TOKEN",
				"SAML2-BEARER",
				"PASSWORD",
				"CLIENT-CREDENTIALS",
			]),
		)
		.addOption(new Option("--state <state...>", "only clients in these states").choices(["active", "inactive"]))
		.option("--id <id...>", "only these clients")
		.option("--exclude-stack <file...>", "leave out what a stack manages: a file that pulumi stack export has written")
		.option("--include-own", "export the client you are logged in with, too");
	return outputOptions(connectionOptions(command))
		.addHelpText("after", examples)
		.action(async (options: ExportOptions) => {
			const { runExport } = await import("./run.js");
			await runExport(options);
		});
}

function projectName(name: string): string {
	if (!/^[\w.-]{1,100}$/.test(name)) {
		throw new InvalidArgumentError("A project's name has up to 100 letters, digits, dots, hyphens and underscores.");
	}
	return name;
}
