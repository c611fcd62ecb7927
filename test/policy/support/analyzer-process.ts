// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../../built-package.mjs";
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(__dirname, "..", "..", "..");
const requireHere = createRequire(join(root, "package.json"));

/** The folder of the pack that is tested. */
export const packDirectory = join(root, "policy");

interface Message {
	[method: string]: (...values: unknown[]) => unknown;
}
interface Modules {
	grpc: { credentials: { createInsecure(): unknown } };
	service: { AnalyzerClient: new (address: string, credentials: unknown) => Client };
	messages: Record<string, new () => Message>;
	struct: { Struct: { fromJavaScript(value: object): unknown } };
	empty: { Empty: new () => Message };
}
type Callback = (error: Error | null, answer: Message) => void;
interface Client {
	close(): void;
	[method: string]: (request: Message, callback: Callback) => void;
}

/** The levels, in the order of Pulumi's wire format. */
const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;
/** What a violation does. */
export type Level = (typeof levels)[number];

/** A resource as the engine hands it to a policy. */
export interface Resource {
	type: string;
	urn: string;
	name: string;
	properties: Record<string, unknown>;
	protect?: boolean;
	/** The name of its provider. @default it has none */
	provider?: string;
}

/** What a policy reported. */
export interface Finding {
	policy: string;
	level: Level;
	/** Without the policy's description, which Pulumi puts above it. */
	message: string;
	/** The resource that it is about, where the policy says so. */
	urn?: string;
}

/** A policy as the pack tells of it. */
interface PolicyInfo {
	name: string;
	description: string;
	level: Level;
	/** The JSON schema of each option. */
	options: Record<string, { type: string; default: unknown; description: string }>;
}

/** The configuration of a pack, as the engine sends it. */
export type Configuration = Record<string, { level: Level; options: Record<string, unknown> }>;

/** The real analyzer process, driven as the engine drives it. */
export interface Analyzer {
	info: () => Promise<{ name: string; version: string; policies: PolicyInfo[] }>;
	configure: (configuration: Configuration) => Promise<void>;
	analyze: (resource: Resource) => Promise<Finding[]>;
	analyzeStack: (resources: Resource[]) => Promise<Finding[]>;
	/** What each remediation made of the resource's properties, or why it couldn't. */
	remediate: (resource: Resource) => Promise<{ policy: string; properties: unknown; diagnostic: string }[]>;
	end: () => Promise<void>;
	/** What it has printed. */
	output: () => string;
}

