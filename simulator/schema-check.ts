import * as v from "valibot";

/**
 * Checks something that came from outside.
 * @param what What it is, for the message.
 * @throws TypeError naming the first thing that is wrong with it, and where.
 */
export function parseWith<T>(schema: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw new TypeError(`${what}: ${v.getDotPath(issue) ?? "(the whole)"}: ${issue.message}`);
}
