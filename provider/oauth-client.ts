import * as pulumi from "./pulumi-sdk";
import type { DomainEntityRef, GrantType } from "./api/models";
import {
	type AddedName,
	clientTable,
	type OAuthClientOutputs,
	type SettingName,
} from "./lifecycle/oauth-client/arguments";
import type { OAuthClientInputs, RoleDivisionInput } from "./lifecycle/oauth-client/inputs";
import { announceAdoption } from "./adoption-preview";
import type { DeepInputs } from "./deep-input";
import { hiddenArguments } from "./hidden-arguments";
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
import { providerProperty, serializedProvider } from "./serialized-provider";

/** The arguments of an OAuth client; every value may be an output of another resource. */
export type OAuthClientArgs = DeepInputs<OAuthClientInputs>;

/**
 * Turns off stack traces, which Pulumi captures for four promises of every property to debug promises that never settle. They take most
 * of a client's time in the program (4 ms) and are shown with PULUMI_DEBUG_PROMISE_LEAKS only. The source position that Pulumi records
 * isn't affected.
 *
 * @returns a function that turns them on again
 */
function disableStackTraces(): () => void {
	const limit = Error.stackTraceLimit;
	if (!process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) Error.stackTraceLimit = 0;
	return () => (Error.stackTraceLimit = limit);
}

/**
 * A Genesys Cloud OAuth client: the credentials that an application logs in with.
 *
 * ```ts
 * const crm = new OAuthClient("crm-sync", {
 *   name: "CRM sync",
 *   authorizedGrantType: "CLIENT-CREDENTIALS",
 *   roleDivisions: [{ roleId }],
 * });
 * export const clientId = crm.clientId;
 * export const clientSecret = crm.clientSecret; // a Pulumi secret
 * ```
 *
 * A create takes one POST, an update one GET and one PUT, a delete one PUT and one DELETE, an unchanged `pulumi up` no call.
 */
export class OAuthClient extends pulumi.CustomResource {
	/** The type of this resource in Pulumi and policy packs. */
	static readonly __pulumiType = "pulumi-nodejs:dynamic/genesyscloud:OAuthClient";

	/** The client id, also the resource's `id`. */
	declare readonly clientId: pulumi.Output<string>;
	/**
	 * The client secret, always a Pulumi secret. Empty for clients without one (`TOKEN`), with `keepSecretInState: false`, and for adopted
	 * clients whose secret this stack doesn't know: the API shows a secret only when it creates one.
	 */
	declare readonly clientSecret: pulumi.Output<string>;
	/** The client's name. */
	declare readonly name: pulumi.Output<string>;
	/** How the application gets its tokens. */
	declare readonly authorizedGrantType: pulumi.Output<GrantType>;
	/** The client's description. */
	declare readonly description: pulumi.Output<string>;
	/** How long a token is valid, in seconds. */
	declare readonly accessTokenValiditySeconds: pulumi.Output<number>;
	/** The allowed redirect URIs, sorted. */
	declare readonly registeredRedirectUri: pulumi.Output<string[]>;
	/** The ids of the scopes, sorted. */
	declare readonly scope: pulumi.Output<string[]>;
	/** The roles of a CLIENT-CREDENTIALS client, each with its division, including the default one. */
	declare readonly roleDivisions: pulumi.Output<Required<RoleDivisionInput>[]>;
	/** The ids of the roles, as the API returns them. */
	declare readonly roleIds: pulumi.Output<string[]>;
	/** `active`, `inactive`, or `disabled` by Genesys Cloud support. */
	declare readonly state: pulumi.Output<string>;
	/** When Genesys Cloud will delete the client: ISO 8601; undefined if it won't. */
	declare readonly dateToDelete: pulumi.Output<string | undefined>;
	/** When the client was created: ISO 8601, UTC. */
	declare readonly dateCreated: pulumi.Output<string>;
	/** When the client was last changed: ISO 8601, UTC. */
	declare readonly dateModified: pulumi.Output<string>;
	/** Who created it. */
	declare readonly createdBy: pulumi.Output<DomainEntityRef>;
	/** Who last changed it. */
	declare readonly modifiedBy: pulumi.Output<DomainEntityRef>;
	/** The client's path in the API. */
	declare readonly selfUri: pulumi.Output<string>;

	/**
	 * The number of secrets that this stack has had for the client: 1 after its creation, 1 more after each rotation, 0 while this stack
	 * doesn't know the secret.
	 */
	declare readonly secretVersion: pulumi.Output<number>;
	/** When the current secret was created: ISO 8601, UTC. */
	declare readonly secretRotatedAt: pulumi.Output<string>;
	/** When `secretRotation.maxAgeDays` rotates the secret next: ISO 8601, UTC; undefined without it. */
	declare readonly secretRotatesAt: pulumi.Output<string | undefined>;
	/**
	 * The first 12 hexadecimal digits of the secret's SHA-256, to compare secrets without showing them. Empty without a secret.
	 */
	declare readonly secretFingerprint: pulumi.Output<string>;

	/**
	 * Declares an OAuth client.
	 *
	 * @param name the resource's name in the stack
	 * @param args the client's settings
	 * @param opts Pulumi's resource options
	 */
	constructor(name: string, args: OAuthClientArgs, opts?: pulumi.CustomResourceOptions) {
		requireProgramDependency();
		const restore = disableStackTraces();
		const given = { ...args, ...secretArgumentsOf(clientTable, args) };
		const secretInputs = secretArguments(clientTable, given);
		try {
			super(
				OAuthClient.__pulumiType,
				name,
				{
					...declaredOutputs(clientTable, secretInputs),
					...given,
					...hiddenArguments(name, OAuthClient.__pulumiType, opts),
					secretInputs,
					[providerProperty]: serializedProvider,
				},
				withSecretOutputs(opts, clientTable),
			);
		} catch (error) {
			restore();
			// The error was created without a stack trace, but must show which client it is about.
			if (error instanceof Error) Error.captureStackTrace(error, OAuthClient);
			throw error;
		}
		restore();
		hideSecretMarks(
			this satisfies ShownOutputs<OAuthClientOutputs, SettingName | AddedName>,
			clientTable,
			secretInputs,
			args.keepSecretInState,
		);
		warnOfUnknownScopes(this, args.scope);
		announceAdoption(this, args, secretInputs);
	}

	/**
	 * Reads an existing client without managing it. Its `clientSecret` is empty, since the API doesn't show it.
	 *
	 * @param name the resource's name in the stack
	 * @param id the client id
	 * @param opts Pulumi's resource options
	 * @throws (fails the deployment) if no client has this id
	 */
	static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): OAuthClient {
		// A client that is only read has no arguments.
		return new OAuthClient(name, {} as OAuthClientArgs, { ...opts, id });
	}

	/** Whether a value is an OAuthClient, including one of another copy of this package. */
	static override isInstance(value: unknown): value is OAuthClient {
		const type = (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType;
		return pulumi.CustomResource.isInstance(value) && type === OAuthClient.__pulumiType;
	}
}
