import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { ROLE_IDS, type Simulator, startSimulator } from "../../simulator";
import { blockOf } from "../documentation";
import { eachStack } from "./support/each-stack";
import { withoutPathWarnings, yamlService } from "./support/yaml-clients";

const startStack = eachStack();
const clients = "/api/v2/oauth/clients";
const apiCalls = (calls: string[]) => calls.filter((call) => call.includes(" /api/"));

test("the program in YAML of examples/yaml makes its client, once, and hands out a secret that works", async () => {
	const stack = await startStack({ project: "examples/yaml" });
	await stack.pulumi("config", "set", "serviceRole", "employee");
	const { calls } = await stack.run("up");
	expect(apiCalls(calls).filter((call) => call.startsWith("POST"))).toEqual([`POST ${clients}`]);
	const { clientId, clientSecret } = (await stack.outputs()) as unknown as Record<string, string>;
	expect(await stack.canLogIn(clientId ?? "", clientSecret ?? "")).toBe(true);
	// What comes from the environment stays out of the state.
	const provider = (await stack.state()).find(({ type }) => type === "pulumi:providers:genesyscloud-oauth");
	expect({ ...provider?.inputs, ...provider?.outputs }).toEqual({});
	const again = await stack.run("up");
	expect(again.output).toContain("2 unchanged");
	expect(apiCalls(again.calls).filter((call) => call.includes("/oauth/"))).toEqual([]);
	expect(stack.simulator.organization.clients()[0]).toMatchObject({ roleIds: [], name: "CRM sync" });
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("the YAML program of docs/languages.md, pasted into an empty directory, makes the client", async () => {
	const stack = await startStack();
	const program = blockOf("docs/languages.md", "YAML", "fn::invoke").text;
	stack.write("Pulumi.yaml", program);
	await stack.pulumi("stack", "init", "test");
	await stack.run("up");
	const [client] = stack.simulator.organization.clients();
	expect(client).toMatchObject({ name: "CRM sync", authorizedGrantType: "CLIENT-CREDENTIALS" });
	const { clientSecret } = (await stack.outputs()) as unknown as Record<string, string>;
	expect(await stack.canLogIn(client?.id ?? "", clientSecret ?? "")).toBe(true);
	// The README shows its essential part.
	const part = blockOf("README.md", "pulumi-genesyscloud-oauth", "resources:").text;
	expect(parse(program)).toMatchObject(parse(part) as object);
});

test("a preview shows what changes, and nothing else; an up whose PUT gets no usable answer says so in state, and the next one makes the client what the program, which has gone back, declares", async () => {
	const stack = await startStack();
	const dependant = { type: "genesyscloud-oauth:OAuthClient", properties: {} };
	const declare = (change: object) =>
		stack.declareYaml({
			resources: {
				app: yamlService({ ...change }),
				other: {
					...dependant,
					properties: { ...yamlService({ name: "Other" }).properties, description: "${app.secretFingerprint}" },
				},
			},
		});
	declare({});
	await stack.run("up");
	declare({
		description: "text",
		roleDivisions: [ROLE_IDS.employee, ROLE_IDS.masterAdmin].map((roleId) => ({ roleId, divisionId: "*" })),
	});
	const { output } = await stack.run("preview", "--diff");
	expect(
		withoutPathWarnings(output)
			.split("\n")
			.filter((line) => /^ +[~+-] /.test(line))
			.map((line) => line.trim()),
	).toEqual([
		"~ genesyscloud-oauth:index:OAuthClient: (update)",
		'+ description  : "text"',
		"~ roleDivisions: [",
		expect.stringContaining("~ [0]"),
		expect.stringContaining("~ divisionId"),
		expect.stringContaining("+ [1]"),
		expect.stringContaining("+ divisionId"),
		expect.stringContaining("+ roleId"),
		"~ 1 to update",
	]);
	const readAndWrite = [`GET ${clients}/{clientId}`, `PUT ${clients}/{clientId}`];
	stack.simulator.faults.add({
		kind: "html",
		method: "PUT",
		path: `${clients}/{clientId}`,
		status: 200,
		when: "after",
	});
	expect(await stack.fails("up")).toContain("put_oauth_client failed: 200, but the response isn't the expected JSON");
	expect((await stack.resource("app"))?.outputs?.["unconfirmedSettings"]).toEqual([
		"description",
		"roleDivisions",
		"roleIds",
	]);
	declare({});
	expect(apiCalls((await stack.run("up")).calls)).toEqual(readAndWrite);
	expect(stack.simulator.organization.clients().find(({ name }) => name === "Service")).toMatchObject({
		description: "",
		roleDivisions: [{ roleId: ROLE_IDS.employee }],
	});
	expect((await stack.resource("app"))?.outputs).not.toHaveProperty("unconfirmedSettings");
});

/** The settings that lead to an organization. */
const settings = ({ url, administrator: { clientId, clientSecret } }: Simulator) => ({
	oauthClientId: clientId,
	oauthClientSecret: clientSecret,
	gatewayProtocol: "http",
	gatewayHost: "127.0.0.1",
	gatewayPort: new URL(url).port,
});

test("an explicit provider is never taken for Pulumi's own, which has the stack's configuration; a preview says what that lacks", async () => {
	const stack = await startStack();
	const other = await startSimulator();
	onTestFinished(async () => other.close());
	stack.leaks.noteText(other.administrator.clientSecret);
	for (const name of Object.keys(stack.environment))
		if (name.startsWith("GENESYSCLOUD_")) delete stack.environment[name];
	stack.declareYaml({ resources: { app: yamlService(), second: yamlService({ name: "Second" }) } });
	const { output } = await stack.run("preview");
	// Once in the list of diagnostics, under the stack.
	expect(output.match(/^ {4}warning: creating or changing .* fail: no Genesys Cloud credentials/gm)).toHaveLength(1);

	const ours = Object.entries(settings(stack.simulator)).flatMap(([name, value]) => [
		name === "oauthClientSecret" ? "--secret" : "--plaintext",
		`genesyscloud-oauth:${name}=${value}`,
	]);
	await stack.pulumi("config", "set-all", ...ours);
	const declare = (provider: string) =>
		stack.declareYaml({
			resources: {
				[provider]: { type: "pulumi:providers:genesyscloud-oauth", properties: settings(other) },
				app: yamlService(),
				there: yamlService({ name: "There" }, { provider: `\${${provider}}` }),
			},
		});
	declare("default_eu");
	expect(await stack.fails("preview")).toContain("rename the provider default_eu");
	expect([stack.simulator, other].map(({ requests }) => requests.count())).toEqual([0, 0]);
	declare("eu");
	await stack.run("up");
	expect([stack.simulator, other].map(({ organization }) => organization.clients().map(({ name }) => name))).toEqual([
		["Service"],
		["There"],
	]);
});
