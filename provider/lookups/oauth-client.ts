import type * as pulumi from "../pulumi-sdk";
import { lookupApi } from "./connection";
import { lookUpOutput } from "./output-lookup";
import { type GetOAuthClientArgs, findClient } from "./find/oauth-client";
import type { OAuthClientResult } from "./find/oauth-client-result";

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
	return lookUpOutput(args, (known) => getOAuthClient(known));
}
