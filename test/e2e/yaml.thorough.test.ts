import { describe, expect, onTestFinished, test } from "vitest";
import { ROLE_IDS, startSimulator } from "../../simulator";
import { paths } from "../api/support/client-requests";
import { blockOf } from "../documentation";
import { addByHand } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { killDuring } from "./support/killed-run";
import type { TestStack } from "./support/test-stack";
import { outputsOfApp, withoutPathWarnings, yamlService, yamlWebApp } from "./support/yaml-clients";

const startStack = eachStack();
const apiCalls = (calls: string[]) => calls.filter((call) => call.includes(" /api/"));
const idOf = async (stack: TestStack, name = "app") => (await stack.resource(name))?.id ?? "";
const works = async (stack: TestStack) =>
	stack.simulator.organization.checkSecret(await idOf(stack), await stack.secretInState("app"));
const declare = (stack: TestStack, change: Record<string, unknown> = {}, options: object = {}) =>
	stack.declareYaml({ resources: { app: yamlService(change, options) }, outputs: outputsOfApp });

describe("a change", () => {
	test("of the grant type replaces the client, the new one first", async () => {
		const stack = await startStack();
		declare(stack);
		await stack.run("up");
		const before = await idOf(stack);
		stack.declareYaml({ resources: { app: yamlWebApp() }, outputs: outputsOfApp });
		const { output } = await stack.run("preview", "--diff");
		expect(output).toContain("+-genesyscloud-oauth:index:OAuthClient: (replace)");
		expect(output).toMatch(/~ authorizedGrantType +: "CLIENT-CREDENTIALS" => "CODE"/);
		await stack.run("up");
		expect(stack.simulator.organization.clients().map(({ id }) => id)).toEqual([await idOf(stack)]);
		expect(await idOf(stack)).not.toBe(before);
		expect(await works(stack)).toBe(true);
	});

	test("replaces with replaceOnChanges, and is none with ignoreChanges", async () => {
		const stack = await startStack();
		declare(stack);
		await stack.run("up");
		const before = await idOf(stack);
		declare(stack, { name: "New" }, { ignoreChanges: ["name"] });
		expect((await stack.run("up")).output).toContain("2 unchanged");
		declare(stack, { name: "New" }, { replaceOnChanges: ["name"] });
		await stack.run("up");
		expect(await idOf(stack)).not.toBe(before);
		expect(stack.simulator.organization.clients().map(({ name }) => name)).toEqual(["New"]);
	});

	test("made outside Pulumi is shown by a refresh and put right by up", async () => {
		const stack = await startStack();
		declare(stack, { description: "ours" });
		await stack.run("up");
		stack.simulator.organization.changeClient(await idOf(stack), { description: "theirs" });
		expect((await stack.run("preview", "--refresh", "--diff")).output).toMatch(/description: "theirs" => "ours"/);
		expect((await stack.run("refresh", "--diff")).output).toMatch(/description: "ours" => "theirs"/);
		await stack.run("up");
		expect(stack.simulator.organization.clients()[0]?.description).toBe("ours");
		expect((await stack.run("up", "--refresh")).output).toContain("2 unchanged");
	});

	test("leaves what others have set in a setting with ignoreChanges, before and after a refresh", async () => {
		const stack = await startStack();
		declare(stack, { description: "ours" });
		await stack.run("up");
		const id = await idOf(stack);
		stack.simulator.organization.changeClient(id, { description: "theirs" });
		for (const [name, command] of [
			["New", "up"],
			["Newer", "refresh"],
		] as const) {
			await stack.run(command);
			declare(stack, { name, description: "ours" }, { ignoreChanges: ["description"] });
			await stack.run("up");
			expect(stack.simulator.organization.client(id)).toMatchObject({ name, description: "theirs" });
		}
		expect((await stack.run("up")).output).toContain("2 unchanged");
	});

	test("of a secret setting shows no value, and state has it encrypted", async () => {
		const stack = await startStack();
		await stack.pulumi("config", "set", "--secret", "note", "hidden-note-of-the-client");
		stack.declareYaml({
			config: { note: { type: "string", secret: true } },
			resources: { app: yamlService({ description: "${note}" }) },
		});
		const { output } = await stack.run("up");
		expect(output).not.toContain("hidden-note");
		expect(JSON.stringify(await stack.state())).not.toContain("hidden-note");
		expect(stack.simulator.organization.clients()[0]?.description).toBe("hidden-note-of-the-client");
	});
});

