import { GenesysCloudError, isGenesysCloudError } from "../api/errors";

/** A lookup has nothing to return. Pulumi shows its message without a stack. */
export class LookupError extends GenesysCloudError {
	override readonly name = "LookupError";
	/** Ids of all that matched when only one may: empty unless the lookup was ambiguous. */
	readonly candidates: readonly string[];
	/** The failure of the API, when there was one. */
	override readonly cause: GenesysCloudError | undefined;

	constructor(
		message: string,
		context: { candidates?: readonly string[]; cause?: GenesysCloudError | undefined } = {},
	) {
		super(message);
		this.candidates = context.candidates ?? [];
		this.cause = context.cause;
		// How Pulumi's own RunError marks itself: an error of the program's input, for which a stack only hides the message.
		Object.defineProperty(this, "__pulumiRunError", { value: true });
		// In a resource's argument Pulumi shows the stack all the same, and writes the argument's name before the message, again for each
		// resource that uses the lookup. What was looked up says enough.
		Object.defineProperty(this, "stack", { value: undefined });
		Object.defineProperty(this, "message", { get: () => message, set() {} });
	}
}

/** Whether this is a lookup that has nothing to return, also when another copy of the package made it. */
export function isLookupError(error: unknown): error is LookupError {
	return isGenesysCloudError(error) && error.name === "LookupError";
}

/**
 * Does what a lookup does; a failure says what was looked up.
 *
 * @param action what was tried, such as `looking up OAuth client "CRM sync"`
 */
export async function lookUp<T>(action: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!isGenesysCloudError(error)) throw error;
		const message = `${action}: ${error.message}`;
		throw isLookupError(error) ? new LookupError(message, error) : new LookupError(message, { cause: error });
	}
}
