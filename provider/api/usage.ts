import type { Clock } from "./clock";
import { GenesysCloudError } from "./errors";
import type { ApiUsageQueryResult, ApiUsageRow, UsageExecutionResult } from "./models";
import type { OAuthApi } from "./oauth-api";

/** Milliseconds until the second look at a query that is running; each later pause is twice as long, up to the longest. */
const firstPause = 1000;
const longestPause = 10_000;

/** More parts than this are a server that sends us in circles. */
const mostParts = 10_000;

/** The answer to a usage question. */
export interface UsageAnswer {
	/** All rows, in the API's order. */
	rows: ApiUsageRow[];
	/** Whether these are surely all: false when the API said that there are more rows and then sent the same ones again. */
	complete: boolean;
}

/**
 * Waits for the rows of a usage question that was asked, and reads all of them.
 *
 * @param clientId the client asked about
 * @param asked the answer to the question
 * @param timeoutSeconds how long to wait at most; looked at before every pause
 * @throws GenesysCloudError when the query fails on Genesys Cloud's side or isn't complete in time
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
			const answer = await api.getOauthClientUsageQueryResult(asked.executionId, clientId, options);
			if (answer.queryStatus === "Complete") return answer;
			if (answer.queryStatus !== "Running") {
				throw new GenesysCloudError(
					`${query} failed in Genesys Cloud (${answer.queryStatus ?? "no status"}); run again later, or query a shorter period`,
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
		// The vendor documents no way to send a cursor back: an API that ignores ours sends the same rows and the same cursor again.
		if (after && followed.has(after)) return { rows, complete: false };
		rows.push(...results);
		if (!after || results.length === 0) return { rows, complete: true };
		followed.add(after);
		options = { after };
	}
	return { rows, complete: false };
}
