import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ExportJson } from "../../cli/export/run";
import { runCommand, variablesFor, writesOf } from "../cli/support/command";
import { exportable, variedOrganization } from "../cli/support/varied-organization";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { exportInto } from "./support/exported-program";
import { filesBelow } from "./support/leaks";
import { repository } from "./support/test-stack";

const startStack = eachStack();

/** The clients that a preview says it adopts without a change; Pulumi says it twice. */
const adoptionsIn = (output: string) =>
	new Set([...output.matchAll(/\(([0-9a-f-]{36})\), makes no new client: nothing of it changes/g)].map(([, id]) => id))
		.size;

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
