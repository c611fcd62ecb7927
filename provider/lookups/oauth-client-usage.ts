import type * as pulumi from "../pulumi-sdk";
import { systemClock } from "../api/clock";
import type { UsageMetric } from "../api/models";
import { lookupApi } from "./connection";
import { lookUpOutput } from "./output-lookup";
import {
	type GetOAuthClientUsageArgs,
	type GetOAuthClientUsageResult,
	type UsageOfDays,
	type UsageOfInterval,
	findUsage,
} from "./find/oauth-client-usage";

type Inputs<T> = { [Name in keyof T]: pulumi.Input<T[Name]> };

/** {@link GetOAuthClientUsageArgs}, each of which may be an output. */
export type GetOAuthClientUsageOutputArgs<Metric extends UsageMetric = UsageMetric> =
	| Inputs<UsageOfDays>
	| Inputs<UsageOfInterval<Metric>>;

/**
 * Looks up a client's usage of the API by UTC day, excluding today and Genesys Cloud's own applications. Starts a query and polls its result
 * (after 1 second, then at increasing intervals of up to 10 seconds). Runs in previews too. Permission: oauth:client:view or
 * usage:client:view; only usage:client:view for usage jobs.
 *
 * ```ts
 * const { totals } = await getOAuthClientUsage({ clientId, days: 30 });
 * ```
 *
 * @throws LookupError if the query fails or takes too long, or if the API fails (`cause`)
 */
export async function getOAuthClientUsage<Metric extends UsageMetric = UsageMetric>(
	args: GetOAuthClientUsageArgs<Metric>,
): Promise<GetOAuthClientUsageResult<Metric>> {
	return findUsage(lookupApi, args, systemClock);
}

/** {@link getOAuthClientUsage} for arguments that may be outputs; the result is unknown if they are. */
export function getOAuthClientUsageOutput<Metric extends UsageMetric = UsageMetric>(
	args: GetOAuthClientUsageOutputArgs<Metric>,
): pulumi.Output<GetOAuthClientUsageResult<Metric>> {
	return lookUpOutput(args as object, async (known) => getOAuthClientUsage(known as GetOAuthClientUsageArgs<Metric>));
}
