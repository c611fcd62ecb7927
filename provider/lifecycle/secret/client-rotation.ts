import { randomUUID } from "node:crypto";
import { fieldsOf } from "../../api/json";
import { withoutValue } from "../presentable-errors";
import type { CheckFailure } from "../input-rules";
import { sameJson } from "../state/canonical-json";
import { session } from "../session";
import { hasUnknown, type Properties, unknownValue } from "../state/settings";

/** How a pair of clients rotates: what `RotatingOAuthClient` is given. */
export interface ClientRotationInputs {
	/** The period in days. */
	periodDays?: number;
	/** Where the periods are counted from: ISO 8601. */
	startingAt: string;
	/** Any values that start a rotation when one of them changes, in place of a period. */
	rotateWhenChanged?: Record<string, unknown>;
	/** When the previous client is made inactive, in days from the rotation that made it so. */
	deactivatePreviousAfterDays?: number;
}

/** Where the pair is: its last rotation. */
export interface Rotation {
	/** How many rotations there have been: A is current after an even number, B after an odd one. */
	generation: number;
	/** When the last one was, or the pair's beginning: ISO 8601, UTC. */
	since: string;
	/** Whether the previous client is still active. */
	previousActive: boolean;
	/** When the next rotation is due: ISO 8601, UTC; absent where it isn't the time that decides. */
	nextRotationAt?: string;
}

const day = 86_400_000;
/** The part of a period between two rotations at least: after a late one the previous credential still stays valid a while. */
const shortestRotation = 0.5;
/** Genesys Cloud deletes a client that has been inactive for 7 days: a day is left for the run that brings it back. */
const longestInactive = 6;

/**
 * The rotation that counts now. It follows from the time alone, or from the values given; but when periods were missed, it
 * rotates once: two at once would renew both secrets, and with them the one that is in use.
 *
 * @param olds the rotation as state has it; empty the first time
 * @param now milliseconds since 1970
 */
export function currentRotation(olds: Properties, inputs: ClientRotationInputs, now: number): Rotation {
	const start = Date.parse(inputs.startingAt);
	const period = inputs.periodDays === undefined ? undefined : inputs.periodDays * day;
	const number = period === undefined ? undefined : Math.floor((now - start) / period);
	const generation = Number.isInteger(olds["generation"]) ? Number(olds["generation"]) : undefined;
	const since = typeof olds["since"] === "string" ? Date.parse(olds["since"]) : Number.NaN;
	const first = generation === undefined || Number.isNaN(since);
	// The values themselves are compared, as they stand in the inputs: Pulumi keeps a secret among them secret there, and nowhere else. After a
	// change from a period there is nothing to compare with.
	const valuesChanged =
		olds["rotateWhenChanged"] != null && !sameJson(olds["rotateWhenChanged"], inputs.rotateWhenChanged);
	// By the rotation's own date: a clock that was set back rotates nothing, and a new period or start goes on from there.
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

/** When the rotation after the one of some time is due, as a run in the period that is under way sees it. */
function nextRotationOf(began: number, periodStart: number, period: number): string {
	const end = began < Math.floor(periodStart) ? periodStart : periodStart + period;
	// Fractions of days don't come out even: one that began with a period may seem to have begun just before it.
	const over = began < Math.floor(end) ? end : end + period;
	return new Date(Math.max(Math.ceil(over), Math.ceil(began + period * shortestRotation))).toISOString();
}

function failuresOf(inputs: Properties): CheckFailure[] {
	const failures: CheckFailure[] = [];
	const fail = (property: string, reason: string) => {
		// What isn't known before up breaks no rule.
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

/** The rotation in a preview that doesn't know what decides it. */
const unknownRotation = { generation: unknownValue, since: unknownValue, previousActive: unknownValue };

/** The provider of the resource that keeps the rotation: it calls no API, only remembers. */
export const clientRotation = {
	async check(olds: Properties, news: Properties) {
		const failures = failuresOf(news);
		// The rotation is an input, so that a preview knows it already.
		const rotation = hasUnknown(news)
			? unknownRotation
			: failures.length === 0
				? currentRotation(olds, news as unknown as ClientRotationInputs, session.now())
				: {};
		return { inputs: { ...news, ...rotation }, failures: failures.map(withoutValue) };
	},
	async diff(_id: string, olds: Properties, news: Properties) {
		const { __provider: _old, ...before } = olds;
		const { __provider: _new, ...after } = news;
		return { changes: !sameJson(before, after), replaces: [], deleteBeforeReplace: false };
	},
	async create(inputs: Properties) {
		return { id: randomUUID(), outs: { ...inputs } };
	},
	async read(id: string, props: Properties = {}) {
		return { id, props: fieldsOf(props) };
	},
	async update(_id: string, _olds: Properties, news: Properties) {
		return { outs: { ...news } };
	},
	async delete() {
		// Nothing but the entry in state ever was.
	},
};
