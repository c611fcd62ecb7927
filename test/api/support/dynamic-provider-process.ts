import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { serializedProvider } from "../../../provider/serialized-provider";

const root = join(__dirname, "..", "..", "..");
const requireHere = createRequire(join(root, "package.json"));

/** Properties as Pulumi's wire format carries them. */
export type Properties = Record<string, unknown>;

interface Message {
	[method: string]: (...values: unknown[]) => unknown;
}
type Class = new () => Message;
interface Modules {
	grpc: { credentials: { createInsecure(): unknown } };
	service: { ResourceProviderClient: new (address: string, credentials: unknown) => Client };
	messages: Record<string, Class & { deserializeBinary(bytes: Uint8Array): Message }>;
	status: { Status: { deserializeBinary(bytes: Uint8Array): Message } };
	struct: { Struct: { fromJavaScript(value: object): unknown } };
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

/** The real dynamic-provider process, driven as the engine drives it. */
export interface DynamicProvider {
	/** Sends the stack's configuration. */
	configure: (config: Record<string, string>) => Promise<void>;
	/** @param olds the inputs in state; none for a new resource */
	check: (
		news: Properties,
		olds?: Properties,
	) => Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }>;
	diff: (id: string, olds: Properties, news: Properties) => Promise<{ changes: number; replaces: string[] }>;
	create: (properties: Properties) => Promise<{ id: string; properties: Properties }>;
	read: (id: string, state: { properties?: Properties; inputs: Properties }) => Promise<ReadAnswer>;
	update: (id: string, olds: Properties, news: Properties) => Promise<Properties>;
	delete: (id: string, properties: Properties) => Promise<void>;
	/** What it has printed to stderr until now: Pulumi shows it to the user. */
	printed: () => Promise<string>;
	/** As much of that as has arrived. */
	stderr: () => string;
	/** What it has printed to stdout. */
	stdout: () => string;
	/** Ends it; with a signal, at once. */
	end: (signal?: NodeJS.Signals) => Promise<void>;
}

/** What a read answers. */
interface ReadAnswer {
	id: string;
	properties: Properties;
	/** Absent when those in state stay. */
	inputs: Properties | undefined;
}

/** A program's inputs, as the engine sends them: with the serialised provider. */
export const withProvider = (inputs: Properties): Properties => ({ ...inputs, __provider: serializedProvider });

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

/** Starts the process; it ends with the test. */
export async function startDynamicProvider(environment: Record<string, string> = {}): Promise<DynamicProvider> {
	const provider = await spawnDynamicProvider(environment);
	onTestFinished(async () => provider.end());
	return provider;
}

/** Starts the process; whoever asks for it ends it. */
export async function spawnDynamicProvider(environment: Record<string, string> = {}): Promise<DynamicProvider> {
	const { grpc, service, messages, struct } = load();
	const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GENESYSCLOUD_"));
	const child = spawn(process.execPath, [requireHere.resolve("@pulumi/pulumi/cmd/dynamic-provider"), "127.0.0.1:1"], {
		cwd: root,
		env: { ...Object.fromEntries(inherited), ...environment, PULUMI_NODEJS_PROJECT: "test" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let stderr = "";
	let stdout = "";
	child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
	child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
	const port = await firstLine(child, () => stderr);
	// Whoever reads no further would stop a process that prints.
	child.stdout.resume();
	const client = new service.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
	const call = async (method: string, kind: string, fields: Record<string, unknown>): Promise<Message> => {
		const Request = messages[kind];
		if (Request === undefined) throw new Error(`Pulumi has no ${kind}`);
		const request = new Request();
		for (const [name, value] of Object.entries(fields)) {
			const wire = typeof value === "object" && value !== null ? struct.Struct.fromJavaScript(value) : value;
			request[`set${name}`]?.(wire);
		}
		return new Promise((resolve, reject) => {
			client[method]?.(request, (error, answer) => (error ? reject(error) : resolve(answer)));
		});
	};
	let ends = 0;
	return {
		printed: async () => {
			// An answer may overtake what was printed before it. What is printed last arrives last.
			ends += 1;
			const mark = `(end ${ends} of what was printed)\n`;
			const text = `process.stderr.write(${JSON.stringify(mark)}); exports.handler = () => ({});`;
			const isThere = new Promise<void>((resolve) => {
				child.stderr.on("data", () => {
					if (stderr.includes(mark)) resolve();
				});
			});
			await call("check", "CheckRequest", { Olds: {}, News: { __provider: text } });
			await isThere;
			stderr = stderr.replace(mark, "");
			return stderr;
		},
		configure: async (config) => void (await call("configure", "ConfigureRequest", { Args: config })),
		check: async (news, olds = {}) => {
			const answer = await call("check", "CheckRequest", { Olds: olds, News: news });
			const failures = (get(answer, "FailuresList") as Message[]).map((failure) => ({
				property: get(failure, "Property") as string,
				reason: get(failure, "Reason") as string,
			}));
			return { inputs: propertiesOf(get(answer, "Inputs")), failures };
		},
		diff: async (id, olds, news) => {
			const answer = await call("diff", "DiffRequest", { Id: id, Olds: olds, News: news });
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
		update: async (id, olds, news) =>
			propertiesOf(get(await call("update", "UpdateRequest", { Id: id, Olds: olds, News: news }), "Properties")),
		delete: async (id, properties) => void (await call("delete", "DeleteRequest", { Id: id, Properties: properties })),
		stderr: () => stderr,
		stdout: () => stdout,
		end: async (signal) => {
			await end(child, signal);
			client.close();
		},
	};
}

const get = (answer: Message, name: string) => answer[`get${name}`]?.();

function load(): Modules {
	const fromSdk = createRequire(requireHere.resolve("@pulumi/pulumi"));
	return {
		grpc: fromSdk("@grpc/grpc-js") as Modules["grpc"],
		service: fromSdk("./proto/provider_grpc_pb") as Modules["service"],
		messages: fromSdk("./proto/provider_pb") as Modules["messages"],
		status: fromSdk("./proto/status_pb") as Modules["status"],
		struct: fromSdk("google-protobuf/google/protobuf/struct_pb") as Modules["struct"],
	};
}

function propertiesOf(struct: unknown): Properties {
	return (struct as { toJavaScript(): Properties } | undefined)?.toJavaScript() ?? {};
}

async function firstLine(child: ChildProcess, stderr: () => string): Promise<string> {
	if (child.stdout === null) throw new Error("the process has no stdout");
	for await (const line of createInterface({ input: child.stdout })) return line;
	throw new Error(`the dynamic provider ended before it said its port: ${stderr()}`);
}

async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	await new Promise<void>((resolve) => {
		child.once("exit", () => resolve());
		child.kill(signal);
	});
}
