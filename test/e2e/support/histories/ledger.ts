import type { ClientRecord } from "../../../../simulator";
import { type expectedOf, settingsOf } from "../../../properties/support/declared-settings";
import type { Snapshot } from "./snapshot";

/** What a client is like, in the form that is compared. */
export type Settled = ReturnType<typeof expectedOf>;

/** What the model remembers of a history, beside what it can look up. */
export class Ledger {
	/** What others made, and no stack has held yet. */
	readonly others = new Set<string>();
	/** What a stack let go on purpose: `retainOnDelete`, `pulumi state delete`, a question that was answered. */
	readonly letGo = new Set<string>();
	/** What a killed or failed run left: the next create of the same name asks about it. */
	readonly left = new Set<string>();
	/** What is deleted and in state all the same, since others deleted it, or the answer to its deletion was lost. */
	readonly gone = new Set<string>();
	/** Clients whose secret others have reset. */
	readonly reset = new Set<string>();
	/** The settings that others have changed, by client. */
	readonly drifted = new Map<string, Set<keyof Settled>>();
	/** Clients that a run may have changed although it failed. */
	readonly unsure = new Set<string>();
	/** Clients that two entries hold, since the user imported them. */
	readonly twice = new Set<string>();

	/** Notes that others changed a client. */
	noteDrift(before: ClientRecord, after: ClientRecord): void {
		const [old, now] = [settingsOf(before)!, settingsOf(after)!];
		const fields = this.drifted.get(before.id) ?? new Set();
		for (const field of Object.keys(now) as (keyof Settled)[])
			if (JSON.stringify(old[field]) !== JSON.stringify(now[field])) fields.add(field);
		this.drifted.set(before.id, fields);
	}

	/** Takes over what a stack now holds. */
	absorb({ entries }: Snapshot): void {
		const ids = entries.filter(({ isOld }) => !isOld).map(({ id }) => id);
		for (const id of ids) for (const set of [this.others, this.letGo, this.left]) set.delete(id);
		for (const id of this.twice) if (ids.filter((other) => other === id).length < 2) this.twice.delete(id);
	}
}
