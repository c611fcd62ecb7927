import { fieldsOf } from "../../api/json";
import type { Properties } from "../properties";
import type { RotationInput } from "./inputs";

const day = 86_400_000;
/** The start of the first period, if the program doesn't say. */
const defaultStart = "2020-01-01T00:00:00Z";
/** The minimum time between two rotations, as a share of the period: the previous credentials stay valid for a while after a late rotation. */
const shortestRotation = 0.5;

/** The `rotation` argument in inputs or outputs. */
export const rotationOf = ({ rotation }: Properties): RotationInput => fieldsOf(rotation);

/**
 * When the next rotation is due, in milliseconds since 1970: with the first period that begins after the last rotation; undefined without a
 * period. Counted from the last rotation, so that a clock that was set back doesn't rotate, and missed periods rotate once: two rotations would
 * replace both secrets, including the one in use.
 */
export function dueAt(rotatedAt: string, { periodDays, startingAt = defaultStart }: RotationInput): number | undefined {
	const [last, start] = [Date.parse(rotatedAt), Date.parse(startingAt)];
	const period = Math.round(Number(periodDays) * day);
	if (![last, start, period].every(Number.isFinite)) return undefined;
	const begins = start + (Math.floor((last - start) / period) + 1) * period;
	return Math.max(begins, last + Math.ceil(period * shortestRotation));
}

/** When the previous client is set to inactive, in milliseconds since 1970; undefined if it isn't. */
export function retiresAt(rotatedAt: string, { deactivatePreviousAfterDays: days }: RotationInput): number | undefined {
	const at = Date.parse(rotatedAt) + Number(days) * day;
	return Number.isFinite(at) ? at : undefined;
}

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** How long the client stays valid that was current before a rotation, for messages. */
export function validityText(client: string, rotatedAt: string, inputs: Properties): string {
	const rotation = rotationOf(inputs);
	const [retires, due] = [retiresAt(rotatedAt, rotation), dueAt(rotatedAt, rotation)];
	if (retires !== undefined) return `${client} stays valid until it is set to inactive on ${dateOf(retires)}`;
	return `${client} stays valid until the next rotation${due === undefined ? "" : `, due on ${dateOf(due)}`}`;
}
