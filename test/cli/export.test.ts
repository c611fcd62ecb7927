import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { ExportJson } from "../../cli/export/run";
import { version } from "../../provider/api/version";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS, type RoleSeed, type Simulator } from "../../simulator";
import { isWindows } from "../platform";
import { runCommand, startOrganization, temporaryDirectory, variablesFor, writesOf } from "./support/command";
import { runInProcess } from "./support/in-process";
import { oddNames, variedOrganization } from "./support/varied-organization";

const app = {
	authorizedGrantType: "CODE" as const,
	scope: ["users"],
	registeredRedirectUri: ["https://a.example.com"],
};
const service = { roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }] };

async function exportJson(simulator: Simulator, ...args: string[]): Promise<ExportJson> {
	const { code, stdout, stderr } = await runInProcess(
		["export", "--json", "--output", join(temporaryDirectory(), "out"), ...args],
		{ variables: variablesFor(simulator) },
	);
	expect(stderr).toContain("exported");
	expect(code).toBe(0);
	return JSON.parse(stdout) as ExportJson;
}

const namesOf = ({ clients }: ExportJson) => clients.map(({ name }) => name);

test("an export costs a login, a list of the clients, one of the credentials, one of the roles, and the home division; and writes nothing to the organization", async () => {
	const simulator = await startOrganization(variedOrganization);
	await exportJson(simulator);
	expect(simulator.requests.all().map(({ method, path }) => `${method} ${path}`)).toEqual([
		"POST /oauth/token",
		"GET /api/v2/oauth/clients",
		"GET /api/v2/integrations/credentials/listing",
		"GET /api/v2/authorization/divisions/home",
		"GET /api/v2/authorization/roles",
	]);
});

test("a client whose two lists of roles are both filled is written as one with the divisions", async () => {
	const client = { id: "11111111-0000-4000-8000-000000000000", name: "CRM sync", ...service };
	const programs: string[] = [];
	for (const clientsHaveBothRoleForms of [false, true]) {
		const simulator = await startOrganization({ clients: [client], assumptions: { clientsHaveBothRoleForms } });
		const { stdout } = await runInProcess(["export", "--stdout"], { variables: variablesFor(simulator) });
		programs.push(stdout);
	}
	expect(programs[0]).toContain("roleDivisions");
	expect(programs[1]).toBe(programs[0]);
});

test("a client is written as short as it can be", async () => {
	const simulator = await startOrganization({
		clients: [
			{ id: "11111111-0000-4000-8000-000000000000", name: "CRM sync", ...service },
			{
				id: "22222222-0000-4000-8000-000000000000",
				name: "Web app",
				...app,
				description: "",
				accessTokenValiditySeconds: 3600,
			},
		],
	});
	const { stdout } = await runInProcess(["export", "--stdout"], { variables: variablesFor(simulator) });
	expect(stdout).toContain(`const crmSync = new OAuthClient(
	"crm-sync",
	{
		adopt: { clientId: "11111111-0000-4000-8000-000000000000", rotateSecret: false },
		name: "CRM sync",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [
			{ roleId: "${ROLE_IDS.employee}" }, // "employee"
		],
	},
	adopted,
);

const webApp = new OAuthClient(
	"web-app",
	{
		adopt: { clientId: "22222222-0000-4000-8000-000000000000", rotateSecret: false },
		name: "Web app",
		authorizedGrantType: "CODE",
		scope: ["users"],
		registeredRedirectUri: ["https://a.example.com"],
		accessTokenValiditySeconds: 3600,
	},
	adopted,
);
`);
	expect(stdout).toContain("const adopted: CustomResourceOptions = { protect: true, retainOnDelete: true };");
});

/** What one file holds for clients, in an organization with these roles. */
async function program(roles: RoleSeed[], clients: ClientSeed[]): Promise<string> {
	const simulator = await startOrganization({ roles, clients });
	const { code, stdout } = await runInProcess(["export", "--stdout"], { variables: variablesFor(simulator) });
	expect(code).toBe(0);
	return stdout;
}

