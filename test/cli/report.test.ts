import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { reportCommand } from "../../cli/report/command";
import type { Report } from "../../cli/report/report";
import { runReport } from "../../cli/report/run";
import { systemClock } from "../../provider/api/clock";
import type { Simulator } from "../../simulator";
import { reportedIds, reportedOrganization, hostileNames } from "./support/reported-organization";
import { runCommand, startOrganization, temporaryDirectory, variablesFor, writesOf } from "./support/command";
import { runInProcess } from "./support/in-process";
import { variedOrganization } from "./support/varied-organization";

const start = async () => startOrganization(reportedOrganization(Date.now()));

const run = async (simulator: Simulator, ...args: string[]) =>
	runInProcess(["report", ...args], { variables: variablesFor(simulator) });

const runShipped = async (simulator: Simulator, ...args: string[]) =>
	runCommand(["report", ...args], { variables: variablesFor(simulator) });

/** The export of a stack that has the CRM client. */
function stackExport(): string {
	const file = join(temporaryDirectory(), "state.json");
	const type = "pulumi-nodejs:dynamic/genesyscloud:OAuthClient";
	const outputs = { secretVersion: 2, secretRotatedAt: new Date(Date.now() - 400 * 86_400_000).toISOString() };
	const resources = [
		{ urn: `urn:pulumi:prod::identity::${type}::crm`, type, custom: true, id: reportedIds.crm, outputs },
	];
	writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
	return file;
}

test("the JSON has every client, its findings and its use, and what was found is reason enough for code 3", async () => {
	const simulator = await start();
	const { code, stdout, stderr } = await runShipped(
		simulator,
		"--json",
		"--stack-export",
		stackExport(),
		"--fail-on",
		"any",
		"--max-secret-age",
		"365",
	);
	expect(code).toBe(3);
	// On a slow machine it says how far it is.
	expect(stderr).toMatch(/^reading the OAuth clients\n(usage of .+\n)*read 11 clients and their usage\n$/);
	const report = JSON.parse(stdout) as Report;
	expect(report).toMatchObject({
		version: 1,
		host: new URL(simulator.url).host,
		stacks: [{ stack: "identity/prod", clients: 1 }],
		summary: { clients: 11, byState: { active: 9, inactive: 1, disabled: 1 } },
	});
	expect(report.findings.filter(({ finding }) => finding !== "unmanaged").map(({ id }) => id)).toEqual([
		`near-deletion:${reportedIds.leaving}`,
		`ending-grant:${reportedIds.oldWidget}`,
		`secret-too-old:${reportedIds.crm}`,
		`unused:${reportedIds.idle}`,
		`unused:${reportedIds.oldWidget}`,
		`token-life-too-long:${reportedIds.oldWidget}`,
		`scope-unused:${reportedIds.dashboard}`,
		`secret-may-be-too-old:${reportedIds.idle}`,
	]);
	expect(report.summary.byFinding.unmanaged).toBe(10);
	const wallboard = report.clients.find(({ id }) => id === reportedIds.dashboard);
	expect(wallboard?.scopes?.proposed).toEqual(["all", "analytics:readonly", "users:readonly"]);
	expect(wallboard?.usage?.days).toHaveLength(30);
	expect(report.usageByDay?.reduce((sum, { requests }) => sum + requests, 0)).toBe(report.summary.requests);
});

test("hostile names are printed as one plain line", async () => {
	const { code, stdout } = await run(
		await startOrganization({ ...variedOrganization, usageQueries: { runningPolls: 0 } }),
	);
	expect(code).toBe(0);
	expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
	expect(stdout).toContain("right to left");
});

test("in a pipe a finding is one line with its client's id, and so is a client", async () => {
	const { stdout } = await run(await start());
	const lines = stdout.split("\n").map((line) => line.replaceAll(/ {2,}/g, "  "));
	expect(lines).toContain(`high  ending-grant  ${reportedIds.oldWidget}  Old widget  the grant type is TOKEN`);
	expect(lines).toContain(`medium  unused  ${reportedIds.idle}  Idle import  no request in 30 days`);
	expect(lines.filter((line) => line.startsWith(hostileNames[1] ?? ""))).toHaveLength(1);
	expect(stdout).toContain("Move the application to CODE with PKCE");
});

test("--csv prints findings or clients, of which no text becomes a formula", async () => {
	const simulator = await startOrganization({
		clients: [{ id: reportedIds.crm, name: '=HYPERLINK("https://example.com")', state: "disabled" }],
	});
	const { code, stdout } = await run(simulator, "--csv", "--max-token-seconds", "1", "--near-deletion-days", "0");
	expect(code).toBe(0);
	expect(stdout.split("\r\n")[0]).toBe("severity,finding,clientId,clientName,requests,dueAt,what,remedy");
	const clients = await run(simulator, "--csv", "clients", "--quiet");
	expect(clients.stdout).toContain(`\r\n${reportedIds.crm},"'=HYPERLINK(""https://example.com"")",`);
	expect(clients.stderr).toBe("");
	expect(await run(simulator, "--csv", "--json")).toMatchObject({
		code: 2,
		stderr: "genesyscloud-oauth: option '--csv [table]' cannot be used with option '--json'\n",
	});
});

