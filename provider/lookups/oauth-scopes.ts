import type * as pulumi from "../pulumi-sdk";
import type { Scope } from "../api/scopes";
import { lookupApi } from "./connection";
import { lookUpOutput } from "./output-lookup";
import {
	type GetOAuthScopeArgs,
	type GetOAuthScopesResult,
	type LanguageArgs,
	type OAuthScopeResult,
	findScope,
	listScopes,
	toLanguage,
} from "./find/oauth-scopes";

/** {@link LanguageArgs}, which may be an output. */
export interface LanguageOutputArgs {
	/** A language tag, such as `de`. @default "en-us" */
	acceptLanguage?: pulumi.Input<string | undefined>;
}

/** {@link GetOAuthScopeArgs}, each of which may be an output. */
export interface GetOAuthScopeOutputArgs extends LanguageOutputArgs {
	/** Id of the scope, such as `users:readonly`. */
	id: pulumi.Input<Scope>;
}

/**
 * Looks up a scope, which shows whether it exists. Runs in previews too. Needs no permission; one call.
 *
 * @throws LookupError if there is none, or if the API fails (`cause`)
 */
export async function getOAuthScope(args: GetOAuthScopeArgs): Promise<OAuthScopeResult> {
	return findScope(lookupApi, args);
}

/** {@link getOAuthScope} for arguments that may be outputs; the result is unknown if they are. */
export function getOAuthScopeOutput(args: GetOAuthScopeOutputArgs): pulumi.Output<OAuthScopeResult> {
	return lookUpOutput(args, (known) => getOAuthScope({ id: known.id, ...toLanguage(known) }));
}

/**
 * Lists the scopes of Genesys Cloud. Runs in previews too. Needs no permission; one call.
 *
 * @throws LookupError if the API fails (`cause`)
 */
export async function getOAuthScopes(args: LanguageArgs = {}): Promise<GetOAuthScopesResult> {
	return listScopes(lookupApi, args);
}

/** {@link getOAuthScopes} for arguments that may be outputs; the result is unknown if they are. */
export function getOAuthScopesOutput(args: LanguageOutputArgs = {}): pulumi.Output<GetOAuthScopesResult> {
	return lookUpOutput(args, (known) => getOAuthScopes(toLanguage(known)));
}
