/** An argument of an OAuth client that breaks a rule. */
export interface InvalidArgument {
	/** The path of the argument, such as `roleDivisions[0].roleId`. */
	property: string;
	/** What is wrong with it and what to do. Never its value, which may be a secret. */
	reason: string;
}

/**
 * Checks the arguments of an `OAuthClient` by the rules that `pulumi preview` applies, without Pulumi and without a call to the API. Use it
 * for clients that are declared in a file, or in a test.
 *
 * ```ts
 * for (const { property, reason } of await validateOAuthClient(args)) console.error(`${property} ${reason}`);
 * ```
 *
 * @param args plain values, not outputs: `OAuthClientInputs`, or whatever a file holds
 * @returns every mistake; none when the arguments are right
 */
export async function validateOAuthClient(args: object): Promise<InvalidArgument[]> {
	// A program that only declares clients needs no schemas: the provider's process has them.
	const { check } = await import("./lifecycle/check.js");
	return check({ ...args }).failures;
}
