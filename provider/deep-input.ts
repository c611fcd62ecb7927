import type * as pulumi from "./pulumi-sdk";

/** A value of which every part may be an output of another resource. */
type DeepInput<T> = [T] extends [readonly (infer Item)[]]
	? pulumi.Input<DeepInput<Item>[]>
	: [T] extends [object]
		? pulumi.Input<DeepInputs<T>>
		: pulumi.Input<T>;

/** The fields of T, each of which may be an output; optional ones may also be undefined. */
export type DeepInputs<T> = { [Name in keyof T]: DeepInput<Exclude<T[Name], undefined>> | Extract<undefined, T[Name]> };
