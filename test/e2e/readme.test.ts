import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS, type Simulator, startSimulator } from "../../simulator";
import { type Block, readmeBlocks } from "../readme-blocks";
import { eachStack } from "./support/each-stack";
import { repository, type TestStack } from "./support/test-stack";

const startStack = eachStack();
const day = 86_400_000;

/** Where a story plays. */
interface Scene {
	stack: TestStack;
	/** The README's program. */
	program: string;
	/** What the first `pulumi up` showed. */
	firstRun: string;
	/** The secret of the client that was there before it, if there was one. */
	secretBefore: string;
}

/** What the README says of a section's program beyond that it runs, and what must be there before it does. */
interface Story {
	/** What the README says, as a fact. */
	says: string;
	/** The program as it can be run here: only what needs the outside world may be changed. */
	adapt?(program: string): string;
	/** Makes what the program needs, before it is run. */
	before?(scene: Scene): Promise<void> | void;
	/** Goes on after the program has run twice. */
	after(scene: Scene): Promise<void>;
}

const outputsOf = async (stack: TestStack) => (await stack.outputs()) as unknown as Record<string, string>;
const service = (name: string): ClientSeed => ({
	name,
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
});
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString().slice(0, 10);
/** The client in state, of which there is only one. */
const onlyClient = async (stack: TestStack) => (await stack.state()).find(({ type }) => type.endsWith(":OAuthClient"))!;

/** The organizations beside the stack's own that tests have started. */
const otherOrganizations: Simulator[] = [];
/** What ends what a test has started beside its stack. */
const beside: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const stop of beside.splice(0)) await stop();
});

