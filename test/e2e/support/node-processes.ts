import { EventEmitter, once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** A Node process of a run. */
export interface NodeProcess {
	id: number;
	command: string;
}

/** The Node processes of a run, on every system: each connects to the test when it starts, and is gone when its connection ends. */
export class NodeProcesses {
	readonly #running = new Map<Socket, NodeProcess>();
	readonly #changes = new EventEmitter();
	readonly #server = createServer((connection) => {
		createInterface({ input: connection.on("error", () => {}) }).once("line", (line) => {
			this.#running.set(connection, JSON.parse(line) as NodeProcess);
			this.#changes.emit("change");
		});
		connection.once("close", () => {
			this.#running.delete(connection);
			this.#changes.emit("change");
		});
	});

	private constructor() {}

	/** Starts to listen for them. */
	static async watch(): Promise<NodeProcesses> {
		const processes = new NodeProcesses();
		await once(processes.#server.listen(0, "127.0.0.1"), "listening");
		return processes;
	}

	/** What the run needs in its environment. */
	get environment(): Record<string, string> {
		const tell = require.resolve("./tell-process.cjs");
		return {
			NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --require ${tell}`,
			BUN_OPTIONS: `${process.env["BUN_OPTIONS"] ?? ""} --preload=${tell}`,
			NODE_PROCESSES_PORT: String((this.#server.address() as AddressInfo).port),
		};
	}

	/** Those that run now. */
	all(): NodeProcess[] {
		return [...this.#running.values()];
	}

	/** Resolves with those that match, when there is one. */
	async whenRunning(command: RegExp): Promise<NodeProcess[]> {
		const matching = () => this.all().filter((one) => command.test(one.command));
		while (matching().length === 0) await once(this.#changes, "change");
		return matching();
	}

	/** Resolves when none of these runs any more. */
	async whenGone(processes: NodeProcess[]): Promise<void> {
		while (this.all().some((one) => processes.includes(one))) await once(this.#changes, "change");
	}

	/** Listens no more. */
	close(): void {
		this.#server.close();
		for (const connection of this.#running.keys()) connection.destroy();
	}
}
