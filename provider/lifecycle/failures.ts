import { isGenesysCloudError } from "../api/errors";

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
	return `unexpected ${told.replaceAll(/\s+/g, " ").slice(0, 300)}. This is a fault of pulumi-genesyscloud-oauth; please report it`;
}

/**
 * An error as Pulumi should show it. Its server prints `${error}: ${error.stack}` for check, diff, read and delete, and the message
 * elsewhere: so both must read well and hold no stack.
 */
export function presentable(action: string, error: unknown): Error {
	if (error instanceof Error && "reasons" in error) return error;
	const reason = reasonOf(error);
	const shown = new Error(`${action}: ${reason}`);
	shown.stack = reason;
	shown.toString = () => action;
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
	inputs: Partial<Record<string, unknown>>,
): PartialFailure {
	const reason = `${action}: ${reasonOf(error)}. The client exists (${outputs.clientId}) and is kept in state with its secret; run pulumi up again to finish`;
	const failure = new Error(reason);
	failure.stack = reason;
	return Object.assign(failure, {
		id: outputs.clientId,
		properties: { ...outputs, [providerKey]: inputs[providerKey] },
		reasons: [reason],
	});
}