/** A lookup by name, in YAML. */
const lookup = (name: string) => ({
	"fn::invoke": { function: "genesyscloud-oauth:getOAuthClient", arguments: { name } },
});

describe("a client that exists", () => {
	test("is imported: the program that Pulumi prints changes nothing when it is pasted in", async () => {
		const stack = await startStack();
		stack.declareYaml({});
		const { client } = addByHand(stack, { name: "By hand", description: "old" });
		const { code, output } = await stack.pulumi(
			"import",
			"genesyscloud-oauth:index:OAuthClient",
			"app",
			client.id,
			"--yes",
			"--protect=false",
		);
		expect({ code, output }).toMatchObject({ code: 0 });
		const [program] = /^resources:\n(?: .*\n)*/m.exec(withoutPathWarnings(output)) ?? [];
		expect(program).toContain("name: By hand");
		stack.write("Pulumi.yaml", `name: test\nruntime: yaml\n${program ?? ""}\n`);
		const { calls, output: up } = await stack.run("up");
		expect(up).toContain("2 unchanged");
		expect(apiCalls(calls)).toEqual([]);
	});

	test("isn't imported by an id that nobody has: one line says so", async () => {
		const stack = await startStack();
		stack.declareYaml({});
		const nobody = "00000000-0000-4000-8000-000000000000";
		const { code, output } = await stack.pulumi(
			"import",
			"genesyscloud-oauth:index:OAuthClient",
			"app",
			nobody,
			"--yes",
		);
		expect(code).not.toBe(0);
		expect(output).toContain(`no OAuth client has the id ${nobody}`);
	});

	test("is read without managing it, by get or by a lookup; one that isn't there fails the preview", async () => {
		const stack = await startStack();
		const { client } = addByHand(stack, { name: "By hand" });
		stack.declareYaml({
			variables: { found: lookup("By hand") },
			resources: { read: { type: "genesyscloud-oauth:OAuthClient", get: { id: client.id } } },
			outputs: { read: "${read.name}", found: "${found.id}" },
		});
		await stack.run("up");
		expect(await stack.outputs()).toEqual({ read: "By hand", found: client.id });
		await stack.run("destroy");
		expect(stack.simulator.organization.clients()).toHaveLength(1);
		stack.declareYaml({ variables: { found: lookup("By hnad") }, outputs: { found: "${found.id}" } });
		expect(await stack.fails("preview")).toContain('did you mean "By hand"?');
	});

	test("is adopted, with a preview that says so", async () => {
		const stack = await startStack();
		const { client } = addByHand(stack, { name: "By hand" });
		declare(stack, { name: "Ours", adopt: { name: "By hand", rotateSecret: true } });
		expect((await stack.run("preview")).output).toContain(
			`will adopt OAuth client "By hand" (${client.id}) instead of creating a client: changes name; rotates its secret`,
		);
		await stack.run("up");
		expect(await idOf(stack)).toBe(client.id);
		expect(await works(stack)).toBe(true);
		expect((await stack.run("up")).output).toContain("2 unchanged");
	});
});

test("an explicit provider manages a second organization, whatever the environment says", async () => {
	const stack = await startStack();
	const other = await startSimulator();
	onTestFinished(async () => other.close());
	const { administrator, url } = other;
	await stack.pulumi("config", "set", "--secret", "otherSecret", administrator.clientSecret);
	stack.leaks.noteText(administrator.clientSecret);
	const program = {
		config: { otherSecret: { type: "string", secret: true } },
		resources: {
			staging: {
				type: "pulumi:providers:genesyscloud-oauth",
				properties: {
					oauthClientId: administrator.clientId,
					oauthClientSecret: "${otherSecret}",
					gatewayProtocol: "http",
					gatewayHost: "127.0.0.1",
					gatewayPort: new URL(url).port,
				},
			},
			app: yamlService(),
			there: yamlService({ name: "There" }, { provider: "${staging}" }),
			pair: {
				type: "genesyscloud-oauth:RotatingOAuthClient",
				properties: { ...yamlService({ name: "Pair" }).properties, rotation: { periodDays: 30 } },
				options: { provider: "${staging}" },
			},
		},
	};
	stack.declareYaml(program);
	await stack.run("up");
	expect(stack.simulator.organization.clients().map(({ name }) => name)).toEqual(["Service"]);
	const namesThere = other.organization.clients().map(({ name }) => name);
	expect(namesThere.toSorted()).toEqual(["Pair (A)", "Pair (B)", "There"]);
	await stack.run("refresh");
	await stack.run("destroy");
	expect(other.organization.clients()).toEqual([]);
});

