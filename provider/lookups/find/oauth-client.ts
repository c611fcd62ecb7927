import { isNotFoundError } from "../../api/errors";
import type { OAuthClient } from "../../api/models";
import type { OAuthApi } from "../../api/oauth-api";
import { requireOnlyOne } from "./by-name";
import { listedClients } from "./listed-clients";
import { LookupError, lookUp } from "./lookup-error";
import { type OAuthClientResult, toClientResult } from "./oauth-client-result";
import type { Connect } from "./connect";

/** Which client to look up: by id or by exact name. */
export type GetOAuthClientArgs =
	| {
			/** The client id. One call. */
			id: string;
			name?: undefined;
	  }
	| {
			/**
			 * The client's exact name, case-sensitive. Only one client may have it. One call for each page of clients, which lookups at the same time
			 * share.
			 */
			name: string;
			id?: undefined;
	  };

/** Looks up a client with an API. */
export async function findClient(
	connect: Connect<OAuthApi>,
	{ id, name }: GetOAuthClientArgs,
): Promise<OAuthClientResult> {
	if ((id === undefined) === (name === undefined)) {
		throw new LookupError("looking up an OAuth client: set either id or name");
	}
	return id === undefined
		? lookUp(`looking up OAuth client "${name}"`, async () => byName(await connect(), name))
		: lookUp(`looking up OAuth client ${id}`, async () => byId(await connect(), id));
}

/** Whether a client is deleted: the API may return it for a while. */
export const isDeleted = ({ state }: OAuthClient): boolean => state === "deleted";

async function byId(api: OAuthApi, id: string): Promise<OAuthClientResult> {
	const client = await api.getOauthClient(id).catch((error: unknown) => {
		if (!isNotFoundError(error)) throw error;
		throw new LookupError(`no OAuth client has this id (${error.message})`, { cause: error });
	});
	if (isDeleted(client)) throw new LookupError("this OAuth client was deleted");
	return toClientResult(client);
}

async function byName(api: OAuthApi, name: string): Promise<OAuthClientResult> {
	const clients = (await listedClients(api)).filter((client) => !isDeleted(client));
	const found = requireOnlyOne(clients, {
		value: name,
		of: (client) => client.name,
		trait: "name",
		plural: "OAuth clients",
		otherwise: "Look it up by id instead",
	});
	return toClientResult(found);
}
