import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { keyName, keyVariables } from "./key-service";

/** What the secrets of a test's stack are encrypted with where no service keeps its key. */
export const passphrase = "a passphrase for tests";

/** The name of a stack's project. */
export function projectName(directory: string): string {
	const [, name] = /^name: (.+)$/m.exec(readFileSync(join(directory, "Pulumi.yaml"), "utf8")) ?? [];
	if (name === undefined) throw new Error(`the project in ${directory} has no name`);
	return name;
}

/**
 * Lets the engine make the empty stack `test` of a project, as {@link copyEmptyStack} wants it: once for all tests that start with one.
 *
 * @param keyService the address of the service that keeps its key
 */
export async function makeEmptyStack(
	pulumi: string,
	emptyStacks: string,
	project: string,
	keyService: string,
): Promise<void> {
	const [home, backend, directory] = ["home", "backend", "project"].map((name) => join(emptyStacks, project, name)) as [
		string,
		string,
		string,
	];
	for (const path of [home, backend, directory]) mkdirSync(path, { recursive: true });
	writeFileSync(join(directory, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
	await promisify(execFile)(pulumi, ["stack", "init", "test", "--non-interactive", "--secrets-provider", keyName], {
		cwd: directory,
		env: {
			...process.env,
			...keyVariables(keyService),
			PULUMI_HOME: home,
			PULUMI_BACKEND_URL: `file://${backend}`,
			PULUMI_SKIP_UPDATE_CHECK: "1",
		},
	});
}

/**
 * Puts a copy of a project's empty stack into a backend, and its settings beside the project: without those Pulumi takes a passphrase for its
 * secrets.
 */
export function copyEmptyStack(
	emptyStacks: string,
	to: { backend: string; project: string; withSettings: boolean },
): void {
	const from = join(emptyStacks, projectName(to.project));
	cpSync(join(from, "backend"), to.backend, { recursive: true });
	if (to.withSettings) cpSync(join(from, "project", "Pulumi.test.yaml"), join(to.project, "Pulumi.test.yaml"));
}
