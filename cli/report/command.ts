import { Command, InvalidArgumentError, Option } from "commander";
import { connectionOptions } from "../connection";
import { outputOptions } from "../output";
import { csvTables } from "./csv";
import { findingKinds, type FindingName, findingNames } from "./finding-catalog";
import type { ReportOptions } from "./run";

const columns = Math.max(...findingNames.map((name) => name.length));

const explanation = `
Findings, for --fail-on:
${findingNames.map((name) => `  ${name.padEnd(columns)}  ${findingKinds[name].title}`).join("\n")}

Genesys Cloud doesn't show when a secret was created. A stack export does (secret-too-old); any other secret is at most as old as its
client (secret-may-be-too-old).
Usage takes one query if the login has usage:organization:view, otherwise at least two calls for each client, within the rate limit.
--no-usage skips it.

Examples:
  genesyscloud-oauth report
  genesyscloud-oauth report --unused-days 90 --html clients.html
  genesyscloud-oauth report --csv clients > clients.csv
  pulumi stack export --file state.json && genesyscloud-oauth report --stack-export state.json --fail-on unmanaged,ending-grant`;

/** The command `report`. */
export function reportCommand(): Command {
	const command = new Command("report")
		.description(
			"Report the organization's OAuth clients: usage, age, lifetimes, grants, scopes, and which stack manages them.",
		)
		.option("--unused-days <days>", "how many days of usage to look at", wholeNumber(1, 365), 30)
		.option("--max-secret-age <days>", "the maximum age of a secret", wholeNumber(1, 36_500), 90)
		.option("--max-token-seconds <seconds>", "the maximum token lifetime", wholeNumber(1, 38_880_000), 86_400)
		.option(
			"--near-deletion-days <days>",
			"how many days before its deletion to report a client",
			wholeNumber(0, 36_500),
			30,
		)
		.option(
			"--forbid-grant <type...>",
			"grants that no client may have",
			collect(forbiddenGrants, (part) => part.toUpperCase()),
			forbiddenGrants,
		)
		.option("--stack-export <file...>", "the stacks that manage clients: files of pulumi stack export")
		.option("--no-usage", "don't query usage: one call in all, and no findings about usage and scopes")
		.addOption(
			new Option("--fail-on <finding...>", "exit with code 3 if there are such findings; any means all kinds")
				.argParser(collect(noFindings, findingName))
				.default(noFindings, "none"),
		)
		.addOption(
			new Option("--csv [table]", "print findings or clients as CSV on standard output instead of text")
				.choices(csvTables)
				.preset("findings")
				.conflicts("json"),
		)
		.option("--html <file>", "also write an HTML page with charts: one file that loads nothing");
	return outputOptions(connectionOptions(command))
		.addHelpText("after", explanation)
		.action(async (options: ReportOptions) => {
			const { runReport } = await import("./run.js");
			await runReport(options);
		});
}

const wholeNumber = (least: number, most: number) => (text: string) => {
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < least || value > most) {
		throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
	}
	return value;
};

const parts = (text: string) =>
	text
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");

/** Collects the values of a flag that is repeated or has several values; they replace its default. */
const collect =
	<T>(defaults: readonly T[], parse: (part: string) => T) =>
	(text: string, before: readonly T[]): T[] => [
		...(before === defaults ? [] : before),
		...parts(text).map((part) => parse(part)),
	];

const forbiddenGrants = ["PASSWORD"];

const failOn: readonly string[] = ["any", ...findingNames];

function findingName(part: string): FindingName | "any" {
	if (!failOn.includes(part)) throw new InvalidArgumentError(`Give one or more of ${failOn.join(", ")}.`);
	return part as FindingName | "any";
}

const noFindings: (FindingName | "any")[] = [];
