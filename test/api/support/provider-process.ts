// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../../built-package.mjs";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { mark, unmark } from "../../../plugin/values";
import { secretsOf } from "../../../provider/lifecycle/argument-table";
import { credentialTable } from "../../../provider/lifecycle/integration-credential/arguments";
import { clientTable } from "../../../provider/lifecycle/oauth-client/arguments";
import { pairTable } from "../../../provider/lifecycle/rotating-oauth-client/arguments";
import {
	ownerProperty,
	serializedCredential,
	serializedPair,
	serializedProvider,
} from "../../../provider/serialized-provider";
import { pluginCommand } from "../../plugin-program";

const root = join(__dirname, "..", "..", "..");
const requireHere = createRequire(join(root, "package.json"));

/** Properties as Pulumi's wire format carries them. */
export type Properties = Record<string, unknown>;

interface Message {
	[method: string]: (...values: unknown[]) => unknown;
}
type Class = new () => Message;
interface Modules {
	grpc: {
		credentials: { createInsecure(): unknown };
		Server: new () => EngineServer;
		ServerCredentials: { createInsecure(): unknown };
	};
	engine: { EngineService: unknown };
	empty: { Empty: Class };
	service: { ResourceProviderClient: new (address: string, credentials: unknown) => Client };
	messages: Record<string, Class & { deserializeBinary(bytes: Uint8Array): Message }>;
	status: { Status: { deserializeBinary(bytes: Uint8Array): Message } };
	struct: { Struct: { fromJavaScript(value: object): unknown } };
}
interface EngineServer {
	addService(service: unknown, methods: Record<string, (call: { request: Message }, callback: Callback) => void>): void;
	bindAsync(address: string, credentials: unknown, callback: (error: Error | null, port: number) => void): void;
	forceShutdown(): void;
}
type Callback = (error: GrpcError | null, answer: Message) => void;
interface Client {
	close(): void;
	[method: string]: (request: Message, callback: Callback) => void;
}

/** An error as it comes over gRPC. */
export interface GrpcError extends Error {
	details: string;
	metadata: { get(key: string): Uint8Array[] };
}

/** What a part-made resource's error carries to the engine. */
export interface InitFailure {
	id: string;
	properties: Properties;
	reasons: string[];
}

/** The ways from Pulumi's engine to the life cycle: the dynamic provider of Node programs, or the plugin for every language. */
export type Front = "dynamic" | "plugin";

/** A real provider process, driven as the engine drives it: the calls are about the resource `app`. */
export interface DynamicProvider extends ResourceCalls {
	/** Sends the stack's configuration. */
	configure: (config: Record<string, string>) => Promise<void>;
	/**
	 * Begins a run of Pulumi: the process knows nothing of what was before. A dynamic provider may be given variables, beside those that its
	 * process was started with.
	 */
	startRun: (config: Record<string, string>, environment?: Record<string, string>) => Promise<void>;
	/** The calls about another resource. */
	about: (name: string, type?: ResourceType) => ResourceCalls;
	/** What it has printed to stderr in this run until now: Pulumi shows it to the user. */
	printed: () => Promise<string>;
	/** What has arrived of all that it has printed to stderr. */
	stderr: () => string;
	/** What it has printed to stdout. */
	stdout: () => string;
	/** Ends it; with a signal, at once. */
	end: (signal?: NodeJS.Signals) => Promise<void>;
}

/** The calls about a resource. */
export interface ResourceCalls {
	/** @param olds the inputs in state; none for a new resource */
	check: (
		news: Properties,
		olds?: Properties,
	) => Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }>;
	/** @param oldInputs the inputs in state */
	diff: (
		id: string,
		olds: Properties,
		news: Properties,
		oldInputs?: Properties,
	) => Promise<{ changes: number; replaces: string[] }>;
	create: (properties: Properties) => Promise<{ id: string; properties: Properties }>;
	read: (id: string, state: { properties?: Properties; inputs: Properties }) => Promise<ReadAnswer>;
	update: (id: string, olds: Properties, news: Properties, oldInputs?: Properties) => Promise<Properties>;
	delete: (id: string, properties: Properties, oldInputs?: Properties) => Promise<void>;
}

