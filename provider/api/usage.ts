import type { Clock } from "./clock";
import type { UsageExecutionResult } from "./models";
import type { OAuthApi } from "./oauth";
import { readRows, type UsageAnswer, waitFor } from "./usage-rows";

/**
 * Waits for the rows of a usage question that was asked of OAuthApi, and reads all of them.
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
	return readRows(
		async (after) => {
			const result = await api.getOauthClientUsageQueryResult(
				asked.executionId,
				clientId,
				after === undefined ? {} : { after },
			);
			const { queryStatus: status, results: rows = [], cursors } = result;
			// The vendor documents no way to send a cursor back: one that leads to nothing is the end.
			return { status, rows, after: rows.length === 0 ? undefined : cursors?.after || undefined };
		},
		waitFor(clock, `the usage query for OAuth client ${clientId}`, timeoutSeconds),
	);
}
