import type * as pulumi from "../pulumi-sdk";
import { lookupApi } from "./connection";
import { lookUpOutput } from "./output-lookup";
import {
	type GetOAuthAuthorizationArgs,
	type GetOAuthAuthorizationsResult,
	type OAuthAuthorizationResult,
	findAuthorization,
	listAuthorizations,
} from "./find/oauth-authorizations";
import { type LanguageArgs, toLanguage } from "./find/oauth-scopes";
import type { LanguageOutputArgs } from "./oauth-scopes";

/** {@link GetOAuthAuthorizationArgs}, each of which may be an output. */
export interface GetOAuthAuthorizationOutputArgs extends LanguageOutputArgs {
	/** Id of the authorized client. */
	clientId: pulumi.Input<string>;
}

/**
 * Looks up what the organization allows a client. Runs in previews too. Permission: oauth:client:authorize; one call.
 *
 * @throws LookupError if the client never requested authorization, or if the API fails (`cause`)
 */
export async function getOAuthAuthorization(args: GetOAuthAuthorizationArgs): Promise<OAuthAuthorizationResult> {
	return findAuthorization(lookupApi, args);
}

/** {@link getOAuthAuthorization} for arguments that may be outputs; the result is unknown if they are. */
export function getOAuthAuthorizationOutput(
	args: GetOAuthAuthorizationOutputArgs,
): pulumi.Output<OAuthAuthorizationResult> {
	return lookUpOutput(args, (known) => getOAuthAuthorization({ clientId: known.clientId, ...toLanguage(known) }));
}

/**
 * Lists the authorizations of clients in the organization, including requested and revoked ones. Runs in previews too. Permission: oauth:client:authorize; one call.
 *
 * @throws LookupError if the API fails (`cause`)
 */
export async function getOAuthAuthorizations(args: LanguageArgs = {}): Promise<GetOAuthAuthorizationsResult> {
	return listAuthorizations(lookupApi, args);
}

/** {@link getOAuthAuthorizations} for arguments that may be outputs; the result is unknown if they are. */
export function getOAuthAuthorizationsOutput(
	args: LanguageOutputArgs = {},
): pulumi.Output<GetOAuthAuthorizationsResult> {
	return lookUpOutput(args, (known) => getOAuthAuthorizations(toLanguage(known)));
}
