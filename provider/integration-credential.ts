import * as pulumi from "./pulumi-sdk";
import { announceCredentialAdoption } from "./adoption-preview";
import type { DeepInputs } from "./deep-input";
import { hiddenArguments } from "./hidden-arguments";
import {
	type AddedName,
	credentialTable,
	type IntegrationCredentialOutputs,
	isPublicField,
	type SettingOutput,
} from "./lifecycle/integration-credential/arguments";
import type { IntegrationCredentialSettings } from "./lifecycle/integration-credential/inputs";
import type { DeletionGuardInput } from "./lifecycle/oauth-client/inputs";
import type { OAuthClientArgs } from "./oauth-client";
import { requireProgramDependency } from "./require-program-dependency";
import { secretArguments } from "./secret-arguments";
import { declaredOutputs, hideSecretMarks, type ShownOutputs, withSecretOutputs } from "./secret-marks";
import { providerProperty, serializedCredential } from "./serialized-provider";

/** The OAuth client in a credential: an `OAuthClient`, the `current` of a `RotatingOAuthClient`, or a client that another stack manages. */
export interface CredentialClient {
	/** The client id. */
	clientId: pulumi.Input<string>;
	/** The client secret. */
	clientSecret: pulumi.Input<string>;
	/** The client's deletion guard, asked before the credential is deleted. @default no guard */
	deletionGuard?: OAuthClientArgs["deletionGuard"];
	/** The client's connection. @default the usual configuration */
	connection?: OAuthClientArgs["connection"];
}

