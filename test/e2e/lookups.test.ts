import { describe, expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS, type Seed } from "../../simulator";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const busyId = "b0000000-0000-4000-8000-000000000001";
const authorizedId = "a0740000-0000-4000-8000-000000000003";

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const today = new Date().toISOString().slice(0, 10);

const seed: Seed = {
	clients: [
		{ id: busyId, name: "CRM sync", roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }] },
		{ name: "Old dialer", state: "inactive", dateCreated: "2020-01-01T00:00:00Z" },
	],
	usage: [
		{ clientId: busyId, date: yesterday, templateUri: "/api/v2/users", httpMethod: "GET", status200: 40, status400: 2 },
	],
	usageQueries: { runningPolls: 0 },
};

const load = `const pulumi = require("@pulumi/pulumi");
const genesys = require("pulumi-genesyscloud-oauth");
`;

async function stackWith(program: string): Promise<TestStack> {
	const stack = await startStack({ seed });
	stack.write("index.js", load + program);
	return stack;
}

describe("a program that looks everything up", () => {
	const program = `
		exports.byId = genesys.getOAuthClient({ id: "${busyId}" }).then(({ name }) => name);
		exports.byName = genesys.getOAuthClientOutput({ name: pulumi.output("CRM sync") }).id;
		exports.old = genesys.getOAuthClients({ state: "inactive", olderThanDays: 365 }).then(({ clients }) => clients.map(({ name }) => name));
		exports.services = genesys.getOAuthClientsOutput({ namePattern: pulumi.output("CRM*") }).clients[0].name;
		exports.scope = genesys.getOAuthScope({ id: "users", acceptLanguage: "de" }).then(({ description }) => description);
		exports.scopeOutput = genesys.getOAuthScopeOutput({ id: pulumi.output("users") }).description;
		exports.scopes = genesys.getOAuthScopes().then(({ scopes }) => scopes.length);
		exports.scopesOutput = genesys.getOAuthScopesOutput({ acceptLanguage: pulumi.output("de") }).scopes[0].description;
		exports.authorization = genesys.getOAuthAuthorization({ clientId: "${authorizedId}" }).then(({ state }) => state);
		exports.authorizationOutput = genesys.getOAuthAuthorizationOutput({ clientId: pulumi.output("${authorizedId}") }).client.name;
		exports.authorizations = genesys.getOAuthAuthorizations().then(({ authorizations }) => authorizations.length);
		exports.authorizationsOutput = genesys.getOAuthAuthorizationsOutput().authorizations[0].state;
		exports.usage = genesys.getOAuthClientUsage({ clientId: "${busyId}" }).then(({ totals }) => totals.requests);
		exports.usageOutput = genesys.getOAuthClientUsageOutput({
			clientId: pulumi.output("${busyId}"),
			interval: "${yesterday}/${today}",
			metrics: ["Status400"],
		}).totals;
		exports.role = genesys.getAuthorizationRole({ name: "employee" }).then(({ id }) => id);
		exports.roleOutput = genesys.getAuthorizationRoleOutput({ defaultRoleId: pulumi.output("admin") }).name;
		exports.roles = genesys.getAuthorizationRoles().then(({ roles }) => roles.length);
		exports.rolesOutput = genesys.getAuthorizationRolesOutput({ namePattern: pulumi.output("SCIM*") }).roles[0].id;
		exports.division = genesys.getAuthorizationDivision({ homeDivision: true }).then(({ name }) => name);
		exports.divisionOutput = genesys.getAuthorizationDivisionOutput({ name: pulumi.output("Support") }).id;
		exports.divisions = genesys.getAuthorizationDivisions().then(({ divisions }) => divisions.length);
		exports.divisionsOutput = genesys.getAuthorizationDivisionsOutput({ namePattern: pulumi.output("S*") }).divisions[0].name;
	`;
	const found = {
		byId: "CRM sync",
		byName: busyId,
		old: ["Old dialer"],
		services: "CRM sync",
		scope: "Lesen und ändern: Benutzer und ihre Profile.",
		scopeOutput: "Read and change users and their profiles.",
		scopes: 135,
		scopesOutput: "Lesen und ändern: AI-Studio-Leitfäden.",
		authorization: "Authorized",
		authorizationOutput: "Wall Board",
		authorizations: 4,
		authorizationsOutput: "Unauthorized",
		usage: 42,
		usageOutput: { status400: 2 },
		role: ROLE_IDS.employee,
		roleOutput: "Master Admin",
		roles: 4,
		rolesOutput: ROLE_IDS.scimIntegration,
		division: "Home",
		divisionOutput: DIVISION_IDS.support,
		divisions: 2,
		divisionsOutput: "Support",
	};

	test("finds it in preview and in up, with one login each, and makes no resource", async () => {
		const stack = await stackWith(program);
		const preview = await stack.run("preview");
		const up = await stack.run("up");
		expect(preview.calls.toSorted()).toEqual(up.calls.toSorted());
		expect(up.calls.filter((call) => call === login)).toHaveLength(1);
		expect(await stack.outputs()).toEqual(found);
		for (const value of ["Lesen und ändern: Benutzer", "Wall Board"]) expect(preview.output).toContain(value);
		expect((await stack.state()).map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
		await stack.run("preview", "--expect-no-changes");
	});

	test("takes its settings from the stack's configuration when the environment has none", async () => {
		const stack = await stackWith(program);
		const settings = {
			CLIENT_ID: "oauthClientId",
			CLIENT_SECRET: "oauthClientSecret",
			GATEWAY_HOST: "gatewayHost",
			GATEWAY_PORT: "gatewayPort",
			GATEWAY_PROTOCOL: "gatewayProtocol",
		};
		const secrets: string[] = [];
		for (const [name, key] of Object.entries(settings)) {
			const variable = `GENESYSCLOUD_${name.startsWith("CLIENT") ? "OAUTH" : ""}${name}`;
			secrets.push("--secret", `genesyscloud:${key}=${stack.environment[variable]}`);
			delete stack.environment[variable];
		}
		await stack.pulumi("config", "set-all", ...secrets);
		await stack.run("up");
		expect(await stack.outputs()).toEqual(found);
	});
});

test("what depends on a new client is unknown in preview, and looked up when the client is there", async () => {
	const stack = await stackWith(`
		const { args } = require("./clients.json").app;
		const app = new genesys.OAuthClient("app", args);
		exports.name = genesys.getOAuthClientOutput({ id: app.clientId }).name;
		exports.requests = genesys.getOAuthClientUsageOutput({ clientId: app.clientId, days: 1 }).totals.requests;
	`);
	stack.declare({ app: webApp() });
	const preview = await stack.run("preview");
	expect(preview.calls).toEqual([]);
	expect(preview.output).toMatch(/name\s*: (output<string>|\[unknown\])/);
	await stack.run("up");
	expect(await stack.outputs()).toEqual({ name: "Web app", requests: 0 });
});

describe("a lookup that finds nothing fails the deployment in preview, in one line without a stack", () => {
	const line =
		/error: looking up OAuth client "CRM synch": none of the 3 OAuth clients has exactly this name; did you mean "CRM sync"\?\s*\n/;

	test.each([
		["as a promise", `exports.id = genesys.getOAuthClient({ name: "CRM synch" }).then(({ id }) => id);`],
		["as an output", `exports.id = genesys.getOAuthClientOutput({ name: "CRM synch" }).id;`],
		[
			"in an argument of two resources",
			`const scope = genesys.getOAuthClientOutput({ name: "CRM synch" }).scope;
			for (const name of ["a", "b"]) new genesys.OAuthClient(name, { name, authorizedGrantType: "SAML2-BEARER", scope });`,
		],
	])("%s", async (_what, program) => {
		const stack = await stackWith(program);
		const output = await stack.fails("preview");
		expect(output).toMatch(line);
		expect(output).not.toMatch(/^\s+at /m);
		expect(output).not.toContain("unhandled");
	});
});

test("a program can handle a lookup that finds nothing, and tell it from one that failed", async () => {
	const stack = await stackWith(`
		const explain = async (args) => {
			try {
				return (await genesys.getOAuthClient(args)).id;
			} catch (error) {
				return genesys.isLookupError(error) ? [error.candidates.length, error.cause?.code ?? "none"] : "?";
			}
		};
		exports.absent = explain({ name: "nobody" });
		exports.absentId = explain({ id: "00000000-0000-4000-8000-000000000000" });
		exports.ambiguous = explain({ name: "Twin" });
	`);
	for (const _ of [1, 2]) stack.simulator.organization.addClient({ name: "Twin" });
	await stack.run("up");
	expect(await stack.outputs()).toEqual({
		absent: [0, "none"],
		absentId: [0, "client.not.found"],
		ambiguous: [2, "none"],
	});
});

describe("a scope that nobody knows", () => {
	const warning =
		'scope "user:readonly" is unknown to this version of pulumi-genesyscloud-oauth: did you mean "users:readonly"?';

	test("is a warning in preview, with the nearest one, and no error", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp({ scope: ["user:readonly", "routing"] }) });
		const { output } = await stack.run("preview");
		expect(output).toContain(`warning: ${warning}`);
		expect(output).toMatch(/OAuthClient +app[^\n]*warning/);
		expect(output).not.toContain('scope "routing"');
		// None when all are known.
		stack.declare({ app: webApp() });
		expect((await stack.run("preview")).output).not.toContain("warning");
	});

	test("is told beside scopes that aren't known yet, and never when it is a secret", async () => {
		const stack = await stackWith(`
			const { args } = require("./clients.json").app;
			const first = new genesys.OAuthClient("first", args);
			new genesys.OAuthClient("second", { ...args, scope: [first.clientId, "user:readonly", pulumi.secret("rooting")] });
			new genesys.OAuthClient("third", { ...args, scope: pulumi.output(["user:readonly"]) });
			new genesys.OAuthClient("fourth", { ...args, scope: pulumi.secret(["rooting"]) });
		`);
		stack.declare({ app: webApp() });
		const { output } = await stack.run("preview");
		// Pulumi shows each beside its resource, and once more in the summary at the end.
		expect(output.match(/^ +warning: scope "user:readonly"/gm)).toHaveLength(2);
		expect(output).toMatch(/OAuthClient +second[^\n]*warning/);
		expect(output).toMatch(/OAuthClient +third[^\n]*warning/);
		expect(output).not.toContain("rooting");
	});

	test("is refused as usual when it isn't even text", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp({ scope: [5, null] }) });
		const output = await stack.fails("preview");
		expect(output).toMatch(/scope\[0\][^\n]*must be a string/);
		expect(output).not.toContain("TypeError");
	});
});