/** What a read answers. */
interface ReadAnswer {
	id: string;
	properties: Properties;
	/** Absent when those in state stay. */
	inputs: Properties | undefined;
}

/** What the class of a resource adds to a program's inputs. */
const resources = {
	OAuthClient: { table: clientTable, provider: serializedProvider },
	RotatingOAuthClient: { table: pairTable, provider: serializedPair },
	IntegrationCredential: { table: credentialTable, provider: serializedCredential },
};

/** The resources that the engine can be asked about. */
export type ResourceType = keyof typeof resources;

/** The resource that the engine asks about. */
const urnOf = (name: string, type: ResourceType) => `urn:pulumi:test::test::genesyscloud-oauth:index:${type}::${name}`;

/** A program's inputs, as the engine sends them: with what the class adds. */
export const withProvider = (inputs: Properties, name = "app", type: ResourceType = "OAuthClient"): Properties => ({
	...inputs,
	...Object.fromEntries(secretsOf(resources[type].table).outputs.map((output) => [output, null])),
	[ownerProperty]: urnOf(name, type),
	__provider: resources[type].provider,
});

/** What the engine would keep of a failed create or update; undefined when nothing. */
export function initFailureOf(error: GrpcError): InitFailure | undefined {
	const [bytes] = error.metadata.get("grpc-status-details-bin");
	if (bytes === undefined) return undefined;
	const { status, messages } = load();
	const [detail] = get(status.Status.deserializeBinary(bytes), "DetailsList") as [Message];
	const failure = messages["ErrorResourceInitFailed"]?.deserializeBinary(get(detail, "Value_asU8") as Uint8Array);
	if (failure === undefined) throw new Error("Pulumi has no ErrorResourceInitFailed");
	return {
		id: get(failure, "Id") as string,
		properties: propertiesOf(get(failure, "Properties")),
		reasons: get(failure, "ReasonsList") as string[],
	};
}

/** Starts the process of a front; it ends with the test. */
export async function startDynamicProvider(
	environment: Record<string, string> = {},
	front: Front = "dynamic",
): Promise<DynamicProvider> {
	const provider = await spawnDynamicProvider(environment, front);
	onTestFinished(async () => provider.end());
	return provider;
}

const commands: Record<Front, () => typeof pluginCommand> = {
	dynamic: () => [process.execPath, requireHere.resolve("@pulumi/pulumi/cmd/dynamic-provider")],
	plugin: () => pluginCommand,
};

