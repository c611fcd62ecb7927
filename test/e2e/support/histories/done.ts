import type { RequestEntry } from "../../../../simulator";
import type { Outcome } from "../test-stack";
import type { Slot } from "./commands";
import type { Program } from "./program";
import type { Snapshot } from "./snapshot";

/** A command of Pulumi, with what was there before and after it. */
export interface Done {
	name: "up" | "refresh" | "destroy" | "state delete" | "state move" | "taint" | "import";
	before: Snapshot;
	after: Snapshot;
	outcome: Outcome;
	/** The program, and where its resources are in state. */
	program: Program;
	urnOf: (slot: Slot) => string;
	urnOfCredential: (slot: Slot) => string;
	/** Whether it refreshed the state first. */
	isRefreshed: boolean;
	/** The only one that it was to change. */
	target: Slot | undefined;
	/** The ones that it was to replace. */
	replaced: Slot[];
	/** Whether it met a fault or a kill. */
	isDisturbed: boolean;
	/** What the user allowed it to make another one beside. */
	allowed: Set<string>;
	/** The calls that it made. */
	calls: RequestEntry[];
	/** The client that Pulumi logged in with. */
	login: string;
}
