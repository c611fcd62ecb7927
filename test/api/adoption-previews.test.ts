import * as pulumi from "@pulumi/pulumi";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { IntegrationCredential, OAuthClient, type OAuthClientArgs } from "../../provider";
import type { Properties } from "../../provider/lifecycle/properties";
import { adoptsProperty } from "../../provider/serialized-provider";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { service, webApp } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { failureOf, type SimulatedApi, startSimulatedApi } from "./support/simulated-api";
import { connection, stagingEnvironment } from "./support/second-organization";
import { environmentFor } from "./support/simulator-connection";

const home = "GET /api/v2/authorization/divisions/home 200";
const get = "GET /clients/{clientId} 200";
const list = "GET /clients 200";
const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];

/** Pulumi's own stand-in for its engine: every resource is a new one that adopts something. */
const engine: pulumi.runtime.Mocks = {
	newResource: ({ inputs }) => ({
		id: "",
		state: { ...(inputs as Properties), secretVersion: 1, [adoptsProperty]: true },
	}),
	call: () => ({}),
};

/**
 * Previews a program of the npm package, which says itself what an adoption will do.
 *
 * @param count how many adoptions there are
 * @returns what it says
 */
async function previewProgram(
	{ simulator }: SimulatedApi,
	count: number,
	program: () => pulumi.Resource[],
	environment: Record<string, string> = {},
): Promise<string[]> {
	const variables = { ...environmentFor(simulator), ...environment };
	for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
	const said = vi.spyOn(console, "log").mockImplementation(() => {});
	onTestFinished(() => {
		vi.unstubAllEnvs();
		said.mockRestore();
	});
	said.mockClear();
	await pulumi.runtime.setMocks(engine, "infra", "dev", true);
	await pulumi.runtime.runInPulumiStack(async () => void program());
	await vi.waitFor(() => expect(said).toHaveBeenCalledTimes(count), { timeout: 30_000 });
	return said.mock.calls.map(([line]) => String(line).replace("info: [runtime] ", ""));
}

const declared = (program: Properties) =>
	new OAuthClient(String(program["name"]), program as unknown as OAuthClientArgs);

/** An organization with clients that somebody has made by hand, and the program's arguments that adopt them. */
async function withClients(count: number, by: "id" | "name") {
	const simulated = await startSimulatedApi();
	const programs = Array.from({ length: count }, (_, index) => {
		const name = `Client ${index}`;
		const { id } = simulated.simulator.organization.addClient({ name, roleDivisions }).client;
		return { ...service, name, adopt: by === "id" ? { clientId: id } : { name } };
	});
	const counts = () => {
		const calls = [...Map.groupBy(simulated.calls(), (call) => call)];
		return Object.fromEntries(calls.map(([call, all]) => [call, all.length]));
	};
	return { simulated, programs, counts };
}

describe("a preview of many adoptions lists the clients once, and reads none:", () => {
	test.each(["id", "name"] as const)("298 by %s, in the plugin", async (by) => {
		const { simulated, programs, counts } = await withClients(298, by);
		const run = startOperations(simulated);
		await Promise.all(programs.map(async (program) => run.client(program.name).previewNew(program)));
		expect(counts()).toEqual({ [home]: 1, [list]: 1 });
		expect(run.notices).toHaveLength(298);
	});

	test.each(["id", "name"] as const)("40 by %s, in a program of the npm package", async (by) => {
		const { simulated, programs, counts } = await withClients(40, by);
		await previewProgram(simulated, 40, () => programs.map(declared));
		expect(counts()).toEqual({ [home]: 1, [list]: 1 });
	});
});

test("a preview of an adoption by id reads a client that the list hasn't: it may be newer", async () => {
	const { simulated, programs, counts } = await withClients(1, "id");
	const run = startOperations(simulated);
	await run.client("first").previewNew(programs[0]!);
	const { id } = simulated.simulator.organization.addClient({ name: "Newer", roleDivisions }).client;
	await run.client("second").previewNew({ ...service, name: "Newer", adopt: { clientId: id } });
	expect(counts()).toEqual({ [home]: 1, [list]: 1, [get]: 1 });
	expect(run.notices.join()).toContain(`will adopt OAuth client "Newer" (${id})`);
});

test("pulumi up that adopts by id reads each client: the list may be old by then", async () => {
	const { simulated, programs, counts } = await withClients(3, "id");
	const run = startOperations(simulated);
	for (const program of programs) await run.client(program.name).previewNew(program);
	for (const program of programs) await startOperations(simulated).client(program.name).create(program);
	expect(counts()).toEqual({ [home]: 4, [list]: 1, [get]: 3 });
});

