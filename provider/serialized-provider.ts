/**
 * The provider as stored in the state of every client: the text of a module whose `handler` returns the provider. Pulumi runs the
 * *stored* text, even years later, to read or delete a client, so it only loads the installed package, which may be a newer version. This
 * constant must never change: a changed text is a change in every user's state.
 *
 * `pulumi.dynamic.Resource` would serialize a provider object instead, which needs the TypeScript compiler and takes 2,157 bytes, twice
 * for each client.
 */
export const serializedProvider = 'exports.handler = () => require("pulumi-genesyscloud-oauth/lifecycle");';

/** The same for pairs of OAuth clients. */
export const serializedPair =
	'exports.handler = () => require("pulumi-genesyscloud-oauth/lifecycle").rotatingOAuthClient;';

/** The same for integration credentials. */
export const serializedCredential =
	'exports.handler = () => require("pulumi-genesyscloud-oauth/lifecycle").integrationCredential;';

/** The property in which Pulumi's dynamic provider expects the text. */
export const providerProperty = "__provider";

/** The hidden argument that tells the provider which resource a call is about: the resource's URN. */
export const ownerProperty = "__owner";

/** The hidden output of a preview: whether the resource is new and adopts something. */
export const adoptsProperty = "__adopts";
