import { AsyncLocalStorage } from "node:async_hooks";
import { promisify } from "node:util";
import { ChannelCredentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** The engine's log. Pulumi hides a plugin's standard error, so notices go to the log, under the resource that they are about. */
export class EngineLog {
	#client: EngineClient | undefined;
	readonly #call = new AsyncLocalStorage<{ urn: string; sent: Promise<unknown>[] }>();

	/** @param address the engine's; undefined for a plugin without an engine, which writes to standard error until it is connected to one */
	constructor(address: string | undefined) {
		if (address !== undefined) this.connect(address);
	}

	/** Connects to an engine, which is on this machine: without TLS, and never through a proxy, as gRPC would through that of `https_proxy`. */
	connect(address: string): void {
		this.#client = new EngineClient(address, ChannelCredentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
	}

	/** Runs a call of the engine about a resource: its notices are shown under it, and before the call is answered. */
	async about<T>(urn: string, work: () => Promise<T>): Promise<T> {
		const sent: Promise<unknown>[] = [];
		try {
			return await this.#call.run({ urn, sent }, work);
		} finally {
			await Promise.all(sent);
		}
	}

	/** Shows a notice. */
	info(text: string): void {
		this.#log(LogSeverity.INFO, text);
	}

	/** Shows a warning. */
	warn(text: string): void {
		this.#log(LogSeverity.WARNING, text);
	}

	/** Shows a warning that is about more than one resource, under the stack. */
	warnOfStack(text: string): void {
		this.#log(LogSeverity.WARNING, text, "");
	}

	#log(severity: LogSeverity, text: string, urn?: string): void {
		const call = this.#call.getStore();
		if (this.#client === undefined) {
			process.stderr.write(`${text}\n`);
			return;
		}
		const request = new LogRequest();
		request.setSeverity(severity);
		request.setMessage(text);
		request.setUrn(urn ?? call?.urn ?? "");
		const log = promisify<LogRequest, unknown>(this.#client.log.bind(this.#client));
		// An engine that is gone needs no notice.
		const sent = log(request).catch(() => undefined);
		call?.sent.push(sent);
	}
}
