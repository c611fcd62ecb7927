import type { OrganizationState, StoredUsage } from "./organization-state";
import type { UsageSeed } from "./seed";

/** Adds counts to the usage of the same client, day and operation. */
export function addUsage(state: Pick<OrganizationState, "usage">, seed: UsageSeed): void {
	const { status200 = 0, status300 = 0, status400 = 0, status500 = 0, status429 = 0 } = seed;
	const key = [seed.clientId, seed.date, seed.httpMethod, seed.templateUri].join(" ");
	const before = state.usage.get(key);
	const counted: StoredUsage = {
		clientId: seed.clientId,
		date: seed.date,
		templateUri: seed.templateUri,
		httpMethod: seed.httpMethod,
		status200: status200 + (before?.status200 ?? 0),
		status300: status300 + (before?.status300 ?? 0),
		status400: status400 + (before?.status400 ?? 0),
		status500: status500 + (before?.status500 ?? 0),
		status429: status429 + (before?.status429 ?? 0),
		requests: (seed.requests ?? status200 + status300 + status400 + status500) + (before?.requests ?? 0),
	};
	state.usage.set(key, counted);
}

/** Counts one completed call. */
export function countCall(
	state: Pick<OrganizationState, "usage">,
	call: { clientId: string; time: number; method: string; template: string; status: number },
): void {
	addUsage(state, {
		clientId: call.clientId,
		date: new Date(call.time).toISOString().slice(0, 10),
		templateUri: call.template,
		httpMethod: call.method,
		...(call.status < 300 ? { status200: 1 } : {}),
		...(call.status >= 300 && call.status < 400 ? { status300: 1 } : {}),
		...(call.status >= 400 && call.status < 500 ? { status400: 1 } : {}),
		// Like the vendor, status400 includes status429.
		...(call.status === 429 ? { status429: 1 } : {}),
		...(call.status >= 500 ? { status500: 1 } : {}),
	});
}
