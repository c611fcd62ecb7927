import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { oldestVersions } from "../../cli/doctor/versions";
import type { DoctorJson } from "../../cli/doctor/run";
import { createManualClock, ROLE_IDS, DIVISION_IDS, type Simulator, startSimulator } from "../../simulator";
import { isWindows } from "../platform";
import { runCommand, startOrganization, temporaryDirectory, variablesFor, writesOf } from "./support/command";
import { runInProcess } from "./support/in-process";
import { lastCheckWith } from "./support/login-problem";

const needed = ["view", "add", "edit", "delete"].map((name) => `oauth:client:${name}`);
const usage = ["usage:client:view", "usage:organization:view"];
const integrations = ["view", "add", "edit", "delete"].map((name) => `integrations:integration:${name}`);
const permissions = [...needed, ...usage, "oauth:client:authorize", "authorization:role:view", ...integrations];

async function doctor(simulator: Simulator, run = runInProcess) {
	const { code, stdout, stderr } = await run(["doctor", "--json"], {
		variables: variablesFor(simulator),
	});
	const report = JSON.parse(stdout) as DoctorJson;
	const found = (id: string) => report.checks.find((check) => check.id === id);
	return { code, report, found, stderr };
}

/** The variables that lead to a simulator, as a client with these permissions. */
function variablesOf(simulator: Simulator, allowed: string[]): Record<string, string> {
	const { client, secret } = simulator.organization.addClient({
		name: "Pulumi",
		permissions: allowed,
		roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
	});
	return {
		...variablesFor(simulator),
		GENESYSCLOUD_OAUTHCLIENT_ID: client.id,
		GENESYSCLOUD_OAUTHCLIENT_SECRET: secret!,
	};
}

test("doctor says what it looked at, and where it found it", async () => {
	const simulator = await startOrganization();
	const { code, report, found } = await doctor(simulator, runCommand);
	expect(report.checks.map(({ id }) => id)).toEqual([
		"node",
		"package",
		"pulumi-sdk",
		"pulumi-cli",
		"credentials",
		"host",
		"login",
		"organization",
		"own-client",
		"permission oauth:client:view",
		"permission oauth:client:add",
		"permission oauth:client:edit",
		"permission oauth:client:delete",
		"permission oauth:client:view or usage:client:view",
		"permission usage:client:view",
		"permission usage:organization:view",
		"permission oauth:client:authorize",
		"permission authorization:role:view",
		...integrations.map((permission) => `permission ${permission}`),
		"rate-limit",
		"clock",
	]);
	expect(code).toBe(0);
	expect(found("credentials")?.found).toBe(
		`OAuth client ${simulator.administrator.clientId}, from the environment variable GENESYSCLOUD_OAUTHCLIENT_ID and the environment variable GENESYSCLOUD_OAUTHCLIENT_SECRET`,
	);
	expect(found("host")?.found).toBe(simulator.url);
	expect(found("login")?.found).toContain("Administrator");
	expect(found("organization")?.found).toContain("Simulated Organization");
	expect(found("rate-limit")?.found).toMatch(/^2[89]\d of 300 requests left/);
	expect(found("pulumi-sdk")?.found).toMatch(/^\d+\.\d+\.\d+$/);
});

test("doctor changes nothing: every call that could is refused", async () => {
	const simulator = await startOrganization({
		clients: [{ name: "Fine", authorizedGrantType: "CODE", scope: ["users"] }],
	});
	const before = simulator.organization.clients();
	await doctor(simulator);
	expect(writesOf(simulator)).toEqual([
		"POST /api/v2/oauth/clients 400",
		"PUT /api/v2/oauth/clients/{clientId} 404",
		"DELETE /api/v2/oauth/clients/{clientId} 404",
		"POST /api/v2/integrations/credentials 400",
		"PUT /api/v2/integrations/credentials/{credentialId} 404",
		"DELETE /api/v2/integrations/credentials/{credentialId} 404",
	]);
	expect(simulator.organization.clients()).toEqual(before);
	expect(simulator.organization.credentials()).toEqual([]);
	const touched = simulator.requests.filter({ template: "/api/v2/oauth/clients/{clientId}" });
	const ids = new Set(touched.filter(({ method }) => method !== "GET").map(({ path }) => path));
	expect(ids.size).toBe(1);
	expect([...ids].some((path) => before.some(({ id }) => path.endsWith(id)))).toBe(false);
});