test("each role has its name beside its id, in pairs and alone; one that is gone has none", async () => {
	const { home, support } = DIVISION_IDS;
	const text = await program(
		[
			{ id: "r1", name: "CRM reader" },
			{ id: "r2", name: "Exporter" },
		],
		[
			{
				name: "Pairs",
				roleDivisions: ["r1", "gone", "r2"].map((roleId) => ({ roleId, divisionId: roleId === "r1" ? home : support })),
			},
			{ name: "Alone", roleIds: ["r2", "r1"] },
			{ name: "Gone", roleIds: ["gone"] },
			// What is no role has no role's name.
			{ name: "App", ...app, scope: ["r1"] },
		],
	);
	expect(text).toContain(`		roleDivisions: [
			{ roleId: "gone", divisionId: "${support}" },
			{ roleId: "r2", divisionId: "${support}" }, // "Exporter"
			{ roleId: "r1" }, // "CRM reader"
		],
`);
	expect(text).toContain(`		roleIds: [
			"r1", // "CRM reader"
			"r2", // "Exporter"
		],
`);
	expect(text).toContain(`		roleIds: ["gone"],
`);
	expect(text).toContain(`		scope: ["r1"],
`);
});

test("whatever a role is called, its name stays in its comment", async () => {
	const names = [
		...oddNames,
		"\u0085next",
		"\u000Btab",
		'" }] }); process.exit(3); //',
		"@ts-ignore",
		"# sourceMappingURL=x",
	];
	const roles = names.map((name, index) => ({ id: `r${100 + index}`, name }));
	const roleDivisions = roles.map(({ id }) => ({ roleId: id, divisionId: DIVISION_IDS.home }));
	const text = await program(roles, [{ name: "All", roleDivisions }]);
	const lines = text.split(/[\n\r\v\f\u0085\u2028\u2029]/);
	for (const [index, name] of names.entries()) {
		const [line, ...others] = lines.filter((found) => found.includes(`{ roleId: "r${100 + index}" }`));
		expect(others).toEqual([]);
		const said = /^\t{3}\{ roleId: "r\d+" \}, \/\/ (".*")$/.exec(line ?? "")?.[1];
		expect(said).not.toMatch(/[\p{Cc}\p{Cf}]/u);
		expect(runInNewContext(said ?? "")).toBe(name);
	}
	const code = text.slice(text.indexOf("const all = ")).replace("new OAuthClient", "make");
	const made: unknown[] = [];
	runInNewContext(code, { make: (...args: unknown[]) => made.push(args), adopted: {} });
	expect(JSON.parse(JSON.stringify(made))).toMatchObject([
		["all", { roleDivisions: roles.map(({ id }) => ({ roleId: id })) }, {}],
	]);
});

test("without authorization:role:view the program has no role names, and the command says why", async () => {
	const simulator = await startOrganization({ clients: [{ name: "CRM sync", ...service }] });
	simulator.organization.dropPermissions(simulator.administrator.clientId, "authorization:role:view");
	const directory = join(temporaryDirectory(), "out");
	for (const args of [["--stdout"], ["--output", directory]]) {
		const { code, stdout, stderr } = await runInProcess(["export", ...args], { variables: variablesFor(simulator) });
		expect(code).toBe(0);
		const text = args[0] === "--stdout" ? stdout : readFileSync(join(directory, "index.ts"), "utf8");
		expect(text).toContain(`roleDivisions: [{ roleId: "${ROLE_IDS.employee}" }],\n`);
		expect(stderr).toMatch(
			/^The program has no role names: get_authorization_roles failed: 403 .* a role that has authorization:role:view, then run again$/m,
		);
	}
});

test("another failure of the list of roles fails the export", async () => {
	const simulator = await startOrganization({ clients: [{ name: "CRM sync", ...service }] });
	simulator.faults.add({ method: "GET", path: "/api/v2/authorization/roles", kind: "status", status: 400 });
	const { code, stderr } = await runInProcess(["export", "--stdout"], { variables: variablesFor(simulator) });
	expect(code).toBe(1);
	expect(stderr).toContain("get_authorization_roles failed: 400");
});

test("where no client has a role, roles aren't asked for", async () => {
	const simulator = await startOrganization({ clients: [{ name: "Web app", ...app }] });
	await exportJson(simulator);
	expect(simulator.requests.count({ template: "/api/v2/authorization/roles" })).toBe(0);
});