test.each(["its own", "the usual"])(
	"a preview, in a program of the npm package, knows Pulumi's login by %s connection",
	async (which) => {
		const simulated = await startSimulatedApi();
		const { organization } = simulated.simulator;
		const masterAdmin = [{ roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.home }];
		const usual = organization.addClient({ name: "Usual", roleDivisions: masterAdmin });
		const other = organization.addClient({ name: "Other", roleDivisions: masterAdmin });
		const clientId = (which === "its own" ? other : usual).client.id;
		const logins = { ...stagingEnvironment(simulated), STAGING_ID: other.client.id, STAGING_SECRET: other.secret! };
		const login = { GENESYSCLOUD_OAUTHCLIENT_ID: usual.client.id, GENESYSCLOUD_CHANGE_OWN_LOGIN: clientId };
		const program = { ...service, name: "App", adopt: { clientId, rotateSecret: true }, connection };
		const said = await previewProgram(simulated, 2, () => [declared(program)], { ...logins, ...login });
		expect(said.join()).toContain(`(${clientId}), which Pulumi logs in with, is given a new secret, as set by`);
	},
);

test("each run of a process asks anew: what another run has listed may be out of date", async () => {
	const { simulated, programs, counts } = await withClients(1, "name");
	await previewProgram(simulated, 1, () => programs.map(declared));
	await previewProgram(simulated, 1, () => programs.map(declared));
	expect(counts()).toEqual({ [home]: 2, [list]: 2 });
});

test("a preview of an adoption by name passes by one that is deleted", async () => {
	const { simulated, programs } = await withClients(1, "name");
	const { organization } = simulated.simulator;
	organization.changeClient(organization.clientsByName("Client 0")[0]!.id, { extra: { state: "deleted" } });
	const refused = startOperations(simulated).client("app").previewNew(programs[0]!);
	expect((await failureOf(refused)).message).toContain('no OAuth client named "Client 0" to adopt');
	const { id } = organization.addClient({ name: "Client 0", roleDivisions }).client;
	const run = startOperations(simulated);
	await run.client("app").previewNew(programs[0]!);
	expect(run.notices.join()).toContain(id);
});

describe("pulumi up that adopts by name", () => {
	test("lists the clients once, and reads each before it changes it", async () => {
		const { simulated, programs, counts } = await withClients(3, "name");
		const run = startOperations(simulated);
		for (const program of programs) await run.client(program.name).create(program);
		expect(counts()).toEqual({ [home]: 1, [list]: 1, [get]: 3 });
	});

	test("changes nothing else that somebody has changed since the list", async () => {
		const { simulated, programs } = await withClients(2, "name");
		const run = startOperations(simulated);
		const [first = {}, second = {}]: Properties[] = programs;
		await run.client("first").create(first);
		const { id } = simulated.simulator.organization.clientsByName("Client 1")[0]!;
		simulated.simulator.organization.changeClient(id, { extra: { allowedIps: ["10.0.0.0/8"] } });
		await run.client("second").create({ ...second, description: "As code" });
		expect(simulated.simulator.organization.client(id)).toMatchObject({
			description: "As code",
			extra: { allowedIps: ["10.0.0.0/8"] },
		});
	});

	test("finds the one that has the name now: made or renamed since the list", async () => {
		const { simulated, programs } = await withClients(2, "name");
		const run = startOperations(simulated);
		const [first = {}, second = {}]: Properties[] = programs;
		await run.client("first").create(first);
		const { organization } = simulated.simulator;
		const { id: former } = organization.clientsByName("Client 1")[0]!;
		organization.changeClient(former, { name: "Renamed" });
		const { id } = organization.addClient({ name: "Client 1", roleDivisions }).client;
		expect(await run.client("second").create(second)).toMatchObject({ id });
		const made = organization.addClient({ name: "Client 2", roleDivisions }).client;
		const third = { ...service, name: "Client 2", adopt: { name: "Client 2" } };
		expect(await run.client("third").create(third)).toMatchObject({ id: made.id });
	});
});

/** What both fronts say of the adoption of a client, which must be the same. */
async function told(client: ClientSeed, program: Properties): Promise<string[]> {
	const simulated = await startSimulatedApi();
	const { id } = simulated.simulator.organization.addClient(client).client;
	const adopting = { ...program, adopt: { clientId: id } };
	const run = startOperations(simulated);
	await run.client("app").previewNew(adopting);
	expect(run.notices).toHaveLength(1);
	const { secretInputs = [], ...plain } = adopting as Properties & { secretInputs?: string[] };
	const marked = Object.entries(plain).map(([name, value]) => [
		name,
		secretInputs.includes(name) ? pulumi.secret(value) : value,
	]);
	const said = await previewProgram(simulated, 1, () => [declared(Object.fromEntries(marked) as Properties)]);
	expect(said).toEqual(run.notices);
	return said[0]!.replaceAll(id, "<id>").split("\n");
}

