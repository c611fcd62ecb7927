import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { ExportJson } from "../../../cli/export/run";
import { runCommand, variablesFor } from "../../cli/support/command";
import type { TestStack } from "./test-stack";

/** Puts what `export` writes in the place of the stack's own program. */
export async function exportInto(stack: TestStack, ...args: string[]): Promise<ExportJson> {
	for (const file of ["Pulumi.yaml", "package.json", "index.js", "clients.json"]) rmSync(join(stack.project, file));
	const command = ["export", "--output", stack.project, "--project", "test", "--json", ...args];
	const { code, stdout, stderr } = await runCommand(command, { variables: variablesFor(stack.simulator) });
	expect(stderr).toContain("OAuth clients exported");
	expect(code).toBe(0);
	const written = Object.fromEntries(
		["Pulumi.yaml", ...(JSON.parse(stdout) as ExportJson).files].map((file) => [file, stack.read(file)]),
	);
	expect(stack.leaks.find({ stdout, stderr, ...written })).toEqual([]);
	return JSON.parse(stdout) as ExportJson;
}

/** The clients that a preview says it adopts without a change; Pulumi says it twice. */
export const adoptionsIn = (output: string) =>
	new Set(
		[...output.matchAll(/\(([0-9a-f-]{36})\) instead of creating a client: no setting changes/g)].map(([, id]) => id),
	).size;
