import * as v from "valibot";

/**
 * Checks external input.
 * @param what What it is, for the message.
 * @throws TypeError with the first problem and its path.
 */
export function parseWith<T>(schema: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw new TypeError(`${what}: ${v.getDotPath(issue) ?? "(root)"}: ${issue.message}`);
}
