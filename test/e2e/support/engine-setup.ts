import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureBuilt } from "../../../tools/built-package.mjs";
import { findYamlHost } from "../../../tools/pulumi-cli/find-yaml-host.mjs";
import { makeEmptyStack, projectName } from "./empty-stack";
import { startKeyService } from "./key-service";

declare module "vitest" {
	interface ProvidedContext {
		/** The directory of the Pulumi engine and its language host. */
		engineDirectory: string;
		/** The directory of Pulumi's host for YAML programs. */
		yamlHostDirectory: string;
		/** Where the empty stack of each project is, to be copied. */
		emptyStacks: string;
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
	const emptyStacks = join(directory, "stacks");
	const keys = await startKeyService();
	// The project whose program a test writes, and those of this repository.
	const ours = [".", "examples/javascript", "examples/pipeline", "examples/yaml"].map((path) =>
		projectName(join(root, path)),
	);
	for (const name of ["test", ...ours]) await makeEmptyStack(pulumi, emptyStacks, name, keys.url);
	project.provide("keyService", keys.url);
	project.provide("engineDirectory", dirname(pulumi));
	project.provide("yamlHostDirectory", await findYamlHost({ engine: pulumi, log: console.error }));
	project.provide("emptyStacks", emptyStacks);
	project.provide("compileCache", join(directory, "compile-cache"));
	return async () => {
		await keys.close();
		rmSync(directory, { recursive: true, force: true });
	};
}
