import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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
 * Lets the engine make an empty stack, as {@link copyEmptyStack} wants it: once for all tests.
 *
 * @param emptyStack the directory that it is made in
 * @param keyService the address of the service that keeps its key
 */
export async function makeEmptyStack(pulumi: string, emptyStack: string, keyService: string): Promise<void> {
	const [home, backend, project] = ["home", "backend", "project"].map((name) => join(emptyStack, name)) as [
		string,
		string,
		string,
	];
	for (const path of [home, backend, project]) mkdirSync(path, { recursive: true });
	writeFileSync(join(project, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
	await promisify(execFile)(pulumi, ["stack", "init", "test", "--non-interactive", "--secrets-provider", keyName], {
		cwd: project,
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
 * Puts a copy of the empty stack into a backend, as the stack `test` of a project, and its settings beside the project: without those Pulumi
 * takes a passphrase for its secrets.
 */
export function copyEmptyStack(
	emptyStack: string,
	to: { backend: string; project: string; withSettings: boolean },
): void {
	const settings = "Pulumi.test.yaml";
	if (to.withSettings) cpSync(join(emptyStack, "project", settings), join(to.project, settings));
	cpSync(join(emptyStack, "backend"), to.backend, { recursive: true });
	const name = projectName(to.project);
	if (name === "test") return;
	const stacks = join(to.backend, ".pulumi", "stacks");
	renameSync(join(stacks, "test"), join(stacks, name));
	const file = join(stacks, name, "test.json");
	writeFileSync(file, readFileSync(file, "utf8").replace("organization/test/", `organization/${name}/`));
}
