import { type CommandConnection, type ConnectionOptions, openConnection } from "../connection";
import { exitCodes } from "../failure";
import { type OutputOptions, printJson, printLine, printTable, styled } from "../output";
import { startProgress } from "../progress";
import type { Check, Verdict } from "./check";
import { checkLogin, checkOwnClient, checkResponses, describeConnection, noConnection } from "./connection-checks";
import { checkPermissions, type Purpose } from "./permissions";
import { checkVersions } from "./versions";

/** The flags of `doctor`. */
export interface DoctorOptions extends ConnectionOptions, OutputOptions {
	/** What the login is meant for. */
	for: Purpose[];
	/** Send only GETs, and check only read permissions. */
	readOnly?: boolean;
}

/** What `doctor --json` prints. */
export interface DoctorJson {
	/** The worst verdict; `unknown` counts as a warning. */
	verdict: "fine" | "warning" | "problem";
	/** All checks, in order. */
	checks: Check[];
	/** The permissions that a role must have besides, in the order of the checks. */
	missingPermissions: string[];
}

/** Checks everything that `pulumi up` needs and prints the results. Changes nothing anywhere. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
	const progress = startProgress("Checking versions", process.stderr, options);
	const checks = await checkVersions(process.cwd(), process.env);
	const connection = tryConnection(options);
	if ("check" in connection) checks.push(connection.check);
	else {
		checks.push(...describeConnection(connection));
		progress.update("Logging in");
		const login = await checkLogin(connection);
		checks.push(...login.checks);
		if (login.works) {
			const { api } = connection;
			const onProbe = (permission: string) => progress.update(`Testing ${permission}`);
			checks.push(...(await checkOwnClient(connection, login.ownClientId)));
			checks.push(...(await checkPermissions(api, options.for, options.readOnly === true, onProbe)));
			checks.push(...checkResponses(connection, Date.now()));
		}
	}
	const verdict = worstOf(checks);
	if (verdict === "problem") progress.fail("Checked everything: there are problems");
	else progress.succeed(`Checked everything: ${verdict === "fine" ? "all is fine" : "no problems, but warnings"}`);
	const missingPermissions = [...new Set(checks.flatMap(({ missing }) => missing ?? []))];
	if (options.json) printJson({ verdict, checks, missingPermissions } satisfies DoctorJson);
	else print(checks, missingPermissions);
	if (verdict === "problem") process.exitCode = exitCodes.findings;
}

function tryConnection(options: DoctorOptions): CommandConnection | { check: Check } {
	try {
		return openConnection(options);
	} catch (error) {
		return { check: noConnection(error) };
	}
}

function worstOf(checks: readonly Check[]): DoctorJson["verdict"] {
	const verdicts = new Set(checks.map(({ verdict }) => verdict));
	if (verdicts.has("problem")) return "problem";
	return verdicts.has("warning") || verdicts.has("unknown") ? "warning" : "fine";
}

const shown: Record<Verdict, () => string> = {
	fine: () => styled("green", "fine"),
	optional: () => styled("dim", "optional"),
	warning: () => styled("yellow", "warning"),
	problem: () => styled("red", "problem"),
	unknown: () => styled("yellow", "unknown"),
};

function print(checks: readonly Check[], missingPermissions: readonly string[]): void {
	printTable({
		head: ["", "what", "found"],
		rows: checks.map(({ what, found, verdict, advice }) => [
			shown[verdict](),
			what,
			advice === undefined ? found : `${found}\n-> ${advice}`,
		]),
		// Names are whole, to be copied.
		widths: [undefined, undefined, 84],
	});
	if (missingPermissions.length > 0) {
		printLine();
		printLine("Give the client a role with:");
		for (const permission of missingPermissions) printLine(`  ${permission}`);
	}
	const problems = checks.filter(({ verdict }) => verdict === "problem").length;
	if (problems > 0) {
		printLine();
		printLine(
			`${problems} problem${problems === 1 ? "" : "s"}: what this login is meant for would fail, completely or in part.`,
		);
	}
}
