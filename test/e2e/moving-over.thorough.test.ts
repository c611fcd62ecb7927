import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { blockOf } from "../documentation";
import { addByHand, service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";
import { yamlService } from "./support/yaml-clients";

const startStack = eachStack();
const settings = (name: string) => service({ name }).args;
const rotation = { rotateWhenChanged: { value: 1 } };
const urn = (type: string, name: string) => `urn:pulumi:test::test::${type}::${name}`;
const dynamicClient = "pulumi-nodejs:dynamic/genesyscloud:OAuthClient";
const dynamicPair = "pulumi-nodejs:dynamic/genesyscloud:RotatingOAuthClient";
const dynamicCredential = "pulumi-nodejs:dynamic/genesyscloud:IntegrationCredential";
const pluginType = (name: string) => `genesyscloud-oauth:index:${name}`;

/** The program for the dynamic provider. */
function declareDynamic(stack: TestStack, aliased = false): void {
	const options = (type: string, name: string) => (aliased ? { aliases: [urn(type, name)] } : {});
	const of = (type: string, name: string) => JSON.stringify(options(pluginType(type), name));
	stack.write("Pulumi.yaml", "name: test\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
	stack.write(
		"index.js",
		`const { IntegrationCredential, OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
const one = new OAuthClient("one", ${JSON.stringify(settings("One"))}, ${of("OAuthClient", "one")});
const two = new OAuthClient("two", ${JSON.stringify(settings("Two"))}, ${of("OAuthClient", "two")});
const old = new OAuthClient("old", ${JSON.stringify({ ...settings("Old"), adopt: { name: "Old", rotateSecret: true } })}, ${of("OAuthClient", "old")});
const pair = new RotatingOAuthClient("pair", ${JSON.stringify({ ...settings("Pair"), rotation })}, ${of("RotatingOAuthClient", "pair")});
new IntegrationCredential("held", { name: "Held", fields: { clientId: one.clientId, clientSecret: one.clientSecret } }, ${of("IntegrationCredential", "held")});
exports.one = one.clientSecret;
exports.two = two.clientSecret;
exports.old = old.clientSecret;
exports.pair = pair.current.clientSecret;
`,
	);
}

const moved = (type: string, name: string) => ({ aliases: [urn(type, name)] });

/** The same program in YAML. */
function declarePlugin(stack: TestStack): void {
	stack.declareYaml({
		resources: {
			one: yamlService({ name: "One" }, moved(dynamicClient, "one")),
			two: yamlService({ name: "Two" }, moved(dynamicClient, "two")),
			old: yamlService({ name: "Old", adopt: { name: "Old", rotateSecret: true } }, moved(dynamicClient, "old")),
			pair: {
				type: "genesyscloud-oauth:RotatingOAuthClient",
				properties: { ...settings("Pair"), rotation },
				options: moved(dynamicPair, "pair"),
			},
			held: {
				type: "genesyscloud-oauth:IntegrationCredential",
				properties: { name: "Held", fields: { clientId: "${one.clientId}", clientSecret: "${one.clientSecret}" } },
				options: moved(dynamicCredential, "held"),
			},
		},
		outputs: {
			one: "${one.clientSecret}",
			two: "${two.clientSecret}",
			old: "${old.clientSecret}",
			pair: "${pair.clientSecret}",
		},
	});
}

const changes = (calls: string[]) => calls.filter((call) => /^(POST|PUT|DELETE) \/api/.test(call));
const typesIn = async (stack: TestStack) =>
	(await stack.state()).map(({ type }) => type).filter((type) => !type.startsWith("pulumi:"));

test("a stack moves from the dynamic provider to the plugin and back: no client is changed, and each secret stays", async () => {
	const stack = await startStack();
	addByHand(stack, { name: "Old" });
	declareDynamic(stack);
	await stack.run("up");
	const secrets = await stack.outputs();
	const clients = stack.simulator.organization.clients();

	declarePlugin(stack);
	const forth = await stack.run("up");
	expect(forth).toMatchObject({ calls: [] });
	expect(forth.output).toContain("6 unchanged");
	expect(await stack.outputs()).toEqual(secrets);
	expect((await typesIn(stack)).every((type) => type.startsWith("genesyscloud-oauth:"))).toBe(true);
	expect(changes((await stack.run("refresh")).calls)).toEqual([]);
	expect((await stack.run("up")).output).toContain("6 unchanged");

	declareDynamic(stack, true);
	const back = await stack.run("up");
	expect(changes(back.calls)).toEqual([]);
	expect(await stack.outputs()).toEqual(secrets);
	expect((await typesIn(stack)).some((type) => type.startsWith("genesyscloud-oauth:"))).toBe(false);
	expect(changes((await stack.run("refresh")).calls)).toEqual([]);
	expect(changes((await stack.run("up")).calls)).toEqual([]);
	expect(stack.simulator.organization.clients()).toEqual(clients);
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("a client, a pair and a credential move to another stack: without a call, and its runs go on with the same secrets", async () => {
	const stack = await startStack();
	addByHand(stack, { name: "Old" });
	declareDynamic(stack);
	await stack.run("up");
	const secrets = await stack.outputs();
	const clients = stack.simulator.organization.clients();
	const pair = urn(dynamicPair, "pair");
	const others = ["one", "two", "old"].map((name) => urn(dynamicClient, name));
	const moving = [pair, ...others, urn(dynamicCredential, "held")];

	const before = stack.simulator.requests.count();
	await stack.pulumi("stack", "init", "other");
	expect(await stack.pulumi("state", "move", "--yes", "--source", "test", "--dest", "other", ...moving)).toMatchObject({
		code: 0,
	});
	expect(stack.callsSince(before)).toEqual([]);
	expect(await typesIn(stack)).toEqual([]);

	stack.environment["PULUMI_STACK"] = "other";
	const { calls, output } = await stack.run("up");
	expect(changes(calls)).toEqual([]);
	expect(output).toContain("6 unchanged");
	expect(await stack.outputs()).toEqual(secrets);
	expect(changes((await stack.run("refresh")).calls)).toEqual([]);
	expect(stack.simulator.organization.clients()).toEqual(clients);
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

/** Runs a documented command as a shell would, and returns what it said. */
const inShell = async (stack: TestStack, command: string) =>
	new Promise<string>((resolve, reject) => {
		execFile(
			"bash",
			["-eo", "pipefail", "-c", command],
			{ cwd: stack.project, env: stack.environment, encoding: "utf8" },
			(error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new Error(stdout + stderr))),
		);
	});

/** Clients with a credential each, beside what another package has. */
const program = (clients: string[]) => `const pulumi = require("@pulumi/pulumi");
const { IntegrationCredential, OAuthClient } = require("pulumi-genesyscloud-oauth");
new pulumi.ComponentResource("other:genesyscloud:Resource", "genesyscloud-oauth");
for (const name of ${JSON.stringify(clients)}) {
	const client = new OAuthClient(name, ${JSON.stringify(settings("Service"))}, { protect: true });
	new IntegrationCredential(name, { name, client });
	exports[name] = client.clientSecret;
}
`;

test("the documented ways to another stack and out of Pulumi make no call, keep each secret, and leave what isn't ours", async () => {
	const page = "docs/adopt-and-release.md";
	const stack = await startStack();
	stack.write("index.js", program(["moves", "stays"]));
	await stack.run("up");
	const secrets = await stack.outputs();
	const clients = stack.simulator.organization.clients();

	await stack.pulumi("stack", "init", "service");
	const urns = [urn(dynamicClient, "moves"), urn(dynamicCredential, "moves")].map((one) => `'${one}'`).join(" ");
	const move = blockOf(page, "Move a client to another stack", "state move").text;
	await inShell(stack, move.replace("sales", "test").replace("'<urn of the client>'", urns));
	stack.write("index.js", program(["stays"]));
	expect((await stack.run("up")).calls).toEqual([]);
	expect(await stack.outputs()).toEqual({ stays: secrets["stays"] });

	await inShell(stack, blockOf(page, "Leave", "state delete").text);
	expect(await typesIn(stack)).toEqual(["other:genesyscloud:Resource"]);
	stack.write("index.js", program([]));
	expect((await stack.run("up")).output).not.toMatch(/created|deleted/);

	stack.environment["PULUMI_STACK"] = "service";
	stack.write("index.js", program(["moves"]));
	expect((await stack.run("up")).calls).toEqual([]);
	expect(await stack.outputs()).toEqual({ moves: secrets["moves"] });
	expect(stack.simulator.organization.clients()).toEqual(clients);
});
