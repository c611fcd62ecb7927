import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureBuilt } from "../../../tools/built-package.mjs";
import { findYamlHost } from "../../../tools/pulumi-cli/find-yaml-host.mjs";
import { makeEmptyStack } from "./empty-stack";
import { startKeyService } from "./key-service";

declare module "vitest" {
	interface ProvidedContext {
		/** The directory of the Pulumi engine and its language host. */
		engineDirectory: string;
		/** The directory of Pulumi's host for YAML programs. */
		yamlHostDirectory: string;
		/** Where the empty stack is, to be copied. */
		emptyStack: string;
		/** The address of the service that keeps the keys of the stacks. */
		keyService: string;
		/** Where Node keeps what it has compiled, for all processes of a run. */
		compileCache: string;
	}
}

/**
 * Builds the package and finds the engine once for all e2e tests, and has it make what each of them starts with. Without an engine they fail: they are never
 * skipped.
 *
 * @returns what removes that after the last test
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	await ensureBuilt();
	const { root } = project.config;
	const pulumi = execFileSync(process.execPath, ["tools/pulumi-cli/find-engine.mjs"], {
		cwd: root,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "inherit"],
	}).trim();
	const directory = mkdtempSync(join(tmpdir(), "oauth-e2e-run-"));
	const emptyStack = join(directory, "stack");
	const keys = await startKeyService();
	await makeEmptyStack(pulumi, emptyStack, keys.url);
	project.provide("keyService", keys.url);
	project.provide("engineDirectory", dirname(pulumi));
	project.provide("yamlHostDirectory", await findYamlHost({ engine: pulumi, log: console.error }));
	project.provide("emptyStack", emptyStack);
	project.provide("compileCache", join(directory, "compile-cache"));
	return async () => {
		await keys.close();
		rmSync(directory, { recursive: true, force: true });
	};
}