/** Starts the process of a front; whoever asks for it ends it. */
export async function spawnDynamicProvider(
	environment: Record<string, string> = {},
	front: Front = "dynamic",
): Promise<DynamicProvider> {
	const { grpc, service, messages, struct } = load();
	const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GENESYSCLOUD_"));
	let stderr = "";
	// The plugin tells the engine what the dynamic provider prints.
	const engine = front === "plugin" ? await startEngineLog((text) => (stderr += `${text}\n`)) : undefined;
	const [command, ...args] = commands[front]();
	const child = spawn(command, [...args, engine?.address ?? "127.0.0.1:1"], {
		cwd: root,
		env: { ...Object.fromEntries(inherited), ...environment, PULUMI_NODEJS_PROJECT: "test" },
		// The plugin ends with its standard input.
		stdio: ["pipe", "pipe", "pipe"],
	});
	let stdout = "";
	child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
	child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
	const port = await firstLine(child, () => stderr);
	// Whoever reads no further would stop a process that prints.
	child.stdout.resume();
	const client = new service.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
	const run = { number: 0, printedBefore: 0 };
	/** A provider's text, which the SDK configures once: that of each run differs. */
	const ofRun = (text: unknown) => (run.number === 0 ? text : `${String(text)} // run ${run.number}`);
	// State in tests is plain; the dynamic provider gets plain values, and the plugin ones with Pulumi's marks.
	const toStruct = ({ secretInputs, ...properties }: Properties) =>
		front === "plugin"
			? mark(properties, Array.isArray(secretInputs) ? (secretInputs as string[]) : [])
			: struct.Struct.fromJavaScript({
					...properties,
					...(properties["__provider"] !== undefined && { __provider: ofRun(properties["__provider"]) }),
					...(secretInputs !== undefined && { secretInputs }),
				});
	const send = async (urn: string, method: string, kind: string, fields: Record<string, unknown>): Promise<Message> => {
		const Request = messages[kind];
		if (Request === undefined) throw new Error(`Pulumi has no ${kind}`);
		const request = new Request();
		for (const [name, value] of Object.entries({ Urn: urn, ...fields })) {
			const wire = typeof value === "object" && value !== null ? toStruct(value) : value;
			request[`set${name}`]?.(wire);
		}
		return new Promise((resolve, reject) => {
			client[method]?.(request, (error, answer) => (error ? reject(error) : resolve(answer)));
		});
	};
	const about: DynamicProvider["about"] = (name, type = "OAuthClient") => {
		const call = async (method: string, kind: string, fields: Record<string, unknown>) =>
			send(urnOf(name, type), method, kind, fields);
		return {
			check: async (news, olds = {}) => {
				const answer = await call("check", "CheckRequest", { Olds: olds, News: news });
				const failures = (get(answer, "FailuresList") as Message[]).map((failure) => ({
					property: get(failure, "Property") as string,
					reason: get(failure, "Reason") as string,
				}));
				return { inputs: propertiesOf(get(answer, "Inputs")), failures };
			},
			diff: async (id, olds, news, oldInputs = {}) => {
				const answer = await call("diff", "DiffRequest", { Id: id, Olds: olds, News: news, OldInputs: oldInputs });
				return { changes: get(answer, "Changes") as number, replaces: get(answer, "ReplacesList") as string[] };
			},
			create: async (properties) => {
				const answer = await call("create", "CreateRequest", { Properties: properties });
				return { id: get(answer, "Id") as string, properties: propertiesOf(get(answer, "Properties")) };
			},
			read: async (id, { properties, inputs }) => {
				const state = properties === undefined ? {} : { Properties: properties };
				const answer = await call("read", "ReadRequest", { Id: id, ...state, Inputs: inputs });
				const told = get(answer, "Inputs");
				return {
					id: get(answer, "Id") as string,
					properties: propertiesOf(get(answer, "Properties")),
					inputs: told === undefined || told === null ? undefined : propertiesOf(told),
				};
			},
			update: async (id, olds, news, oldInputs = {}) => {
				const fields = { Id: id, Olds: olds, News: news, OldInputs: oldInputs };
				return propertiesOf(get(await call("update", "UpdateRequest", fields), "Properties"));
			},
			delete: async (id, properties, oldInputs = {}) =>
				void (await call("delete", "DeleteRequest", { Id: id, Properties: properties, OldInputs: oldInputs })),
		};
	};
	let texts = 0;
	/** Runs some code in a dynamic provider's process, and waits until what it printed before has arrived. */
	const runCode = async (code: string) => {
		texts += 1;
		// An answer may overtake what was printed before it. What is printed last arrives last.
		const last = `(end ${texts} of what was printed)\n`;
		const text = `${code}process.stderr.write(${JSON.stringify(last)}); exports.handler = () => ({});`;
		await send(urnOf("app", "OAuthClient"), "check", "CheckRequest", { Olds: {}, News: { __provider: text } });
		while (!stderr.includes(last)) await once(child.stderr, "data");
		stderr = stderr.replace(last, "");
	};
	const configure: DynamicProvider["configure"] = async (config) => {
		// The engine gives a plugin what is of its own namespace, without that.
		const own = Object.entries(config).map(([key, value]) => [
			front === "plugin" ? key.replace(/^genesyscloud:/, "") : key,
			value,
		]);
		await send("", "configure", "ConfigureRequest", { Args: Object.fromEntries(own) as object });
	};
	return {
		printed: async () => {
			// Notices to the engine come before the answer.
			if (front === "dynamic") await runCode("");
			return stderr.slice(run.printedBefore);
		},
		configure,
		startRun: async (config, later = {}) => {
			if (front === "dynamic") await runCode(startOfRun(later));
			run.number += 1;
			run.printedBefore = stderr.length;
			// A plugin that is configured forgets by itself.
			await configure(config);
		},
		about,
		...about("app"),
		stderr: () => stderr,
		stdout: () => stdout,
		end: async (signal) => {
			await end(child, signal);
			client.close();
			engine?.end();
		},
	};
}

