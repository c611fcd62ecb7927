import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ExportJson } from "../../cli/export/run";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS, type Simulator } from "../../simulator";
import { runInProcess } from "./support/in-process";
import { startOrganization, temporaryDirectory, variablesFor } from "./support/command";

const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];
const app = { authorizedGrantType: "CODE" as const, scope: ["users"] };

async function exportJson(simulator: Simulator, ...args: string[]): Promise<ExportJson> {
	const { stdout } = await runInProcess(["export", "--json", "--output", join(temporaryDirectory(), "out"), ...args], {
		variables: variablesFor(simulator),
	});
	return JSON.parse(stdout) as ExportJson;
}

const textIn = ({ directory }: ExportJson, file = "index.ts") => readFileSync(join(directory, file), "utf8");

describe("an integration credential", () => {
	const basic = { name: "Tickets", type: "basicAuth", fields: { userName: "u", password: "p" } };

	test("is exported with its type's fields as secrets of the configuration, and sends nothing", async () => {
		const simulator = await startOrganization({ clients: [{ name: "Tickets", ...app }], integrationCredentials: {} });
		const { id } = simulator.organization.addCredential(basic);
		const exported = await exportJson(simulator);
		expect(textIn(exported)).toContain(`const ticketsCredential = new IntegrationCredential(
	"tickets-credential",
	{
		adopt: { credentialId: "${id}", sendFields: false },
		name: "Tickets",
		type: "basicAuth",
		fields: {
			userName: config.requireSecret("ticketsCredentialUserName"),
			password: config.requireSecret("ticketsCredentialPassword"),
		},
	},
	adopted,
);
`);
		const resourceName = "tickets-credential";
		expect(exported.credentials).toEqual([
			{
				credentialId: id,
				name: "Tickets",
				type: "basicAuth",
				resourceName,
				variable: "ticketsCredential",
				file: "index.ts",
			},
		]);
		expect(exported.secrets).toEqual([
			{ key: "ticketsCredentialUserName", resourceName, field: "userName" },
			{ key: "ticketsCredentialPassword", resourceName, field: "password" },
		]);
		expect(textIn(exported, "README.md")).toContain("| `ticketsCredentialPassword` | password of tickets-credential |");
	});

	test("whose type names no field is left out, since nobody knows what to ask for", async () => {
		const simulator = await startOrganization({ clients: [{ name: "Web", ...app }] });
		const { id } = simulator.organization.addCredential({ name: "Own", type: "userDefinedOAuth" });
		const { credentials, leftOut } = await exportJson(simulator);
		expect(credentials).toEqual([]);
		expect(leftOut.at(-1)).toMatchObject({ credentialId: id, name: "Own", code: "undeclarable" });
		// Where standard output has the program, the terminal says so.
		const { stderr } = await runInProcess(["export", "--stdout"], { variables: variablesFor(simulator) });
		expect(stderr).toMatch(/^Left out: 2\n/m);
		expect(stderr).toContain(id);
	});

	test("is left out if the login may not see credentials, and the command says why", async () => {
		const simulator = await startOrganization({ clients: [{ name: "Web", ...app }] });
		simulator.organization.addCredential(basic);
		simulator.organization.dropPermissions(simulator.administrator.clientId, "integrations:integration:view");
		const { code, stdout, stderr } = await runInProcess(["export", "--stdout"], { variables: variablesFor(simulator) });
		expect(code).toBe(0);
		expect(stdout).not.toContain("IntegrationCredential");
		expect(stderr).toMatch(
			/^The program has no integration credentials: get_integrations_credentials_listing failed: 403 /m,
		);
	});

	test("is missing in no program because the list failed: the export fails", async () => {
		const simulator = await startOrganization({ clients: [{ name: "Web", ...app }] });
		const path = "/api/v2/integrations/credentials/listing";
		simulator.faults.add({ kind: "status", method: "GET", path, status: 400, code: "bad.request" });
		const { code, stdout } = await runInProcess(["export", "--stdout"], { variables: variablesFor(simulator) });
		expect([code, stdout]).toEqual([1, ""]);
	});

	test("that a stack manages is left out", async () => {
		const simulator = await startOrganization({ clients: [{ name: "Web", ...app }] });
		const { id } = simulator.organization.addCredential(basic);
		const file = join(temporaryDirectory(), "state.json");
		const type = "genesyscloud-oauth:index:IntegrationCredential";
		const urn = `urn:pulumi:prod::identity::${type}::tickets`;
		writeFileSync(file, JSON.stringify({ deployment: { resources: [{ urn, type, id, custom: true }] } }));
		const { credentials, leftOut } = await exportJson(simulator, "--exclude-stack", file);
		expect(credentials).toEqual([]);
		expect(leftOut).toContainEqual(
			expect.objectContaining({ credentialId: id, reason: "the stack identity/prod manages it" }),
		);
	});

	test("is chosen by name and id as a client is, and not at all by what only clients have", async () => {
		const simulator = await startOrganization({ clients: [{ name: "Tickets app", ...app }] });
		const { id } = simulator.organization.addCredential(basic);
		simulator.organization.addCredential({ ...basic, name: "Other" });
		const chosen = async (...args: string[]) =>
			(await exportJson(simulator, ...args)).credentials.map(({ name }) => name);
		expect(await chosen("--name", "Tickets*")).toEqual(["Tickets"]);
		expect(await chosen("--id", id)).toEqual(["Tickets"]);
		expect(await chosen("--grant", "CODE")).toEqual([]);
	});
});

