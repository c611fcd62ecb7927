import { describe, expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { everyLookup, everythingFound, saysNothingFound, stackWith } from "./support/lookup-stacks";

const startStack = eachStack();

test("a client's role and division come from their names; a role of another name shows as a change of the client", async () => {
	const stack = await startStack();
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
		const genesys = require("pulumi-genesyscloud-oauth");
		const role = genesys.getAuthorizationRoleOutput({ name: new pulumi.Config().require("role") });
		const division = genesys.getAuthorizationDivisionOutput({ name: "Support" });
		new genesys.OAuthClient("service", {
			name: "Service",
			authorizedGrantType: "CLIENT-CREDENTIALS",
			roleDivisions: [{ roleId: role.id, divisionId: division.id }],
		});
	`,
	);
	await stack.pulumi("config", "set", "role", "employee");
	const { calls } = await stack.run("preview");
	expect(calls.toSorted()).toEqual([
		"GET /api/v2/authorization/divisions",
		"GET /api/v2/authorization/roles",
		"POST /oauth/token",
	]);
	await stack.run("up");
	const roleDivisions = () => stack.simulator.organization.clientsByName("Service")[0]?.roleDivisions;
	expect(roleDivisions()).toEqual([{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }]);
	await stack.run("preview", "--expect-no-changes");
	await stack.pulumi("config", "set", "role", "Communicate - User");
	await stack.run("up");
	expect(roleDivisions()).toEqual([{ roleId: ROLE_IDS.communicateUser, divisionId: DIVISION_IDS.support }]);
});

describe("a program that looks everything up", () => {
	test("takes its settings from the stack's configuration when the environment has none", async () => {
		const stack = await stackWith(startStack, everyLookup);
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
		expect(await stack.outputs()).toEqual(everythingFound);
	});
});

describe("a lookup that finds nothing fails the deployment in preview, in one line without a stack", () => {
	test.each([["as an output", `exports.id = genesys.getOAuthClientOutput({ name: "CRM synch" }).id;`]])(
		"%s",
		async (_what, program) => {
			const stack = await stackWith(startStack, program);
			const output = await stack.fails("preview");
			expect(output).toMatch(saysNothingFound);
			expect(output).not.toMatch(/^\s+at /m);
			expect(output).not.toContain("unhandled");
		},
	);
});

test("a program can handle a lookup that finds nothing, and tell it from one that failed", async () => {
	const stack = await stackWith(
		startStack,
		`
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
	`,
	);
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
});

describe("a scope that nobody knows", () => {
	test("is told beside scopes that aren't known yet, and never when it is a secret", async () => {
		const stack = await stackWith(
			startStack,
			`
			const { args } = require("./clients.json").app;
			const first = new genesys.OAuthClient("first", args);
			new genesys.OAuthClient("second", { ...args, scope: [first.clientId, "user:readonly", pulumi.secret("rooting")] });
			new genesys.OAuthClient("third", { ...args, scope: pulumi.output(["user:readonly"]) });
			new genesys.OAuthClient("fourth", { ...args, scope: pulumi.secret(["rooting"]) });
		`,
		);
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
