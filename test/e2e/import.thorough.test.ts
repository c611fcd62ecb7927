import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { withoutPathWarnings, yamlService } from "./support/yaml-clients";

const startStack = eachStack();
const type = "genesyscloud-oauth:OAuthClient";

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
	expect({ code, output }).toMatchObject({ code: 0 });
	expect((await stack.resource("app"))?.id).toBe(client?.id);
	const [program] = /^resources:\n(?: .*\n)*/m.exec(withoutPathWarnings(output)) ?? [];
	stack.write("Pulumi.yaml", `name: test\nruntime: yaml\n${program ?? ""}\n`);
	expect((await stack.run("up")).output).toContain("2 unchanged");
});