test("a permission isn't present because a gateway says no, and a write that was accepted is a problem", async () => {
	const simulator = await startOrganization();
	const [post, put] = ["/api/v2/oauth/clients", "/api/v2/oauth/clients/{clientId}"] as const;
	simulator.faults.add({ kind: "status", method: "POST", path: post, status: 400, body: { error: "no" } });
	simulator.faults.add({ kind: "status", method: "DELETE", path: put, status: 204 });
	const { code, found } = await doctor(simulator);
	expect(found("permission oauth:client:add")).toMatchObject({
		verdict: "unknown",
		found: "unknown (400 without a code)",
	});
	expect(found("permission oauth:client:delete")).toMatchObject({
		verdict: "problem",
		found: "present, but the API accepted a call that it should have refused",
	});
	expect(code).toBe(3);
});

test("with --read-only nothing but GETs is sent, and no permission to write is needed", async () => {
	const simulator = await startOrganization();
	const variables = variablesOf(simulator, ["oauth:client:view"]);
	const { code, stdout } = await runInProcess(["doctor", "--read-only", "--json"], { variables });
	expect(code).toBe(0);
	expect(writesOf(simulator)).toEqual([]);
	const { checks } = JSON.parse(stdout) as DoctorJson;
	expect(checks.map(({ id }) => id)).not.toContain("permission oauth:client:add");
});

test.each(permissions)("doctor misses %s, and nothing else, when it is missing", async (missing) => {
	const simulator = await startOrganization();
	const variables = variablesOf(
		simulator,
		permissions.filter((permission) => permission !== missing),
	);
	const { code, stdout } = await runInProcess(["doctor", "--json"], { variables });
	const { verdict, checks, missingPermissions } = JSON.parse(stdout) as DoctorJson;
	const isNeeded = needed.includes(missing);
	const notFine = checks.filter((check) => check.id.startsWith("permission ") && check.verdict !== "fine");
	expect(notFine).toEqual([
		{
			id: `permission ${missing}`,
			what: missing,
			found: expect.stringContaining("missing (403 missing.any.permissions)"),
			verdict: isNeeded ? "problem" : "optional",
			...(isNeeded && { missing }),
		},
	]);
	expect(missingPermissions).toEqual(isNeeded ? [missing] : []);
	expect(code).toBe(isNeeded ? 3 : 0);
	expect(verdict === "problem").toBe(isNeeded);
});

test.each([
	["credentials", integrations],
	["usage", ["oauth:client:view", "usage:client:view"]],
	["lookups", ["authorization:role:view"]],
	["authorizations", ["oauth:client:authorize"]],
	["export", ["oauth:client:view", "authorization:role:view"]],
	["report", ["oauth:client:view", "usage:organization:view", "integrations:integration:view"]],
])("with --for %s doctor demands what that needs, and nothing else", async (purpose, demanded) => {
	const simulator = await startOrganization();
	const args = ["doctor", "--json", "--for", purpose];
	const without = await runInProcess(args, { variables: variablesOf(simulator, []) });
	expect((JSON.parse(without.stdout) as DoctorJson).missingPermissions).toEqual(demanded);
	expect(without.code).toBe(3);
	const { code } = await runInProcess(args, { variables: variablesOf(simulator, demanded) });
	expect(code).toBe(0);
});

test("usage:client:view is enough for usage", async () => {
	const simulator = await startOrganization();
	const variables = variablesOf(simulator, ["usage:client:view"]);
	const { stdout } = await runInProcess(["doctor", "--json"], { variables });
	const { checks } = JSON.parse(stdout) as DoctorJson;
	expect(checks.find(({ id }) => id === "permission oauth:client:view or usage:client:view")?.verdict).toBe("fine");
	expect(checks.find(({ id }) => id === "permission oauth:client:view")?.verdict).toBe("problem");
	expect(checks.find(({ id }) => id === "permission usage:client:view")?.verdict).toBe("fine");
	expect(checks.find(({ id }) => id === "permission usage:organization:view")?.verdict).toBe("optional");
});