describe("a preview of an adoption tells the old and the new value of each setting", () => {
	test("of a list what is added and removed", async () => {
		const client: ClientSeed = {
			name: "Desktop",
			authorizedGrantType: "CODE",
			description: "By hand",
			scope: ["routing", "telephony"],
			accessTokenValiditySeconds: 3600,
			registeredRedirectUri: ["https://a.example.com/cb"],
		};
		expect(await told(client, { ...webApp, description: "As code" })).toEqual([
			'will adopt OAuth client "Desktop" (<id>) instead of creating a client: changes name, description, scope, registeredRedirectUri, accessTokenValiditySeconds; keeps its secret, which this stack doesn\'t know',
			'    name: "Desktop" => "Agent desktop"',
			'    description: "By hand" => "As code"',
			'    scope: + "users:readonly" - "telephony"',
			'    registeredRedirectUri: + "https://b.example.com/cb"',
			"    accessTokenValiditySeconds: 3600 => 86400",
		]);
	});

	test("of a role without a division the home division; of long lists and texts the beginning", async () => {
		const scope = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `${letter}:readonly`);
		const lines = await told(
			{ name: "Desktop", authorizedGrantType: "CODE", scope, registeredRedirectUri: ["https://x.example.com"] },
			{ ...webApp, scope: ["routing"], registeredRedirectUri: [`https://${"y".repeat(300)}.example.com`] },
		);
		expect(lines).toContain(
			'    scope: + "routing" - "a:readonly", "b:readonly", "c:readonly", "d:readonly", "e:readonly" and 2 more',
		);
		expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(300);
		const [, roles] = await told(
			{ name: "CRM sync", roleDivisions: [{ roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.home }] },
			service,
		);
		expect(roles).toBe(
			`    roleDivisions: + {"roleId":"${ROLE_IDS.employee}","divisionId":"${DIVISION_IDS.home}"} - {"roleId":"${ROLE_IDS.masterAdmin}","divisionId":"${DIVISION_IDS.home}"}`,
		);
	});

	test("of what another grant can't have that it is lost, as it is then", async () => {
		const lines = await told({ name: "Agent desktop", roleDivisions }, { ...webApp, replaceOnGrantTypeChange: false });
		expect(lines).toContain('    authorizedGrantType: "CLIENT-CREDENTIALS" => "CODE"');
		expect(lines).toContain(
			`    roleDivisions: - {"roleId":"${ROLE_IDS.employee}","divisionId":"${DIVISION_IDS.home}"}`,
		);
	});

	test("and of a secret neither, whatever its length", async () => {
		const client: ClientSeed = { name: "Old", description: "By hand", roleDivisions, extra: { pin: "4711-0815" } };
		const program = {
			...service,
			name: "Top",
			description: "4711",
			additionalSettings: { pin: "1234-5678" },
			secretInputs: ["name", "description", "additionalSettings"],
		};
		expect(await told(client, program)).toEqual([
			"will adopt OAuth client (<id>) instead of creating a client: changes name, description, additionalSettings; keeps its secret, which this stack doesn't know",
			"    name: [secret] => [secret]",
			"    description: [secret] => [secret]",
			"    additionalSettings: [secret] => [secret]",
		]);
	});

	test("on one line each, whatever somebody has written there", async () => {
		const description = 'first"\n    name: "x" => "y"\u202e\u001b[31m';
		const lines = await told({ name: "CRM sync", description, roleDivisions }, service);
		expect(lines).toHaveLength(2);
		expect(lines[1]).toBe(String.raw`    description: "first\"\n name: \"x\" => \"y\" \u001b[31m" => ""`);
	});
});

test("a preview of an adoption by connection looks in the organization that it leads to, and in no other", async () => {
	const [ours, other] = [await startSimulatedApi(), await startSimulatedApi()];
	for (const { organization } of [ours.simulator, other.simulator])
		organization.addClient({ name: "CRM sync", description: "from before", roleDivisions });
	for (const [name, value] of Object.entries(stagingEnvironment(other))) vi.stubEnv(name, value);
	const program = { ...service, name: "CRM sync", adopt: { name: "CRM sync" }, connection };
	const [line] = await previewProgram(ours, 1, () => [declared(program)]);
	expect(line).toContain('description: "from before" => ""');
	expect([ours, other].map(({ simulator }) => simulator.requests.count())).toEqual([0, 3]);
});

test("a preview of an adopted credential tells its old and new name, unless that is a secret", async () => {
	const simulated = await startSimulatedApi();
	const { id: credentialId } = simulated.simulator.organization.addCredential({ name: "Old" });
	const program = { name: "CRM sync", fields: { clientId: "x", clientSecret: "y" }, adopt: { credentialId } };
	const run = startOperations(simulated);
	await run.credential("plain").previewNew(program);
	const effect = "instead of creating one, and replace its name and fields";
	const plain = `will adopt integration credential "Old" (${credentialId}) ${effect}\n    name: "Old" => "CRM sync"`;
	expect(run.notices).toEqual([plain]);
	expect(await previewProgram(simulated, 1, () => [new IntegrationCredential("plain", program)])).toEqual([plain]);
	const hidden = { ...program, name: pulumi.secret("Top") };
	expect(await previewProgram(simulated, 1, () => [new IntegrationCredential("hidden", hidden)])).toEqual([
		`will adopt integration credential (${credentialId}) ${effect}\n    name: [secret] => [secret]`,
	]);
});
