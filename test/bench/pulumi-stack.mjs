import { cp, mkdir, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

import { cleanEnvironment, runCommand } from "./command.mjs";
import { measure } from "./measure.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

const commands = {
	create: ["up", "--yes", "--skip-preview"],
	unchanged: ["up", "--yes", "--skip-preview"],
	preview: ["preview"],
	change: ["up", "--yes", "--skip-preview"],
	refresh: ["refresh", "--yes", "--skip-preview"],
	destroy: ["destroy", "--yes", "--skip-preview"],
};

const isProvider = ([command, ...args]) =>
	/node[^/]*$/.test(command) && args.some((arg) => arg.includes("dynamic-provider"));

/** One of the programs beside this file in a Pulumi project of its own, with a file backend and a Pulumi home that nobody else has. */
export class PulumiStack {
	#directory;
	#environment;
	#organization;

	static async create({ program, organization, engineDirectory }) {
		const stack = new PulumiStack();
		stack.#organization = organization;
		stack.#directory = await mkdtemp(join(tmpdir(), "oauth-bench-"));
		await Promise.all(["home", "backend"].map(async (name) => mkdir(join(stack.#directory, name))));
		await cp(fileURLToPath(new URL(`programs/${program}`, import.meta.url)), stack.#project, { recursive: true });
		await stack.#write("Pulumi.yaml", "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
		await stack.#write("package.json", JSON.stringify({ name: "bench", main: "index.js" }));
		await symlink(join(root, "node_modules"), join(stack.#project, "node_modules"), "junction");
		stack.#environment = {
			...cleanEnvironment,
			...organization.variables,
			PATH: [engineDirectory, join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter),
			PULUMI_HOME: join(stack.#directory, "home"),
			PULUMI_BACKEND_URL: `file://${join(stack.#directory, "backend")}`,
			PULUMI_CONFIG_PASSPHRASE: "bench",
			PULUMI_SKIP_UPDATE_CHECK: "1",
			PULUMI_STACK: "bench",
		};
		await stack.#pulumi("stack", "init", "bench");
		return stack;
	}

	/** What the program declares from now on. */
	async declare(declared) {
		await this.#write("settings.json", JSON.stringify(declared));
	}

	/** Runs a step and measures it. */
	async measure(step) {
		return measure(this.#organization, isProvider, async () => this.#pulumi(...commands[step]));
	}

	/** The size of the state, in bytes. */
	async stateSize() {
		const { size } = await stat(join(this.#directory, "backend", ".pulumi", "stacks", "bench", "bench.json"));
		return size;
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
