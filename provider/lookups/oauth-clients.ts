import type * as pulumi from "../pulumi-sdk";
import { systemClock } from "../api/clock";
import type { GrantType, ClientState } from "../api/models";
import { lookupApi } from "./connection";
import { lookUpOutput } from "./output-lookup";
import { type GetOAuthClientsArgs, type GetOAuthClientsResult, listClients } from "./find/oauth-clients";

/** {@link GetOAuthClientsArgs}, each of which may be an output. */
export interface GetOAuthClientsOutputArgs {
	/** The grant type, or a list of grant types. @default any */
	authorizedGrantType?: pulumi.Input<GrantType | GrantType[] | undefined>;
	/** The state, or a list of states. @default any */
	state?: pulumi.Input<ClientState | ClientState[] | undefined>;
	/** A pattern for the whole name, with `*` and `?`. @default any */
	namePattern?: pulumi.Input<string | undefined>;
	/** The minimum age of the client, in days. @default any age */
	olderThanDays?: pulumi.Input<number | undefined>;
	/** Who created the client: id or exact name. @default any */
	createdBy?: pulumi.Input<string | undefined>;
}

/**
 * Lists OAuth clients, including those that this stack doesn't manage, except deleted ones. Runs in previews too. Permission:
 * oauth:client:view. One call for each page of clients, which lookups at the same time share.
 *
 * ```ts
 * const { clients } = await getOAuthClients({ authorizedGrantType: "CLIENT-CREDENTIALS", olderThanDays: 365 });
 * ```
 *
 * @throws LookupError if the API fails (`cause`)
 */
export async function getOAuthClients(args: GetOAuthClientsArgs = {}): Promise<GetOAuthClientsResult> {
	return listClients(lookupApi, args, systemClock);
}

/** {@link getOAuthClients} for arguments that may be outputs; the result is unknown if they are. */
export function getOAuthClientsOutput(args: GetOAuthClientsOutputArgs = {}): pulumi.Output<GetOAuthClientsResult> {
	return lookUpOutput(args, (known) => getOAuthClients(known as GetOAuthClientsArgs));
}
