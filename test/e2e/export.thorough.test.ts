import { expect, test } from "vitest";
import { writesOf } from "../cli/support/command";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { exportInto } from "./support/exported-program";

const startStack = eachStack();

test("after the export a client is changed, freed and deleted by changing the program", async () => {
	const stack = await startStack();
	const { organization } = stack.simulator;
	const { client } = organization.addClient({ ...webApp().args, name: "Web app" });
	await exportInto(stack);
	await stack.run("up");
	const changed = stack.read("index.ts").replace('name: "Web app",', 'name: "Web app",\n\t\tdescription: "As code",');
	stack.write("index.ts", changed);
	await stack.run("up");
	expect(organization.client(client.id)).toMatchObject({ description: "As code" });
	// What the comment at `adopted` says.
	stack.write("index.ts", changed.replace("\tadopted,\n", "\t{},\n"));
	await stack.run("up");
	stack.write("index.ts", "export {};\n");
	await stack.run("up");
	expect(organization.client(client.id)).toBeUndefined();
});

test("an exported client survives the loss of its lines, of its protection, and of its stack", async () => {
	const stack = await startStack();
	const { organization } = stack.simulator;
	const { client, secret } = organization.addClient({ ...service().args, name: "CRM sync" });
	await exportInto(stack);
	await stack.run("up");
	const program = stack.read("index.ts");

	stack.write("index.ts", "export {};\n");
	expect(await stack.fails("up")).toContain("protected");
	expect(await stack.fails("destroy")).toContain("protected");

	await stack.pulumi("state", "unprotect", "--all", "--yes");
	await stack.run("up");
	expect(await stack.resource("crm-sync")).toBeUndefined();
	expect(organization.client(client.id)).toMatchObject({ state: "active" });
	expect(organization.checkSecret(client.id, secret!)).toBe(true);

	// The lines come back, and so does the client.
	stack.write("index.ts", program);
	await stack.run("up");
	expect(writesOf(stack.simulator)).toEqual([]);
	await stack.pulumi("state", "unprotect", "--all", "--yes");
	await stack.run("destroy");
	expect(organization.client(client.id)).toMatchObject({ state: "active" });
	expect(writesOf(stack.simulator)).toEqual([]);
});