/** Starts a pack as Pulumi's language host does. */
export async function startAnalyzer(directory = packDirectory): Promise<Analyzer> {
	const { grpc, service, messages, struct, empty } = load();
	const script = requireHere.resolve("@pulumi/pulumi/cmd/run-policy-pack");
	const child = spawn(process.execPath, [script, "127.0.0.1:1", directory], {
		cwd: directory,
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
	const port = await firstLine(child, () => output);
	child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
	const client = new service.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
	const call = async (method: string, request: Message) =>
		new Promise<Message>((resolve, reject) => {
			client[method]?.(request, (error, answer) => (error === null ? resolve(answer) : reject(error)));
		});
	const make = (kind: string, fields: Record<string, unknown>): Message => {
		const Kind = messages[kind];
		if (Kind === undefined) throw new Error(`Pulumi has no ${kind}`);
		const message = new Kind();
		for (const [name, value] of Object.entries(fields)) {
			if (value !== undefined) message[`set${name}`]?.(value);
		}
		return message;
	};
	const toRequest = (kind: string, { type, urn, name, properties, protect, provider }: Resource) =>
		make(kind, {
			Type: type,
			Urn: urn,
			Name: name,
			Properties: struct.Struct.fromJavaScript(properties),
			Options: make("AnalyzerResourceOptions", { Protect: protect }),
			Provider:
				provider === undefined
					? undefined
					: make("AnalyzerProviderResource", { Name: provider, Properties: struct.Struct.fromJavaScript({}) }),
		});
	const info = async () => {
		const answer = await call("getAnalyzerInfo", new empty.Empty());
		return {
			name: get(answer, "Name") as string,
			version: get(answer, "Version") as string,
			policies: (get(answer, "PoliciesList") as Message[]).map((policy) => ({
				name: get(policy, "Name") as string,
				description: get(policy, "Description") as string,
				level: levelOf(policy),
				options: plain(get(get(policy, "Configschema") as Message, "Properties")) as PolicyInfo["options"],
			})),
		};
	};
	const { policies } = await info();
	return {
		info,
		configure: async (configuration) => {
			const request = make("ConfigureAnalyzerRequest", {});
			const map = get(request, "PolicyconfigMap") as Map<string, Message>;
			for (const [name, { level, options }] of Object.entries(configuration)) {
				const Properties = struct.Struct.fromJavaScript(options);
				map.set(name, make("PolicyConfig", { Enforcementlevel: levels.indexOf(level), Properties }));
			}
			await call("configure", request);
		},
		analyze: async (resource) => findingsOf(await call("analyze", toRequest("AnalyzeRequest", resource)), policies),
		analyzeStack: async (resources) => {
			const list = resources.map((resource) => toRequest("AnalyzerResource", resource));
			return findingsOf(await call("analyzeStack", make("AnalyzeStackRequest", { ResourcesList: list })), policies);
		},
		remediate: async (resource) => {
			const answer = await call("remediate", toRequest("AnalyzeRequest", resource));
			return (get(answer, "RemediationsList") as Message[]).map((remediation) => ({
				policy: get(remediation, "Policyname") as string,
				properties: plain(get(remediation, "Properties")),
				diagnostic: get(remediation, "Diagnostic") as string,
			}));
		},
		end: async () => {
			client.close();
			await end(child);
		},
		output: () => output,
	};
}

const get = (message: Message, name: string) => message[`get${name}`]?.();
const plain = (struct: unknown) => (struct as { toJavaScript(): unknown } | undefined)?.toJavaScript();
const levelOf = (message: Message): Level => levels[get(message, "Enforcementlevel") as number]!;

function findingsOf(answer: Message, policies: PolicyInfo[]): Finding[] {
	return (get(answer, "DiagnosticsList") as Message[]).map((diagnostic) => {
		const policy = get(diagnostic, "Policyname") as string;
		const urn = get(diagnostic, "Urn") as string;
		const description = policies.find(({ name }) => name === policy)?.description;
		const message = (get(diagnostic, "Message") as string).replace(`${description}\n`, "");
		const finding: Finding = { policy, level: levelOf(diagnostic), message };
		if (urn !== "") finding.urn = urn;
		return finding;
	});
}

function load(): Modules {
	const fromSdk = createRequire(requireHere.resolve("@pulumi/pulumi"));
	return {
		grpc: fromSdk("@grpc/grpc-js") as Modules["grpc"],
		service: fromSdk("./proto/analyzer_grpc_pb") as Modules["service"],
		messages: fromSdk("./proto/analyzer_pb") as Modules["messages"],
		struct: fromSdk("google-protobuf/google/protobuf/struct_pb") as Modules["struct"],
		empty: fromSdk("google-protobuf/google/protobuf/empty_pb") as Modules["empty"],
	};
}

async function firstLine(child: ChildProcess, output: () => string): Promise<string> {
	if (child.stdout === null) throw new Error("the process has no stdout");
	const lines = createInterface({ input: child.stdout });
	const ended = new Promise<undefined>((resolve) => {
		child.once("exit", () => resolve(undefined));
	});
	const line = await Promise.race([
		new Promise<string>((resolve) => {
			lines.once("line", resolve);
		}),
		ended,
	]);
	lines.close();
	if (line === undefined) throw new Error(`the policy pack ended before it said its port: ${output()}`);
	return line;
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	await new Promise<void>((resolve) => {
		child.once("exit", () => resolve());
		child.kill();
	});
}
