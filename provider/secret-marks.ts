import * as pulumi from "./pulumi-sdk";
import {
	derivedOf,
	outputsChangedBy,
	outputsOf,
	secretOutputsOf,
	secretsOf,
	type Table,
} from "./lifecycle/argument-table";
import { mapSecretParts } from "./lifecycle/secret-parts";
import type { SecretArguments } from "./secret-arguments";

/** The outputs that a resource's class must declare: those that its table shows to programs. Each has a text of its own. */
export type ShownOutputs<Outputs, Names extends string> = {
	readonly [Name in Names]: pulumi.Output<
		Name extends keyof Outputs ? Outputs[Name] | (object extends Pick<Outputs, Name> ? undefined : never) : never
	>;
};

/**
 * The inputs that declare a resource's outputs: Pulumi needs every property before it has a value, and marks an output of a dynamic provider as a
 * secret when an input of the same name is one. The option `additionalSecretOutputs` alone wouldn't do: a transform that returns options of its own
 * drops it.
 *
 * @param secretInputs the arguments that are secrets: so are the outputs that are made of them
 */
export const declaredOutputs = (table: Table, secretInputs: SecretArguments): pulumi.Inputs => {
	const markOf = async (name: string) =>
		secretOutputsOf(table, (await secretInputs) ?? []).includes(name) ? pulumi.secret(null) : undefined;
	return {
		...Object.fromEntries(outputsOf(table).map((name) => [name, undefined])),
		...Object.fromEntries(mayBeSecretIn(table, secretInputs).map((name) => [name, markOf(name)])),
		...Object.fromEntries(secretsOf(table).outputs.map((name) => [name, pulumi.secret(null)])),
	};
};

/** The outputs that are secrets if an argument is: none without an argument that may be one. */
const mayBeSecretIn = (table: Table, secretInputs: SecretArguments): string[] =>
	secretInputs === undefined ? [] : derivedOf(table).map(([name]) => name);

/** The arguments that are always secrets, or contain one, with these as secrets. */
export function secretArgumentsOf(table: Table, args: object): pulumi.Inputs {
	const { inputs, parts } = secretsOf(table);
	const given = Object.entries(args).filter(([, value]) => value !== undefined);
	return Object.fromEntries([
		...given.filter(([name]) => inputs.includes(name)).map(([name, value]) => [name, pulumi.secret(value)]),
		...given.filter(([name]) => parts.includes(name)).map(([name, value]) => [name, withSecretParts(value)]),
	]);
}

/** A value with the secrets in it as secrets. Of an output, one in it makes a secret of all of it. */
const withSecretParts = (value: unknown): unknown =>
	mapSecretParts(value, pulumi.secret, (other) => {
		if (!pulumi.Output.isInstance(other) && !(other instanceof Promise)) return other;
		const whole: pulumi.Output<unknown> = pulumi.output(other);
		return whole.apply((known) => pulumi.output(withSecretParts(known)));
	});

/**
 * Pulumi's preview takes a dynamic resource's inputs for its outputs: an output whose value is the mark isn't known yet.
 *
 * @param secretInputs the arguments that are secrets
 * @param keepSecretInState the argument, if the resource has it: `false` decides that there is no secret
 */
export function hideSecretMarks(
	resource: pulumi.Resource,
	table: Table,
	secretInputs: SecretArguments,
	keepSecretInState?: pulumi.Input<boolean | undefined>,
): void {
	if (!pulumi.isDryRun()) return;
	const outputs = resource as unknown as Record<string, pulumi.OutputInstance<unknown>>;
	const handedOut = outputsChangedBy(table, "secret");
	for (const name of [...secretsOf(table).outputs, ...mayBeSecretIn(table, secretInputs)]) {
		const keeps = handedOut.includes(name) ? keepSecretInState : true;
		outputs[name] = pulumi
			.all([outputs[name] as pulumi.Input<unknown>, keeps])
			.apply(([value, isKept]) => (isKept === false ? "" : (value ?? pulumi.unknown)));
	}
}

/** Options that make secrets of them as well: they hold where a transform unwraps the marks, and the marks where a transform drops the options. */
export function withSecretOutputs(
	opts: pulumi.CustomResourceOptions | undefined,
	table: Table,
): pulumi.CustomResourceOptions {
	const { inputs, outputs } = secretsOf(table);
	return { ...opts, additionalSecretOutputs: [...(opts?.additionalSecretOutputs ?? []), ...outputs, ...inputs] };
}
