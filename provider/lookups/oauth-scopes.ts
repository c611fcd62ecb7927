import * as pulumi from "@pulumi/pulumi";
import { isNotFoundError } from "../api/errors";
import type { OAuthScope } from "../api/models";
import type { LanguageOptions, OAuthApi } from "../api/oauth-api";
import { nearest } from "../nearest";
import { knownScopes, type Scope } from "../scopes";
import { lookupApi } from "./connection";
import { LookupError, lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";

/** The language of descriptions. */
export interface LanguageArgs {
	/** A language tag, such as `de`. Texts that don't exist in that language are English. @default "en-us" */
	acceptLanguage?: string;
}

/** {@link LanguageArgs}, which may be an output. */
export interface LanguageOutputArgs {
	/** A language tag, such as `de`. @default "en-us" */
	acceptLanguage?: pulumi.Input<string | undefined>;
}

/** Which scope to look up, and the language of its description. */
export interface GetOAuthScopeArgs extends LanguageArgs {
	/** Id of the scope, such as `users:readonly`. */
	id: Scope;
}

/** {@link GetOAuthScopeArgs}, each of which may be an output. */
export interface GetOAuthScopeOutputArgs extends LanguageOutputArgs {
	/** Id of the scope, such as `users:readonly`. */
	id: pulumi.Input<Scope>;
}

/** A scope: a permission of an application that acts for a user. */
export interface OAuthScopeResult {
	/** Id of the scope, such as `users:readonly`. */
	id: Scope;
	/** What it allows, in the requested language. */
	description?: string;
	/** Path of the scope in the API. */
	selfUri?: string;
}

/** The scopes that were found. */
export interface GetOAuthScopesResult {
	/** The scopes, sorted by id. */
	scopes: OAuthScopeResult[];
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
	return pulumi.output(args).apply((known) => getOAuthScope({ id: known.id, ...toLanguage(known) }));
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
	return pulumi.output(args).apply((known) => getOAuthScopes(toLanguage(known)));
}

/** The requested language; the API layer has the default. */
export function toLanguage({ acceptLanguage }: { acceptLanguage?: string | undefined }): LanguageOptions {
	return acceptLanguage === undefined ? {} : { acceptLanguage };
}

/** Looks up a scope with an API. */
export async function findScope(connect: () => OAuthApi, args: GetOAuthScopeArgs): Promise<OAuthScopeResult> {
	return lookUp(`looking up OAuth scope "${args.id}"`, async () => {
		const api = connect();
		try {
			return toScopeResult(await api.getOauthScope(args.id, toLanguage(args)));
		} catch (error) {
			if (!isNotFoundError(error)) throw error;
			const guess = nearest(args.id, knownScopes);
			throw new LookupError(
				`no scope has this id (${error.message})${guess === undefined ? "" : `; did you mean "${guess}"?`}`,
				{ cause: error },
			);
		}
	});
}

/** Lists scopes with an API. */
export async function listScopes(connect: () => OAuthApi, args: LanguageArgs): Promise<GetOAuthScopesResult> {
	return lookUp("looking up OAuth scopes", async () => {
		const { entities } = await connect().getOauthScopes(toLanguage(args));
		return { scopes: entities.map(toScopeResult).toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
	});
}

const toScopeResult = (scope: OAuthScope): OAuthScopeResult => ({
	id: scope.id,
	...pick(scope, ["description", "selfUri"]),
});
