import type { Seed } from "../../../simulator";
import type { Properties } from "../../../provider/lifecycle/properties";
import { service, startLifecycle } from "./lifecycle-run";

/** The paths of both usage APIs, as faults and the request log name them. */
export const guardPaths = {
	summary: "/api/v2/oauth/clients/{clientId}/usage/summary",
	results: "/api/v2/oauth/clients/{clientId}/usage/query/results/{executionId}",
	jobs: "/api/v2/usage/client/{clientId}/aggregates/query/jobs",
	job: "/api/v2/usage/client/{clientId}/aggregates/query/jobs/{jobId}",
} as const;

/** What a program declares of a client that isn't deleted when it made requests in the last 7 days. */
export const guarded: Properties = { ...service, deletionGuard: { inUseWithinDays: 7 } };

/** Starts an organization and a run, which has made a guarded client. */
export async function withGuarded(change: Properties = {}, seed: Seed = {}) {
	const run = await startLifecycle({ seed });
	const { id, outs } = await run.create({ ...guarded, ...change });
	run.simulator.requests.clear();
	/** The client makes so many requests on a day. */
	const uses = (date: string, requests: number, templateUri = "/api/v2/users") =>
		run.simulator.organization.addUsage({ clientId: id, date, templateUri, httpMethod: "GET", status200: requests });
	const writes = () => run.calls().filter((call) => /^(PUT|DELETE)/.test(call));
	return { run, id, outs, uses, writes };
}
