import { randomUUID } from "node:crypto";
import { withoutValue } from "../presentable-errors";
import type { Operations } from "../operations";
import type { CheckFailure } from "../check-arguments";
import { type Properties, hasUnknown, sameJson, unknownValue } from "../properties";

/** When a pair of clients rotates: `rotation` of `RotatingOAuthClient`. */
export interface ClientRotationInputs {
	/** The period in days. */
	periodDays?: number;
	/** The start of the first period: ISO 8601. */
	startingAt: string;
	/** Any values: when one of them changes, the pair rotates. Instead of a period. */
	rotateWhenChanged?: Record<string, unknown>;
	/** When the previous client is set to inactive, in days after the rotation. */
	deactivatePreviousAfterDays?: number;
}

/** The last rotation of a pair. */
export interface Rotation {
	/** The number of rotations: A is current after an even number, B after an odd one. */
	generation: number;
	/** When the last rotation or the creation of the pair was: ISO 8601, UTC. */
	since: string;
	/** Whether the previous client is still active. */
	previousActive: boolean;
	/** When the next rotation is due: ISO 8601, UTC; undefined without a period. */
	nextRotationAt?: string;
}

const day = 86_400_000;
/** The minimum time between two rotations, as a share of the period: the previous credentials stay valid for a while after a late rotation. */
const shortestRotation = 0.5;
/** Genesys Cloud deletes clients that are inactive for 7 days: this leaves a day for the run that activates the client again. */
const longestInactive = 6;

/**
 * The current rotation, by the time or by the given values. After missed periods the pair rotates once: two rotations would replace both
 * secrets, including the one in use.
 *
 * @param olds the rotation in state; empty the first time
 * @param now milliseconds since 1970
 */
export function currentRotation(olds: Properties, inputs: ClientRotationInputs, now: number): Rotation {
	const start = Date.parse(inputs.startingAt);
	const period = inputs.periodDays === undefined ? undefined : inputs.periodDays * day;
	const number = period === undefined ? undefined : Math.floor((now - start) / period);
	const generation = Number.isInteger(olds["generation"]) ? Number(olds["generation"]) : undefined;
	const since = typeof olds["since"] === "string" ? Date.parse(olds["since"]) : Number.NaN;
	const first = generation === undefined || Number.isNaN(since);
	// Compares the values in the inputs, the only place where Pulumi keeps secret ones secret. After a change from a period there are no old
	// values.
	const valuesChanged =
		olds["rotateWhenChanged"] != null && !sameJson(olds["rotateWhenChanged"], inputs.rotateWhenChanged);
	// Based on the date of the last rotation: a clock that was set back doesn't rotate, and a new period or start continues from there.
	const isOver =
		period === undefined || number === undefined
			? valuesChanged
			: since < Math.floor(start + number * period) && now - since >= period * shortestRotation;
	const next = !first && isOver;
	const began = first || next ? new Date(now).toISOString() : new Date(since).toISOString();
	const retires = inputs.deactivatePreviousAfterDays;
	return {
		generation: first ? 0 : next ? generation + 1 : generation,
		since: began,
		previousActive: retires === undefined || now < Date.parse(began) + retires * day,
		...(period === undefined || number === undefined
			? {}
			: { nextRotationAt: nextRotationOf(Date.parse(began), start + number * period, period) }),
	};
}

/** When the next rotation is due, given the last one and the start of the current period. */
function nextRotationOf(began: number, periodStart: number, period: number): string {
	const end = began < Math.floor(periodStart) ? periodStart : periodStart + period;
	// Rounding of fractional days: a rotation at the start of a period may seem to be just before it.
	const over = began < Math.floor(end) ? end : end + period;
	return new Date(Math.max(Math.ceil(over), Math.ceil(began + period * shortestRotation))).toISOString();
}

function failuresOf(inputs: Properties): CheckFailure[] {
	const failures: CheckFailure[] = [];
	const fail = (property: string, reason: string) => {
		// Values not known yet pass.
		if (inputs[property] !== unknownValue) failures.push({ property, reason });
	};
	const { periodDays, rotateWhenChanged, startingAt, deactivatePreviousAfterDays: retires } = inputs;
	if (rotateWhenChanged !== unknownValue && (periodDays === undefined) === (rotateWhenChanged === undefined)) {
		fail("periodDays", "set either rotation.periodDays or rotation.rotateWhenChanged");
	}
	if (periodDays !== undefined && !(typeof periodDays === "number" && periodDays >= 0.01 && periodDays <= 3650)) {
		fail("periodDays", "must be a number of days from 0.01 to 3650");
	}
	if (typeof startingAt !== "string" || Number.isNaN(Date.parse(startingAt))) {
		fail("startingAt", "must be an ISO 8601 date or date-time, such as 2026-01-01");
	}
	if (retires !== undefined) {
		const limit = "Genesys Cloud deletes clients that are inactive for 7 days";
		const failRetires = (reason: string) => fail("deactivatePreviousAfterDays", reason);
		if (!(typeof retires === "number" && retires > 0)) failRetires("must be a positive number of days");
		else if (periodDays === undefined && rotateWhenChanged !== unknownValue)
			failRetires(`needs rotation.periodDays: ${limit}`);
		else if (typeof periodDays === "number" && periodDays - retires > longestInactive)
			failRetires(`must be at least ${periodDays - longestInactive} with a period of ${periodDays} days: ${limit}`);
	}
	return failures;
}

/** The rotation in a preview that doesn't know all inputs. */
const unknownRotation = { generation: unknownValue, since: unknownValue, previousActive: unknownValue };

/** The operations on the resource that stores the rotation in state; they make no API call. */
export const rotationOperations = (now: () => number): Operations => ({
	check: async (_owner, olds, news) => {
		const failures = failuresOf(news);
		// The rotation is an input, so that previews know it.
		const rotation = hasUnknown(news)
			? unknownRotation
			: failures.length === 0
				? currentRotation(olds, news as unknown as ClientRotationInputs, now())
				: {};
		return { inputs: { ...news, ...rotation }, failures: failures.map(withoutValue), adopts: false };
	},
	diff: async (_owner, _id, olds, news) => {
		const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
		const changed = names.filter((name) => !sameJson(olds[name], news[name]));
		return { changes: changed.length > 0, changed, hasOtherWork: false, replaces: [] };
	},
	preview: async (_owner, inputs) => inputs,
	toInputs: (outputs) => outputs,
	create: async (_owner, inputs) => ({ id: randomUUID(), outs: inputs }),
	read: async (_owner, id, props) => ({ id, props }),
	update: async (_owner, _managed, news) => ({ outs: news }),
	delete: async () => {
		// The resource exists only in state.
	},
});
