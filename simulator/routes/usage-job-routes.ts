import { randomUUID } from "node:crypto";
import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import { pathParameter } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import { numberParameter, textParameter, toInvalidParameter } from "../http/query-parameters";
import type { OrganizationStore } from "../organization/organization-store";
import { PERMISSIONS } from "../organization/seed-defaults";
import type { UsageJobQuestion } from "./usage-job-report";
import { reportUsageJob } from "./usage-job-report";
import { parseClientJob, parseOrganizationJob } from "./usage-job-request";

const ORGANIZATION_JOBS = "/api/v2/usage/aggregates/query/jobs";
const CLIENT_JOBS = "/api/v2/usage/client/{clientId}/aggregates/query/jobs";

/** The usage jobs of a client and of the organization: the successor of OAuthApi's usage operations. */
export function usageJobOperations(store: OrganizationStore): ApiOperation[] {
	const shared = {
		scopes: ["oauth", "oauth:readonly"],
		isThere: () => store.state.settings.usageQueries.apis.includes("jobs"),
	};
	const ofClient = { ...shared, permissions: [PERMISSIONS.viewUsage] };
	const ofOrganization = { ...shared, permissions: [PERMISSIONS.viewOrganizationUsage] };
	return [
		{
			...ofClient,
			method: "POST",
			template: CLIENT_JOBS,
			takesBody: true,
			handle: (context) => {
				const clientId = existingClientId(context, store);
				const question = parseClientJob(context.get("body"), clientId, store.clock.now());
				return start(context, { question, clientId, path: pathOfClient(clientId) }, store);
			},
		},
		{
			...ofClient,
			method: "GET",
			template: `${CLIENT_JOBS}/{jobId}`,
			handle: (context) => {
				const clientId = existingClientId(context, store);
				return poll(context, { clientId, path: pathOfClient(clientId) }, store);
			},
		},
		{
			...ofOrganization,
			method: "POST",
			template: ORGANIZATION_JOBS,
			takesBody: true,
			handle: (context) => {
				const question = parseOrganizationJob(context.get("body"), store.clock.now());
				return start(context, { question, clientId: undefined, path: ORGANIZATION_JOBS }, store);
			},
		},
		{
			...ofOrganization,
			method: "GET",
			template: `${ORGANIZATION_JOBS}/{jobId}`,
			handle: (context) => poll(context, { clientId: undefined, path: ORGANIZATION_JOBS }, store),
		},
	];
}

/** The client of a job (undefined: the whole organization), and the job's path without its id. */
interface Subject {
	clientId: string | undefined;
	path: string;
}

const pathOfClient = (clientId: string) => CLIENT_JOBS.replace("{clientId}", clientId);

function existingClientId(context: ApiContext, store: OrganizationStore): string {
	const client = store.clientSeenById(pathParameter(context, "clientId"));
	if (client === undefined) throw new ApiRefusal("not.found");
	return client.id;
}

function start(
	context: ApiContext,
	{ question, clientId, path }: Subject & { question: UsageJobQuestion },
	store: OrganizationStore,
): Response {
	const { state } = store;
	const { runningPolls } = state.settings.usageQueries;
	const failed = state.failingQueries > 0;
	if (failed) state.failingQueries -= 1;
	const id = randomUUID();
	const rows = failed ? [] : reportUsageJob(question, store);
	state.usageJobs.set(id, { id, clientId, polls: 0, runningPolls, failed, rows });
	const resultsUri = `${path}/${id}`;
	return context.json({ id, resultsUri, selfUri: resultsUri }, runningPolls > 0 ? 202 : 200);
}

function poll(context: ApiContext, { clientId, path }: Subject, store: OrganizationStore): Response {
	const job = store.state.usageJobs.get(pathParameter(context, "jobId"));
	if (job === undefined || job.clientId !== clientId) throw new ApiRefusal("not.found");
	const pageSize = numberParameter(context, "pageSize", { fallback: 100, maximum: 1000 });
	const selfUri = `${path}/${job.id}`;
	if (job.polls < job.runningPolls) {
		job.polls += 1;
		return context.json({ queryStatus: job.polls === 1 ? "Queued" : "Running", entities: [], selfUri }, 202);
	}
	if (job.failed) {
		const refusal = new ApiRefusal("internal.server.error");
		const errorBody = refusal.toBody(context.get("correlationId"));
		return context.json({ queryStatus: "Failed", errorBody, entities: [], selfUri }, 202);
	}
	const size = Math.min(pageSize, store.state.settings.usageQueries.rowsPerAnswer ?? pageSize);
	const from = fromCursor(textParameter(context, "after"));
	const isLast = from + size >= job.rows.length;
	const query = new URLSearchParams({ pageSize: String(pageSize), after: toCursor(from + size) });
	return context.json({
		queryStatus: "Succeeded",
		entities: job.rows.slice(from, from + size),
		...(isLast ? {} : { nextUri: `${selfUri}?${query}` }),
		selfUri,
	});
}

function toCursor(row: number): string {
	return Buffer.from(`row ${row}`).toString("base64url");
}

function fromCursor(cursor: string | undefined): number {
	if (cursor === undefined) return 0;
	const row = /^row (\d+)$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
	if (row === undefined) throw toInvalidParameter("after", cursor, "the cursor of the answer before");
	return Number(row);
}
