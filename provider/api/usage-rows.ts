import type { Clock } from "./clock";
import { GenesysCloudError } from "./errors";
import type { ApiUsageRow } from "./models";

/** Milliseconds until a running query is polled again; each later pause is twice as long, up to the longest. */
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

/** A part of the rows of a usage query, or how far the query is. */
export interface UsagePart {
	/** How far the query is, in the API's words. */
	status: string | undefined;
	/** Why it failed, if the API says so: its code. */
	code?: string | undefined;
	rows: ApiUsageRow[];
	/** The cursor of the next part, when there is one. */
	after?: string | undefined;
}

/** How long a usage query may take, and what it is called in errors. */
export interface UsageWait {
	clock: Clock;
	/** The query, in words. */
	query: string;
	/** How long to wait at most; looked at before every pause. */
	timeoutSeconds: number;
	/** When that is over, by the clock. */
	end: number;
}

/** A wait that begins now. */
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
 * @param ask asks for the part after a cursor, or for the first
 * @throws GenesysCloudError when the query fails in Genesys Cloud or doesn't complete in time
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
