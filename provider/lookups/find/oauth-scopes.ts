import { isNotFoundError } from "../../api/errors";
import type { OAuthScope } from "../../api/models";
import type { LanguageOptions, OAuthApi } from "../../api/oauth-api";
import { nearest } from "../../api/nearest";
import { type Scope, knownScopes } from "../../api/scopes";
import { LookupError, lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";
import type { Connect } from "./connect";

/** The language of descriptions. */
export interface LanguageArgs {
	/** A language tag, such as `de`. Texts that don't exist in that language are English. @default "en-us" */
	acceptLanguage?: string;
}

/** Which scope to look up, and the language of its description. */
export interface GetOAuthScopeArgs extends LanguageArgs {
	/** Id of the scope, such as `users:readonly`. */
	id: Scope;
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

/** The requested language; the API layer has the default. */
export function toLanguage({ acceptLanguage }: { acceptLanguage?: string | undefined }): LanguageOptions {
	return acceptLanguage === undefined ? {} : { acceptLanguage };
}

/** Looks up a scope with an API. */
export async function findScope(connect: Connect<OAuthApi>, args: GetOAuthScopeArgs): Promise<OAuthScopeResult> {
	return lookUp(`looking up OAuth scope "${args.id}"`, async () => {
		const api = await connect();
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
export async function listScopes(connect: Connect<OAuthApi>, args: LanguageArgs): Promise<GetOAuthScopesResult> {
	return lookUp("looking up OAuth scopes", async () => {
		const { entities } = await (await connect()).getOauthScopes(toLanguage(args));
		return { scopes: entities.map(toScopeResult).toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
	});
}

const toScopeResult = (scope: OAuthScope): OAuthScopeResult => ({
	id: scope.id,
	...pick(scope, ["description", "selfUri"]),
});
