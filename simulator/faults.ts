import { faultSchema } from "./fault-schema";
import { parseWith } from "./schema-check";

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
	/** More headers. */
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

/** The call hangs until {@link Faults.release}, {@link Faults.clear} or the end of the simulator; then it continues as usual. */
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

/** The scripted faults. If several match a call, the one that was added first applies. */
export interface Faults {
	/** Adds a fault. */
	add(fault: Fault): void;
	/** The faults that are still pending, with the number of times left. */
	pending(): Fault[];
	/** Lets all hanging calls continue. */
	release(): void;
	/** Removes all faults and lets all hanging calls continue. */
	clear(): void;
}

/** The faults as the server uses them. */
export class FaultList implements Faults {
	#faults: { fault: Fault; skip: number; left: number }[] = [];
	#hanging: (() => void)[] = [];

	add(fault: Fault): void {
		const checked: Fault = parseWith(faultSchema, fault, "fault");
		const left = checked.times === "always" ? Number.POSITIVE_INFINITY : (checked.times ?? 1);
		this.#faults.push({ fault: checked, skip: checked.skip ?? 0, left });
	}

	pending(): Fault[] {
		return this.#faults.map(({ fault, skip, left }) => ({
			...fault,
			skip,
			times: left === Number.POSITIVE_INFINITY ? "always" : left,
		}));
	}

	release(): void {
		const hanging = this.#hanging;
		this.#hanging = [];
		for (const wake of hanging) wake();
	}

	clear(): void {
		this.#faults = [];
		this.release();
	}

	/** Takes the fault for a call that has arrived, if any. */
	take(call: { method: string; path: string; template: string | null }): Fault | undefined {
		for (const pending of this.#faults) {
			if (!isFor(pending.fault, call)) continue;
			if (pending.skip > 0) {
				pending.skip -= 1;
				continue;
			}
			pending.left -= 1;
			if (pending.left === 0) this.#faults = this.#faults.filter((other) => other !== pending);
			return pending.fault;
		}
		return undefined;
	}

	/**
	 * Hangs until it is released.
	 *
	 * @param onHang receives a function that ends it earlier
	 */
	async hang(onHang?: (end: () => void) => void): Promise<void> {
		await new Promise<void>((resolve) => {
			this.#hanging.push(resolve);
			onHang?.(resolve);
		});
	}
}

function isFor(fault: Fault, call: { method: string; path: string; template: string | null }): boolean {
	const method = fault.method === "*" || fault.method.toUpperCase() === call.method;
	return method && (fault.path === "*" || fault.path === call.template || fault.path === call.path);
}
