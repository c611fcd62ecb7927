import * as pulumi from "@pulumi/pulumi";
import { isNotFoundError } from "../api/errors";
import type { OAuthClient } from "../api/models";
import type { OAuthApi } from "../api/oauth-api";
import { requireOnlyOne } from "./by-name";
import { lookupApi } from "./connection";
import { LookupError, lookUp } from "./lookup-error";
import { type OAuthClientResult, toClientResult } from "./oauth-client-result";

/** Which client to look up: by id or by exact name. */
export type GetOAuthClientArgs =
	| {
			/** The client id. One call. */
			id: string;
			name?: undefined;
	  }
	| {
			/** The client's exact name, case-sensitive. Only one client may have it. One call for each page of clients. */
			name: string;
			id?: undefined;
	  };

/** {@link GetOAuthClientArgs}, each of which may be an output. */
export type GetOAuthClientOutputArgs =
	| {
			/** The client id. */
			id: pulumi.Input<string>;
			name?: undefined;
	  }
	| {
			/** The client's exact name. */
			name: pulumi.Input<string>;
			id?: undefined;
	  };

/**
 * Looks up an OAuth client, even if this stack doesn't manage it. Runs in previews too. Permission: oauth:client:view.
 *
 * ```ts
 * const crm = await getOAuthClient({ name: "CRM sync" });
 * ```
 *
 * @throws LookupError if there is none, if several have the name (`candidates` has their ids), or if the API fails (`cause`)
 */
export async function getOAuthClient(args: GetOAuthClientArgs): Promise<OAuthClientResult> {
	return findClient(lookupApi, args);
}

/** {@link getOAuthClient} for arguments that may be outputs; the result is unknown if they are. */
export function getOAuthClientOutput(args: GetOAuthClientOutputArgs): pulumi.Output<OAuthClientResult> {
	return pulumi.output(args).apply((known) => getOAuthClient(known));
}

/** Looks up a client with an API. */
export async function findClient(
	connect: () => OAuthApi,
	{ id, name }: GetOAuthClientArgs,
): Promise<OAuthClientResult> {
	if ((id === undefined) === (name === undefined)) {
		throw new LookupError("looking up an OAuth client: set either id or name");
	}
	return id === undefined
		? lookUp(`looking up OAuth client "${name}"`, async () => byName(connect(), name))
		: lookUp(`looking up OAuth client ${id}`, async () => byId(connect(), id));
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
	const { entities } = await api.getOauthClients();
	const clients = entities.filter((client) => !isDeleted(client));
	const found = requireOnlyOne(clients, {
		value: name,
		of: (client) => client.name,
		trait: "name",
		plural: "OAuth clients",
		otherwise: "Look it up by id instead",
	});
	return toClientResult(found);
}