describe("a failure", () => {
	test("after the client was made keeps it: a refresh works, and the next up finishes", async () => {
		const stack = await startStack();
		declare(stack, { state: "inactive" });
		stack.simulator.faults.add({ kind: "status", method: "PUT", path: paths.client, status: 400, code: "bad.request" });
		const output = await stack.fails("up");
		expect(output).toContain("**creating failed**");
		expect(output.match(/was saved in state; run pulumi up again to finish/g)).toHaveLength(1);
		stack.simulator.faults.clear();
		await stack.run("refresh");
		await stack.run("up");
		expect(stack.simulator.organization.clients().map(({ state }) => state)).toEqual(["inactive"]);
	});

	test("of a deletion is shown once, and the next destroy deletes", async () => {
		const stack = await startStack();
		declare(stack);
		await stack.run("up");
		const message = "not today";
		stack.simulator.faults.add({
			kind: "status",
			method: "DELETE",
			path: paths.client,
			status: 400,
			code: "bad.request",
			message,
		});
		const output = await stack.fails("destroy");
		expect(output.split("Diagnostics:")[1]?.match(/not today/g)).toHaveLength(1);
		stack.simulator.faults.clear();
		await stack.run("destroy");
		expect(stack.simulator.organization.clients()).toEqual([]);
	});

	test("of the settings is one line that names them", async () => {
		const stack = await startStack();
		declare(stack);
		const { GENESYSCLOUD_OAUTHCLIENT_SECRET: _, ...environment } = stack.environment;
		for (const name of Object.keys(stack.environment)) if (!(name in environment)) delete stack.environment[name];
		expect(await stack.fails("up")).toContain(
			"but not GENESYSCLOUD_OAUTHCLIENT_SECRET. Settings that belong together must come from one place",
		);
		await stack.pulumi("config", "set", "genesyscloud-oauth:regoin", "eu-central-1");
		expect(await stack.fails("up")).toContain("regoin is not a setting of genesyscloud-oauth; did you mean region?");
	});

	test("of one of a pair's clients says which, and the next up finishes the pair", async () => {
		const stack = await startStack();
		const properties = { ...yamlService({ name: "Worker" }).properties, rotation: { periodDays: 30 } };
		stack.declareYaml({ resources: { pair: { type: "genesyscloud-oauth:RotatingOAuthClient", properties } } });
		const message = "not today";
		stack.simulator.faults.add({
			kind: "status",
			method: "POST",
			path: paths.clients,
			status: 400,
			code: "bad",
			message,
			times: 1,
		});
		const output = await stack.fails("up");
		expect(output).toMatch(/"Worker \([AB]\)".*: not today/);
		await stack.run("up");
		expect(stack.simulator.organization.clients()).toHaveLength(2);
	});

	test("by customTimeouts names them", async () => {
		const stack = await startStack();
		declare(stack, {}, { customTimeouts: { create: "1s" } });
		stack.simulator.faults.add({ kind: "hang", method: "POST", path: paths.clients });
		expect(await stack.fails("up")).toContain("customTimeouts.create");
	});

	test("of the whole machine during the POST makes no second client: the next run asks, and takes it over", async () => {
		const stack = await startStack();
		declare(stack);
		stack.simulator.faults.add({ kind: "hang", method: "POST", path: paths.clients, when: "after" });
		const post = { method: "POST", template: paths.clients };
		await killDuring(stack, "all of Pulumi", async () => stack.simulator.requests.whenReceived(post, 1));
		stack.simulator.faults.clear();
		await stack.pulumi("cancel", "--yes");
		const refused = await stack.fails("up");
		const [, left] = /GENESYSCLOUD_TAKE_OVER=([\w-]+)/.exec(refused) ?? [];
		stack.environment["GENESYSCLOUD_TAKE_OVER"] = left;
		await stack.run("up");
		expect(stack.simulator.organization.clients().map(({ id }) => id)).toEqual([left]);
		expect(await works(stack)).toBe(true);
	});
});