/** The arguments of an integration credential; every value may be an output of another resource. Set either `client` or `fields`. */
export interface IntegrationCredentialArgs extends DeepInputs<IntegrationCredentialSettings> {
	/**
	 * The OAuth client to store, for the type `pureCloudOAuthClient`: an `OAuthClient`, or the `current` of a `RotatingOAuthClient`. The
	 * credential uses the client's `connection`, and isn't deleted while the client's `deletionGuard` refuses.
	 */
	client?: CredentialClient;
	/**
	 * The values of the type's fields, such as `clientId` and `clientSecret`, or `userName` and `password`. Always secrets. An empty value is
	 * refused. Genesys Cloud doesn't show them again: the state keeps a fingerprint of each, so that an unchanged one takes no call.
	 */
	fields?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * An integration credential of Genesys Cloud, with which an integration, such as data actions, logs in.
 *
 * ```ts
 * new IntegrationCredential("crm", { name: "CRM sync", client: crm });
 * ```
 *
 * A create takes one POST, a change (also of the client's secret) one GET and one PUT, a delete one GET and one DELETE, an unchanged `pulumi up` no call.
 */
export class IntegrationCredential extends pulumi.CustomResource {
	/** The type of this resource in Pulumi and policy packs. */
	static readonly __pulumiType = "pulumi-nodejs:dynamic/genesyscloud:IntegrationCredential";

	/** Id of the credential, also the resource's `id`: integrations refer to it. */
	declare readonly credentialId: pulumi.Output<string>;
	/** The credential's name. */
	declare readonly name: pulumi.Output<string>;
	/** The name of its type. */
	declare readonly type: pulumi.Output<string>;
	/** When the credential was created: ISO 8601, UTC. */
	declare readonly createdDate: pulumi.Output<string>;
	/** When it was last changed: ISO 8601, UTC. */
	declare readonly modifiedDate: pulumi.Output<string>;
	/** The credential's path in the API. */
	declare readonly selfUri: pulumi.Output<string>;

	/**
	 * Declares an integration credential.
	 *
	 * @param name the resource's name in the stack
	 * @param args the credential's settings
	 * @param opts Pulumi's resource options
	 */
	constructor(name: string, args: IntegrationCredentialArgs, opts?: pulumi.CustomResourceOptions) {
		requireProgramDependency();
		const { client, ...settings } = args;
		const isRead = opts?.id !== undefined;
		if (!isRead && (client === undefined) === (args.fields === undefined)) {
			throw new pulumi.RunError(`IntegrationCredential "${name}": set either client or fields`);
		}
		if (client !== undefined && args.type !== undefined) {
			throw new pulumi.RunError(
				`IntegrationCredential "${name}": remove type: a credential with client has the type pureCloudOAuthClient`,
			);
		}
		const { fields, plainFields } = client === undefined ? secretFields(args.fields) : secretFields(partsOf(client));
		const inputs = {
			...settings,
			...(client === undefined ? {} : ofClient(client, args)),
			...(isRead ? {} : { fields, plainFields }),
		};
		const secretInputs = secretArguments(credentialTable, inputs);
		super(
			IntegrationCredential.__pulumiType,
			name,
			{
				...declaredOutputs(credentialTable, secretInputs),
				...inputs,
				...hiddenArguments(name, IntegrationCredential.__pulumiType, opts),
				secretInputs,
				[providerProperty]: serializedCredential,
			},
			withSecretOutputs(opts, credentialTable),
		);
		hideSecretMarks(
			this satisfies ShownOutputs<IntegrationCredentialOutputs, SettingOutput | AddedName>,
			credentialTable,
			secretInputs,
		);
		announceCredentialAdoption(this, inputs, secretInputs);
	}

	/**
	 * Reads an existing credential without managing it.
	 *
	 * @param name the resource's name in the stack
	 * @param id the credential's id
	 * @param opts Pulumi's resource options
	 * @throws (fails the deployment) if no credential has this id
	 */
	static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): IntegrationCredential {
		// A credential that is only read has no arguments.
		return new IntegrationCredential(name, {} as IntegrationCredentialArgs, { ...opts, id });
	}

	/** Whether a value is an IntegrationCredential, including one of another copy of this package. */
	static override isInstance(value: unknown): value is IntegrationCredential {
		const type = (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType;
		return pulumi.CustomResource.isInstance(value) && type === IntegrationCredential.__pulumiType;
	}
}

const partsOf = ({ clientId, clientSecret }: CredentialClient) => ({ clientId, clientSecret });

/** What a credential takes from its client beside the fields. */
function ofClient(client: CredentialClient, args: IntegrationCredentialArgs) {
	const guard = pulumi.output(client.deletionGuard as pulumi.Input<DeletionGuardInput | undefined>);
	return {
		connection: args.connection ?? client.connection,
		// Without a guard it is known to be none, also while the id isn't known.
		clientDeletionGuard: guard.apply(
			(known) => known && pulumi.output(client.clientId).apply((clientId) => ({ ...known, clientId })),
		),
	};
}

/** Makes all fields secrets, and finds out which ones weren't. */
function secretFields(fields: IntegrationCredentialArgs["fields"]) {
	const isWhole = pulumi.Output.isInstance(fields) || fields instanceof Promise;
	const entries = isWhole ? [] : Object.entries(fields ?? {});
	const plain = entries
		.filter(([name]) => !isPublicField(name))
		.map(async ([name, value]) => ((await isPlain(pulumi.output(value))) ? [name] : []));
	const whole = pulumi.output(fields as pulumi.Input<Record<string, string>>);
	return {
		fields: isWhole
			? pulumi.secret(whole)
			: Object.fromEntries(entries.map(([name, value]) => [name, pulumi.secret(value)])),
		plainFields: isWhole
			? isPlain(whole).then((plainly) =>
					plainly
						? whole.apply((all) =>
								Object.keys(all)
									.filter((name) => !isPublicField(name))
									.toSorted(),
							)
						: undefined,
				)
			: Promise.all(plain).then((names) => (names.flat().length > 0 ? names.flat().toSorted() : undefined)),
	};
}

/** Whether a value isn't a secret; false while that isn't known. */
async function isPlain(output: pulumi.Output<unknown>): Promise<boolean> {
	const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
	return (await isKnown) && !(await pulumi.isSecret(output));
}