test.each([
	[
		["--name", "CRM *"],
		["CRM sync", "CRM (old) app"],
	],
	[["--name", "CRM sync"], ["CRM sync"]],
	[["--name", "*(old)*"], ["CRM (old) app"]],
	[
		["--name", "CRM sync", "Idle"],
		["CRM sync", "Idle"],
	],
	[["--name", "*", "--grant", "CODE"], ["CRM (old) app"]],
	[["--grant", "CLIENT-CREDENTIALS", "--state", "inactive"], ["Idle"]],
	[["--id", "33333333-0000-4000-8000-000000000000"], ["Idle"]],
])("%j exports %j", async (args, expected) => {
	const simulator = await startOrganization({
		clients: [
			{ name: "CRM sync", ...service },
			{ name: "CRM (old) app", ...app },
			{ id: "33333333-0000-4000-8000-000000000000", name: "Idle", state: "inactive", ...service },
		],
	});
	expect(namesOf(await exportJson(simulator, ...args))).toEqual(expected);
});

test("a filter that fits no client is a failure, and nothing is written", async () => {
	const simulator = await startOrganization({ clients: [{ name: "CRM sync", ...service }] });
	const { code, stdout, stderr } = await runInProcess(["export", "--json", "--name", "crm *"], {
		variables: variablesFor(simulator),
		directory: temporaryDirectory(),
	});
	expect(code).toBe(1);
	expect(stderr).toContain("nothing to export: the organization has 2 OAuth clients, and none matches");
	expect(JSON.parse(stdout)).toMatchObject({
		error: { name: "Error", message: expect.stringContaining("nothing to export") },
	});
});

test("what can't be exported is said, each with its reason", async () => {
	const simulator = await startOrganization({
		clients: [
			{ name: "Fine", ...app },
			{ name: "Disabled", state: "disabled", ...app },
			{ name: "Without redirect", authorizedGrantType: "CODE", scope: ["users"] },
			{ name: "Without scope", authorizedGrantType: "CODE" },
		],
	});
	const { leftOut } = await exportJson(simulator);
	expect(leftOut.map(({ name, code }) => [name, code])).toEqual([
		["Administrator", "own"],
		["Disabled", "disabled"],
		["Without scope", "undeclarable"],
	]);
	expect(leftOut[2]?.reason).toContain("CODE needs at least one scope");
	const withOwn = await exportJson(simulator, "--include-own");
	expect(namesOf(withOwn)).toEqual(["Administrator", "Fine", "Without redirect"]);
});

test("with an access token the own client is known too", async () => {
	const simulator = await startOrganization({ clients: [{ name: "Fine", ...app }] });
	const { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: _, ...others } = variablesFor(simulator);
	const { code, stdout } = await runInProcess(["export", "--json", "--quiet"], {
		variables: { ...others, GENESYSCLOUD_ACCESS_TOKEN: simulator.organization.issueToken(id!) },
		directory: temporaryDirectory(),
	});
	expect(code).toBe(0);
	expect((JSON.parse(stdout) as ExportJson).leftOut).toMatchObject([{ clientId: id, code: "own" }]);
});

test("files that are there are overwritten with --force only, and others never touched", async () => {
	const simulator = await startOrganization({ clients: [{ name: "Fine", ...app }] });
	const directory = temporaryDirectory();
	writeFileSync(join(directory, "index.ts"), "// mine\n");
	writeFileSync(join(directory, "other.ts"), "// other\n");
	const args = ["export", "--output", directory, "--json"];
	const refused = await runCommand(args, { variables: variablesFor(simulator) });
	expect(refused.code).toBe(2);
	expect(refused.stderr).toContain("already has index.ts; nothing was written");
	expect(readdirSync(directory).toSorted()).toEqual(["index.ts", "other.ts"]);
	expect(readFileSync(join(directory, "index.ts"), "utf8")).toBe("// mine\n");
	const forced = await runCommand([...args, "--force"], { variables: variablesFor(simulator) });
	expect(forced.code).toBe(0);
	expect(readFileSync(join(directory, "index.ts"), "utf8")).toContain("new OAuthClient(");
	expect(readFileSync(join(directory, "other.ts"), "utf8")).toBe("// other\n");
});

