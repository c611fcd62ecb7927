import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { type Block, blocksOf } from "../documentation";
import { eachStack } from "./support/each-stack";
import { repository, type TestStack } from "./support/test-stack";

const startStack = eachStack();
const page = "docs/getting-started.md";

test("the steps of Getting started lead from a clone of this repository to a client that can log in, and back to none", async () => {
	const steps = [
		"1. Get the package",
		"2. Create a Pulumi project",
		"3. Write the program",
		"4. Set the credentials",
		"5. Run it",
	];
	const toFollow = blocksOf(page).filter(({ heading }) => steps.includes(heading));
	expect([...new Set(toFollow.map(({ heading }) => heading))]).toEqual(steps);
	const stack = await startStack();
	const reader = new Reader(stack);
	const printed = new Map<Block, string>();
	let canLogIn = false;
	for (const block of toFollow) {
		const output = await reader.follow(block);
		printed.set(block, output);
		if (!block.text.includes("--show-secrets")) continue;
		printed.delete(block);
		const [made] = stack.simulator.organization.clientsByName("CRM sync");
		canLogIn = await stack.canLogIn(made!.id, output.trim());
	}
	expect(canLogIn).toBe(true);
	expect(stack.leaks.find({ printed: [...printed.values()].join("\n") })).toEqual([]);
	expect(stack.simulator.organization.clients()).toEqual([]);
});

/** Does what a reader does: writes the files, types the commands. Only what needs the outside world is done in another way. */
class Reader {
	readonly #stack: TestStack;
	readonly #environment: NodeJS.ProcessEnv;
	#directory: string;

	constructor(stack: TestStack) {
		this.#stack = stack;
		// Which stack it is, the commands of the page say; what a reader answers to "are you sure?" is yes.
		const { PULUMI_STACK: _, ...environment } = stack.environment;
		this.#environment = { ...environment, PULUMI_OPTION_YES: "true", npm_config_prefer_offline: "true" };
		this.#directory = join(stack.directory, "reader");
		mkdirSync(this.#directory);
	}

	/** Follows one block and returns what it printed. */
	async follow({ language, file, text, line }: Block): Promise<string> {
		if (file !== undefined) {
			writeFileSync(join(this.#directory, file), text);
			return "";
		}
		if (language !== "sh") throw new Error(`${page}, line ${line}: a reader can't tell what to do with this`);
		const whereabouts = join(this.#stack.directory, "whereabouts");
		const typed = text.split("\n").map((command) => this.#replaced(command));
		this.#stack.leaks.note(this.#stack.simulator);
		const { stdout } = await promisify(execFile)("sh", ["-ec", `${typed.join("\n")}\npwd > "${whereabouts}"`], {
			cwd: this.#directory,
			env: this.#environment,
		});
		this.#stack.leaks.note(this.#stack.simulator);
		this.#directory = readFileSync(whereabouts, "utf8").trim();
		return stdout;
	}

	/** The command as it is, unless it would reach for the network or for somebody's organization. */
	#replaced(command: string): string {
		// The organization is the simulator's.
		if (command.startsWith("export GENESYSCLOUD_")) return "";
		return command.replace("<address of this repository>", `"${repository}"`);
	}
}
