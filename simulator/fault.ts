import * as v from "valibot";

/** Which calls a fault applies to, and to how many of them. */
export interface FaultTarget {
	/** The HTTP method, or `*` for any. */
	method: string;
	/** The path template (`/api/v2/oauth/clients/{clientId}`), the exact path, or `*` for any. */
	path: string;
	/** How many calls it applies to; `"always"` until it is cleared. @default 1 */
	times?: number | "always";
	/** How many matching calls to let through first. @default 0 */
	skip?: number;
}

/** When a fault occurs: before the organization processes the call, or after. */
export interface FaultMoment {
	/** @default "before" */
	when?: "before" | "after";
}

/** The response is a status with the vendor's error body. */
export interface StatusFault extends FaultTarget, FaultMoment {
	/** A status fault. */
	kind: "status";
	/** The HTTP status. */
	status: number;
	/**
	 * The vendor's code in the body; at the token endpoint the `error` field.
	 * @default the usual code of the status; at the token endpoint `invalid_request` for 400, otherwise `server_error`
	 */
	code?: string;
	/** The message in the body. @default the usual message of the code; at the token endpoint the throttling message for 400 */
	message?: string;
	/** The `Retry-After` header, in whole seconds. @default no such header */
	retryAfterSeconds?: number;
	/** A JSON body to send instead of the vendor's. */
	body?: unknown;
	/** More headers; an empty `inin-correlation-id` for an answer without one. */
	headers?: Record<string, string>;
}

/** The connection is cut without a response. */
export interface CutFault extends FaultTarget, FaultMoment {
	/** A cut connection. */
	kind: "cut";
}

/** The call takes longer, by the simulator's clock, and is then processed as usual. */
export interface DelayFault extends FaultTarget, FaultMoment {
	/** A delay. */
	kind: "delay";
	/** How long, in milliseconds. */
	ms: number;
}

/** The call hangs until the faults are released or cleared, or the end of the simulator; then it continues as usual. */
export interface HangFault extends FaultTarget, FaultMoment {
	/** No response. */
	kind: "hang";
	/** Whether it also continues as soon as its caller has given up, as a slow but working server would. @default false */
	untilGivenUp?: boolean;
}

/** The response claims to be JSON but isn't. */
export interface MalformedFault extends FaultTarget, FaultMoment {
	/** Broken JSON. */
	kind: "malformed";
	/** The HTTP status. @default 200 */
	status?: number;
}

/** The response is an HTML page, as from a proxy. */
export interface HtmlFault extends FaultTarget, FaultMoment {
	/** An HTML page. */
	kind: "html";
	/** The HTTP status. @default 502 */
	status?: number;
}

/** A scripted fault. */
export type Fault = StatusFault | CutFault | DelayFault | HangFault | MalformedFault | HtmlFault;

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
