import * as pulumi from "./pulumi-sdk";
import type { GrantType } from "./api/models";
import { announcePairAdoption } from "./adoption-preview";
import type { DeepInputs } from "./deep-input";
import { hiddenArguments } from "./hidden-arguments";
import type { RoleDivisionInput } from "./lifecycle/oauth-client/inputs";
import {
	type PairAdded,
	type PairClients,
	type PairSetting,
	pairTable,
	type RotatingOAuthClientOutputs,
} from "./lifecycle/rotating-oauth-client/arguments";
import type { RotatingOAuthClientInputs } from "./lifecycle/rotating-oauth-client/inputs";
import type { OAuthClientArgs } from "./oauth-client";
import { requireProgramDependency } from "./require-program-dependency";
import { warnOfUnknownScopes } from "./scope-warning";
import { secretArguments } from "./secret-arguments";
import {
	declaredOutputs,
	hideSecretMarks,
	secretArgumentsOf,
	type ShownOutputs,
	withSecretOutputs,
} from "./secret-marks";
import { providerProperty, serializedPair } from "./serialized-provider";

/** The arguments of a {@link RotatingOAuthClient}; every value may be an output of another resource. */
export type RotatingOAuthClientArgs = DeepInputs<RotatingOAuthClientInputs>;

/** The credentials that an application logs in with. */
export interface RotatingCredential {
	/** The client id. */
	clientId: pulumi.Output<string>;
	/** The client secret, a Pulumi secret. */
	clientSecret: pulumi.Output<string>;
	/** The deletion guard of both clients. */
	deletionGuard?: OAuthClientArgs["deletionGuard"];
	/** The connection of both clients. */
	connection?: OAuthClientArgs["connection"];
}

/**
 * An OAuth client whose secret is rotated without a failed login: one resource, two alternating clients in Genesys Cloud. A rotation gives
 * the standby client a new secret, tries it by a login, and makes it current. The other becomes the previous one and stays valid until the next
 * rotation, so applications have a whole period to fetch the new credentials.
 *
 * ```ts
 * const crm = new RotatingOAuthClient("crm-sync", {
 *   name: "CRM sync",
 *   authorizedGrantType: "CLIENT-CREDENTIALS",
 *   roleDivisions: [{ roleId }],
 *   rotation: { periodDays: 30 },
 * });
 * export const { clientId, clientSecret } = crm;
 * ```
 */
export class RotatingOAuthClient extends pulumi.CustomResource {
	/** The type of this resource in Pulumi and policy packs. */
	static readonly __pulumiType = "pulumi-nodejs:dynamic/genesyscloud:RotatingOAuthClient";

	/** The client id to log in with: that of the current client. */
	declare readonly clientId: pulumi.Output<string>;
	/** The client secret to log in with, always a Pulumi secret. Empty for an adopted client whose secret this stack doesn't know, and with `keepSecretInState: false`. */
	declare readonly clientSecret: pulumi.Output<string>;
	/** The id of the client that was current before: valid until the next rotation or `deactivatePreviousAfterDays`. */
	declare readonly previousClientId: pulumi.Output<string>;
	/** The secret of that client, always a Pulumi secret. */
	declare readonly previousClientSecret: pulumi.Output<string>;
	/** The number of rotations so far. */
	declare readonly generation: pulumi.Output<number>;
	/** When the last rotation, or the creation of the pair, was: ISO 8601, UTC. */
	declare readonly rotatedAt: pulumi.Output<string>;
	/** When the next rotation is due: ISO 8601, UTC; undefined with `rotateWhenChanged`. */
	declare readonly rotatesAt: pulumi.Output<string | undefined>;
	/** The id and state of each client, to find it in Genesys Cloud. */
	declare readonly clients: pulumi.Output<PairClients>;
	/** The clients' name, without the letter that each has at its end. */
	declare readonly name: pulumi.Output<string>;
	/** How the application gets its tokens. */
	declare readonly authorizedGrantType: pulumi.Output<GrantType>;
	/** The clients' description. */
	declare readonly description: pulumi.Output<string>;
	/** How long a token is valid, in seconds. */
	declare readonly accessTokenValiditySeconds: pulumi.Output<number>;
	/** The allowed redirect URIs, sorted. */
	declare readonly registeredRedirectUri: pulumi.Output<string[]>;
	/** The ids of the scopes, sorted. */
	declare readonly scope: pulumi.Output<string[]>;
	/** The roles of CLIENT-CREDENTIALS clients, each with its division, including the default one. */
	declare readonly roleDivisions: pulumi.Output<Required<RoleDivisionInput>[]>;
	/** The ids of the roles, as the API returns them. */
	declare readonly roleIds: pulumi.Output<string[]>;

	/** The credentials to log in with. */
	readonly current: RotatingCredential;
	/** The credentials that were current before, valid until the next rotation or `deactivatePreviousAfterDays`. */
	readonly previous: RotatingCredential;

	/**
	 * Declares a pair of clients.
	 *
	 * @param name the resource's name in the stack
	 * @param args the clients' settings and when to rotate; in Genesys Cloud the clients are named `{args.name} (A)` and `(B)`
	 * @param opts Pulumi's resource options
	 */
	constructor(name: string, args: RotatingOAuthClientArgs, opts?: pulumi.CustomResourceOptions) {
		requireProgramDependency();
		const given = { ...args, ...secretArgumentsOf(pairTable, args) };
		const secretInputs = secretArguments(pairTable, given);
		super(
			RotatingOAuthClient.__pulumiType,
			name,
			{
				...declaredOutputs(pairTable, secretInputs),
				...given,
				...hiddenArguments(name, RotatingOAuthClient.__pulumiType, opts),
				secretInputs,
				[providerProperty]: serializedPair,
			},
			withSecretOutputs(opts, pairTable),
		);
		hideSecretMarks(
			this satisfies ShownOutputs<RotatingOAuthClientOutputs, PairSetting | PairAdded>,
			pairTable,
			secretInputs,
			args.keepSecretInState,
		);
		const { deletionGuard, connection } = args;
		const shared = { ...(deletionGuard && { deletionGuard }), ...(connection && { connection }) };
		this.current = { clientId: this.clientId, clientSecret: this.clientSecret, ...shared };
		this.previous = { clientId: this.previousClientId, clientSecret: this.previousClientSecret, ...shared };
		warnOfUnknownScopes(this, args.scope);
		announcePairAdoption(this, args, secretInputs);
	}

	/** Whether a value is a RotatingOAuthClient, including one of another copy of this package. */
	static override isInstance(value: unknown): value is RotatingOAuthClient {
		const type = (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType;
		return pulumi.CustomResource.isInstance(value) && type === RotatingOAuthClient.__pulumiType;
	}
}