/** What makes a dynamic provider's process forget what it knows of a run, which one module holds, and gives it variables. */
const startOfRun = (environment: Record<string, string>) =>
	`delete require.cache[require.resolve("pulumi-genesyscloud-oauth/lifecycle")];
	process.env = { ...(globalThis.environmentAtStart ??= process.env), ...${JSON.stringify(environment)} };\n`;

/** The part of the engine that shows a plugin's notices. */
async function startEngineLog(show: (text: string) => void): Promise<{ address: string; end: () => void }> {
	const { grpc, engine, empty } = load();
	const server = new grpc.Server();
	server.addService(engine.EngineService, {
		log: ({ request }, callback) => {
			show(get(request, "Message") as string);
			callback(null, new empty.Empty());
		},
	});
	const port = await new Promise<number>((resolve, reject) => {
		server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
			error === null ? resolve(bound) : reject(error),
		);
	});
	return { address: `127.0.0.1:${port}`, end: () => server.forceShutdown() };
}

const get = (answer: Message, name: string) => answer[`get${name}`]?.();

function load(): Modules {
	const fromSdk = createRequire(requireHere.resolve("@pulumi/pulumi"));
	return {
		grpc: fromSdk("@grpc/grpc-js") as Modules["grpc"],
		service: fromSdk("./proto/provider_grpc_pb") as Modules["service"],
		messages: fromSdk("./proto/provider_pb") as Modules["messages"],
		engine: fromSdk("./proto/engine_grpc_pb") as Modules["engine"],
		empty: fromSdk("google-protobuf/google/protobuf/empty_pb") as Modules["empty"],
		status: fromSdk("./proto/status_pb") as Modules["status"],
		struct: fromSdk("google-protobuf/google/protobuf/struct_pb") as Modules["struct"],
	};
}

function propertiesOf(answered: unknown): Properties {
	const struct = answered as Parameters<typeof unmark>[0];
	const { properties: given, secrets } = unmark(struct);
	// The dynamic provider's marks of secrets.
	const nulls = Object.entries(struct?.toJavaScript() ?? {}).filter(([, value]) => value === null);
	const properties = { ...Object.fromEntries(nulls), ...given };
	const { __provider: text } = properties;
	if (typeof text === "string") properties["__provider"] = text.replace(/ \/\/ run \d+$/, "");
	return secrets.length === 0 ? properties : { ...properties, secretInputs: properties["secretInputs"] ?? secrets };
}

async function firstLine(child: ChildProcess, stderr: () => string): Promise<string> {
	if (child.stdout === null) throw new Error("the process has no stdout");
	for await (const line of createInterface({ input: child.stdout })) return line;
	throw new Error(`the provider ended before it said its port: ${stderr()}`);
}

async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	await new Promise<void>((resolve) => {
		child.once("exit", () => resolve());
		child.kill(signal);
	});
}
