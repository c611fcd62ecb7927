import type { Clock } from "./clock";
import type { UsageExecutionResult } from "./models";
import type { OAuthApi } from "./oauth-api";
import { readRows, type UsageAnswer, waitFor } from "./usage-rows";

/**
 * Waits for a usage query of the OAuth API to complete, and reads all its rows.
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
