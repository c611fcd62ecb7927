import type { Clock } from "./clock";
import { GenesysCloudError } from "./errors";
import type { ApiUsageRow } from "./models";

/** Milliseconds until a running query is polled again; each later pause is twice as long, up to the longest. */
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

/** A part of the rows of a usage query, and the query's status. */
export interface UsagePart {
	/** The query's status, as the API says it. */
	status: string | undefined;
	/** The error code of a failed query, if the API says it. */
	code?: string | undefined;
	rows: ApiUsageRow[];
	/** The cursor of the next part, if there is one. */
	after?: string | undefined;
}

/** The time limit of a usage query, and its name in errors. */
export interface UsageWait {
	clock: Clock;
	/** The query's name, for errors. */
	query: string;
	/** The maximum wait, checked before every pause. */
	timeoutSeconds: number;
	/** When the wait ends, by the clock. */
	end: number;
}

/** A wait that starts now. */
export const waitFor = (clock: Clock, query: string, timeoutSeconds: number): UsageWait => ({
	clock,
	query,
	timeoutSeconds,
	end: clock.now() + timeoutSeconds * 1000,
});

const isComplete = (status: string | undefined) => status === "Complete" || status === "Succeeded";
const isUnderWay = (status: string | undefined) => status === "Running" || status === "Queued";

/**
 * Waits for the rows of a usage query, and reads all of them.
 *
 * @param ask requests the part after a cursor, or the first
 * @throws GenesysCloudError if the query fails in Genesys Cloud or doesn't complete in time
 */
export async function readRows(
	ask: (after?: string) => Promise<UsagePart>,
	{ clock, query, timeoutSeconds, end }: UsageWait,
): Promise<UsageAnswer> {
	const whenComplete = async (after?: string): Promise<UsagePart> => {
		for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
			const part = await ask(after);
			if (isComplete(part.status)) return part;
			if (!isUnderWay(part.status)) {
				const said = [part.status ?? "no status", ...(part.code === undefined ? [] : [part.code])].join(", ");
				throw new GenesysCloudError(
					`${query} failed in Genesys Cloud (${said}); run again later, or query a shorter period`,
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
	let after: string | undefined;
	do {
		const part: UsagePart = await whenComplete(after);
		({ after } = part);
		// An API that ignores a cursor sends the same rows and the same cursor again.
		if (after !== undefined && followed.has(after)) return { rows, complete: false };
		rows.push(...part.rows);
		if (after === undefined) return { rows, complete: true };
		followed.add(after);
	} while (followed.size < mostParts);
	return { rows, complete: false };
}
