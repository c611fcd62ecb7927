import { describe, expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { everyLookup, everythingFound, saysNothingFound, stackWith } from "./support/lookup-stacks";

const startStack = eachStack();

const login = "POST /oauth/token";

describe("a program that looks everything up", () => {
	test("finds it in preview and in up, with one login each, and makes no resource", async () => {
		const stack = await stackWith(startStack, everyLookup);
		const preview = await stack.run("preview");
		const up = await stack.run("up");
		expect(preview.calls.toSorted()).toEqual(up.calls.toSorted());
		expect(up.calls.filter((call) => call === login)).toHaveLength(1);
		expect(await stack.outputs()).toEqual(everythingFound);
		for (const value of ["Lesen und ändern: Benutzer", "Wall Board"]) expect(preview.output).toContain(value);
		expect((await stack.state()).map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
		await stack.run("preview", "--expect-no-changes");
	});
});

test("what depends on a new client is unknown in preview, and looked up when the client is there", async () => {
	const stack = await stackWith(
		startStack,
		`
		const { args } = require("./clients.json").app;
		const app = new genesys.OAuthClient("app", args);
		exports.name = genesys.getOAuthClientOutput({ id: app.clientId }).name;
		exports.requests = genesys.getOAuthClientUsageOutput({ clientId: app.clientId, days: 1 }).totals.requests;
	`,
	);
	stack.declare({ app: webApp() });
	const preview = await stack.run("preview");
	expect(preview.calls).toEqual([]);
	expect(preview.output).toMatch(/name\s*: (output<string>|\[unknown\])/);
	await stack.run("up");
	expect(await stack.outputs()).toEqual({ name: "Web app", requests: 0 });
});

describe("a lookup that finds nothing fails the deployment in preview, in one line without a stack", () => {
	test.each([
		["as a promise", `exports.id = genesys.getOAuthClient({ name: "CRM synch" }).then(({ id }) => id);`],
		[
			"in an argument of two resources",
			`const scope = genesys.getOAuthClientOutput({ name: "CRM synch" }).scope;
			for (const name of ["a", "b"]) new genesys.OAuthClient(name, { name, authorizedGrantType: "SAML2-BEARER", scope });`,
		],
	])("%s", async (_what, program) => {
		const stack = await stackWith(startStack, program);
		const output = await stack.fails("preview");
		expect(output).toMatch(saysNothingFound);
		expect(output).not.toMatch(/^\s+at /m);
		expect(output).not.toContain("unhandled");
	});
});
