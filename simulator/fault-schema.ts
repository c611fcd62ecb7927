import * as v from "valibot";
import type { Fault } from "./faults";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const status = v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599));
const target = {
	method: v.pipe(v.string(), v.minLength(1)),
	path: v.pipe(v.string(), v.minLength(1)),
	times: v.exactOptional(v.union([v.literal("always"), v.pipe(v.number(), v.integer(), v.minValue(1))])),
	skip: v.exactOptional(count),
	when: v.exactOptional(v.picklist(["before", "after"])),
};

/** The schema of a {@link Fault}. */
export const faultSchema = v.variant("kind", [
	v.strictObject({
		...target,
		kind: v.literal("status"),
		status,
		code: v.exactOptional(v.string()),
		message: v.exactOptional(v.string()),
		retryAfterSeconds: v.exactOptional(count),
		body: v.exactOptional(v.unknown()),
		headers: v.exactOptional(v.record(v.string(), v.string())),
	}),
	v.strictObject({ ...target, kind: v.literal("cut") }),
	v.strictObject({ ...target, kind: v.literal("delay"), ms: count }),
	v.strictObject({ ...target, kind: v.literal("hang"), untilGivenUp: v.exactOptional(v.boolean()) }),
	v.strictObject({ ...target, kind: v.literal("malformed"), status: v.exactOptional(status) }),
	v.strictObject({ ...target, kind: v.literal("html"), status: v.exactOptional(status) }),
]) satisfies v.GenericSchema<unknown, Fault>;
