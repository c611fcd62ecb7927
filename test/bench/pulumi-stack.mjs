import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

import { cleanEnvironment, runCommand } from "./command.mjs";
import { measure } from "./measure.mjs";
import { yamlProject } from "./programs/yaml/project.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const commands = {
	create: ["up", "--yes", "--skip-preview"],
	unchanged: ["up", "--yes", "--skip-preview"],
	preview: ["preview"],
	change: ["up", "--yes", "--skip-preview"],
	rotate: ["up", "--yes", "--skip-preview"],
	refresh: ["refresh", "--yes", "--skip-preview"],
	destroy: ["destroy", "--yes", "--skip-preview"],
};

/** Whether a process, given as the words of its command line, runs the provider. */
export const isProvider = ([command, ...args]) =>
	/pulumi-resource-genesyscloud-oauth(\.exe)?$/.test(command) ||
	(/node[^/]*$/.test(command) && args.some((arg) => /dynamic-provider|pulumi-resource-genesyscloud-oauth/.test(arg)));

/**
 * One of the programs beside this file, or the same in YAML, in a Pulumi project of its own, with a file backend and a Pulumi home that nobody
 * else has.
 */
export class PulumiStack {
	#directory;
	#environment;
	#organization;
	#isYaml;

	/** @param plugin the archive of the plugin's executable, to be installed; without one the plugin is on `path` */
	static async create({ program, organization, path, variables, plugin }) {
		const stack = new PulumiStack();
		stack.#isYaml = program === "yaml";
		stack.#organization = organization;
		stack.#directory = await mkdtemp(join(tmpdir(), "oauth-bench-"));
		await Promise.all(["home", "backend"].map(async (name) => mkdir(join(stack.#directory, name))));
		if (stack.#isYaml) {
			await mkdir(stack.#project);
			await stack.#write("Pulumi.yaml", "name: bench\nruntime: yaml\n");
		} else {
			await cp(fileURLToPath(new URL(`programs/${program}`, import.meta.url)), stack.#project, { recursive: true });
			await stack.#write("Pulumi.yaml", "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
			await stack.#write("package.json", JSON.stringify({ name: "bench", main: "index.js" }));
			await symlink(join(root, "node_modules"), join(stack.#project, "node_modules"), "junction");
		}
		stack.#environment = {
			...cleanEnvironment,
			...variables,
			...organization.variables,
			PATH: [...path, join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter),
			PULUMI_HOME: join(stack.#directory, "home"),
			PULUMI_BACKEND_URL: `file://${join(stack.#directory, "backend")}`,
			PULUMI_CONFIG_PASSPHRASE: "bench",
			PULUMI_SKIP_UPDATE_CHECK: "1",
			PULUMI_STACK: "bench",
		};
		await stack.#pulumi("stack", "init", "bench");
		if (plugin !== undefined) {
			await stack.#pulumi("plugin", "install", "resource", "genesyscloud-oauth", version, "--file", plugin);
		}
		return stack;
	}

	/** What the program declares from now on: so many with the same settings, or those that are listed. */
	async declare(declared) {
		if (this.#isYaml) await this.#write("Pulumi.yaml", yamlProject(declared));
		else await this.#write("settings.json", JSON.stringify(declared));
	}

	/** Runs a step and measures it. */
	async measure(step) {
		return measure(this.#organization, isProvider, async () => this.run(step));
	}

	async run(step) {
		await this.#pulumi(...commands[step]);
	}

	/** The size of the state, in bytes. */
	async stateSize() {
		const directory = join(this.#directory, "backend", ".pulumi", "stacks", "bench");
		// A compressed one has a longer name.
		const file = (await readdir(directory)).find((name) => /^bench\.json(\.gz|\.zst)?$/.test(name));
		return (await stat(join(directory, file))).size;
	}

	async remove() {
		await rm(this.#directory, { recursive: true, force: true });
	}

	get #project() {
		return join(this.#directory, "project");
	}

	async #write(name, text) {
		await writeFile(join(this.#project, name), text);
	}

	async #pulumi(...args) {
		const options = { cwd: this.#project, env: this.#environment };
		await runCommand("pulumi", [...args, "--non-interactive", "--color", "never"], options);
	}
}
