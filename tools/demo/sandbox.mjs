import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

import { withDirectLoopback } from "../loopback.mjs";

/** Variables of the user's own Pulumi and Genesys Cloud: the demo must not use them. */
const FOREIGN_VARIABLE = /^(PULUMI|GENESYSCLOUD)_/;

/**
 * A copy of an example in a temporary directory, with its own backend, Pulumi home and passphrase, and the packages of this
 * repository, so that the program runs unchanged.
 */
export class Sandbox {
	/** Everything Pulumi printed for the user. */
	transcript = "";
	#directory;
	#env;
	#running;

	/** `plugins` are what the project's file names by path, as Pulumi has it: it warns about each that it finds on PATH, each time. */
	static async create({ root, example, directories, plugins, variables }) {
		const sandbox = new Sandbox();
		sandbox.#directory = await mkdtemp(join(tmpdir(), "pulumi-genesyscloud-oauth-demo-"));
		await Promise.all([mkdir(sandbox.#backend), mkdir(sandbox.#home)]);
		await cp(join(root, "examples", example), sandbox.project, {
			recursive: true,
			filter: (source) => !/[/\\]node_modules$|[/\\]Pulumi\.[^/\\]+\.yaml$/.test(source),
		});
		if (plugins) await appendFile(join(sandbox.project, "Pulumi.yaml"), `plugins: ${JSON.stringify(plugins)}\n`);
		await symlink(join(root, "node_modules"), join(sandbox.project, "node_modules"), "junction");
		sandbox.#env = {
			...Object.fromEntries(
				Object.entries(withDirectLoopback(process.env)).filter(([name]) => !FOREIGN_VARIABLE.test(name)),
			),
			// The caller's PATH decides which Node runs the program, not the Node that runs this: in a fresh clone that is the machine's, which may
			// be too old. Only on Windows the npm package "node" is a batch file there, which nothing but a shell starts.
			PATH: [
				...directories,
				...(process.platform === "win32" ? [dirname(process.execPath)] : []),
				process.env.PATH,
			].join(delimiter),
			PULUMI_HOME: sandbox.#home,
			PULUMI_BACKEND_URL: `file://${sandbox.#backend}`,
			PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
			PULUMI_SKIP_UPDATE_CHECK: "1",
			// Pulumi omits colors when its output is a pipe.
			...(process.stdout.isTTY && !process.env.NO_COLOR && { PULUMI_OPTION_COLOR: "always" }),
			...variables,
		};
		return sandbox;
	}

	get project() {
		return join(this.#directory, "project");
	}

	get #backend() {
		return join(this.#directory, "backend");
	}

	get #home() {
		return join(this.#directory, "home");
	}

	/** Runs `pulumi` as a user would, prints the command and its output, and returns the output without colors. */
	async run(...args) {
		process.stdout.write(`$ pulumi ${args.join(" ")}\n`);
		const { output } = await this.#start(args, (text) => process.stdout.write(text));
		const text = stripVTControlCharacters(output);
		this.transcript += text;
		return text;
	}

	/** Runs `pulumi` for the demo itself, without printing anything. */
	async ask(...args) {
		const { answer } = await this.#start([...args, "--json"], () => {});
		return JSON.parse(answer);
	}

	/** Counts the last operation's changes by kind. */
	async lastChanges() {
		const [last] = await this.ask("stack", "history", "--page-size", "1");
		return last.resourceChanges ?? {};
	}

	/** Counts the files of the project, the backend (state, history, backups) and Pulumi's home that contain one of `texts`. */
	async countFilesWith(texts) {
		const entries = await readdir(this.#directory, { recursive: true, withFileTypes: true });
		const contents = await Promise.all(
			entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")),
		);
		return contents.filter((content) => texts.some((text) => content.includes(text))).length;
	}

	/** Interrupts a running `pulumi` as Ctrl-C does. On Windows a signal would kill it, and Ctrl-C has reached it anyway. */
	interrupt() {
		if (process.platform !== "win32") this.#running?.kill("SIGINT");
	}

	/** Removes the directory, unless it is to be kept: a test searches it for secrets. */
	async remove() {
		if (process.env.PULUMI_GENESYSCLOUD_OAUTH_KEEP_DEMO) return;
		// Windows keeps the files of a process that has just ended for a moment.
		await rm(this.#directory, { recursive: true, force: true, maxRetries: 10 });
	}

	#start(args, show) {
		return new Promise((resolve, reject) => {
			// In its own process group: otherwise Ctrl-C would reach it twice, and the second one ends Pulumi before it saves its state.
			const child = spawn("pulumi", args, {
				cwd: this.project,
				env: this.#env,
				stdio: ["ignore", "pipe", "pipe"],
				detached: process.platform !== "win32",
			});
			this.#running = child;
			let output = "";
			let answer = "";
			const take = (text) => {
				output += text;
				show(text);
			};
			child.stdout.setEncoding("utf8").on("data", (text) => {
				answer += text;
				take(text);
			});
			child.stderr.setEncoding("utf8").on("data", take);
			child.once("error", reject);
			child.once("close", (code) => {
				this.#running = undefined;
				if (code === 0) return resolve({ output, answer });
				reject(new Error(`pulumi ${args.slice(0, 2).join(" ")} ended with exit code ${code}`));
			});
		});
	}
}