/** By heading. Every other program of the README is only run, twice. */
const stories: Record<string, Story> = {
	"More than one client": {
		says: "what a program makes of a secret is a secret too",
		async after({ stack }) {
			expect((await stack.pulumi("stack", "output")).output).toMatch(/login\s+\[secret\]/);
			const { login } = await outputsOf(stack);
			const { id, secret } = JSON.parse(login!) as { id: string; secret: string };
			expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
		},
	},
	"Adopt an existing client": {
		says: "the preview tells what changes, no client is made, and whoever uses it goes on",
		async before(scene) {
			const { stack } = scene;
			const { client, secret } = stack.simulator.organization.addClient(service("CRM sync"));
			scene.secretBefore = secret!;
			expect((await stack.run("preview")).output).toContain(
				`adopts OAuth client "CRM sync" (${client.id}), makes no new client: changes its description; its secret stays, unknown to this stack`,
			);
		},
		async after({ stack, firstRun, secretBefore }) {
			const [client, ...others] = stack.simulator.organization.clientsByName("CRM sync");
			expect(others).toEqual([]);
			expect(client?.description).toBe("Copies contacts to the CRM every night");
			expect(firstRun).toContain("clientSecret is empty");
			expect(await outputsOf(stack)).toEqual({ crmClientId: client!.id });
			expect(await stack.canLogIn(client!.id, secretBefore)).toBe(true);
		},
	},
	"Release a client without deleting it": {
		says: "a retained client stays in Genesys Cloud, without a call",
		async after({ stack }) {
			expect((await stack.run("destroy")).calls).toEqual([]);
			expect(stack.simulator.organization.clientsByName("Wiki")).toMatchObject([{ state: "active" }]);
		},
	},
	"Read a client that something else manages": {
		says: "a preview costs one GET",
		async after({ stack }) {
			expect((await stack.run("preview")).calls).toEqual(["POST /oauth/token", "GET /api/v2/oauth/clients/{clientId}"]);
		},
	},
	"When a value changes": {
		says: "the preview tells why, and the client keeps its id",
		async after({ stack, program }) {
			const { id } = await onlyClient(stack);
			const before = await outputsOf(stack);
			expect(program).toContain("2026-Q3");
			stack.write("index.ts", program.replace("2026-Q3", "2026-Q4"));
			expect((await stack.run("preview")).output).toContain(
				`OAuth client "CRM sync" (${id}) is due for a new secret: rotateWhenChanged has changed (quarter)`,
			);
			await stack.run("up");
			const after = await outputsOf(stack);
			expect(after).toMatchObject({ crmSecretVersion: 2 });
			expect(await stack.canLogIn(id!, after["crmClientSecret"]!)).toBe(true);
			expect(await stack.canLogIn(id!, before["crmClientSecret"]!)).toBe(false);
		},
	},
	"By age": {
		says: "the secret is due between the 58th and the 76th day, and is then renewed once",
		async after({ stack }) {
			const { crmClientSecret: before, crmSecretRotatesAt } = await outputsOf(stack);
			const due = (Date.parse(crmSecretRotatesAt!) - Date.now()) / day;
			expect(due).toBeGreaterThan(57.9);
			expect(due).toBeLessThanOrEqual(76);
			await stack.rewriteState(({ outputs, type }) => {
				if (type.endsWith(":OAuthClient")) outputs!["secretRotatedAt"] = new Date(Date.now() - 80 * day).toISOString();
			});
			expect((await stack.run("up")).output).toMatch(
				/is due for a new secret: it is 80 days old, was due on \d{4}-\d\d-\d\d, and may be 90 days old at most/,
			);
			expect((await outputsOf(stack))["crmClientSecret"]).not.toBe(before);
		},
	},
	"Without a failed login": {
		says: "a turn changes the client id too, and both credentials work",
		async after({ stack }) {
			const before = await outputsOf(stack);
			expect(Date.parse(before["nextTurn"]!)).toBeGreaterThan(Date.now());
			// As if the last run had been a period ago.
			await stack.rewriteState(({ inputs, outputs, type }) => {
				if (!type.endsWith(":RotationTurn")) return;
				for (const side of [inputs, outputs]) {
					side!["turn"] = Number(side!["turn"]) - 1;
					side!["since"] = new Date(Date.now() - 31 * day).toISOString();
				}
			});
			await stack.run("up");
			const after = await outputsOf(stack);
			expect(after["clientId"]).not.toBe(before["clientId"]);
			for (const { clientId, clientSecret } of [before, after]) {
				expect(await stack.canLogIn(clientId!, clientSecret!)).toBe(true);
			}
			expect(
				stack.simulator.organization
					.clients()
					.map(({ name }) => name)
					.filter((name) => name.startsWith("CRM sync"))
					.toSorted(),
			).toEqual(["CRM sync (A)", "CRM sync (B)"]);
		},
	},
	"Into a secret store": {
		says: "the store has the secret that works",
		async before({ stack }) {
			stack.environment["VAULT_ADDR"] = await startVault(stack);
			stack.environment["VAULT_TOKEN"] = "a token of the vault";
		},
		async after({ stack }) {
			const { id } = await onlyClient(stack);
			const stored = JSON.parse(stack.read("../vault.json")) as {
				path: string;
				body: { data: Record<string, string> };
			};
			expect(stored.path).toBe(`/v1/secret/data/genesys/${id}`);
			const { clientSecret, ...others } = stored.body.data;
			expect(others).toEqual({ name: "CRM sync", clientId: id, secretVersion: 1 });
			expect(await stack.canLogIn(id!, clientSecret!)).toBe(true);
		},
	},
	"Refuse while it is in use": {
		says: "a client in use isn't destroyed, until the override is given",
		async after({ stack }) {
			const { id } = await onlyClient(stack);
			stack.simulator.organization.addUsage(
				{ clientId: id!, date: daysAgo(2), templateUri: "/api/v2/users", httpMethod: "GET", status200: 40 },
				{ clientId: id!, date: daysAgo(3), templateUri: "/api/v2/routing/queues", httpMethod: "GET", status200: 2 },
			);
			expect(await stack.fails("destroy")).toContain(
				`deleting OAuth client "CRM sync" (${id}): it is in use, so it isn't deleted: it made 42 requests in the last 7 days, the last on ${daysAgo(2)}, most of them GET /api/v2/users (40), GET /api/v2/routing/queues (2). To delete it all the same, run once with GENESYSCLOUD_ALLOW_DELETION=${id}`,
			);
			stack.environment["GENESYSCLOUD_ALLOW_DELETION"] = id;
			expect((await stack.run("destroy")).output).toContain(
				"is overridden by the environment variable GENESYSCLOUD_ALLOW_DELETION",
			);
			expect(stack.simulator.organization.clientsByName("CRM sync")).toEqual([]);
		},
	},
	"Refuse always": {
		says: "a protected client isn't destroyed",
		async after({ stack }) {
			expect((await stack.pulumi("destroy", "--preview-only")).output).toMatch(/protect/);
			expect(await stack.fails("destroy")).toMatch(/protect/);
			expect(stack.simulator.organization.clientsByName("Payroll")).toHaveLength(1);
		},
	},
	"Deactivate in place of deleting": {
		says: "a destroyed client is inactive, and the run prints what brings it back",
		async after({ stack }) {
			const { surveyClientId } = await outputsOf(stack);
			expect((await stack.run("destroy")).output).toContain(`adopt: { clientId: "${surveyClientId}" } brings it back`);
			expect(stack.simulator.organization.clientsByName("Survey")).toMatchObject([
				{ id: surveyClientId, state: "inactive" },
			]);
		},
	},
	"Bring it back": {
		says: "an inactive client is active again, with its id and its secret",
		async before(scene) {
			const { stack } = scene;
			const { client, secret } = stack.simulator.organization.addClient(service("Survey"));
			scene.secretBefore = secret!;
			stack.simulator.organization.changeClient(client.id, { state: "inactive" });
			await stack.pulumi("config", "set", "surveyClientId", client.id);
		},
		async after({ stack, secretBefore }) {
			const [client] = stack.simulator.organization.clientsByName("Survey");
			expect(await stack.canLogIn(client!.id, secretBefore)).toBe(true);
		},
	},
	"Two organizations in one stack": {
		says: "each has its client",
		async before({ stack }) {
			const other = await startSimulator();
			otherOrganizations.push(other);
			beside.push(async () => other.close());
			const { hostname, port } = new URL(other.url);
			Object.assign(stack.environment, {
				STAGING_OAUTHCLIENT_ID: other.administrator.clientId,
				STAGING_OAUTHCLIENT_SECRET: other.administrator.clientSecret,
				STAGING_PROTOCOL: "http",
				STAGING_HOST: hostname,
				STAGING_PORT: port,
			});
		},
		// The other organization is a simulator too.
		adapt: (program) =>
			program.replace(
				'region: "STAGING_REGION"',
				'gatewayProtocol: "STAGING_PROTOCOL", gatewayHost: "STAGING_HOST", gatewayPort: "STAGING_PORT"',
			),
		async after({ stack }) {
			for (const { organization } of [stack.simulator, otherOrganizations.at(-1)!]) {
				expect(organization.clientsByName("CRM sync")).toHaveLength(1);
			}
		},
	},
	"What others change": {
		says: "a refresh finds that somebody reset the secret, and the next up makes one that is known",
		async after({ stack }) {
			const { id } = await onlyClient(stack);
			stack.simulator.organization.regenerateSecret(id!);
			expect((await stack.run("refresh")).output).toContain("was reset outside Pulumi");
			await stack.run("up");
			expect(await stack.canLogIn(id!, (await outputsOf(stack))["crmClientSecret"]!)).toBe(true);
		},
	},
	"When something fails": {
		says: "a client whose creation nobody answered is found, and its secret is known",
		before({ stack }) {
			stack.simulator.faults.add({ kind: "cut", method: "POST", path: "/api/v2/oauth/clients", when: "after" });
		},
		async after({ stack, firstRun }) {
			expect(firstRun).toContain("was lost, but the client was made");
			const [client, ...others] = stack.simulator.organization.clientsByName("CRM sync");
			expect(others).toEqual([]);
			expect(await stack.canLogIn(client!.id, (await outputsOf(stack))["crmClientSecret"]!)).toBe(true);
		},
	},
	Secrets: {
		says: "the fingerprint is the start of the secret's SHA-256",
		async after({ stack }) {
			const { crmClientSecret, crmSecretFingerprint } = await outputsOf(stack);
			expect(createHash("sha256").update(crmClientSecret!).digest("hex").slice(0, 12)).toBe(crmSecretFingerprint);
		},
	},
};

