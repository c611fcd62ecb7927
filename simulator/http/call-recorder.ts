import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { FaultList } from "../faults";
import type { OrganizationStore } from "../organization/organization-store";
import { countCall } from "../organization/usage-count";
import type { RequestEntry, RequestRecorder } from "../request-log";
import type { ApiContext, ApiEnv } from "./api-context";
import { toTemplate } from "./api-operation";
import { bearerToken } from "./access-control";
import { applyFault, isCut } from "./fault-application";

/** Records every call in the log and in the usage, applies the latency, and applies faults before or after the call. */
export function recordCalls(parts: {
	store: OrganizationStore;
	log: RequestRecorder;
	faults: FaultList;
}): MiddlewareHandler<ApiEnv> {
	const { store, log, faults } = parts;
	return async (context, next) => {
		const entry = log.record(toEntry(context, store));
		context.set("entry", entry);
		const { latencyMs } = store.state.settings;
		if (latencyMs > 0) await store.clock.sleep(latencyMs);

		const fault = faults.take(entry);
		const { released } = faults;
		entry.fault = fault?.kind ?? null;
		const applyItsFault = async () => fault && applyFault(fault, context, { clock: store.clock, released });

		const before = fault?.when === "after" ? undefined : await applyItsFault();
		if (before) {
			if (!isCut(before)) entry.status = before.status;
			if (fault?.kind === "status") count(entry, before.status, store);
			return before;
		}
		entry.processed = true;
		await next();
		count(entry, context.res.status, store);

		const after = fault?.when === "after" ? await applyItsFault() : undefined;
		if (after) context.res = after;
		if (after === undefined || !isCut(after)) entry.status = context.res.status;
		return undefined;
	};
}

function toEntry(context: ApiContext, store: OrganizationStore): Omit<RequestEntry, "seq"> {
	const route = matchedRoutes(context).find(({ path }) => !path.includes("*"));
	const template = route === undefined ? null : toTemplate(route.path);
	const token = bearerToken(context);
	return {
		time: store.clock.now(),
		kind: template === null ? "unknown" : template === "/oauth/token" ? "token" : "api",
		method: context.req.method,
		path: context.req.path,
		template,
		status: null,
		clientId: (token === undefined ? undefined : store.token(token)?.clientId) ?? null,
		correlationId: context.get("correlationId"),
		fault: null,
		processed: false,
	};
}

function count(entry: RequestEntry, status: number, store: OrganizationStore): void {
	const { kind, clientId, time, method, template } = entry;
	if (kind !== "api" || clientId === null || template === null) return;
	countCall(store.state, { clientId, time, method, template, status });
}
