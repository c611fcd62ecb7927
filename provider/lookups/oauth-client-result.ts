import type { DomainEntityRef, GrantType, OAuthClient, RoleDivision } from "../api/models";
import type { Scope } from "../scopes";

/** An OAuth client as a lookup returns it: never with its secret, which the API doesn't show. */
export interface OAuthClientResult {
	/** The client id: a UUID. */
	id: string;
	/** Its name, as administrators see it. Not unique. */
	name: string;
	/** How the application gets its tokens. */
	authorizedGrantType: GrantType;
	/** What the client is for; `""` when nobody said. */
	description: string;
	/** How long its tokens live, in seconds. */
	accessTokenValiditySeconds?: number;
	/** Where users may be sent back to after login. */
	registeredRedirectUri: string[];
	/** What the application may do for its users. */
	scope: Scope[];
	/** The roles of a CLIENT-CREDENTIALS client, each with its division. */
	roleDivisions: RoleDivision[];
	/** The ids of those roles. */
	roleIds: string[];
	/** `active`, `inactive`, or `disabled` by Genesys Cloud's support. */
	state: string;
	/** When Genesys Cloud will delete the client: ISO 8601, UTC; undefined when it won't. */
	dateToDelete?: string;
	/** When the client was made: ISO 8601, UTC. */
	dateCreated?: string;
	/** When the client was last changed: ISO 8601, UTC. */
	dateModified?: string;
	/** Who made it. */
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

/** The fields of an answer under these names that are there: an absent field and a null one are the same. */
export function pick<T extends object, Name extends keyof T>(
	answer: T,
	names: readonly Name[],
): { [Key in Name]?: NonNullable<T[Key]> } {
	return Object.fromEntries(
		names.filter((name) => (answer[name] ?? undefined) !== undefined).map((name) => [name, answer[name]]),
	) as { [Key in Name]?: NonNullable<T[Key]> };
}

/**
 * The result for a client. Only what is known is taken over: a field that a later API adds may hold a secret, and a result goes to
 * state in clear wherever a program uses it.
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