test("a pair rotates in turn, and a credential follows it", async () => {
	const stack = await startStack();
	const declarePair = (value: number) =>
		stack.declareYaml({
			resources: {
				pair: {
					type: "genesyscloud-oauth:RotatingOAuthClient",
					properties: { ...yamlService({ name: "Worker" }).properties, rotation: { rotateWhenChanged: { value } } },
				},
				held: {
					type: "genesyscloud-oauth:IntegrationCredential",
					properties: {
						name: "Worker",
						fields: { clientId: "${pair.clientId}", clientSecret: "${pair.clientSecret}" },
					},
				},
			},
			outputs: {
				current: { id: "${pair.clientId}" },
				secret: "${pair.clientSecret}",
				previous: { id: "${pair.previousClientId}" },
				previousSecret: "${pair.previousClientSecret}",
				credential: "${held.credentialId}",
			},
		});
	const outputs = async () =>
		(await stack.outputs()) as unknown as {
			current: { id: string };
			previous: { id: string };
			secret: string;
			previousSecret: string;
			credential: string;
		};
	declarePair(1);
	await stack.run("up");
	const first = await outputs();
	expect((await stack.run("up")).calls).toEqual([]);
	declarePair(2);
	const { calls } = await stack.run("up");
	expect(apiCalls(calls).filter((call) => !call.startsWith("GET"))).toEqual([
		"POST /api/v2/oauth/clients/{clientId}/secret",
		"PUT /api/v2/integrations/credentials/{credentialId}",
	]);
	const second = await outputs();
	expect(second).toMatchObject({ current: first.previous, previous: first.current, previousSecret: first.secret });
	expect(await stack.canLogIn(second.current.id, second.secret)).toBe(true);
	expect(await stack.canLogIn(second.previous.id, second.previousSecret)).toBe(true);
	const fields = { clientId: second.current.id, clientSecret: second.secret };
	expect(stack.simulator.organization.checkCredential(second.credential, fields)).toBe(true);
	expect((await stack.run("up", "--refresh")).output).toContain("unchanged");
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("a preview names the path of what is wrong, once, and shows no secret's value beside it", async () => {
	const stack = await startStack();
	const roleId = ROLE_IDS.employee;
	stack.declareYaml({
		resources: { app: yamlService({ name: "", roleDivisions: [{ roleId }, { roleId: "" }] }) },
	});
	const output = await stack.fails("preview");
	expect(output).toContain("property name value {} has a problem: must not be empty");
	expect(output).toContain("property roleDivisions[1].roleId value {<nil>} has a problem: must not be empty");
	stack.declareYaml({ resources: { other: yamlService({ accessTokenValiditySeconds: { "fn::secret": 38999999 } }) } });
	const secret = await stack.fails("preview");
	expect(secret).toContain("resource 'other' has a problem: accessTokenValiditySeconds must be at most");
	expect(secret).not.toMatch(/3\.?8999999/);
});

test.each([
	["YAML", "periodDays", "RotatingOAuthClient"],
	["A second organization", "pulumi:providers:genesyscloud-oauth", "OAuthClient"],
	["Move a stack", "aliases", "OAuthClient"],
])("the YAML program of docs/languages.md under %s with %s previews", async (heading, part, type) => {
	const stack = await startStack();
	stack.write("Pulumi.yaml", blockOf("docs/languages.md", heading, part).text);
	await stack.pulumi("stack", "init", "test");
	await stack.pulumi("config", "set", "--secret", "stagingSecret", "x");
	expect((await stack.run("preview")).output).toContain(`genesyscloud-oauth:index:${type} crm create`);
});
