import { randomUUID } from "node:crypto";
import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import { pathParameter } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import type { OrganizationStore } from "../organization/organization-store";
import { PERMISSIONS } from "../organization/seed-defaults";
import { CLIENTS_PATH } from "./client-body";
import { reportUsage } from "./usage-report";
import type { UsageQuery } from "./usage-report";
import { parseQuery, parseSummary } from "./usage-request";

/** The operations on the API usage of one client. */
export function usageOperations(store: OrganizationStore): ApiOperation[] {
	const shared = {
		permissions: [PERMISSIONS.viewClients, PERMISSIONS.viewUsage],
		scopes: ["oauth", "oauth:readonly"],
		isThere: () => store.state.settings.usageQueries.apis.includes("oauth"),
	};
	const usage = `${CLIENTS_PATH}/{clientId}/usage`;
	return [
		{
			...shared,
			method: "GET",
			template: `${usage}/summary`,
			handle: (context) => {
				const clientId = existingClientId(context, store);
				return start(context, parseSummary(context.req.query("days"), clientId, store), store);
			},
		},
		{
			...shared,
			method: "POST",
			template: `${usage}/query`,
			takesBody: true,
			handle: (context) => {
				const clientId = existingClientId(context, store);
				return start(context, parseQuery(context.get("body"), clientId, store), store);
			},
		},
		{
			...shared,
			method: "GET",
			template: `${usage}/query/results/{executionId}`,
			handle: (context) => poll(context, store),
		},
	];
}

function existingClientId(context: ApiContext, store: OrganizationStore): string {
	const client = store.clientSeenById(pathParameter(context, "clientId"));
	// The vendor lists only the general code for these operations.
	if (client === undefined) throw new ApiRefusal("not.found");
	return client.id;
}

function start(context: ApiContext, query: UsageQuery, store: OrganizationStore): Response {
	const { state } = store;
	const { runningPolls } = state.settings.usageQueries;
	const failed = state.failingQueries > 0;
	if (failed) state.failingQueries -= 1;
	const id = randomUUID();
	const { clientId } = query;
	state.executions.set(id, { id, clientId, runningPolls, failed, rows: failed ? [] : reportUsage(query, store) });
	return context.json(
		{ executionId: id, resultsUri: `${CLIENTS_PATH}/${clientId}/usage/query/results/${id}` },
		runningPolls > 0 ? 202 : 200,
	);
}

function poll(context: ApiContext, store: OrganizationStore): Response {
	const clientId = existingClientId(context, store);
	const execution = store.state.executions.get(pathParameter(context, "executionId"));
	if (execution?.clientId !== clientId) throw new ApiRefusal("not.found");
	if (execution.runningPolls > 0) {
		execution.runningPolls -= 1;
		return context.json({ results: [], queryStatus: "Running" });
	}
	if (execution.failed) return context.json({ results: [], queryStatus: "Failed" });
	const size = store.state.settings.usageQueries.rowsPerAnswer ?? Math.max(execution.rows.length, 1);
	const from = fromCursor(context, "after") ?? fromCursor(context, "before") ?? 0;
	const before = from > 0 ? { before: toCursor(Math.max(from - size, 0)) } : {};
	const after = from + size < execution.rows.length ? { after: toCursor(from + size) } : {};
	const cursors = { ...before, ...after };
	return context.json({
		results: execution.rows.slice(from, from + size),
		queryStatus: "Complete",
		...(Object.keys(cursors).length > 0 ? { cursors } : {}),
	});
}

function toCursor(row: number): string {
	return Buffer.from(`row ${row}`).toString("base64url");
}

function fromCursor(context: ApiContext, parameter: "after" | "before"): number | undefined {
	const cursor = context.req.query(parameter);
	if (cursor === undefined) return undefined;
	const row = /^row (\d+)$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
	if (row === undefined)
		throw new ApiRefusal("invalid.query.param.value", {
			params: { value: cursor, parameter, allowed: "the cursors of the previous response" },
		});
	return Number(row);
}
