import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";

/**
 * The inputs that make secrets of outputs: Pulumi marks an output of a dynamic provider when an input of the same name is a secret. The option
 * `additionalSecretOutputs` alone wouldn't do: a transform that returns options of its own drops it.
 *
 * @param names the secret outputs
 */
export const secretMarks = (names: readonly string[]): pulumi.Inputs =>
	Object.fromEntries(names.map((name) => [name, pulumi.secret(null)]));

/** Pulumi's preview takes a dynamic resource's inputs for its outputs: an output whose value is the mark isn't known yet. */
export function hideSecretMarks(resource: pulumi.Resource, names: readonly string[]): void {
	if (!pulumi.runtime.isDryRun()) return;
	const outputs = resource as unknown as Record<string, pulumi.OutputInstance<unknown>>;
	for (const name of names) outputs[name] = outputs[name]!.apply((value) => value ?? unknown);
}

/**
 * Options that make secrets of outputs as well: they hold where a transform unwraps the marks, and the marks where a transform drops the options.
 *
 * @param names the secret outputs
 */
export const withSecretOutputs = (
	opts: pulumi.CustomResourceOptions | undefined,
	names: readonly string[],
): pulumi.CustomResourceOptions => ({
	...opts,
	additionalSecretOutputs: [...(opts?.additionalSecretOutputs ?? []), ...names],
});
