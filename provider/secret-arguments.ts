import * as pulumi from "@pulumi/pulumi";

/** Whether a value or a part of it may be an output: plain values aren't secrets. */
function mayHoldOutput(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return false;
	return pulumi.Output.isInstance(value) || value instanceof Promise || Object.values(value).some(mayHoldOutput);
}

/**
 * The names of the arguments that are secrets. The provider gets plain values, so it must be told which ones it must not show.
 *
 * @returns undefined if there are none
 */
export function secretArguments(args: object): Promise<string[] | undefined> | undefined {
	const candidates = Object.entries(args).filter(([, value]) => mayHoldOutput(value));
	if (candidates.length === 0) return undefined;
	const found = candidates.map(async ([name, value]) => ((await pulumi.isSecret(pulumi.output(value))) ? [name] : []));
	return Promise.all(found).then((names) => (names.flat().length > 0 ? names.flat() : undefined));
}