describe("two clients with the names of a pair", () => {
	const pair = (changeB: Partial<ClientSeed> = {}): ClientSeed[] => [
		{ id: "aaaaaaaa-0000-4000-8000-000000000000", name: "CRM sync (A)", roleDivisions },
		{ id: "bbbbbbbb-0000-4000-8000-000000000000", name: "CRM sync (B)", roleDivisions, ...changeB },
	];

	test("are exported as one RotatingOAuthClient, which rotates only when it is told to", async () => {
		const exported = await exportJson(await startOrganization({ clients: pair() }));
		expect(textIn(exported)).toContain(`const crmSync = new RotatingOAuthClient(
	"crm-sync",
	{
		adopt: {
			a: { clientId: "aaaaaaaa-0000-4000-8000-000000000000", rotateSecret: false },
			b: { clientId: "bbbbbbbb-0000-4000-8000-000000000000", rotateSecret: false },
		},
		name: "CRM sync",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [
			{ roleId: "${ROLE_IDS.employee}" }, // "employee"
		],
		rotation: { rotateWhenChanged: {} },
	},
	adopted,
);
`);
		expect(exported.clients.map(({ name, resourceName }) => [name, resourceName])).toEqual([
			["CRM sync (A)", "crm-sync"],
			["CRM sync (B)", "crm-sync"],
		]);
	});

	test("are imported as a pair, (A) first", async () => {
		const simulator = await startOrganization({ clients: pair() });
		const exported = await exportJson(simulator, "--language", "yaml", "--import-file", "import.json");
		expect(JSON.parse(textIn(exported, "import.json"))).toEqual({
			resources: [
				{
					type: "genesyscloud-oauth:index:RotatingOAuthClient",
					name: "crm-sync",
					id: "aaaaaaaa-0000-4000-8000-000000000000,bbbbbbbb-0000-4000-8000-000000000000",
				},
			],
		});
		expect(textIn(exported, "Pulumi.yaml")).not.toContain("adopt:");
	});

	test.each([
		["another setting", pair({ description: "other" })],
		["an inactive client, which a pair would make active", pair({ state: "inactive" })],
		[
			"two inactive clients, which a pair would make active",
			pair().map(({ name }) => ({ name, state: "inactive" as const, roleDivisions })),
		],
		["a third of the name", [...pair(), { name: "CRM sync (B)", roleDivisions }]],
		["no secret", pair().map(({ name }) => ({ name, authorizedGrantType: "TOKEN" as const, scope: ["users"] }))],
		["no name before the letter", ["(A)", "(B)"].map((letter) => ({ name: ` ${letter}`, roleDivisions }))],
	])("with %s are exported one by one", async (_, clients) => {
		const exported = await exportJson(await startOrganization({ clients }));
		expect(exported.clients).toHaveLength(clients.length);
		expect(textIn(exported)).not.toContain("RotatingOAuthClient");
	});
});
