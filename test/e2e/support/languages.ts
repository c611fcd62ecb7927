import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";
import { findSdks, type GeneratedSdks } from "../../../tools/pulumi-cli/generated-sdks.mjs";
import { pythonOf } from "../../../tools/pulumi-cli/find-python.mjs";
import { blocksOf } from "../../documentation";
import { repository, type TestStack } from "./test-stack";

const run = promisify(execFile);

/** What a test needs to know of a language. */
export interface Language {
	/** The example for users. */
	example: string;
	/** The program that uses everything. */
	program: string;
	/** The file of a program. */
	file: string;
	/** What follows the fence of a program in Markdown. */
	fence: string;
	/** Puts another program beside those of a project, to be checked with them, under a name of its own: its path. */
	beside: (name: string) => string;
	/** Gives a project the SDK, as `pulumi package add` does. */
	addSdk: (project: string, sdks: GeneratedSdks) => Promise<void>;
	/** What checks all programs of a project. */
	check: (sdks: GeneratedSdks) => readonly string[];
	/** What comes before the first run of the program that uses everything, so that no run has to. */
	build: (readonly string[])[];
}

const mypy = ["-m", "mypy", "--strict", "--exclude", "venv|node_modules"];
const typescript = [process.execPath, join(repository, "node_modules", "typescript", "bin", "tsc")] as const;
const goModule = "github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go";

/** The languages of programs with a generated SDK. */
export const languages: Record<"Python" | "Go" | "TypeScript", Language> = {
	Python: {
		example: "examples/python",
		program: "test/languages/python",
		file: "__main__.py",
		fence: "python",
		beside: (name) => `${name}.py`,
		addSdk: async (project, { python }) => symlinkSync(python, join(project, "venv"), "junction"),
		check: ({ python }) => [pythonOf(python), ...mypy, "--cache-dir", join(python, "..", "mypy"), "."],
		build: [],
	},
	Go: {
		example: "examples/go",
		program: "test/languages/go",
		file: "main.go",
		fence: "go",
		beside: (name) => `${name}/main.go`,
		addSdk: async (project, { go }) => {
			await run("go", ["mod", "edit", "-require", `${goModule}@v0.1.0`, "-replace", `${goModule}=${go}`], {
				cwd: project,
			});
		},
		check: () => ["go", "vet", "./..."],
		build: [["go", "build", "-o", "program", "."]],
	},
	TypeScript: {
		example: "examples/typescript-plugin",
		program: "test/languages/nodejs",
		file: "index.ts",
		fence: "typescript",
		beside: (name) => `${name}.ts`,
		addSdk: async (project, { nodejs }) => {
			// Not the packages of this repository as a whole: the SDK is none of them.
			rmSync(join(project, "node_modules"));
			mkdirSync(join(project, "node_modules"));
			const packages = ["@pulumi", "@types", "typescript"].map((name) => [
				name,
				join(repository, "node_modules", name),
			]);
			for (const [name, directory] of [...packages, ["pulumi-genesyscloud-oauth-sdk", nodejs]])
				symlinkSync(directory ?? "", join(project, "node_modules", name ?? ""), "junction");
		},
		check: () => [...typescript, "--project", "."],
		build: [[...typescript, "--project", ".", "--noEmit", "false"]],
	},
};

/** Makes the SDKs, unless they are there. */
export const prepareLanguages = async (): Promise<GeneratedSdks> =>
	findSdks({ engine: join(inject("engineDirectory"), "pulumi"), log: console.error });

/** Gives the project of a stack the SDK of its language. */
export async function addSdk(stack: TestStack, language: Language, sdks: GeneratedSdks): Promise<void> {
	Object.assign(stack.environment, {
		PATH: [sdks.generator, stack.environment["PATH"]].join(delimiter),
		// What Go has compiled for one clone serves all.
		GOFLAGS: "-trimpath",
		CGO_ENABLED: "0",
	});
	await language.addSdk(stack.project, sdks);
}

/** Runs a command in the project's directory, and returns what it says when it fails. */
export async function problemOf(stack: TestStack, [command, ...args]: readonly string[]): Promise<string | null> {
	return new Promise((resolve) => {
		const options = { cwd: stack.project, env: stack.environment, maxBuffer: 64 * 1024 * 1024 };
		execFile(command ?? "", args, options, (error, stdout, stderr) => {
			resolve(error && (stdout + stderr || error.message));
		});
	});
}

/** Puts the programs of the schema's descriptions and of docs/languages.md beside a stack's program. */
export function copyDocumentedPrograms(stack: TestStack, { file, beside, fence }: Language): void {
	const write = (name: string, program: string) => {
		mkdirSync(dirname(join(stack.project, beside(name))), { recursive: true });
		stack.write(beside(name), program);
	};
	const examples = join(repository, "plugin", "examples");
	for (const name of readdirSync(examples)) write(name, readFileSync(join(examples, name, file), "utf8"));
	const blocks = blocksOf("docs/languages.md").filter(({ language }) => language === fence);
	for (const { line, text } of blocks) write(`line${line}`, text);
}
