// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../../built-package.mjs";
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import {
	Client,
	credentials,
	type MethodDefinition,
	Server,
	ServerCredentials,
	type ServiceError,
} from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { onTestFinished } from "vitest";
import { pluginCommand } from "../../plugin-program";

/** What the plugin has told the engine. */
interface Told {
	severity: "info" | "warning";
	text: string;
	urn: string;
}

/** A real plugin process, and an engine that listens to it. */
export interface PluginProcess {
	/** Calls a method of Pulumi's protocol. */
	call: <Response>(method: string, request: object) => Promise<Response>;
	/** Calls a method that answers with a stream. */
	stream: <Response>(method: string, request: object) => Promise<Response[]>;
	/** What it has told the engine; of a shared process, since the test asked for it. */
	told: Told[];
	child: ChildProcess;
	/** Ends it. */
	end: () => Promise<void>;
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
	try {
		await call;
	} catch (error) {
		return error as ServiceError;
	}
	throw new Error("the call was expected to fail");
}

let shared: Promise<PluginProcess> | undefined;

/**
 * The process that tests share, one after the other. Its environment has no settings: it knows what it is configured with. It ends with the
 * tests' own process, which holds its standard input.
 */
export async function sharedPlugin(): Promise<PluginProcess> {
	const plugin = await (shared ??= spawnPlugin());
	plugin.told.length = 0;
	return plugin;
}

/** Starts the plugin as the engine does; it ends with the test. */
export async function startPlugin(...given: Parameters<typeof spawnPlugin>): Promise<PluginProcess> {
	const plugin = await spawnPlugin(...given);
	onTestFinished(plugin.end);
	return plugin;
}

/**
 * Starts the plugin as the engine does; whoever asks for it ends it.
 *
 * @param options `flags` come before the engine's address; without `stdin` the process gets no pipe; one that `isAttached` learns the address later; `cwd` is where it
 * starts
 */
async function spawnPlugin(
	environment: Record<string, string> = {},
	{
		flags = [],
		stdin = "pipe",
		isAttached = false,
		cwd,
	}: { flags?: string[]; stdin?: "pipe" | "ignore"; isAttached?: boolean; cwd?: string } = {},
): Promise<PluginProcess> {
	const told: Told[] = [];
	const { engine, address } = await startEngine(told);
	const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GENESYSCLOUD_"));
	const [command, ...args] = pluginCommand;
	const child = spawn(command, [...args, ...flags, ...(isAttached ? [] : [address])], {
		env: { ...Object.fromEntries(inherited), ...environment },
		stdio: [stdin, "pipe", "inherit"],
		...(cwd !== undefined && { cwd }),
	});
	const port = await firstLine(child);
	const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
	const end = async () => {
		client.close();
		engine.forceShutdown();
		await endOf(child);
	};
	const methods = ResourceProviderService as unknown as Record<string, MethodDefinition<object, unknown>>;
	const call = async <Response>(method: string, request: object) =>
		new Promise<Response>((resolve, reject) => {
			const { path, requestSerialize, responseDeserialize } = methods[method]!;
			client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, response) =>
				error === null ? resolve(response as Response) : reject(error),
			);
		});
	const stream = async <Response>(method: string, request: object) => {
		const { path, requestSerialize, responseDeserialize } = methods[method]!;
		const responses: Response[] = [];
		for await (const response of client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request))
			responses.push(response as Response);
		return responses;
	};
	if (isAttached) {
		const request = new PluginAttach();
		request.setAddress(address);
		await call("attach", request);
	}
	return { call, stream, told, child, end };
}

/** Ends the process by closing its standard input, as the engine does. */
export async function endOf(child: ChildProcess): Promise<number | null> {
	if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
	return new Promise((resolve) => {
		child.once("exit", resolve);
		if (child.stdin === null) child.kill();
		else child.stdin.end();
	});
}

async function startEngine(told: Told[]) {
	const engine = new Server();
	engine.addService(EngineService, {
		log: ({ request }: { request: LogRequest }, callback: (error: null, answer: Empty) => void) => {
			const severity = request.getSeverity() === LogSeverity.WARNING ? "warning" : "info";
			told.push({ severity, text: request.getMessage(), urn: request.getUrn() });
			callback(null, new Empty());
		},
	});
	const port = await new Promise<number>((resolve, reject) => {
		engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
			error === null ? resolve(bound) : reject(error),
		);
	});
	return { engine, address: `127.0.0.1:${port}` };
}

async function firstLine(child: ChildProcess): Promise<string> {
	if (child.stdout === null) throw new Error("the process has no stdout");
	for await (const line of createInterface({ input: child.stdout })) return line;
	throw new Error("the plugin ended before it said its port");
}
