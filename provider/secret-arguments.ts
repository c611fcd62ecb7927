import * as pulumi from "./pulumi-sdk";
import { secretsOf, type Table } from "./lifecycle/argument-table";
import { withoutSecretParts } from "./lifecycle/secret-parts";

/** The names of the arguments that are secrets, once they are known; undefined if there are none. */
export type SecretArguments = Promise<string[] | undefined> | undefined;

/** Whether a value or a part of it may be an output: plain values aren't secrets. */
function mayHoldOutput(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return false;
	return pulumi.Output.isInstance(value) || value instanceof Promise || Object.values(value).some(mayHoldOutput);
}

/**
 * The names of the arguments that are secrets. The provider gets plain values, so it must be told which ones it must not show. It knows of itself
 * the secrets within an argument.
 *
 * @returns undefined if there are none
 */
export function secretArguments(table: Table, args: object): SecretArguments {
	const { parts } = secretsOf(table);
	const candidates = Object.entries(args)
		.map(([name, value]): [string, unknown] => [name, parts.includes(name) ? withoutSecretParts(value) : value])
		.filter(([, value]) => mayHoldOutput(value));
	if (candidates.length === 0) return undefined;
	const found = candidates.map(async ([name, value]) => ((await pulumi.isSecret(pulumi.output(value))) ? [name] : []));
	return Promise.all(found).then((names) => (names.flat().length > 0 ? names.flat() : undefined));
}
