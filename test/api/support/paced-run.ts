import { EventEmitter, once } from "node:events";
import { onTestFinished } from "vitest";
import type { Clock } from "../../../provider/api/clock";
import { createOAuthApi, type GenesysCloudApi } from "../../../provider/api/genesys-cloud-api";
import type { RateLimitWait } from "../../../provider/api/rate-limit-wait";
import type { Credentials } from "../../../provider/api/token-source";
import type { Timeouts } from "../../../provider/api/transport";
import { type Seed, type Simulator, startSimulator } from "../../../simulator";
import { hostsOf } from "./simulated-api";
import { createSpedUpClock } from "./sped-up-clock";

/** How a paced run starts. */
export interface PacedRunOptions {
	/** Requests a minute for one token. @default 300 */
	allowed?: number;
	/** How long each answer takes, in milliseconds. @default 0 */
	latency?: number;
	/** What else the organization is like. */
	seed?: Seed;
	/** Most tokens. @default 1 */
	tokens?: number;
	/** Most calls at the same time. @default 20 */
	concurrency?: number;
	/** How long an attempt may take, in real milliseconds. */
	timeouts?: Timeouts;
	/** A ready token's text, made from the organization. @default the administrator's id and secret */
	credentials?: (simulator: Simulator) => Credentials;
}

/** An organization and our API, both by one clock that doesn't wait: see {@link createSpedUpClock}. */
export interface PacedRun {
	simulator: Simulator;
	api: GenesysCloudApi;
	clock: Clock;
	/** What was told of calls that wait. */
	waits: RateLimitWait[];
	/** Resolves when a call waits, or has waited. */
	whenWaiting: () => Promise<void>;
	/** When each call to the Platform API came, in seconds from the start, oldest first. */
	times: () => number[];
	/** How many times somebody logged in. */
	logins: () => number;
	/** How many calls were refused with 429. */
	refused: () => number;
	/** Seconds since the start. */
	elapsed: () => number;
}

/** Starts both; they end with the test. */
export async function startPacedRun(options: PacedRunOptions = {}): Promise<PacedRun> {
	const { allowed = 300, latency = 0, seed = {}, tokens = 1, concurrency = 20, timeouts } = options;
	const clock = createSpedUpClock();
	const simulator = await startSimulator({
		clock,
		seed: { ...seed, latencyMs: latency, limits: { requestsPerMinute: allowed, ...seed.limits } },
	});
	onTestFinished(async () => simulator.close());
	const waits: RateLimitWait[] = [];
	const told = new EventEmitter();
	const start = clock.now();
	return {
		simulator,
		clock,
		waits,
		whenWaiting: async () => {
			if (waits.length === 0) await once(told, "wait");
		},
		api: createOAuthApi({
			hosts: hostsOf(simulator.url),
			credentials: options.credentials?.(simulator) ?? simulator.administrator,
			clock,
			tokenPoolSize: tokens,
			concurrency,
			onWait: (wait) => {
				waits.push(wait);
				told.emit("wait");
			},
			...(timeouts === undefined ? {} : { timeouts }),
		}),
		times: () => simulator.requests.filter({ kind: "api" }).map(({ time }) => (time - start) / 1000),
		logins: () => simulator.requests.count({ kind: "token" }),
		refused: () => simulator.requests.count({ kind: "api", status: 429 }),
		elapsed: () => (clock.now() - start) / 1000,
	};
}

/** Does the same thing so many times at once. */
export async function atOnce<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
	return Promise.all(Array.from({ length: count }, async (_, index) => work(index)));
}
