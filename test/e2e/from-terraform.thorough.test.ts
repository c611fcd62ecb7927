import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { writesOf } from "../cli/support/command";
import { addTerraformOrganization, type TerraformOrganization } from "../cli/support/terraform-organization";
import { shownStateOf, stateFileOf } from "../cli/support/terraform-state";
import { blocksOf } from "../documentation";
import { eachStack } from "./support/each-stack";
import { repository, type TestStack } from "./support/test-stack";

const startStack = eachStack();
const page = "docs/from-terraform.md";

/** The commands of the page under some headings. */
const commandsUnder = (...headings: string[]) =>
	headings.flatMap((wanted) => {
		const blocks = blocksOf(page).filter(({ heading, language }) => heading === wanted && language === "sh");
		if (blocks.length !== 1) throw new Error(`${page} has not one block of commands under "${wanted}"`);
		return blocks.flatMap(({ text }) => text.trim().split("\n"));
	});

/** Types the commands of the page, each in the directory that a `cd` before it led to. */
class Reader {
	readonly #stack: TestStack;
	readonly #environment: NodeJS.ProcessEnv;
	#directory: string;

	/** @param state what `terraform state pull` prints */
	constructor(stack: TestStack, state: string) {
		this.#stack = stack;
		this.#directory = join(stack.directory, "reader");
		const bin = join(stack.directory, "bin");
		for (const directory of [this.#directory, bin]) mkdirSync(directory);
		writeFileSync(join(stack.directory, "terraform.tfstate"), state);
		const command = `exec "${process.execPath}" "${join(repository, "dist/cli/main.js")}" "$@"`;
		for (const [name, script] of [
			["terraform", `[ "$2 $3" = "state pull" ] && cat "${join(stack.directory, "terraform.tfstate")}"`],
			["genesyscloud-oauth", command],
		] as const) {
			writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
			chmodSync(join(bin, name), 0o755);
		}
		// Which stack it is, the page says; what a reader answers to "are you sure?" is yes.
		const { PULUMI_STACK: _, ...environment } = stack.environment;
		this.#environment = {
			...environment,
			PULUMI_OPTION_YES: "true",
			PATH: [bin, environment["PATH"]].join(delimiter),
		};
	}

	/** Types one command, and returns what it showed. */
	async type(line: string): Promise<string> {
		const [word, to = ""] = line.split(" ");
		if (word === "cd") {
			this.#directory = join(this.#directory, to);
			return "";
		}
		if (line === "npm install") {
			// The package isn't on a registry.
			symlinkSync(join(repository, "node_modules"), join(this.#directory, "node_modules"), "junction");
			return "";
		}
		const typed = line.replaceAll("npx --no genesyscloud-oauth", "genesyscloud-oauth");
		const options = { cwd: this.#directory, env: this.#environment, maxBuffer: 64 * 1024 * 1024 } as const;
		const { output, code } = await new Promise<{ output: string; code: unknown }>((resolve) => {
			execFile("/bin/sh", ["-c", typed], options, (error, stdout, stderr) => {
				resolve({ output: stdout + stderr, code: error?.code ?? 0 });
			});
		});
		this.#stack.leaks.note(this.#stack.simulator);
		if (this.#stack.leaks.find({ output }).length > 0) throw new Error(`${line} shows a secret`);
		if (code !== 0) throw new Error(`${line} ended with ${String(code)}:\n${output}`);
		return output;
	}
}

/** What holds after the first `up`: nothing was written, and the secrets are known. */
async function expectTakenOver(stack: TestStack, made: TerraformOrganization): Promise<void> {
	const { organization } = stack.simulator;
	expect(writesOf(stack.simulator)).toEqual([]);
	stack.write("Pulumi.yaml", "name: genesyscloud-oauth-clients\nruntime: yaml\n");
	const inState = await stack.stateInClear("prod");
	const outputsOf = (name: string) => inState.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs ?? {};
	expect(outputsOf("crm-sync")).toMatchObject({ clientId: made.ids.crm, secretVersion: 1 });
	expect(await stack.canLogIn(made.ids.crm, String(outputsOf("crm-sync")["clientSecret"]))).toBe(true);
	expect(outputsOf("wiki")).toMatchObject({ clientId: made.ids.wiki, clientSecret: "" });
	expect(outputsOf("module-night-jobs-eu")).toMatchObject({ clientId: made.ids.jobs });
	expect(outputsOf("tickets-credential")).toMatchObject({ credentialId: made.credentials.tickets });
	expect(outputsOf("crm-credential")).toMatchObject({ credentialId: made.credentials.crm });
	const fields = { clientId: made.ids.crm, clientSecret: made.secret };
	expect(organization.checkCredential(made.credentials.crm, fields)).toBe(true);
	expect(organization.checkCredential(made.credentials.tickets, { userName: "genesys", password: made.password })).toBe(
		true,
	);
}

/** Follows the page, and sets by hand what Terraform's state lacks. */
async function follow(reader: Reader, commands: string[]): Promise<Map<string, string>> {
	const shown = new Map<string, string>();
	for (const command of commands) {
		const output = await reader.type(command);
		shown.set(command, output);
		const [byHand] = /pulumi config set --secret \S+ --stack \S+/.exec(output) ?? [];
		if (byHand !== undefined) await reader.type(`echo not-the-secret-of-any-client | ${byHand}`);
	}
	return shown;
}

test("the page leads from Terraform's state to a program in TypeScript whose first up writes nothing, and back", async () => {
	const stack = await startStack();
	const made = addTerraformOrganization(stack.simulator);
	const clients = stack.simulator.organization.clients();
	const reader = new Reader(stack, stateFileOf(made.entries));
	const shown = await follow(reader, commandsUnder("Write the program", "Store the secrets", "Run it"));
	expect(shown.get("pulumi preview")!.match(/instead of creating .*: no setting changes/g)).toHaveLength(3 * 2);
	expect(shown.get("pulumi preview")).toContain("and send nothing");
	await expectTakenOver(stack, made);
	await follow(reader, commandsUnder("Check"));
	expect(writesOf(stack.simulator)).toEqual([]);
	await follow(reader, commandsUnder("Go back"));
	expect(writesOf(stack.simulator)).toEqual([]);
	expect(stack.simulator.organization.clients()).toEqual(clients);
});

test("the page leads from terraform show -json to a program in YAML and an import, whose first up writes nothing", async () => {
	const stack = await startStack();
	const made = addTerraformOrganization(stack.simulator);
	const reader = new Reader(stack, shownStateOf(made.entries));
	const shown = await follow(reader, commandsUnder("Other languages"));
	expect(shown.get("pulumi import --file import.json --generate-code=false")).toMatch(/6 imported/);
	expect(shown.get("pulumi up")).not.toMatch(/created|replaced|deleted/);
	await expectTakenOver(stack, made);
	await follow(reader, commandsUnder("Check"));
	expect(writesOf(stack.simulator)).toEqual([]);
});
