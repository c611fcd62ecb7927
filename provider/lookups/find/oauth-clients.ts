import type { Clock } from "../../api/clock";
import { ConfigurationError } from "../../api/errors";
import type { GrantType, OAuthClient, OAuthClientState } from "../../api/models";
import type { OAuthApi } from "../../api/oauth-api";
import { byNameThenId, toRegExp } from "./by-name";
import { lookUp } from "./lookup-error";
import { isDeleted } from "./oauth-client";
import { type OAuthClientResult, toClientResult } from "./oauth-client-result";
import type { Connect } from "./connect";

/** Which clients to list: those that match every given filter; all clients without filters. */
export interface GetOAuthClientsArgs {
	/** The grant type, or a list of grant types. @default any */
	authorizedGrantType?: GrantType | GrantType[];
	/** The state, or a list of states. @default any */
	state?: OAuthClientState | OAuthClientState[];
	/**
	 * A pattern for the whole name, case-sensitive: `*` matches any text, `?` one character.
	 *
	 * @default any
	 */
	namePattern?: string;
	/**
	 * The minimum age of the client, in days of 24 hours; at least 0. Excludes clients of unknown age.
	 *
	 * @default any age
	 */
	olderThanDays?: number;
	/** Who created the client: the id or exact name of a user or an OAuth client. @default any */
	createdBy?: string;
}

/** The clients that were found. */
export interface GetOAuthClientsResult {
	/** The clients, sorted by name, then by id. */
	clients: OAuthClientResult[];
}

/** Lists clients with an API. */
export async function listClients(
	connect: Connect<OAuthApi>,
	args: GetOAuthClientsArgs,
	clock: Clock,
): Promise<GetOAuthClientsResult> {
	return lookUp("looking up OAuth clients", async () => {
		const isWanted = toFilter(args, clock.now());
		const { entities } = await (await connect()).getOauthClients();
		const clients = entities.filter((client) => !isDeleted(client) && isWanted(client)).map(toClientResult);
		return { clients: clients.toSorted(byNameThenId) };
	});
}

const dayInMilliseconds = 86_400_000;

function toFilter(args: GetOAuthClientsArgs, now: number): (client: OAuthClient) => boolean {
	const { namePattern, olderThanDays, createdBy } = args;
	if (olderThanDays !== undefined && !(olderThanDays >= 0)) {
		throw new ConfigurationError(`olderThanDays is ${olderThanDays}: use a number of at least 0`);
	}
	const grants = listOf(args.authorizedGrantType);
	const states = listOf(args.state);
	const name = namePattern === undefined ? undefined : toRegExp(namePattern);
	const newest = olderThanDays === undefined ? undefined : now - olderThanDays * dayInMilliseconds;
	return (client) =>
		(grants?.includes(client.authorizedGrantType) ?? true) &&
		(states?.includes(client.state ?? "active") ?? true) &&
		(name?.test(client.name) ?? true) &&
		(newest === undefined || Date.parse(client.dateCreated ?? "") <= newest) &&
		(createdBy === undefined || createdBy === client.createdBy?.id || createdBy === client.createdBy?.name);
}

const listOf = <T extends string>(value: T | T[] | undefined): string[] | undefined =>
	value === undefined || Array.isArray(value) ? value : [value];
