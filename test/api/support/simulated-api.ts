import { afterAll, onTestFinished } from "vitest";
import type { Clock } from "../../../provider/api/clock";
import { createOAuthApi, type GenesysCloudApi } from "../../../provider/api/genesys-cloud-api";
import { gatewayHosts, type Hosts } from "../../../provider/api/regions";
import type { Timeouts } from "../../../provider/api/transport";
import {
	type AssumptionSeed,
	createManualClock,
	type Fault,
	type ManualClock,
	type RequestEntry,
	type Seed,
	type Simulator,
	startSimulator,
} from "../../../simulator";

/** Where the credentials of the tests "came from": error messages must name it. */
export const credentialSource = "the tests' own variables";

/** How a simulated organization and the API in front of it start. */
export interface SimulatedApiOptions {
	/** What the organization is like. */
	seed?: Seed;
	/** Whether whoever sleeps puts the clock forward. @default true */
	autoAdvance?: boolean;
	/** How long an attempt may take, in real milliseconds. */
	timeouts?: Timeouts;
	/** Most calls at the same time. */
	concurrency?: number;
}

/** A simulated organization, and our API in front of it; both by one clock, which is nobody's wall clock. */
export interface SimulatedApi {
	simulator: Simulator;
	clock: ManualClock;
	api: GenesysCloudApi;
	hosts: Hosts;
	/** The clock as our side gets it: what it waits for is written down. */
	ourClock: Clock;
	/** Every wait that our side asked for, in milliseconds. */
	waits: number[];
	/** Makes another API on the same organization. */
	connect: (credentials: Credentials) => GenesysCloudApi;
	/** Lets the next call of an operation go wrong. */
	fault: (method: string, path: string, fault: FaultKind) => void;
	/** The calls to the Platform API, as `METHOD template status`. */
	calls: () => string[];
	/** How many times somebody logged in. */
	logins: () => number;
}

type Credentials = Parameters<typeof createOAuthApi>[0]["credentials"];
type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A fault without the call it is for. */
export type FaultKind = DistributedOmit<Fault, "method" | "path">;

/** The port of a base URL as a gateway on this machine. */
export function hostsOf(url: string): Hosts {
	const { hostname, port } = new URL(url);
	return gatewayHosts({ protocol: "http", host: hostname, port });
}

let assumptions: AssumptionSeed = {};

/** Lets all organizations of this test file be like this, where a seed has no assumptions of its own. */
export function assume(reading: AssumptionSeed): void {
	assumptions = reading;
	afterAll(() => {
		assumptions = {};
	});
}

/** Starts both; they end with the test. */
export async function startSimulatedApi(options: SimulatedApiOptions = {}): Promise<SimulatedApi> {
	const clock = createManualClock({ autoAdvance: options.autoAdvance ?? true });
	const simulator = await startSimulator({ clock, seed: { assumptions, ...options.seed } });
	onTestFinished(async () => simulator.close());
	const waits: number[] = [];
	const ourClock = {
		now: () => clock.now(),
		sleep: async (milliseconds: number) => {
			waits.push(milliseconds);
			await clock.sleep(milliseconds);
		},
	};
	const hosts = hostsOf(simulator.url);
	const connect = (credentials: Credentials) =>
		createOAuthApi({
			hosts,
			credentials,
			clock: ourClock,
			...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
			...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
		});
	return {
		simulator,
		clock,
		ourClock,
		hosts,
		waits,
		connect,
		api: connect({ ...simulator.administrator, source: credentialSource }),
		fault: (method, path, fault) => simulator.faults.add({ method, path, ...fault }),
		calls: () => simulator.requests.filter({ kind: "api" }).map(lineOf),
		logins: () => simulator.requests.count({ kind: "token" }),
	};
}

const lineOf = ({ method, template, status }: RequestEntry) =>
	`${method} ${template?.replace("/api/v2/oauth", "") ?? "?"} ${status ?? "cut"}`;

/** The error that a promise fails with; a promise that doesn't fails the test. */
export async function failureOf<T extends Error>(promise: Promise<unknown>): Promise<T> {
	try {
		await promise;
	} catch (error) {
		return error as T;
	}
	throw new Error("it should have failed, and didn't");
}
