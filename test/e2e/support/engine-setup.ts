import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
	interface ProvidedContext {
		/** The directory of the Pulumi engine and its language host. */
		engineDirectory: string;
	}
}

/** Finds the engine once for all e2e tests. Without one they fail: they are never skipped. */
export default function setup(project: TestProject): void {
	const pulumi = execFileSync(process.execPath, ["tools/pulumi-cli/find-engine.mjs"], {
		cwd: project.config.root,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "inherit"],
	});
	project.provide("engineDirectory", dirname(pulumi.trim()));
}
