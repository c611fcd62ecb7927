import { type Fault, faultSchema } from "./fault";
import { parseWith } from "./schema-check";

/** The scripted faults. If several match a call, the one that was added first applies. */
export interface Faults {
	/** Adds a fault. */
	add(fault: Fault): void;
	/** The faults that are still pending, with the number of times left. */
	pending(): Fault[];
	/** Lets all hanging calls continue, also those that have arrived and are to hang after they were processed. */
	release(): void;
	/** Removes all faults, and lets calls continue as `release` does. */
	clear(): void;
}

/** The faults as the server uses them. */
export class FaultList implements Faults {
	#faults: { fault: Fault; skip: number; left: number }[] = [];
	#released = Promise.withResolvers<void>();

	/** Resolves with the next release. */
	get released(): Promise<void> {
		return this.#released.promise;
	}

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
		this.#released.resolve();
		this.#released = Promise.withResolvers();
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
}

function isFor(fault: Fault, call: { method: string; path: string; template: string | null }): boolean {
	const method = fault.method === "*" || fault.method.toUpperCase() === call.method;
	return method && (fault.path === "*" || fault.path === call.template || fault.path === call.path);
}