const blocks = readmeBlocks();
const programs = blocks.filter(({ language }) => language === "ts");

test("every story is about a section with one program", () => {
	const headings = programs.map(({ heading }) => heading);
	expect(Object.keys(stories).filter((story) => headings.filter((heading) => heading === story).length !== 1)).toEqual(
		[],
	);
});

describe("every program in the README runs on the engine, and once more without a change", () => {
	test.each(
		programs.map(({ line, heading, text }) => ({
			title: `line ${line}, ${heading}${stories[heading] ? `: ${stories[heading].says}` : ""}`,
			heading,
			text,
		})),
	)("$title", async ({ heading, text }) => {
		const story = stories[heading];
		const program = story?.adapt?.(text) ?? text;
		const stack = await startStack({ project: "examples/quickstart" });
		if (text.includes("pulumi.Config")) await configure(stack);
		for (const { heading: its, language, file, text: content } of blocks) {
			if (its === heading && file !== undefined && language !== "ts") stack.write(file, content);
		}
		stack.write("index.ts", program);
		const scene: Scene = { stack, program, firstRun: "", secretBefore: "" };
		await story?.before?.(scene);
		scene.firstRun = (await stack.run("up")).output;
		const { calls } = await stack.run("up", "--expect-no-changes");
		expect(calls.filter((call) => !/^GET|\/oauth\/token$/.test(call))).toEqual([]);
		await story?.after(scene);
	});
});

