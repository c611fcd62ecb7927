import { type ChildProcess, execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { inject } from "vitest";
import { type Clock, type Seed, type Simulator, startSimulator } from "../../../simulator";
import { pluginDirectory } from "../../plugin-program";
import { copyEmptyStack, passphrase, projectName } from "./empty-stack";
import { keyVariables } from "./key-service";
import { filesBelow, LeakDetector } from "./leaks";
import { secretsIn, StateFile, type StateResource } from "./state-file";

/** The repository's root, where the tests run. */
export const repository = process.cwd();

/** A client as the test program declares it. */
export interface Declared {
	args: Record<string, unknown>;
	opts?: Record<string, unknown>;
}

/** How a stack starts. */
export interface StackOptions {
	/** What the organization is like. */
	seed?: Seed;
	/** The organization's time. @default the real one */
	clock?: Clock;
	/** A project of this repository to copy. @default one whose program declares what the test says */
	project?: string;
	/** Whether a passphrase encrypts its secrets. @default a service keeps its key: Pulumi is a fifth of a second faster then */
	passphrase?: boolean;
}

/** The sections of a program in YAML. */
export interface YamlSections {
	config?: object;
	variables?: object;
	resources?: Record<string, { type: string; name?: string; properties?: object; options?: object; get?: object }>;
	outputs?: object;
}

/** What a command of Pulumi ended with. */
export interface Outcome {
	/** The exit code. */
	code: number;
	/** Standard output and standard error, in that order. */
	output: string;
}

/**
 * Declares the clients of a file beside it, so that a test changes the program by changing that file. A client depends on those
 * declared before it whose names are in its `dependsOn`.
 */
const program = `const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const clients = {};
for (const [name, { args, opts: given }] of Object.entries(require("./clients.json"))) {
	const opts = { ...given, dependsOn: given?.dependsOn?.map((other) => clients[other]) };
	const client = opts.get ? OAuthClient.get(name, opts.get) : new OAuthClient(name, args, opts);
	clients[name] = client;
	exports[name] = { id: client.clientId, secret: client.clientSecret };
}
`;

/**
 * A Pulumi project in a directory of its own, with a simulated organization, a file backend and a Pulumi home that nobody else
 * has. Commands are the literal ones of the Pulumi CLI.
 */
export class TestStack {
	readonly simulator: Simulator;
	readonly directory: string;
	readonly leaks = new LeakDetector();
	/** The environment of every command; a test may change it. */
	readonly environment: NodeJS.ProcessEnv;
	#outputs: string[] = [];

	private constructor(simulator: Simulator, directory: string) {
		this.simulator = simulator;
		this.directory = directory;
		const { hostname, port } = new URL(simulator.url);
		const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|GENESYSCLOUD)_/.test(name));
		this.environment = {
			...Object.fromEntries(inherited),
			...keyVariables(inject("keyService")),
			PATH: [
				inject("engineDirectory"),
				inject("yamlHostDirectory"),
				pluginDirectory,
				dirname(process.execPath),
				process.env["PATH"],
			].join(delimiter),
			PULUMI_HOME: join(directory, "home"),
			PULUMI_BACKEND_URL: `file://${join(directory, "backend")}`,
			PULUMI_CONFIG_PASSPHRASE: passphrase,
			PULUMI_SKIP_UPDATE_CHECK: "1",
			PULUMI_STACK: "test",
			NODE_COMPILE_CACHE: inject("compileCache"),
			GENESYSCLOUD_OAUTHCLIENT_ID: simulator.administrator.clientId,
			GENESYSCLOUD_OAUTHCLIENT_SECRET: simulator.administrator.clientSecret,
			GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
			GENESYSCLOUD_GATEWAY_HOST: hostname,
			GENESYSCLOUD_GATEWAY_PORT: port,
		};
	}

	/** Starts a simulator and makes an empty stack beside it. */
	static async start({
		project,
		passphrase: hasPassphrase = false,
		...options
	}: StackOptions = {}): Promise<TestStack> {
		const simulator = await startSimulator(options);
		const directory = mkdtempSync(join(tmpdir(), "oauth-e2e-"));
		const stack = new TestStack(simulator, directory);
		for (const name of ["home", "project"]) mkdirSync(join(directory, name));
		if (project === undefined) {
			stack.write("Pulumi.yaml", "name: test\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
			stack.write("package.json", JSON.stringify({ name: "test", main: "index.js" }));
			stack.write("index.js", program);
			stack.declare({});
		} else {
			const isFile = statSync(join(repository, project)).isFile();
			cpSync(join(repository, project), isFile ? join(stack.project, project) : stack.project, {
				recursive: true,
			});
		}
		symlinkSync(join(repository, "node_modules"), join(stack.project, "node_modules"), "junction");
		const backend = join(directory, "backend");
		copyEmptyStack(inject("emptyStack"), { backend, project: stack.project, withSettings: !hasPassphrase });
		return stack;
	}

	/** The directory of the project. */
	get project(): string {
		return join(this.directory, "project");
	}

	/** Writes a file of the project. */
	write(name: string, text: string): void {
		writeFileSync(join(this.project, name), text);
	}

	/** Makes the program declare these clients, and no others. */
	declare(clients: Record<string, Declared>): void {
		this.write("clients.json", JSON.stringify(clients));
	}

	/** Makes the project one in YAML, with these sections. */
	declareYaml(sections: YamlSections): void {
		const text = Object.entries(sections).map(([name, section]) => `${name}: ${JSON.stringify(section)}`);
		this.write("Pulumi.yaml", ["name: test", "runtime: yaml", ...text, ""].join("\n"));
	}

	/** Runs `pulumi` with these arguments in the project's directory. */
	async pulumi(...args: string[]): Promise<Outcome> {
		return this.start(...args).ended;
	}

	/** The same, for a test that does something meanwhile. */
	start(...args: string[]): { child: ChildProcess; ended: Promise<Outcome> } {
		this.leaks.note(this.simulator);
		const { promise: ended, resolve } = Promise.withResolvers<Outcome>();
		const options = {
			cwd: this.project,
			env: this.environment,
			encoding: "utf8",
			maxBuffer: 64 * 1024 * 1024,
		} as const;
		const file = join(inject("engineDirectory"), "pulumi");
		const child = execFile(file, [...args, "--color", "never"], options, (error, stdout, stderr) => {
			const outcome = { code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr };
			this.leaks.note(this.simulator);
			// The one command that is meant to show secrets isn't searched for them.
			if (!args.includes("--show-secrets")) this.#outputs.push(outcome.output);
			resolve(outcome);
		});
		return { child, ended };
	}

	/** Runs a command that must succeed, and returns the calls that it cost: method and path template. */
	async run(
		command: "up" | "refresh" | "destroy" | "preview",
		...args: string[]
	): Promise<{ calls: string[]; output: string }> {
		const before = this.simulator.requests.count();
		const { code, output } = await this.pulumi(
			command,
			...(command === "preview" ? [] : ["--yes", "--skip-preview"]),
			...args,
		);
		if (code !== 0) throw new Error(`pulumi ${command} failed (exit code ${code}):\n${output}`);
		return { calls: this.callsSince(before), output };
	}

	/** Runs a command that must fail, and returns what it showed. */
	async fails(command: "up" | "refresh" | "destroy" | "preview", ...args: string[]): Promise<string> {
		const { code, output } = await this.pulumi(
			command,
			...(command === "preview" ? [] : ["--yes", "--skip-preview"]),
			...args,
		);
		if (code === 0) throw new Error(`pulumi ${command} was expected to fail, but didn't:\n${output}`);
		return output;
	}

	/** The calls after the first so many, as "METHOD template". */
	callsSince(count: number): string[] {
		return this.simulator.requests
			.all()
			.slice(count)
			.map(({ method, template, path }) => `${method} ${template ?? path}`);
	}

	/** The stack's outputs, secrets in clear. */
	async outputs(): Promise<Record<string, { id: string; secret: string }>> {
		const file = this.#stateFile();
		const root = file.resources().find(({ type }) => type === "pulumi:pulumi:Stack");
		return file.inClear(root?.outputs ?? {}) as Record<string, { id: string; secret: string }>;
	}

	/** The resources in state, encrypted as they are. */
	async state(): Promise<StateResource[]> {
		return this.#stateFile().resources();
	}

	/** The resources of a stack of the project in state, their outputs in clear. */
	async stateInClear(name: string): Promise<StateResource[]> {
		const file = this.#stateFile(name);
		const resources = file.resources();
		for (const resource of resources)
			resource.outputs = file.inClear(resource.outputs ?? {}) as Record<string, unknown>;
		return resources;
	}

	/** The OAuth client of this name in state. */
	async resource(name: string): Promise<StateResource | undefined> {
		return (await this.state()).find(({ urn }) => urn.endsWith(`:OAuthClient::${name}`));
	}

	/** The secret of an OAuth client as state has it, in clear: also when an up failed, and the stack's outputs are still the old ones. */
	async secretInState(name: string): Promise<string> {
		const secret = (await this.resource(name))?.outputs?.["clientSecret"];
		if (secret === undefined) throw new Error(`state has no secret of ${name}`);
		return this.#stateFile().inClear(secret) as string;
	}

	/** Rewrites the state, as another version of the package would have written it. */
	async rewriteState(change: (resource: StateResource) => void): Promise<void> {
		this.#stateFile().rewrite(change);
	}

	#stateFile(name = this.environment["PULUMI_STACK"]): StateFile {
		const stacks = join(this.directory, "backend", ".pulumi", "stacks", projectName(this.project));
		return new StateFile(join(stacks, `${name}.json`));
	}

	/** Whether a client can log in with a secret. */
	async canLogIn(clientId: string, secret: string): Promise<boolean> {
		const response = await fetch(`${this.simulator.url}/oauth/token`, {
			method: "POST",
			headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` },
			body: new URLSearchParams({ grant_type: "client_credentials" }),
		});
		return response.ok;
	}

	/** The places where a secret or token of this test's organization stands in clear: state, home, and all that was shown. */
	leaked(): string[] {
		this.leaks.note(this.simulator);
		this.leaks.notePartsOf(this.simulator.administrator.clientSecret);
		for (const text of Object.values(filesBelow(join(this.directory, "backend")))) {
			for (const secret of secretsIn(text)) this.leaks.notePartsOf(secret);
		}
		const shown = Object.fromEntries(this.#outputs.map((output, index) => [`output of command ${index + 1}`, output]));
		return this.leaks.find({
			...shown,
			...filesBelow(join(this.directory, "backend")),
			...filesBelow(join(this.directory, "home")),
		});
	}

	/** Ends it and removes all it has made. */
	async close(): Promise<void> {
		await this.simulator.close();
		rmSync(this.directory, { recursive: true, force: true });
	}

	/** The text of a file of the project. */
	read(name: string): string {
		return readFileSync(join(this.project, name), "utf8");
	}
}
