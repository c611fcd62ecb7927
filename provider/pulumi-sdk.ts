/**
 * What the classes and lookups use of Pulumi's SDK, from the files that have it. The SDK's index loads the TypeScript compiler as well, which
 * takes longer than all the rest: a program that needs nothing else of the SDK starts without it.
 */
export { Config } from "@pulumi/pulumi/config";
export { RunError } from "@pulumi/pulumi/errors";
export { info, warn } from "@pulumi/pulumi/log";
export {
	all,
	type Input,
	type Inputs,
	isSecret,
	Output,
	output,
	type OutputInstance,
	secret,
	unknown,
	type Unwrap,
} from "@pulumi/pulumi/output";
export { createUrn, CustomResource, type CustomResourceOptions, type ID, type Resource } from "@pulumi/pulumi/resource";
export { isDryRun } from "@pulumi/pulumi/runtime/settings";
export { getStackResource } from "@pulumi/pulumi/runtime/stack";
