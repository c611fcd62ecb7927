import { isApiError, isGenesysCloudError, quoted } from "../api/errors";
import { oneLine } from "../api/one-line";
import type { CheckFailure } from "./check-arguments";
import type { Hide } from "./hide-secret-inputs";
import type { Properties } from "./properties";

/** The longest description of what was tried, in characters. */
const longestAction = 300;

/** A failure after the creation: Pulumi saves its id and properties, and the next `pulumi up` finishes the work. */
export interface PartialFailure extends Error {
	/** The id, which tells Pulumi that it exists. */
	id: string;
	/** The known properties, including the secret; not enumerable. */
	properties: Record<string, unknown>;
	/** What Pulumi shows instead of the error's message. */
	reasons: string[];
}

/**
 * Describes any error in one line; for an error of other code only its name and message.
 *
 * @param hide hides secrets: of an API error in the API's own words, since in ours a gap would tell what stands there
 */
export function reasonOf(error: unknown, hide: Hide = (text) => text): string {
	if (isApiError(error)) return error.messageWith(hide);
	if (isGenesysCloudError(error)) return hide(error.message);
	const told = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
	return `unexpected ${quoted(hide(oneLine(told)), 300)}. This is a bug in pulumi-genesyscloud-oauth; please report it`;
}

/**
 * An error for Pulumi to show. Pulumi prints `${error}: ${error.stack}` for check, diff, read and delete, and the message otherwise: both
 * must be readable and contain no stack trace.
 *
 * @param hide hides the program's secret arguments
 */
export function presentable(action: string, error: unknown, hide?: Hide): Error {
	if (error instanceof Error && "reasons" in error) return error;
	// The action contains the client's name, which may contain anything; a secret one isn't in it.
	const line = quoted(oneLine(action), longestAction);
	const reason = reasonOf(error, hide);
	const shown = new Error(`${line}: ${reason}`);
	shown.stack = reason;
	shown.toString = () => line;
	return shown;
}

/**
 * The failure for something that exists although the operation on it failed.
 *
 * @param outputs its known outputs
 * @param hide hides the program's secret arguments
 */
export function partialFailure(
	action: string,
	error: unknown,
	outputs: Properties,
	hide: Hide,
	{ id, noun }: { id: string; noun: string },
): PartialFailure {
	const reason = `${quoted(oneLine(action), longestAction)}: ${reasonOf(error, hide)}. The ${noun} exists (${id}) and was saved in state; run pulumi up again to finish`;
	const failure = new Error(reason);
	failure.stack = reason;
	// Must be one line when printed as `${failure}: ${failure.stack}`, too.
	failure.toString = () => "partial failure";
	// Pulumi can't serialize undefined, and would lose all properties.
	const properties = JSON.parse(JSON.stringify(outputs)) as Record<string, unknown>;
	// Not enumerable, so that nothing that prints an error prints the secret.
	Object.defineProperty(failure, "properties", { value: properties, writable: true });
	return Object.assign(failure as PartialFailure, { id, reasons: [reason] });
}

/**
 * A check failure for Pulumi to show. With a property's name Pulumi prints its value, even a secret one in plain text, so the name is moved
 * into the reason.
 */
export function withoutValue({ property, reason }: CheckFailure): CheckFailure {
	return property === "" ? { property, reason } : { property: "", reason: `${quoted(property)} ${reason}` };
}
