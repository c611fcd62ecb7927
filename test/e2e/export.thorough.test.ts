import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ExportJson } from "../../cli/export/run";
import { runCommand, variablesFor, writesOf } from "../cli/support/command";
import { exportable, variedOrganization } from "../cli/support/varied-organization";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { adoptionsIn, exportInto } from "./support/exported-program";
import { filesBelow } from "./support/leaks";
import { repository } from "./support/test-stack";

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

test("the program that export writes for 100 varied clients adopts them all, and changes nothing", async () => {
	const stack = await startStack({ seed: variedOrganization });
	const { organization, requests } = stack.simulator;
	const before = organization.clients();
	const exported = await exportInto(stack);
	expect(exported.clients).toHaveLength(exportable);
	expect(new Set(exported.clients.map(({ authorizedGrantType }) => authorizedGrantType)).size).toBe(5);
	expect(exported.leftOut.map(({ code }) => code).toSorted()).toEqual([
		"disabled",
		"disabled",
		"own",
		"undeclarable",
		"undeclarable",
	]);

	const tsc = join(repository, "node_modules/typescript/bin/tsc");
	execFileSync(process.execPath, [tsc, "--project", stack.project], { cwd: stack.project, stdio: "inherit" });

	const preview = await stack.run("preview");
	expect(adoptionsIn(preview.output)).toBe(exportable);
	const up = await stack.run("up");
	expect(up.output).toMatch(new RegExp(`\\+ ${exportable + 1} created`));
	expect(up.output).not.toContain("warning");
	expect(up.calls.filter((call) => call === "GET /api/v2/oauth/clients/{clientId}")).toHaveLength(exportable);

	const unchanged = await stack.run("preview", "--expect-no-changes");
	expect(unchanged.calls).toEqual([]);
	await stack.run("refresh", "--expect-no-changes");

	expect(writesOf(stack.simulator)).toEqual([]);
	expect(requests.count({ kind: "unknown" })).toBe(0);
	expect(organization.clients()).toEqual(before);
	const names = (await stack.state()).filter(({ type }) => type.endsWith(":OAuthClient")).map(({ urn }) => urn);
	expect(new Set(names).size).toBe(exportable);
	expect(stack.leaks.find(filesBelow(join(stack.directory, "backend")))).toEqual([]);
});

test("what a stack manages isn't exported again, and a client that it only reads is", async () => {
	const stack = await startStack();
	const { organization } = stack.simulator;
	const read = organization.addClient({ ...webApp().args, name: "Read only" }).client;
	stack.declare({ app: webApp({ name: "Managed" }), theirs: { args: {}, opts: { get: read.id } } });
	await stack.run("up");
	const file = join(stack.directory, "managed.json");
	await stack.pulumi("stack", "export", "--file", file);
	const { code, stdout } = await runCommand(
		["export", "--exclude-stack", file, "--output", join(stack.directory, "exported"), "--json", "--quiet"],
		{ variables: variablesFor(stack.simulator) },
	);
	expect(code).toBe(0);
	const { clients, leftOut } = JSON.parse(stdout) as ExportJson;
	expect(clients.map(({ name }) => name)).toEqual(["Read only"]);
	expect(leftOut).toMatchObject([{ code: "own" }, { code: "managed", name: "Managed" }]);
});

test("the single file of --stdout is a program too", async () => {
	const stack = await startStack({ seed: variedOrganization });
	const { code, stdout } = await runCommand(["export", "--stdout", "--grant", "CODE", "--state", "active"], {
		variables: variablesFor(stack.simulator),
	});
	expect(code).toBe(0);
	rmSync(join(stack.project, "index.js"));
	writeFileSync(join(stack.project, "index.ts"), stdout);
	writeFileSync(join(stack.project, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
	writeFileSync(join(stack.project, "package.json"), JSON.stringify({ name: "test", private: true }));
	const { output } = await stack.run("preview");
	const wanted = stack.simulator.organization
		.clients()
		.filter(({ authorizedGrantType, state }) => authorizedGrantType === "CODE" && state === "active");
	expect(adoptionsIn(output)).toBe(wanted.length);
	expect(readFileSync(join(stack.project, "index.ts"), "utf8")).toBe(stdout);
	expect(writesOf(stack.simulator)).toEqual([]);
});
