import { Command, InvalidArgumentError, Option } from "commander";
import { connectionOptions } from "../connection";
import { outputOptions } from "../output";
import { findingKinds, type FindingName, findingNames } from "./finding-catalog";
import type { ReportOptions } from "./run";

const columns = Math.max(...findingNames.map((name) => name.length));

const explanation = `
Findings, for --fail-on:
${findingNames.map((name) => `  ${name.padEnd(columns)}  ${findingKinds[name].title}`).join("\n")}

Genesys Cloud doesn't show when a secret was made. The export of a stack says it (secret-too-old); of other clients it is only known
that the secret is as old as the client at most (secret-may-be-too-old).
With usage:organization:view usage takes one query, else two calls or more for each client, at the pace of the rate limit. --no-usage
leaves it out.

Examples:
  genesyscloud-oauth report
  genesyscloud-oauth report --unused-days 90 --html clients.html
  pulumi stack export --file state.json && genesyscloud-oauth report --stack-export state.json --fail-on unmanaged,forbidden-grant`;

/** The command `report`. */
export function reportCommand(): Command {
	const command = new Command("report")
		.description(
			"Take stock of the organization's OAuth clients: use, age, lifetimes, grants, scopes, who manages them.",
		)
		.option("--unused-days <days>", "how many days back to look for use", wholeNumber(1, 365), 30)
		.option("--max-secret-age <days>", "the greatest age of a secret", wholeNumber(1, 36_500), 90)
		.option("--max-token-seconds <seconds>", "the longest life of a token", wholeNumber(1, 38_880_000), 86_400)
		.option("--near-deletion-days <days>", "how soon a deletion is near", wholeNumber(0, 36_500), 30)
		.option(
			"--forbid-grant <type...>",
			"grants that no client may have",
			collect(forbiddenGrants, (part) => part.toUpperCase()),
			forbiddenGrants,
		)
		.option("--stack-export <file...>", "the stacks that should manage the clients: files of pulumi stack export")
		.option("--no-usage", "ask for no usage: one call in all, and no findings about use and scopes")
		.addOption(
			new Option("--fail-on <finding...>", "exit with code 3 when there are such findings; any: of whatever kind")
				.argParser(collect(noFindings, findingName))
				.default(noFindings, "none"),
		)
		.option("--html <file>", "also write a page with charts: one file that loads nothing");
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

/** Collects the values of a flag that is given again, or with several values at once, in place of its default. */
const collect =
	<T>(defaults: readonly T[], parse: (part: string) => T) =>
	(text: string, before: readonly T[]): T[] => [
		...(before === defaults ? [] : before),
		...parts(text).map((part) => parse(part)),
	];

const forbiddenGrants = ["TOKEN", "PASSWORD"];

const failOn: readonly string[] = ["any", ...findingNames];

function findingName(part: string): FindingName | "any" {
	if (!failOn.includes(part)) throw new InvalidArgumentError(`Give one or more of ${failOn.join(", ")}.`);
	return part as FindingName | "any";
}

const noFindings: (FindingName | "any")[] = [];
