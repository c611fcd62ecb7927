import * as pulumi from "./pulumi-sdk";

import { adoptsProperty, ownerProperty } from "./serialized-provider";

/**
 * The hidden arguments of a resource. The owner is a promise, not an output: an output of the parent would make the resource depend on it, and so on
 * itself.
 */
export const hiddenArguments = (
	name: string,
	type: string,
	opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs => ({
	[ownerProperty]: (
		pulumi.createUrn(name, type, opts?.parent) as unknown as { promise: () => Promise<string> }
	).promise(),
	[adoptsProperty]: undefined,
});
