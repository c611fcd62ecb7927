import { GenesysCloudError, isGenesysCloudError } from "../../api/errors";

/**
 * A lookup found no result. Pulumi shows its message without a stack trace.
 *
 * @group Errors
 */
export class LookupError extends GenesysCloudError {
	override readonly name = "LookupError";
	/** The ids of all matches of an ambiguous lookup; empty otherwise. */
	readonly candidates: readonly string[];
	/** The API's error, if there was one. */
	override readonly cause: GenesysCloudError | undefined;

	/** @internal */
	constructor(
		message: string,
		context: { candidates?: readonly string[]; cause?: GenesysCloudError | undefined } = {},
	) {
		super(message);
		const { message: shown } = this;
		this.candidates = context.candidates ?? [];
		this.cause = context.cause;
		// Marks this as an error like Pulumi's RunError, whose stack trace would only hide the message.
		Object.defineProperty(this, "__pulumiRunError", { value: true });
		// For a resource's argument Pulumi shows the stack trace anyway, and adds the argument's name to the message for each resource that
		// uses the lookup. The message is clear without both.
		Object.defineProperty(this, "stack", { value: undefined });
		Object.defineProperty(this, "message", { get: () => shown, set() {} });
	}
}

/** Whether this is a {@link LookupError}, including one of another copy of the package. */
export function isLookupError(error: unknown): error is LookupError {
	return isGenesysCloudError(error) && error.name === "LookupError";
}

/**
 * Runs a lookup; an error says what was looked up.
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
