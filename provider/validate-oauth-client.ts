/** An invalid argument of an OAuth client or a pair. */
export interface InvalidArgument {
	/** The path of the argument, such as `roleDivisions[0].roleId`. */
	property: string;
	/** What is wrong and what to do. Never contains the value, which may be a secret. */
	reason: string;
}

/**
 * Checks the arguments of an `OAuthClient` by the rules of `pulumi preview`, without Pulumi and without an API call. Use it for clients that
 * are declared in a file, or in tests.
 *
 * ```ts
 * for (const { property, reason } of await validateOAuthClient(args)) console.error(`${property} ${reason}`);
 * ```
 *
 * @param args plain values, not outputs: `OAuthClientInputs`, or the content of a file
 * @returns all invalid arguments; empty if there are none
 */
export async function validateOAuthClient(args: object): Promise<InvalidArgument[]> {
	// Loaded on demand: a program that only declares clients doesn't need the schemas.
	const { check } = await import("./lifecycle/oauth-client/check.js");
	return check({ ...args }).failures;
}

/**
 * Checks the arguments of a `RotatingOAuthClient`, as `validateOAuthClient` checks those of a client.
 *
 * @param args plain values, not outputs: `RotatingOAuthClientInputs`, or the content of a file
 * @returns all invalid arguments; empty if there are none
 */
export async function validateRotatingOAuthClient(args: object): Promise<InvalidArgument[]> {
	const { check } = await import("./lifecycle/rotating-oauth-client/check.js");
	return check({ ...args }).failures;
}
