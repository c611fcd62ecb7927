import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { credentialsOfClients } from "../../provider/api/credentials-of-clients";
import { isApiError } from "../../provider/api/errors";
import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import { type Clock, systemClock } from "../../provider/api/clock";
import { type ConnectionOptions, openConnection } from "../connection";
import { exitCodes, UsageError } from "../failure";
import { type OutputOptions, printJson, printLine } from "../output";
import { type Progress, startProgress } from "../progress";
import { buildReport, type ReportData } from "./build";
import { type CsvTable, toCsv } from "./csv";
import type { FindingName } from "./finding-catalog";
import type { Report } from "./report";
import { readStackExports } from "../stack-export";
import { printReport } from "./text";
import { timeLeft } from "./time-left";
import { collectUsage, periodBefore } from "./usage";

/** The flags of `report`. */
export interface ReportOptions extends ConnectionOptions, OutputOptions {
	/** How many whole UTC days of usage to look at: 1 to 365. @default 30 */
	unusedDays: number;
	/** The maximum age of a secret, in days. @default 90, as in the policy pack */
	maxSecretAge: number;
	/** The maximum token lifetime, in seconds. @default 86400 */
	maxTokenSeconds: number;
	/** How many days before its deletion to report a client. @default 30 */
	nearDeletionDays: number;
	/** Grants that no client may have. @default PASSWORD */
	forbidGrant: string[];
	/** Files of `pulumi stack export`. @default none */
	stackExport?: string[];
	/** Whether to query usage. @default true */
	usage: boolean;
	/** The findings that set exit code 3; `any` means all kinds. @default none */
	failOn: (FindingName | "any")[];
	/** The table to print as CSV instead of text. @default none */
	csv?: CsvTable;
	/** Where to write the HTML page. @default nowhere */
	html?: string;
}

/** Makes the report and prints it; sets the exit code if there are findings of `failOn`. */
export async function runReport(options: ReportOptions, clock: Clock = systemClock): Promise<void> {
	// Errors here must come before minutes of calls.
	const stacks = options.stackExport && readStackExports(options.stackExport);
	if (options.html !== undefined) requireWritable(options.html);
	const progress = startProgress("reading the OAuth clients", process.stderr, { quiet: options.quiet ?? false, clock });
	const report = buildReport({
		...(await collect(options, clock, progress)),
		...(stacks === undefined ? {} : { stacks }),
	});
	if (options.json) printJson(report);
	else if (options.csv) process.stdout.write(toCsv(report, options.csv));
	else printReport(report);
	if (options.html !== undefined) {
		const { renderPage } = await import("./page/page.js");
		writeFileSync(options.html, await renderPage(report));
		if (!options.json && !options.csv) printLine(`\nHTML page: ${options.html}`);
	}
	if (failsOn(report, options.failOn)) process.exitCode = exitCodes.findings;
}

async function collect(options: ReportOptions, clock: Clock, progress: Progress): Promise<ReportData> {
	try {
		const { api, hosts } = openConnection(options);
		const [{ entities: clients }, credentials] = await Promise.all([api.getOauthClients(), visibleCredentials(api)]);
		const now = clock.now();
		const data: ReportData = {
			now,
			host: new URL(hosts.api).host,
			clients,
			...(credentials && { credentials }),
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
			const startedAt = clock.now();
			const outcomes = await collectUsage(
				clients.map(({ id }) => id),
				{
					api,
					clock,
					period,
					onProgress: (done, total) => {
						const left = timeLeft({ done, total, elapsed: clock.now() - startedAt });
						progress.update(`usage of ${done} of ${total} clients${left === undefined ? "" : `, ${left}`}`);
					},
					onFallback: (reason) =>
						options.quiet || printLine(`asking for each client's usage: ${reason}`, process.stderr),
				},
			);
			data.usage = { period, outcomes };
		}
		progress.succeed(`read ${clients.length} clients${options.usage ? " and their usage" : ""}`);
		return data;
	} catch (error) {
		progress.fail("reading the OAuth clients failed");
		throw error;
	}
}

/** The integration credentials of the clients; undefined if the login may not see them. */
async function visibleCredentials(api: GenesysCloudApi): Promise<ReportData["credentials"]> {
	try {
		return await credentialsOfClients(api);
	} catch (error) {
		if (isApiError(error) && error.status === 403) return undefined;
		throw error;
	}
}

function requireWritable(file: string): void {
	const refusal = (reason: string) =>
		new UsageError(`${file} can't be written (${reason}): --html takes a file in an existing directory`);
	if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw refusal("it is a directory");
	try {
		accessSync(dirname(file), constants.W_OK);
	} catch (error) {
		throw refusal((error as NodeJS.ErrnoException).code ?? "unknown error");
	}
}

const failsOn = ({ summary }: Report, names: ReportOptions["failOn"]) =>
	names.some((name) => (name === "any" ? Object.keys(summary.byFinding).length > 0 : summary.byFinding[name]));