/** Sets the keys that the README's programs ask for. */
async function configure(stack: TestStack): Promise<void> {
	const { client: theirs } = stack.simulator.organization.addClient({
		name: "Somebody else's",
		authorizedGrantType: "CODE",
		scope: ["users"],
	});
	const keys = { crmRoleId: ROLE_IDS.employee, theirClientId: theirs.id };
	const settings = Object.entries(keys).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
	await stack.pulumi("config", "set-all", ...settings);
}

/** A stand-in for a secret store: writes what it was given last beside the project, which isn't searched for secrets. */
async function startVault(stack: TestStack): Promise<string> {
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const authorized = request.headers["x-vault-token"] === stack.environment["VAULT_TOKEN"];
		const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
		if (authorized) stack.write("../vault.json", JSON.stringify({ path: request.url, body }));
		response.writeHead(authorized ? 200 : 403).end();
	});
	await new Promise<void>((resolve) => {
		server.listen(0, "127.0.0.1", resolve);
	});
	beside.push(async () => server[Symbol.asyncDispose]());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("the README's steps lead from an empty directory to a client that can log in, and back to none", async () => {
	const steps = [
		"1. Get the package",
		"2. Make a Pulumi project",
		"3. Write the program",
		"4. Give Pulumi a way in",
		"5. Run it",
	];
	const toFollow = blocks.filter(({ heading }) => steps.includes(heading));
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
		// Which stack it is, the commands of the README say; what a reader answers to "are you sure?" is yes.
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
		if (language !== "sh") throw new Error(`README.md, line ${line}: a reader can't tell what to do with this`);
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
		if (command.startsWith("git clone ")) {
			const clone = join(this.#directory, command.split(" ").at(-1)!);
			for (const part of ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "dist"]) {
				cpSync(join(repository, part), join(clone, part), { recursive: true });
			}
			return "";
		}
		// The build is there already; other tests are running on it.
		if (command === "npm ci") return "";
		if (command === "npm pack") return "npm pack --ignore-scripts";
		// The organization is the simulator's.
		return command.startsWith("export GENESYSCLOUD_") ? "" : command;
	}
}
