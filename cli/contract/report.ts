import { version } from "../../provider/api/version";
import { exitCodes } from "../failure";
import { assumptions } from "./catalog";
import type { ContractOutcome } from "./contract";
import type { Leftover } from "./made";
import type { Result, Verdict } from "./result";

/** An assumption and what was found of it. */
interface ReportedResult extends Result {
	/** The assumption, in a sentence. */
	assumes: string;
	/** What the package does where it is otherwise. */
	depends: string;
}

/** A report, as its JSON file has it. It names neither the organization nor the login, and has no secret. */
export interface ContractReport {
	/** The version of this package. */
	version: string;
	/** When the run began, ISO 8601. */
	date: string;
	/** The API's host; for a gateway, only that there is one; `simulator` for the simulator. */
	host: string;
	/** How many requests were sent. */
	calls: number;
	/** How long the run took, in seconds. */
	seconds: number;
	/** Whether it was stopped before its end. */
	stopped: boolean;
	/** How many assumptions hold, differ, and couldn't be tried. */
	counts: Record<Verdict, number>;
	/** All assumptions, in the order of their numbers. */
	results: ReportedResult[];
	/** What could not be deleted. */
	leftovers: Leftover[];
}

/** The report on a run. */
export function reportOn(outcome: ContractOutcome, { host, date }: { host: string; date: string }): ContractReport {
	const { results, leftovers, calls, seconds, stopped } = outcome;
	const known = new Map(assumptions.map((assumption) => [assumption.id, assumption]));
	const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
	return {
		version,
		date,
		host,
		calls,
		seconds,
		stopped,
		counts: { holds: count("holds"), differs: count("differs"), untried: count("untried") },
		results: results.map((result) => {
			const { assumes = "", depends = "" } = known.get(result.id) ?? {};
			return Object.assign(result, { assumes, depends });
		}),
		leftovers,
	};
}

/** The exit code of the command. */
export function exitCodeOf({ stopped, leftovers, counts }: ContractReport): number {
	if (stopped || leftovers.length > 0) return exitCodes.failure;
	return counts.differs > 0 ? exitCodes.findings : exitCodes.success;
}

const headings: Record<Verdict, string> = { differs: "Differs", untried: "Couldn't be tried", holds: "Holds" };

/** The report as Markdown, to be pasted into an issue. */
export function toMarkdown(report: ContractReport): string {
	const { counts, leftovers, stopped } = report;
	const sections = (["differs", "untried", "holds"] as const).flatMap((verdict) => sectionOf(report, verdict));
	return [
		"# Contract report",
		"",
		`${counts.holds} hold, ${counts.differs} differ${counts.differs === 1 ? "s" : ""}, ${counts.untried} couldn't be tried. pulumi-genesyscloud-oauth ${report.version}, ${report.host}, ${report.date}, ${report.calls} calls, ${report.seconds} s${stopped ? ", stopped" : ""}.`,
		"",
		...(leftovers.length === 0 ? [] : ["## Left in the organization", "", ...leftovers.map(toLine), ""]),
		...sections,
	].join("\n");
}

function sectionOf({ results }: ContractReport, verdict: Verdict): string[] {
	const rows = results.filter((result) => result.verdict === verdict).map((result) => rowOf(result));
	if (rows.length === 0) return [];
	return [`## ${headings[verdict]}`, "", "| id | assumed | seen | answer |", "| --- | --- | --- | --- |", ...rows, ""];
}

const toLine = ({ kind, id, name, remedy }: Leftover): string =>
	`- ${kind} ${[id, name && `"${name}"`].filter((text) => text !== undefined).join(" ")}: ${remedy}`;

function rowOf({ id, assumes, depends, verdict, seen, status, code, correlationId }: ReportedResult): string {
	const answer = [status, code, correlationId].filter((text) => text !== undefined).join(" ");
	const cells = [id, verdict === "differs" ? `${assumes}. Otherwise: ${depends}` : assumes, seen, answer];
	return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
