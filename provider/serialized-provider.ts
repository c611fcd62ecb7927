/**
 * The provider as it stands in the state of every client: the text of a module whose `handler` returns the provider. Pulumi runs the
 * *stored* text, years later, to read or delete a client, so it holds nothing but the name of the installed package, and the
 * package may change under it. This constant itself must never change: a changed text is a change in everybody's state.
 *
 * Pulumi would make such a text of a provider object (`pulumi.dynamic.Resource` does), wrapping each method in a function of its own:
 * 2,157 bytes, twice for each client, for the same seven calls; and it would have to load the TypeScript compiler for it.
 */
export const serializedProvider = 'exports.handler = () => require("pulumi-genesyscloud-oauth/lifecycle");';

/** The same for the resource that keeps the rotation of a `RotatingOAuthClient`. */
export const serializedRotation =
	'exports.handler = () => require("pulumi-genesyscloud-oauth/lifecycle").clientRotation;';

/** The property under which Pulumi's dynamic provider looks for that text. */
export const providerProperty = "__provider";
