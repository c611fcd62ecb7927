import * as pulumi from "@pulumi/pulumi";
import type { DomainEntityRef, GrantType } from "./api/models";
import type { OAuthClientInputs, OAuthClientOutputs, RoleDivisionInput } from "./lifecycle/inputs";
import { announceAdoption } from "./adoption-preview";
import type { DeepInputs } from "./deep-input";
import { warnOfUnknownScopes } from "./scope-warning";
import { secretArguments } from "./secret-arguments";
import { serializedProvider, providerProperty } from "./serialized-provider";

/** What a program declares of an OAuth client; every value may be an output of another resource. */
export type OAuthClientArgs = DeepInputs<OAuthClientInputs>;

/** The properties that come back from the API; Pulumi wants each named when a resource is made. */
const outputNames = [
	"clientId",
	"clientSecret",
	"dateCreated",
	"dateModified",
	"createdBy",
	"modifiedBy",
	"selfUri",
	"dateToDelete",
	"secretVersion",
	"secretRotatedAt",
	"secretRotatesAt",
	"secretFingerprint",
	"pendingSecretSteps",
	"homeDivisionId",
	"loginClientId",
	"adoptionId",
	"declared",
	"unmanagedSettings",
] as const satisfies (keyof OAuthClientOutputs)[];

const inputNames = [
	"name",
	"authorizedGrantType",
	"description",
	"accessTokenValiditySeconds",
	"registeredRedirectUri",
	"scope",
	"roleDivisions",
	"roleIds",
	"state",
] as const satisfies (keyof OAuthClientInputs)[];

/** Kept encrypted in state, whatever the program does; `unmanagedSettings` because nobody knows what it will hold. */
const secretNames = ["clientSecret", "unmanagedSettings"] satisfies (keyof OAuthClientOutputs)[];

/** Pulumi wants to be told of each property before it has a value. */
const noOutputs = Object.fromEntries([...inputNames, ...outputNames, "adoption"].map((name) => [name, undefined]));

/**
 * Pulumi keeps a stack for each of the four promises behind every property, in case one never settles. Most of what a program spends on
 * a client goes there (4 ms), and only PULUMI_DEBUG_PROMISE_LEAKS shows them. Pulumi's note of where the program declares the client
 * is taken past this limit.
 *
 * @returns what ends it
 */
function disableStackTraces(): () => void {
	const limit = Error.stackTraceLimit;
	if (!process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) Error.stackTraceLimit = 0;
	return () => (Error.stackTraceLimit = limit);
}

/**
 * A Genesys Cloud OAuth client: the credential with which an application logs in.
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
 * Create is one POST, a change one PUT, an unchanged `pulumi up` no call, a delete one PUT and one DELETE.
 */
export class OAuthClient extends pulumi.CustomResource {
	/** The type under which Pulumi and policy packs know this resource. */
	static readonly __pulumiType = "pulumi-nodejs:dynamic/genesyscloud:OAuthClient";

	/** The client id (also the resource's `id`). */
	declare readonly clientId: pulumi.Output<string>;
	/**
	 * The client secret, always a Pulumi secret. Empty for clients that have none (`TOKEN`) and for those this stack didn't make: the
	 * API shows a secret only when it makes one.
	 */
	declare readonly clientSecret: pulumi.Output<string>;
	/** The client's name. */
	declare readonly name: pulumi.Output<string>;
	/** How the application gets its tokens. */
	declare readonly authorizedGrantType: pulumi.Output<GrantType>;
	/** What the client is for. */
	declare readonly description: pulumi.Output<string>;
	/** How long a token lives, in seconds. */
	declare readonly accessTokenValiditySeconds: pulumi.Output<number>;
	/** Where users may be sent back to after login, sorted. */
	declare readonly registeredRedirectUri: pulumi.Output<string[]>;
	/** What the application may do for its users, sorted. */
	declare readonly scope: pulumi.Output<string[]>;
	/** The roles of a CLIENT-CREDENTIALS client, each with its division, the default one included. */
	declare readonly roleDivisions: pulumi.Output<Required<RoleDivisionInput>[]>;
	/** The ids of those roles, as the API tells them. */
	declare readonly roleIds: pulumi.Output<string[]>;
	/** `active`, `inactive`, or `disabled` by Genesys Cloud's support. */
	declare readonly state: pulumi.Output<string>;
	/** When Genesys Cloud will delete the client: ISO 8601, or undefined when it won't. */
	declare readonly dateToDelete: pulumi.Output<string | undefined>;
	/** When the client was made: ISO 8601, UTC. */
	declare readonly dateCreated: pulumi.Output<string>;
	/** When the client was last changed: ISO 8601, UTC. */
	declare readonly dateModified: pulumi.Output<string>;
	/** Who made it. */
	declare readonly createdBy: pulumi.Output<DomainEntityRef>;
	/** Who last changed it. */
	declare readonly modifiedBy: pulumi.Output<DomainEntityRef>;
	/** The client's path in the API. */
	declare readonly selfUri: pulumi.Output<string>;

	/**
	 * How many secrets this stack has had for the client: 1 after it was made, 1 more after each rotation, 0 while its secret isn't known
	 * here.
	 */
	declare readonly secretVersion: pulumi.Output<number>;
	/** When the present secret was made: ISO 8601, UTC. */
	declare readonly secretRotatedAt: pulumi.Output<string>;
	/** When the secret is due for renewal by `secretRotation.maxAgeDays`: ISO 8601, UTC; undefined without it. */
	declare readonly secretRotatesAt: pulumi.Output<string | undefined>;
	/**
	 * Shows whether two secrets are the same without showing them: the first 12 hexadecimal digits of the secret's SHA-256. Empty for
	 * none.
	 */
	declare readonly secretFingerprint: pulumi.Output<string>;

	/**
	 * Declares an OAuth client.
	 *
	 * @param name the resource's name within the stack
	 * @param args the client's settings
	 * @param opts Pulumi's resource options
	 */
	constructor(name: string, args: OAuthClientArgs, opts?: pulumi.CustomResourceOptions) {
		const restore = disableStackTraces();
		const secretInputs = secretArguments(args);
		try {
			super(
				OAuthClient.__pulumiType,
				name,
				{ ...noOutputs, ...args, secretInputs, [providerProperty]: serializedProvider },
				withSecretOutputs(opts),
			);
		} catch (error) {
			restore();
			// What was thrown meanwhile has no stack, and its reader wants to know which client it was.
			if (error instanceof Error) Error.captureStackTrace(error, OAuthClient);
			throw error;
		}
		restore();
		warnOfUnknownScopes(this, args.scope);
		announceAdoption(this as this & { adoption: pulumi.Output<string | undefined> }, args, secretInputs);
	}

	/**
	 * Reads an existing client without managing it. Its `clientSecret` is empty, since the API doesn't show it.
	 *
	 * @param name the resource's name within the stack
	 * @param id the client id
	 * @param opts Pulumi's resource options
	 * @throws (fails the deployment) when there is no client with that id
	 */
	static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): OAuthClient {
		// Nothing is declared of a client that is only read.
		return new OAuthClient(name, {} as OAuthClientArgs, { ...opts, id });
	}

	/** Whether a value is an OAuthClient, also one of another copy of this package. */
	static override isInstance(value: unknown): value is OAuthClient {
		const type = (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType;
		return pulumi.CustomResource.isInstance(value) && type === OAuthClient.__pulumiType;
	}
}

function withSecretOutputs(opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
	return { ...opts, additionalSecretOutputs: [...(opts.additionalSecretOutputs ?? []), ...secretNames] };
}
