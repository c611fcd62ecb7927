import type { ConnectionInput, TimeoutsInput } from "../shared-inputs";

/** The existing credential to manage instead of creating one. Set either `credentialId` or `name`. */
export interface AdoptCredentialInput {
	/** The credential's id. Changing it later replaces the resource. */
	credentialId?: string;
	/** The credential's exact name. If several credentials have it, the error lists their ids. */
	name?: string;
	/**
	 * Whether the adoption sends the fields. With `false`, you assert that the credential already has these values, such as those of Terraform's
	 * state: they are recorded, and sent when they change, or with a name that differs. Genesys Cloud doesn't show them; only a client id that it
	 * shows is compared. It also applies after `pulumi import`.
	 *
	 * @default true
	 */
	sendFields?: boolean;
}

/** When to refuse to delete the credential, including its deletion after a replacement. */
export interface CredentialGuardInput {
	/** Refuses the deletion while an integration uses the credential, or if that can't be checked. */
	unlessUnused: boolean;
}

/** The client whose login a credential holds, and the deletion guard of that client. */
interface ClientDeletionGuardInput {
	/** The client's id. */
	clientId: string;
	/** Refuses the credential's deletion if the client made requests in this number of days (1 to 365), or if that can't be checked. */
	inUseWithinDays: number;
}

/** The plain settings of an integration credential. A change is one GET and one PUT, unless stated otherwise. */
export interface IntegrationCredentialSettings {
	/** The credential's name. Must not be empty; need not be unique. */
	name: string;
	/**
	 * The name of its type in Genesys Cloud, such as `pureCloudOAuthClient`, `basicAuth` or `userDefinedOAuth`. Changing it replaces the
	 * credential: a new one is created before the old one is deleted.
	 *
	 * @default "pureCloudOAuthClient"
	 */
	type?: string;
	/**
	 * Whether to check type and field names against those of the organization (GET /api/v2/integrations/credentials/types) before the
	 * credential is created or changed: one more call. An unknown type is an error, a missing field a warning. Otherwise the API decides.
	 *
	 * @default false
	 */
	checkType?: boolean;
	/**
	 * Whether to create the credential without checking for others of the same name. Otherwise the first create of a run lists the
	 * credentials. If one of the same name and type was created in the last 24 hours, and it isn't in the run's state, an interrupted run may
	 * have left it: the create is refused until you decide (`GENESYSCLOUD_TAKE_OVER`, `GENESYSCLOUD_ALLOW_SAME_NAME`).
	 *
	 * @default false
	 */
	allowSameName?: boolean;
	/** Manages an existing credential instead of creating one: the first `pulumi up` replaces its fields, unless `sendFields` is `false`. */
	adopt?: AdoptCredentialInput;
	/** Refuses to delete the credential while it is in use. Takes effect after a `pulumi up`. @default no guard */
	deletionGuard?: CredentialGuardInput;
	/** Timeouts of operations on this credential. */
	timeouts?: TimeoutsInput;
	/** Where to read the connection settings of another organization. @default the connection of `client`, or the usual configuration */
	connection?: ConnectionInput;
}

/** What `IntegrationCredential` passes to the provider. */
export interface IntegrationCredentialInputs extends IntegrationCredentialSettings {
	/**
	 * The values of the type's fields, such as `clientId` and `clientSecret`, or `userName` and `password`. Always secrets. An empty value is
	 * refused. Genesys Cloud doesn't show them again: the state keeps a fingerprint of each, so that an unchanged one takes no call.
	 */
	fields: Record<string, string>;
	/**
	 * The client in `fields` and its deletion guard: the credential, which is deleted first, isn't deleted while that refuses.
	 *
	 * @default no guard
	 */
	clientDeletionGuard?: ClientDeletionGuardInput;
	/** The names of the fields that the program gave as plain values. */
	plainFields?: string[];
}

/** The outputs of an integration credential that aren't arguments. Those that programs see are documented at the class. */
export interface AddedOutputs {
	credentialId: string;
	createdDate: string;
	modifiedDate: string;
	selfUri: string;
	/** The SHA-256 of each value that was sent: the API doesn't show the values. A field without one is sent by the next `pulumi up`. */
	fieldFingerprints: Record<string, string>;
	/** The client id of the login that created or last changed the credential. */
	loginClientId?: string;
	/** Distinguishes two entries in state of one resource with the same credential; undefined for one that the stack created. */
	adoptionId?: string;
}