test("an enforced scope that the token lacks is told from a permission", async () => {
	const simulator = await startOrganization({ scopeEnforcement: true });
	const { client, secret } = simulator.organization.addClient({
		name: "Pulumi",
		permissions: "all",
		tokenScopes: ["oauth:readonly", "user-basic-info"],
	});
	const variables = {
		...variablesFor(simulator),
		GENESYSCLOUD_OAUTHCLIENT_ID: client.id,
		GENESYSCLOUD_OAUTHCLIENT_SECRET: secret!,
	};
	const { stdout } = await runInProcess(["doctor", "--json"], { variables });
	const { checks } = JSON.parse(stdout) as DoctorJson;
	expect(checks.find(({ id }) => id === "permission oauth:client:add")).toMatchObject({
		verdict: "problem",
		found: expect.stringContaining("403 app.not.authorized.for.scope"),
		advice: expect.stringContaining("scope oauth"),
	});
	expect(checks.find(({ id }) => id === "permission oauth:client:view")?.verdict).toBe("fine");
	const ofLookups = await runInProcess(["doctor", "--json", "--for", "lookups"], { variables });
	const { checks: others, missingPermissions } = JSON.parse(ofLookups.stdout) as DoctorJson;
	expect(others.find(({ id }) => id === "permission authorization:role:view")?.advice).toContain(
		"scope authorization:readonly",
	);
	expect(missingPermissions).toEqual([]);
});

test("with an access token doctor finds out whose it is", async () => {
	const simulator = await startOrganization();
	const { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: _, ...others } = variablesFor(simulator);
	const token = simulator.organization.issueToken(id!);
	const { code, stdout, stderr } = await runInProcess(["doctor", "--json"], {
		variables: { ...others, GENESYSCLOUD_ACCESS_TOKEN: token },
	});
	expect(code).toBe(0);
	const { checks } = JSON.parse(stdout) as DoctorJson;
	expect(checks.find((check) => check.id === "credentials")?.found).toBe(
		"an access token, from the environment variable GENESYSCLOUD_ACCESS_TOKEN",
	);
	expect(checks.find((check) => check.id === "login")?.found).toContain(id);
	expect(checks.find((check) => check.id === "own-client")?.verdict).toBe("fine");
	expect(stdout + stderr).not.toContain(token);
});

test.each([
	["a wrong secret", { GENESYSCLOUD_OAUTHCLIENT_SECRET: "not-the-secret" }, "invalid_client"],
	["a dead token", { GENESYSCLOUD_ACCESS_TOKEN: "not-a-token" }, "bad.credentials"],
])("%s is a problem, and nothing more is asked", async (_, change, message) => {
	expect(await lastCheckWith(change)).toMatchObject({
		id: "login",
		verdict: "problem",
		found: expect.stringContaining(message),
	});
});

test("a login works although the API refuses to say whose it is, and isn't known to work while the API fails", async () => {
	const simulator = await startOrganization();
	const answers = async (status: number) => {
		simulator.faults.add({ kind: "status", method: "GET", path: "/api/v2/tokens/me", status });
		return (await doctor(simulator)).found("login");
	};
	expect(await answers(403)).toMatchObject({
		verdict: "fine",
		found: expect.stringContaining("the token's client is unknown") as string,
	});
	expect(await answers(501)).toMatchObject({ verdict: "problem" });
});

test("without credentials doctor says where it looked", async () => {
	const { code, stdout } = await runInProcess(["doctor"]);
	expect(code).toBe(3);
	for (const place of ["GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_ACCESS_TOKEN", "--stack"]) {
		expect(stdout).toContain(place);
	}
});

test("a client that is marked for deletion is a problem before it is gone", async () => {
	const simulator = await startOrganization();
	const variables = variablesOf(simulator, permissions);
	simulator.organization.changeClient(variables["GENESYSCLOUD_OAUTHCLIENT_ID"]!, {
		dateToDelete: "2099-01-02T03:04:05Z",
	});
	const { code, stdout } = await runInProcess(["doctor"], { variables });
	expect(code).toBe(3);
	expect(stdout).toContain("marked for deletion on 2099-01-02");
});

