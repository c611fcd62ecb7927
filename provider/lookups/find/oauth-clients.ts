import type { Clock } from "../../api/clock";
import { ConfigurationError, enumerated, quoted } from "../../api/errors";
import type { GrantType, OAuthClient, ClientState } from "../../api/models";
import type { OAuthApi } from "../../api/oauth-api";
import { uuidForm } from "../../api/uuid";
import { byNameThenId, toRegExp } from "./by-name";
import { listedClients } from "./listed-clients";
import { LookupError, lookUp } from "./lookup-error";
import { isDeleted } from "./oauth-client";
import { type OAuthClientResult, toClientResult } from "./oauth-client-result";
import type { Connect } from "./connect";

/** Which clients to list: those that match every given filter; all clients without filters. */
export interface GetOAuthClientsArgs {
	/** The grant type, or a list of grant types. @default any */
	authorizedGrantType?: GrantType | GrantType[];
	/** The state, or a list of states. @default any */
	state?: ClientState | ClientState[];
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
	/**
	 * Who created the client: the id or exact name of a user or an OAuth client. The API may not return the names of users: if no known name
	 * matches then, the lookup fails and lists the ids.
	 *
	 * @default any
	 */
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
		const entities = await listedClients(await connect());
		const existing = entities.filter((client) => !isDeleted(client));
		const authors = args.createdBy === undefined ? undefined : authorsOf(existing, args.createdBy);
		const isByAuthor = ({ createdBy }: OAuthClient) => authors?.has(createdBy?.id) ?? true;
		const clients = existing.filter((client) => isWanted(client) && isByAuthor(client)).map(toClientResult);
		return { clients: clients.toSorted(byNameThenId) };
	});
}

/**
 * The ids of the authors that an id or name stands for. The API may omit the names of authors; those of OAuth clients are in the list.
 *
 * @throws LookupError if only an author without a known name could have this one
 */
function authorsOf(clients: readonly OAuthClient[], wanted: string): ReadonlySet<string | undefined> {
	const authors = clients.map(({ createdBy }) => createdBy ?? {});
	const named = [...authors, ...clients].filter(({ name }) => name !== undefined);
	const found = [...authors, ...named].filter(({ id, name }) => id === wanted || name === wanted).map(({ id }) => id);
	const withName = new Set(named.map(({ id }) => id));
	const unnamed = new Set(authors.flatMap(({ id }) => (id === undefined || withName.has(id) ? [] : [id])));
	if (found.length === 0 && unnamed.size > 0 && !uuidForm.test(wanted)) {
		throw new LookupError(
			`no author is named "${quoted(wanted)}", but the API doesn't return the names of ${enumerated([...unnamed])}: set createdBy to the author's id`,
		);
	}
	return new Set(found.filter((id) => id !== undefined));
}

const dayInMilliseconds = 86_400_000;

function toFilter(args: GetOAuthClientsArgs, now: number): (client: OAuthClient) => boolean {
	const { namePattern, olderThanDays } = args;
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
		(newest === undefined || Date.parse(client.dateCreated ?? "") <= newest);
}

const listOf = <T extends string>(value: T | T[] | undefined): string[] | undefined =>
	value === undefined || Array.isArray(value) ? value : [value];
