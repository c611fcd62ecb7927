import { isGenesysCloudError, oneLine, quoted } from "../api/errors";
import type { CheckFailure } from "./input-rules";
import { secretInputHider } from "./hide-secret-inputs";
import type { Properties } from "./state/settings";

/** The name under which Pulumi keeps the serialised provider in state. */
const providerKey = "__provider";

/** A failure after the client was made: Pulumi keeps its id and properties, and the next `up` finishes the work. */
export interface PartialFailure extends Error {
	/** The client's id: what tells Pulumi that something exists. */
	id: string;
	/** What is known of it, the secret included. */
	properties: Record<string, unknown>;
	/** What the user reads; Pulumi doesn't show the message of such an error. */
	reasons: string[];
}

/** What to tell a user of any error: one line. Of an error that isn't this package's own, no more than its kind and message. */
export function reasonOf(error: unknown): string {
	if (isGenesysCloudError(error)) return error.message;
	const told = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
	return `unexpected ${oneLine(told).slice(0, 300)}. This is a bug in pulumi-genesyscloud-oauth; please report it`;
}

/**
 * An error as Pulumi should show it. Its server prints `${error}: ${error.stack}` for check, diff, read and delete, and the message
 * elsewhere: so both must read well and hold no stack.
 *
 * @param hide hides the arguments that the program gave as secrets
 */
export function presentable(action: string, error: unknown, hide: (text: string) => string = (text) => text): Error {
	if (error instanceof Error && "reasons" in error) return error;
	// A client's name, in the action, may hold anything.
	const line = oneLine(hide(action));
	const reason = hide(reasonOf(error));
	const shown = new Error(`${line}: ${reason}`);
	shown.stack = reason;
	shown.toString = () => line;
	return shown;
}

/**
 * The failure for a client that exists although the work on it isn't finished.
 *
 * @param outputs what is known of the client, cleaned
 * @param inputs the resource's inputs, for the serialised provider: without it Pulumi could neither read nor delete the client
 */
export function partialFailure(
	action: string,
	error: unknown,
	outputs: { clientId: string },
	inputs: Properties,
): PartialFailure {
	const hide = secretInputHider(inputs);
	const reason = `${oneLine(hide(action))}: ${hide(reasonOf(error))}. The client exists (${outputs.clientId}) and was saved in state; run pulumi up again to finish`;
	const failure = new Error(reason);
	failure.stack = reason;
	// Printed as `${failure}: ${failure.stack}` it must be one line too.
	failure.toString = () => "partial failure";
	return Object.assign(failure, {
		id: outputs.clientId,
		// Pulumi can't carry an undefined, and would lose all the rest for it.
		properties: JSON.parse(JSON.stringify({ ...outputs, [providerKey]: inputs[providerKey] })) as Record<
			string,
			unknown
		>,
		reasons: [reason],
	});
}

/**
 * A broken rule as Pulumi should show it. Beside a property's name Pulumi prints its value, a secret one in clear: so the name goes into
 * the text.
 */
export function withoutValue({ property, reason }: CheckFailure): CheckFailure {
	return { property: "", reason: `${quoted(property)} ${reason}` };
}