test("a clock that is wrong is told, and in which direction", async () => {
	const clock = createManualClock({ now: Date.now() + 3_600_000 });
	const simulator = await startSimulator({ clock });
	try {
		const { report, found } = await doctor(simulator);
		expect(found("clock")).toMatchObject({ verdict: "warning", found: expect.stringMatching(/^3[56]\d\d s behind/) });
		expect(report.verdict).toBe("warning");
	} finally {
		await simulator.close();
	}
});

test.skipIf(isWindows)("a Pulumi CLI that is too old is a problem", async () => {
	const simulator = await startOrganization();
	const PATH = temporaryDirectory();
	writeFileSync(join(PATH, "pulumi"), "#!/bin/sh\necho v3.199.9\n", { mode: 0o755 });
	const { stdout } = await runInProcess(["doctor", "--json"], { variables: { ...variablesFor(simulator), PATH } });
	const { checks } = JSON.parse(stdout) as DoctorJson;
	expect(checks.find(({ id }) => id === "pulumi-cli")).toMatchObject({ verdict: "problem", found: "3.199.9" });
});

test("versions come from the project in this directory", async () => {
	const simulator = await startOrganization();
	const directory = temporaryDirectory();
	const install = (name: string, version: string) => {
		mkdirSync(join(directory, "node_modules", name), { recursive: true });
		writeFileSync(join(directory, "node_modules", name, "package.json"), JSON.stringify({ name, version }));
	};
	const run = async () => {
		const { stdout } = await runInProcess(["doctor", "--json"], { variables: variablesFor(simulator), directory });
		const { checks } = JSON.parse(stdout) as DoctorJson;
		return Object.fromEntries(checks.slice(0, 4).map(({ id, verdict, found }) => [id, `${verdict}: ${found}`]));
	};
	expect(await run()).toMatchObject({
		package: expect.stringMatching(/^warning: .*not installed in this directory's project/),
		"pulumi-sdk": expect.stringMatching(/^warning: not installed in this directory's project/),
	});
	install("@pulumi/pulumi", "3.99.0");
	install("pulumi-genesyscloud-oauth", "0.0.1");
	expect(await run()).toMatchObject({
		package: expect.stringMatching(/^warning: .*but 0\.0\.1 in this directory's project/),
		"pulumi-sdk": "problem: 3.99.0",
	});
	install("@pulumi/pulumi", "3.1000.0");
	expect(await run()).toMatchObject({ "pulumi-sdk": "fine: 3.1000.0" });
	const project = join(directory, "Pulumi.yaml");
	for (const runtime of ["runtime: nodejs", "runtime:\n  name: nodejs"]) {
		writeFileSync(project, `name: infra\n${runtime}\n`);
		expect(await run()).toHaveProperty("pulumi-sdk");
	}
	// The plugin doesn't need them.
	for (const runtime of ["runtime: yaml", "runtime:\n  name: python"]) {
		writeFileSync(project, `name: infra\n${runtime}\n`);
		expect(await run()).not.toHaveProperty("pulumi-sdk");
		expect(await run()).not.toHaveProperty("package");
	}
});

test("the oldest versions are those of package.json", () => {
	const { engines, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
	expect(engines.node).toBe(`>=${oldestVersions.node}`);
	expect(peerDependencies["@pulumi/pulumi"]).toBe(`^${oldestVersions.sdk}`);
});

test("the table says what to do", async () => {
	const simulator = await startOrganization();
	const { code, stdout, stderr } = await runCommand(["doctor"], {
		variables: variablesOf(simulator, ["oauth:client:view"]),
	});
	expect(code).toBe(3);
	expect(stdout).toMatch(
		/^problem +oauth:client:edit +missing \(403 missing\.any\.permissions\), needed for: change, rotate a secret, delete$/m,
	);
	expect(stdout).toContain(
		"Give the client a role with:\n  oauth:client:add\n  oauth:client:edit\n  oauth:client:delete\n",
	);
	expect(stdout).toContain("3 problems: what this login is meant for would fail");
	// Names are whole.
	expect(stdout).toMatch(/^fine +oauth:client:view or usage:client:view +present/m);
	// eslint-disable-next-line no-control-regex
	expect(stdout + stderr).not.toMatch(/\u001B/);
});
