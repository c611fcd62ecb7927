import type { DomainEntityRef, GrantType, OAuthClient, RoleDivision } from "../../api/models";
import type { Scope } from "../../api/scopes";

/** The result of a client lookup: without the secret, which the API doesn't show. */
export interface OAuthClientResult {
	/** The client id: a UUID. */
	id: string;
	/** The client's name. Not unique. */
	name: string;
	/** How the application gets its tokens. */
	authorizedGrantType: GrantType;
	/** The client's description; `""` without one. */
	description: string;
	/** How long its tokens are valid, in seconds. */
	accessTokenValiditySeconds?: number;
	/** The allowed redirect URIs. */
	registeredRedirectUri: string[];
	/** The ids of the scopes. */
	scope: Scope[];
	/** The roles of a CLIENT-CREDENTIALS client, each with its division. */
	roleDivisions: RoleDivision[];
	/** The ids of the roles. */
	roleIds: string[];
	/** `active`, `inactive`, or `disabled` by Genesys Cloud support. */
	state: string;
	/** When Genesys Cloud will delete the client: ISO 8601, UTC; undefined if it won't. */
	dateToDelete?: string;
	/** When the client was created: ISO 8601, UTC. */
	dateCreated?: string;
	/** When the client was last changed: ISO 8601, UTC. */
	dateModified?: string;
	/** Who created it. */
	createdBy?: DomainEntityRef;
	/** Who last changed it. */
	modifiedBy?: DomainEntityRef;
	/** The client's path in the API. */
	selfUri?: string;
}

const plainNames = [
	"accessTokenValiditySeconds",
	"dateToDelete",
	"dateCreated",
	"dateModified",
	"createdBy",
	"modifiedBy",
	"selfUri",
] as const satisfies (keyof OAuthClientResult)[];

/** Picks fields of a response; null fields are omitted. */
export function pick<T extends object, Name extends keyof T>(
	answer: T,
	names: readonly Name[],
): { [Key in Name]?: NonNullable<T[Key]> } {
	return Object.fromEntries(
		names.filter((name) => (answer[name] ?? undefined) !== undefined).map((name) => [name, answer[name]]),
	) as { [Key in Name]?: NonNullable<T[Key]> };
}

/**
 * The result for a client. Contains known fields only: a field that the API adds later may be a secret, and a program may use the result
 * where it is stored in plain text.
 */
export function toClientResult(client: OAuthClient): OAuthClientResult {
	return {
		id: client.id,
		name: client.name,
		authorizedGrantType: client.authorizedGrantType,
		description: client.description ?? "",
		registeredRedirectUri: client.registeredRedirectUri ?? [],
		scope: client.scope ?? [],
		roleDivisions: client.roleDivisions ?? [],
		roleIds: client.roleIds ?? [],
		state: client.state ?? "active",
		...pick(client, plainNames),
	};
}
