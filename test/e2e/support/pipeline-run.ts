import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import { stringify } from "yaml";
import { eachStack } from "./each-stack";
import { filesBelow } from "./leaks";
import { repository, type TestStack } from "./test-stack";

/** What a command of the pipeline ended with. */
export interface PipelineOutcome {
	/** The exit code. */
	code: number | null;
	/** What it showed, line by line. */
	lines: string[];
	/** The calls that it cost: method and path template. */
	calls: string[];
}

/** A command of the pipeline that is under way. */
export interface PipelineProcess {
	/** The process, to send it a signal. */
	child: ChildProcess;
	/** Resolves with the first line that matches, and rejects when the command ends without one. */
	whenShown(pattern: RegExp): Promise<string>;
	/** Resolves when it has ended. */
	ended: Promise<PipelineOutcome>;
}

/** A copy of examples/pipeline, as a team has it, or the checkout of another runner. */
export class PipelineCheckout {
	/** Where it is. */
	readonly directory = mkdtempSync(join(tmpdir(), "oauth-pipeline-"));
	readonly #stack: TestStack;
	readonly #shown: string[] = [];
	readonly #children = new Set<ChildProcess>();

	/** @param stack the simulator and the state that its commands work with */
	constructor(stack: TestStack) {
		this.#stack = stack;
		cpSync(join(repository, "examples/pipeline"), this.directory, {
			recursive: true,
			filter: (path) => !/(node_modules|state|out)$/.test(path),
		});
		symlinkSync(join(repository, "node_modules"), join(this.directory, "node_modules"), "junction");
	}

	/** Makes its file declare these clients, pairs and credentials, and no others. */
	declare(clients: Record<string, object>, pairs?: Record<string, object>, credentials?: Record<string, object>): void {
		const content = { clients, ...(pairs && { pairs }), ...(credentials && { credentials }) };
		writeFileSync(join(this.directory, "oauth-clients.yaml"), stringify(content));
	}

	/** The text of one of its files. */
	read(name: string): string {
		return readFileSync(join(this.directory, name), "utf8");
	}

	/**
	 * Starts a command line in it.
	 *
	 * @param options.group whether it gets a process group of its own, to be killed with all that it has started
	 */
	start(commandLine: string[], environment: NodeJS.ProcessEnv = {}, { group = false } = {}): PipelineProcess {
		const before = this.#stack.simulator.requests.count();
		this.#stack.leaks.note(this.#stack.simulator);
		const [command = "", ...args] = commandLine;
		const child = spawn(command, args, {
			cwd: this.directory,
			env: { ...this.#stack.environment, ...environment },
			stdio: ["ignore", "pipe", "pipe"],
			detached: group,
		});
		this.#children.add(child);
		let shown = "";
		const watchers: ((ended: boolean) => void)[] = [];
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (text: string) => {
				shown += text;
				for (const watch of watchers) watch(false);
			});
		}
		const ended = new Promise<PipelineOutcome>((resolve, reject) => {
			child.once("error", reject);
			child.once("close", (code) => {
				this.#children.delete(child);
				this.#shown.push(shown);
				this.#stack.leaks.note(this.#stack.simulator);
				resolve({ code, lines: shown.trim().split("\n"), calls: this.#stack.callsSince(before) });
				for (const watch of watchers) watch(true);
			});
		});
		const whenShown = async (pattern: RegExp) =>
			new Promise<string>((resolve, reject) => {
				const watch = (isEnd: boolean) => {
					// The last line may not be whole yet.
					const lines = isEnd ? shown.split("\n") : shown.split("\n").slice(0, -1);
					const line = lines.find((text) => pattern.test(text));
					if (line !== undefined) resolve(line);
					else if (isEnd) reject(new Error(`ended without ${String(pattern)}:\n${shown}`));
				};
				watchers.push(watch);
				watch(false);
			});
		return { child, whenShown, ended };
	}

	/** Runs a command of the pipeline to its end. */
	async run(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<PipelineOutcome> {
		return this.start([process.execPath, "pipeline.ts", ...args], environment).ended;
	}

	/** Where a secret or a token stands in clear, in what it showed and in what it left. */
	leaked(): string[] {
		rmSync(join(this.directory, "node_modules"), { force: true });
		const shown = Object.fromEntries(this.#shown.map((text, index) => [`output of run ${index + 1}`, text]));
		const texts = { ...shown, ...filesBelow(this.directory) };
		const { PULUMI_CONFIG_PASSPHRASE: passphrase, PULUMI_BACKEND_URL: backend = "" } = this.#stack.environment;
		const known = [passphrase!, new URL(backend.replace("@/", "@localhost/")).password].filter(
			(secret) => secret !== "",
		);
		const inClear = Object.entries(texts).filter(([, text]) => known.some((secret) => text.includes(secret)));
		return [...this.#stack.leaks.find(texts), ...inClear.map(([place]) => place)];
	}

	/** Ends what a failed test left running, and removes it. */
	close(): void {
		for (const child of this.#children) child.kill("SIGTERM");
		rmSync(this.directory, { recursive: true, force: true });
	}
}

/**
 * For a test file, after `eachStack`: makes checkouts, and searches what each showed and left for secrets before removing it.
 *
 * @returns what makes a checkout for a test
 */
export function eachCheckout(): (stack: TestStack) => PipelineCheckout {
	const checkouts: PipelineCheckout[] = [];
	afterEach(() => {
		for (const checkout of checkouts.splice(0)) {
			const leaked = checkout.leaked();
			checkout.close();
			expect(leaked, "a secret or a token stands in clear").toEqual([]);
		}
	});
	return (stack) => {
		const checkout = new PipelineCheckout(stack);
		checkouts.push(checkout);
		return checkout;
	};
}

/**
 * For a test file: starts a stack of the pipeline's project, and checks it out with these clients.
 *
 * @returns what starts both for a test; without clients the example's own stay
 */
export function eachPipeline(): (
	clients?: Record<string, object>,
) => Promise<{ stack: TestStack; checkout: PipelineCheckout }> {
	const startStack = eachStack();
	const checkOut = eachCheckout();
	return async (clients) => {
		const stack = await startStack({ project: "examples/pipeline", passphrase: true });
		const checkout = checkOut(stack);
		if (clients !== undefined) checkout.declare(clients);
		return { stack, checkout };
	};
}
