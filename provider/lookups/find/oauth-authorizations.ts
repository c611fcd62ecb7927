import { isNotFoundError } from "../../api/errors";
import type { DomainEntityRef, OAuthAuthorization, OAuthAuthorizationState, OAuthClient } from "../../api/models";
import type { OAuthApi } from "../../api/oauth-api";
import type { Scope } from "../../api/scopes";
import { LookupError, lookUp } from "./lookup-error";
import { type OAuthClientResult, pick, toClientResult } from "./oauth-client-result";
import { type LanguageArgs, toLanguage } from "./oauth-scopes";
import type { Connect } from "./connect";

/** Which authorization to look up, and the language of its client's description. */
export interface GetOAuthAuthorizationArgs extends LanguageArgs {
	/** Id of the authorized client, usually another organization's. */
	clientId: string;
}

/** The fields of an authorized client that the organization may see. */
export interface AuthorizedClient extends Partial<OAuthClientResult> {}

/** What the organization allows a client. Administrators decide that in Genesys Cloud (Admin > Authorized Applications). */
export interface OAuthAuthorizationResult {
	/** The client's fields that the organization may see. */
	client: AuthorizedClient;
	/** `Unauthorized`, `Requested`, `Authorized` or `Revoked`. */
	state?: OAuthAuthorizationState;
	/** Whether a decision is pending. */
	pending: boolean;
	/** Ids of the scopes. */
	scope: Scope[];
	/** Ids of the roles granted to the client. */
	roles: string[];
	/** The owner of the data that the client may access. */
	resourceOwner?: DomainEntityRef;
	/** When it was created: ISO 8601, UTC. */
	dateCreated?: string;
	/** When it was last changed: ISO 8601, UTC. */
	dateModified?: string;
	/** Who created it. */
	createdBy?: DomainEntityRef;
	/** Who last changed it. */
	modifiedBy?: DomainEntityRef;
	/** Path of the authorization in the API. */
	selfUri?: string;
}

/** The authorizations that were found. */
export interface GetOAuthAuthorizationsResult {
	/** The authorizations, sorted by client id. */
	authorizations: OAuthAuthorizationResult[];
}

/** Looks up an authorization with an API. */
export async function findAuthorization(
	connect: Connect<OAuthApi>,
	args: GetOAuthAuthorizationArgs,
): Promise<OAuthAuthorizationResult> {
	return lookUp(`looking up the authorization of OAuth client ${args.clientId}`, async () => {
		try {
			return toAuthorizationResult(await (await connect()).getOauthAuthorization(args.clientId, toLanguage(args)));
		} catch (error) {
			if (!isNotFoundError(error)) throw error;
			throw new LookupError(`this client never requested authorization from the organization (${error.message})`, {
				cause: error,
			});
		}
	});
}

/** Lists authorizations with an API. */
export async function listAuthorizations(
	connect: Connect<OAuthApi>,
	args: LanguageArgs,
): Promise<GetOAuthAuthorizationsResult> {
	return lookUp("looking up OAuth authorizations", async () => {
		const { entities } = await (await connect()).getOauthAuthorizations(toLanguage(args));
		const authorizations = entities.map(toAuthorizationResult);
		return {
			authorizations: authorizations.toSorted((one, other) =>
				(one.client.id ?? "") < (other.client.id ?? "") ? -1 : 1,
			),
		};
	});
}

const plainNames = [
	"state",
	"resourceOwner",
	"dateCreated",
	"dateModified",
	"createdBy",
	"modifiedBy",
	"selfUri",
] as const satisfies (keyof OAuthAuthorizationResult)[];

function toAuthorizationResult(authorization: OAuthAuthorization): OAuthAuthorizationResult {
	const { client = {} } = authorization;
	// The API may omit fields of another organization's client; the result omits them too.
	const told = Object.keys(client) as (keyof OAuthClientResult)[];
	return {
		client: pick(toClientResult(client as OAuthClient), told),
		pending: authorization.pending ?? false,
		scope: authorization.scope ?? [],
		roles: authorization.roles ?? [],
		...pick(authorization, plainNames),
	};
}
