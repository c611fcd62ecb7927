import { createServer } from "node:http";
import type { Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app";
import { realClock } from "./clock";
import type { Clock } from "./clock";
import { FaultList } from "./faults";
import type { Faults } from "./faults";
import { createOrganization } from "./organization/organization-factory";
import type { Snapshot } from "./organization/organization-state";
import { OrganizationStore } from "./organization/organization-store";
import { OrganizationAccess } from "./organization/organization-access";
import type { Organization } from "./organization/organization";
import { schemas } from "./organization/seed-schema";
import { parseWith } from "./schema-check";
import type { Seed } from "./organization/seed";
import { RequestRecorder } from "./request-log";
import type { RequestLog } from "./request-log";
import { createControl } from "./routes/control-routes";

/** How a simulator starts. */
export interface SimulatorOptions {
	/** The initial organization. @default the default seed */
	seed?: Seed;
	/** The clock. @default the real time */
	clock?: Clock;
	/** The port on 127.0.0.1; 0 means any free port. @default 0 */
	port?: number;
}

/** A running simulator. */
export interface Simulator {
	/** Its address: `http://127.0.0.1:PORT`, with `/oauth/token`, `/api/v2/...` and `/simulator/...`. */
	readonly url: string;
	/** The administrator's client: it exists from the start and has every permission and every role. */
	readonly administrator: { readonly clientId: string; readonly clientSecret: string };
	/** The request log. */
	readonly requests: RequestLog;
	/** The scripted faults. */
	readonly faults: Faults;
	/** The organization, without going through the API. */
	readonly organization: Organization;
	/** The clock. */
	readonly clock: Clock;
	/** Resets to the seed: same ids and secrets, no tokens, log and faults. */
	reset(): void;
	/** Takes a snapshot of the organization, without the log, the faults and the clock. */
	snapshot(): Snapshot;
	/** Restores a snapshot. */
	restore(snapshot: Snapshot): void;
	/** Stops the simulator and closes all its connections at once. */
	close(): Promise<void>;
}

/** Starts a simulator on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const clock = options.clock ?? realClock;
	const seed: Seed = parseWith(schemas.seed, options.seed ?? {}, "seed");
	const { state, administratorSecret } = createOrganization(seed, clock);
	const store = new OrganizationStore(state, clock);
	const log = new RequestRecorder();
	const faults = new FaultList();
	const organization = new OrganizationAccess(store);
	const snapshot = (): Snapshot => ({ state: structuredClone(store.state) });
	const restore = (earlier: Snapshot) => {
		store.state = structuredClone(earlier.state);
	};
	const start = snapshot();
	const reset = () => {
		restore(start);
		log.clear();
		faults.clear();
	};
	const control = createControl({ organization, log, faults, clock, snapshot, restore, reset });
	const { fetch } = createApp({ store, log, faults, control });
	const answer = getRequestListener(fetch);
	// A call has arrived, and will act, when its body is whole; one that its caller broke off never arrived.
	const server = createServer((incoming, outgoing) => {
		const parts: Buffer[] = [];
		incoming
			.on("data", (part: Buffer) => parts.push(part))
			.on("end", () => void answer(Object.assign(incoming, { rawBody: Buffer.concat(parts) }), outgoing))
			.on("error", () => undefined);
	});
	const url = await listen(server, options.port ?? 0);
	return {
		url,
		administrator: { clientId: state.administratorId, clientSecret: administratorSecret },
		requests: log,
		faults,
		organization,
		clock,
		reset,
		snapshot,
		restore,
		close: async () => {
			faults.clear();
			await close(server);
		},
	};
}

async function listen(server: Server, port: number): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", resolve);
	});
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The server has no port.");
	return `http://127.0.0.1:${address.port}`;
}

async function close(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => {
			resolve();
		});
		server.closeAllConnections();
	});
}
