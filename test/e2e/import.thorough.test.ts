import { join } from "node:path";
import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { pluginDirectory } from "../plugin-program";
import { withoutPathWarnings, yamlService } from "./support/yaml-clients";

const startStack = eachStack();
const type = "genesyscloud-oauth:index:OAuthClient";

test("a managed client that the program then reads by its name is left in the organization", async () => {
	const stack = await startStack();
	stack.declareYaml({ resources: { app: yamlService({ name: "CRM" }) } });
	await stack.run("up");
	const before = stack.simulator.organization.clients();
	stack.declareYaml({ resources: { app: { type, get: { id: "CRM" } } } });
	const { output } = await stack.run("up");
	expect(output).toContain("only this entry was removed from state");
	expect(stack.simulator.organization.clients()).toEqual(before);
});

test("pulumi import by name puts the client's id into state, and its program changes nothing", async () => {
	const stack = await startStack();
	stack.declareYaml({ resources: { app: yamlService({ name: "CRM" }, { retainOnDelete: true }) } });
	await stack.run("up");
	const [client] = stack.simulator.organization.clients();
	await stack.run("destroy");
	const { code, output } = await stack.pulumi("import", type, "app", "CRM", "--yes", "--protect=false");
	if (code !== 0) throw new Error(output);
	expect((await stack.resource("app"))?.id).toBe(client?.id);
	const [program] = /^resources:\n(?: .*\n)*/m.exec(withoutPathWarnings(output)) ?? [];
	stack.write("Pulumi.yaml", `name: test\nruntime: yaml\n${program ?? ""}\n`);
	expect((await stack.run("up")).output).toContain("2 unchanged");
});

test("pulumi do ... list shows the clients that match, with ids to import", async () => {
	const stack = await startStack();
	const add = (name: string) =>
		stack.simulator.organization.addClient({ name, authorizedGrantType: "CODE", scope: ["users"] }).client.id;
	const ids = ["CRM b", "CRM a", "Other"].map(add);
	stack.write("filter.pp", 'namePattern = "CRM*"\nauthorizedGrantType = ["CODE"]\n');
	const plugin = join(pluginDirectory, "pulumi-resource-genesyscloud-oauth");
	const list = ["list", "--input", "pcl", "--input-file", "filter.pp"];
	const { code, output } = await stack.pulumi("do", "--package", plugin, "--stateless", type, ...list);
	if (code !== 0) throw new Error(output);
	const found = JSON.parse(/^\[[^]*\]$/m.exec(output)?.[0] ?? "null") as unknown;
	expect(found).toEqual([
		{ id: ids[1], name: "CRM a" },
		{ id: ids[0], name: "CRM b" },
	]);
});