test("--no-usage costs a login and two lists, and leaves out what it can't know", async () => {
	const simulator = await start();
	const { code, stdout } = await run(simulator, "--no-usage", "--fail-on", "unused,scope-unused");
	expect(code).toBe(0);
	expect(stdout).toContain("Without usage data (--no-usage)");
	expect(simulator.requests.all().map(({ method, path }) => `${method} ${path}`)).toEqual([
		"POST /oauth/token",
		"GET /api/v2/oauth/clients",
		"GET /api/v2/integrations/credentials/listing",
	]);
});

const credentialsIn = (json: string) =>
	(JSON.parse(json) as Report).clients.find(({ id }) => id === reportedIds.crm)?.integrationCredentials;

test("the integration credentials that contain a client are shown, and a login that may not see them is told so", async () => {
	const simulator = await start();
	const credential = simulator.organization.addCredential({
		name: "CRM data actions",
		fields: { clientId: reportedIds.crm, clientSecret: "not-a-real-secret" },
	});
	const nameless = simulator.organization.addCredential({
		fields: { clientId: reportedIds.crm, clientSecret: "not-a-real-secret" },
	});
	const args = ["--no-usage", "--quiet"];
	expect(credentialsIn((await run(simulator, "--json", ...args)).stdout)).toEqual([
		{ id: credential.id, name: "CRM data actions" },
		{ id: nameless.id, name: "" },
	]);
	const { stdout } = await run(simulator, ...args);
	expect(stdout).toMatch(new RegExp(`CRM sync \\(${reportedIds.crm}\\) +CRM data actions \\(`));
	expect(stdout).toContain(credential.id);
	expect(stdout.replaceAll(/\s+/g, " ")).toContain(`no name (${nameless.id})`);
	const page = join(temporaryDirectory(), "report.html");
	await runShipped(simulator, ...args, "--html", page);
	expect(readFileSync(page, "utf8")).toContain(
		JSON.stringify([
			{ id: credential.id, name: "CRM data actions" },
			{ id: nameless.id, name: "" },
		]),
	);
	simulator.organization.dropPermissions(simulator.administrator.clientId, "integrations:integration:view");
	expect(credentialsIn((await run(simulator, "--json", ...args)).stdout)).toBeNull();
	expect((await run(simulator, ...args)).stdout).toContain("Integration credentials aren't shown: the login lacks");
});

test("nothing is changed in the organization", async () => {
	const simulator = await start();
	await run(simulator, "--quiet");
	expect(writesOf(simulator)).toEqual(["POST /api/v2/usage/aggregates/query/jobs 200"]);
});

test("a login without usage:organization:view reports the same, with a query for each client, and one line says so", async () => {
	const simulator = await start();
	const { stdout: fast } = await run(simulator, "--json", "--quiet");
	simulator.organization.dropPermissions(simulator.administrator.clientId, "usage:organization:view");
	const { stdout: slow, stderr } = await run(simulator, "--json");
	expect(stderr.split("\n")[1]).toBe(
		"asking for each client's usage: the login lacks usage:organization:view, which allows one query for all clients",
	);
	expect(usages(slow)).toEqual(usages(fast));
	expect((await run(simulator, "--quiet")).stderr).toBe("");
});

test("asking for each client's usage says how much time is left", async () => {
	const simulator = await start();
	const written = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
	vi.spyOn(process.stdout, "write").mockImplementation(() => true);
	const variables = { ...variablesFor(simulator), GENESYSCLOUD_USAGE_API: "oauth" };
	for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
	onTestFinished(() => {
		vi.restoreAllMocks();
		vi.unstubAllEnvs();
	});
	// Each look at this clock takes three seconds.
	let time = Date.now();
	const clock = { ...systemClock, now: () => (time += 3000) };
	const options = { unusedDays: 30, maxSecretAge: 90, maxTokenSeconds: 86_400, nearDeletionDays: 30 };
	await runReport({ ...options, forbidGrant: [], failOn: [], usage: true }, clock);
	const lines = written.mock.calls.map(([line]) => String(line));
	const left = /^usage of \d+ of 11 clients, (less than a|about \d+) minutes? left\n$/;
	expect(lines.filter((line) => left.test(line)).length).toBeGreaterThan(2);
});

const usages = (json: string) => (JSON.parse(json) as Report).clients.map(({ usage }) => usage);

/** The grants that these flags forbid. */
function forbiddenBy(...args: string[]): string[] {
	const command = reportCommand();
	command.parseOptions(args);
	return command.opts<{ forbidGrant: string[] }>().forbidGrant;
}

