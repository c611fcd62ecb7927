import type { Clock } from "./clock";
import { GenesysCloudError } from "./errors";
import type { ApiUsageQueryResult, ApiUsageRow, UsageExecutionResult } from "./models";
import type { OAuthApi } from "./oauth-api";

/** Milliseconds until a running query is polled again; each pause is twice as long as the last, up to the longest. */
const firstPause = 1000;
const longestPause = 10_000;

/** The maximum number of parts, in case a server repeats them endlessly. */
const mostParts = 10_000;

/** The result of a usage query. */
export interface UsageAnswer {
	/** All rows, in the API's order. */
	rows: ApiUsageRow[];
	/** Whether these are all rows; false if the API announced more but returned the same ones again. */
	complete: boolean;
}

/**
 * Waits for a usage query to complete, and reads all its rows.
 *
 * @param clientId the queried client
 * @param asked the query that was started
 * @param timeoutSeconds the maximum wait, checked before every pause
 * @throws GenesysCloudError if the query fails in Genesys Cloud or doesn't complete in time
 */
export async function awaitUsage(
	api: OAuthApi,
	clock: Clock,
	clientId: string,
	asked: UsageExecutionResult,
	timeoutSeconds: number,
): Promise<UsageAnswer> {
	const end = clock.now() + timeoutSeconds * 1000;
	const query = `the usage query for OAuth client ${clientId}`;
	const whenComplete = async (options: { after?: string }): Promise<ApiUsageQueryResult> => {
		for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
			const response = await api.getOauthClientUsageQueryResult(asked.executionId, clientId, options);
			if (response.queryStatus === "Complete") return response;
			if (response.queryStatus !== "Running") {
				throw new GenesysCloudError(
					`${query} failed in Genesys Cloud (${response.queryStatus ?? "no status"}); run again later, or query a shorter period`,
				);
			}
			const left = end - clock.now();
			if (left <= 0) {
				throw new GenesysCloudError(
					`${query} didn't complete within ${timeoutSeconds} seconds; run again later, or query a shorter period`,
				);
			}
			await clock.sleep(Math.min(pause, left));
		}
	};
	const rows: ApiUsageRow[] = [];
	const followed = new Set<string>();
	for (let options = {}; followed.size < mostParts;) {
		const { results = [], cursors } = await whenComplete(options);
		const after = cursors?.after;
		// The vendor documents no parameter for the cursor: an API that ignores it returns the same rows and cursor again.
		if (after && followed.has(after)) return { rows, complete: false };
		rows.push(...results);
		if (!after || results.length === 0) return { rows, complete: true };
		followed.add(after);
		options = { after };
	}
	return { rows, complete: false };
}
