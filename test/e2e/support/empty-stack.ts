import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the secrets of every test's stack are encrypted with. */
export const passphrase = "a passphrase for tests";

/** The name of a stack's project. */
export function projectName(directory: string): string {
	const [, name] = /^name: (.+)$/m.exec(readFileSync(join(directory, "Pulumi.yaml"), "utf8")) ?? [];
	if (name === undefined) throw new Error(`the project in ${directory} has no name`);
	return name;
}

/** Lets the engine make the empty stack `test` of a project, as {@link copyEmptyStack} wants it: once for all tests that start with one. */
export function makeEmptyStack(pulumi: string, emptyStacks: string, project: string): void {
	const [home, backend, directory] = ["home", "backend", "project"].map((name) => join(emptyStacks, project, name)) as [
		string,
		string,
		string,
	];
	for (const path of [home, backend, directory]) mkdirSync(path, { recursive: true });
	writeFileSync(join(directory, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
	execFileSync(pulumi, ["stack", "init", "test", "--non-interactive"], {
		cwd: directory,
		env: {
			...process.env,
			PULUMI_HOME: home,
			PULUMI_BACKEND_URL: `file://${backend}`,
			PULUMI_CONFIG_PASSPHRASE: passphrase,
			PULUMI_SKIP_UPDATE_CHECK: "1",
		},
		stdio: ["ignore", "ignore", "pipe"],
	});
}

/** Puts a copy of a project's empty stack into a backend, and its settings beside the project. */
export function copyEmptyStack(emptyStacks: string, to: { backend: string; project: string }): void {
	const from = join(emptyStacks, projectName(to.project));
	cpSync(join(from, "backend"), to.backend, { recursive: true });
	cpSync(join(from, "project", "Pulumi.test.yaml"), join(to.project, "Pulumi.test.yaml"));
}
