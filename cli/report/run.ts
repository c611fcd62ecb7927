import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Clock, systemClock } from "../../provider/api/clock";
import { type ConnectionOptions, openConnection } from "../connection";
import { exitCodes, UsageError } from "../failure";
import { type OutputOptions, printJson, printLine } from "../output";
import { type Progress, startProgress } from "../progress";
import { buildReport, type Collected } from "./build";
import type { FindingName } from "./finding-catalog";
import type { Report } from "./report";
import { readStackExports } from "../stack-export";
import { printReport } from "./text";
import { collectUsage, periodBefore } from "./usage";

/** The flags of `report`. */
export interface ReportOptions extends ConnectionOptions, OutputOptions {
	/** How many whole UTC days back to look for use: 1 to 365. @default 30 */
	unusedDays: number;
	/** The greatest age of a secret, in days. @default 90, as in the policy pack */
	maxSecretAge: number;
	/** The longest life of a token, in seconds. @default 86400 */
	maxTokenSeconds: number;
	/** How soon a deletion is near, in days. @default 30 */
	nearDeletionDays: number;
	/** Grants that no client may have. @default TOKEN, PASSWORD */
	forbidGrant: string[];
	/** Files of `pulumi stack export`. @default none */
	stackExport?: string[];
	/** Whether to ask for usage. @default true */
	usage: boolean;
	/** The findings that make the exit code 3; `any` is every kind. @default none */
	failOn: (FindingName | "any")[];
	/** Where to write the page. @default nowhere */
	html?: string;
}

/** Makes the report and prints it; sets the exit code when there are findings to fail on. */
export async function runReport(options: ReportOptions, clock: Clock = systemClock): Promise<void> {
	// What can go wrong here goes wrong before minutes of calls.
	const stacks = options.stackExport && readStackExports(options.stackExport);
	if (options.html !== undefined) requireWritable(options.html);
	const progress = startProgress("reading the OAuth clients", process.stderr, { quiet: options.quiet ?? false });
	const report = buildReport({
		...(await collect(options, clock, progress)),
		...(stacks === undefined ? {} : { stacks }),
	});
	if (options.json) printJson(report);
	else printReport(report);
	if (options.html !== undefined) {
		const { renderPage } = await import("./page/page.js");
		writeFileSync(options.html, await renderPage(report));
		if (!options.json) printLine(`\nThe page: ${options.html}`);
	}
	if (failsOn(report, options.failOn)) process.exitCode = exitCodes.findings;
}

async function collect(options: ReportOptions, clock: Clock, progress: Progress): Promise<Collected> {
	try {
		const { api, hosts } = openConnection(options);
		const { entities: clients } = await api.getOauthClients();
		const now = clock.now();
		const collected: Collected = {
			now,
			host: new URL(hosts.api).host,
			clients,
			limits: {
				unusedDays: options.unusedDays,
				maxSecretAgeDays: options.maxSecretAge,
				maxTokenSeconds: options.maxTokenSeconds,
				nearDeletionDays: options.nearDeletionDays,
				forbiddenGrants: options.forbidGrant,
			},
		};
		if (options.usage) {
			const period = periodBefore(now, options.unusedDays);
			const outcomes = await collectUsage(
				clients.map(({ id }) => id),
				{
					api,
					clock,
					period,
					onProgress: (done, total) => progress.update(`usage of ${done} of ${total} clients`),
					onFallback: (reason) =>
						options.quiet || printLine(`asking for each client's usage: ${reason}`, process.stderr),
				},
			);
			collected.usage = { period, outcomes };
		}
		progress.succeed(`read ${clients.length} clients${options.usage ? " and their usage" : ""}`);
		return collected;
	} catch (error) {
		progress.fail("reading the OAuth clients failed");
		throw error;
	}
}

function requireWritable(file: string): void {
	const refusal = (reason: string) =>
		new UsageError(`${file} can't be written (${reason}): --html takes a file, in a directory that exists`);
	if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw refusal("it is a directory");
	try {
		accessSync(dirname(file), constants.W_OK);
	} catch (error) {
		throw refusal((error as NodeJS.ErrnoException).code ?? "unknown error");
	}
}

const failsOn = ({ summary }: Report, names: ReportOptions["failOn"]) =>
	names.some((name) => (name === "any" ? Object.keys(summary.byFinding).length > 0 : summary.byFinding[name]));
