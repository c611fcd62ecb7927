import { createRequire } from "node:module";
import { join } from "node:path";
import { RunError } from "./pulumi-sdk";

/** Pulumi's script that runs a program: it runs in the program's directory, as the provider process does. */
const programRunner = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run[\\/]/;

let isChecked = false;

/**
 * Verifies that the provider process will find this package: the line in state loads it from the program's directory, which under strict
 * package managers has only what the program itself depends on. Otherwise Pulumi would show a stack trace for each resource. Programs
 * inside another process (Automation API) aren't checked: their provider process has another directory.
 *
 * @throws RunError if it won't
 */
export function requireProgramDependency(): void {
	if (isChecked || !programRunner.test(require.main?.filename ?? "")) return;
	const directory = process.cwd();
	try {
		createRequire(join(directory, "program.js")).resolve("pulumi-genesyscloud-oauth/lifecycle");
	} catch {
		throw new RunError(
			`pulumi-genesyscloud-oauth must be a dependency of the program, too: Pulumi's provider process looks for it in ${directory}. Add it there with your package manager`,
		);
	}
	isChecked = true;
}