test("a list that is given replaces the default, and may be given in parts", () => {
	expect(forbiddenBy()).toEqual(["PASSWORD"]);
	expect(forbiddenBy("--forbid-grant", "token,code", "--forbid-grant", "SAML2-BEARER")).toEqual([
		"TOKEN",
		"CODE",
		"SAML2-BEARER",
	]);
});

test("GENESYSCLOUD_USAGE_API=oauth asks for each client's usage; another word is wrong", async () => {
	const simulator = await start();
	const withApi = async (value: string) =>
		runInProcess(["report"], { variables: { ...variablesFor(simulator), GENESYSCLOUD_USAGE_API: value } });
	expect((await withApi("oauth")).stderr).not.toContain("asking for each");
	expect(new Set(writesOf(simulator))).toEqual(new Set(["POST /api/v2/oauth/clients/{clientId}/usage/query 200"]));
	expect(await withApi("soap")).toMatchObject({
		code: 1,
		stderr: expect.stringContaining("GENESYSCLOUD_USAGE_API must be oauth or jobs"),
	});
});

test.each([
	[["--fail-on", "ending-grant"], 3],
	[["--fail-on", "forbidden-grant", "--forbid-grant", "TOKEN"], 3],
	[["--fail-on", "usage-unknown,unused"], 3],
	[["--fail-on", "usage-unknown", "secret-too-old"], 0],
	[["--fail-on", "forbidden-grant"], 0],
	[["--fail-on", "token-life-too-long", "--max-token-seconds", "172800"], 0],
	[["--fail-on", "near-deletion", "--near-deletion-days", "2"], 0],
	[["--fail-on", "secret-may-be-too-old", "--max-secret-age", "5000"], 0],
	[[], 0],
])("%j ends with code %i", async (args, code) => {
	const outcome = await run(await start(), "--quiet", ...args);
	expect(outcome).toMatchObject({ code, stderr: "" });
});

test.each([
	[["--fail-on", "everything"], /Give one or more of any, ending-grant, forbidden-grant, /],
	[["--csv", "clients.csv"], /Allowed choices are findings, clients/],
	[["--unused-days", "0"], /whole number from 1 to 365/],
	[["--unused-days", "366"], /whole number from 1 to 365/],
	[["--stack-export", "nowhere.json"], /nowhere\.json can't be read \(ENOENT\)/],
	[["--html", "."], /\. can't be written \(it is a directory\)/],
	[["--html", "nowhere/clients.html"], /nowhere\/clients\.html can't be written \(ENOENT\)/],
])("%j is wrong usage, said in one line before any call", async (args, message) => {
	const simulator = await start();
	const { code, stdout, stderr } = await run(simulator, ...args);
	expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
	expect(stderr).toMatch(message);
	expect(stderr.trimEnd()).not.toContain("\n");
	expect(simulator.requests.count({})).toBe(0);
});

test("a failed query of one client is a finding about it, and the report goes on", async () => {
	const simulator = await start();
	// The organization's job, and one client's query.
	simulator.organization.failUsageQueries(2);
	const { code, stdout } = await run(simulator, "--json", "--fail-on", "usage-unknown");
	expect(code).toBe(3);
	const { findings, clients } = JSON.parse(stdout) as Report;
	expect(findings.filter(({ finding }) => finding === "usage-unknown")).toHaveLength(1);
	expect(clients.filter(({ usage }) => usage?.status === "complete")).toHaveLength(10);
});

test("neither JSON nor page holds a field that this package doesn't know, nor a secret", async () => {
	const simulator = await start();
	const html = join(temporaryDirectory(), "clients.html");
	const { stdout } = await runShipped(simulator, "--json", "--html", html);
	for (const text of [stdout, readFileSync(html, "utf8")]) {
		expect(text).toContain("Fresh");
		expect(text).not.toMatch(/hidden-in-a-later-field|futureSecret/);
		expect(text).not.toContain(simulator.administrator.clientSecret);
	}
});

test("integration credentials that can't be listed fail the report: none would look like no use", async () => {
	const simulator = await start();
	const path = "/api/v2/integrations/credentials/listing";
	simulator.faults.add({ kind: "status", method: "GET", path, status: 400, code: "bad.request" });
	expect(await run(simulator, "--quiet", "--no-usage")).toMatchObject({ code: 1, stdout: "" });
});

test("an organization that can't be asked is one line and code 1", async () => {
	const simulator = await start();
	simulator.faults.add({ kind: "status", method: "GET", path: "/api/v2/oauth/clients", status: 403 });
	const { code, stdout, stderr } = await runShipped(simulator, "--quiet");
	expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
	expect(stderr).toMatch(/^genesyscloud-oauth: get_oauth_clients failed: 403 .*\n$/);
});