test.skipIf(isWindows)("nothing is written through a link that leads elsewhere, without --force", async () => {
	const simulator = await startOrganization({ clients: [{ name: "Fine", ...app }] });
	const [directory, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
	symlinkSync(join(elsewhere, "new.ts"), join(directory, "index.ts"));
	const { code } = await runInProcess(["export", "--output", directory], { variables: variablesFor(simulator) });
	expect(code).toBe(1);
	expect(readdirSync(elsewhere)).toEqual([]);
});

test("a directory that can't be written to is a failure in one line", async () => {
	const simulator = await startOrganization({ clients: [{ name: "Fine", ...app }] });
	const file = join(temporaryDirectory(), "file");
	writeFileSync(file, "");
	const { code, stderr } = await runCommand(["export", "-q", "-o", join(file, "out")], {
		variables: variablesFor(simulator),
	});
	expect(code).toBe(1);
	expect(stderr).toMatch(/^genesyscloud-oauth: writing .* failed: .*ENOTDIR.*\n$/);
});

test("the JSON tells the files and what is in them", async () => {
	const simulator = await startOrganization(variedOrganization);
	const exported = await exportJson(simulator, "--project", "My.Project");
	expect(exported.files).toEqual([
		".gitignore",
		"Pulumi.yaml",
		"README.md",
		"clients/client-credentials.ts",
		"clients/code.ts",
		"clients/password.ts",
		"clients/saml2-bearer.ts",
		"clients/token.ts",
		"index.ts",
		"options.ts",
		"package.json",
		"tsconfig.json",
	]);
	for (const file of exported.files) expect(existsSync(join(exported.directory, file))).toBe(true);
	const [first] = exported.clients;
	expect(first).toEqual({
		clientId: "c11e0000-0000-4000-8000-000000000000",
		name: 'He said "hello"',
		authorizedGrantType: "CLIENT-CREDENTIALS",
		state: "inactive",
		resourceName: "he-said-hello",
		variable: "heSaidHello",
		file: "clients/client-credentials.ts",
	});
	expect(readFileSync(join(exported.directory, "Pulumi.yaml"), "utf8")).toContain("name: My.Project\n");
	expect(JSON.parse(readFileSync(join(exported.directory, "package.json"), "utf8"))).toMatchObject({
		name: "my.project",
		dependencies: { "pulumi-genesyscloud-oauth": `file:vendor/pulumi-genesyscloud-oauth-${version}.tgz` },
	});
	expect(writesOf(simulator)).toEqual([]);
});

test("a terminal gets no control characters out of a client's name", async () => {
	const simulator = await startOrganization({
		clients: [
			{ name: "Fine", ...app },
			{ name: "\u001B[31mred\u001B[0m\n\u202Eback", state: "disabled", ...app },
		],
	});
	const { stdout } = await runInProcess(["export"], {
		variables: variablesFor(simulator),
		directory: temporaryDirectory(),
	});
	expect(stdout).toContain("[31mred [0m back");
	// eslint-disable-next-line no-control-regex
	expect(stdout).not.toMatch(/[\u001B\u202E]/);
});

test.each([
	[["--grant", "NONSENSE"], "--grant"],
	[["--project", "a b"], "--project"],
	[["--stdout", "--force"], "--stdout"],
	[["--stdout", "--json"], "--stdout"],
	[["--exclude-stack", "no-such-file.json"], "no-such-file.json"],
	[["somewhere"], "too many arguments"],
])("%j is wrong usage", async (args, message) => {
	const { code, stderr } = await runInProcess(["export", ...args], { directory: temporaryDirectory() });
	expect(code).toBe(2);
	expect(stderr).toContain(message);
	expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("a stack's export that isn't one is refused before anything is asked", async () => {
	const simulator = await startOrganization();
	const directory = temporaryDirectory();
	mkdirSync(join(directory, "states"));
	const file = join(directory, "states/a.json");
	writeFileSync(file, JSON.stringify({ some: "thing" }));
	const { code, stderr } = await runInProcess(["export", "--exclude-stack", file], {
		variables: variablesFor(simulator),
	});
	expect(code).toBe(2);
	expect(stderr).toContain("isn't a stack export");
	expect(simulator.requests.count()).toBe(0);
});
