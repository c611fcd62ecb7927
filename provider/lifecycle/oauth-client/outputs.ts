import type { DomainEntityRef } from "../../api/models";
import type { OptionName, SettingName } from "./arguments";
import type { OAuthClientInputs, RoleDivisionInput } from "./inputs";

/** The outputs of an OAuth client: its settings as the API returns them, what the API adds, and the options. */
export interface OAuthClientOutputs
	extends
		Required<Pick<OAuthClientInputs, Exclude<SettingName, "roleDivisions" | "state">>>,
		Pick<OAuthClientInputs, OptionName> {
	/** The client id, also the resource's id. */
	clientId: string;
	/** The client secret, always a Pulumi secret; empty if there is none, or if this stack doesn't know it. */
	clientSecret: string;
	/** The roles as the API returns them, each with its division. */
	roleDivisions: Required<RoleDivisionInput>[];
	/** `active`, `inactive`, or `disabled` by Genesys Cloud support. */
	state: string;
	/** When Genesys Cloud will delete the client: ISO 8601; undefined if it won't. */
	dateToDelete?: string;
	/** When the client was created: ISO 8601, UTC. */
	dateCreated: string;
	/** When the client was last changed: ISO 8601, UTC. */
	dateModified: string;
	/** Who created it. */
	createdBy: DomainEntityRef;
	/** Who last changed it. */
	modifiedBy: DomainEntityRef;
	/** The client's path in the API. */
	selfUri: string;
	/** The number of secrets that this stack has had for the client; 0 while it knows none. */
	secretVersion: number;
	/** When the current secret was created: ISO 8601, UTC; empty for clients without a secret. */
	secretRotatedAt: string;
	/** When `secretRotation.maxAgeDays` rotates the secret next: ISO 8601, UTC; undefined without it. */
	secretRotatesAt?: string;
	/** The first 12 hexadecimal digits of the secret's SHA-256, to compare secrets without showing them. Empty without a secret. */
	secretFingerprint: string;
	/** The secret's remaining steps after a failed run; undefined if there are none. */
	pendingSecretSteps?: string[];
	/** The home division, if a role was declared without a division. */
	homeDivisionId?: string;
	/** The client id of the login that created or last changed the client: shows whether a 404 comes from the same organization. */
	loginClientId?: string;
	/** Distinguishes two entries in state with the same client; undefined for a client that the stack created. */
	adoptionId?: string;
	/** The optional settings that the program set, to distinguish them from defaults in a refresh. */
	declared: string[];
	/** Settings unknown to this version, sent back in a PUT, which would reset them otherwise. Secret, since their content is unknown. */
	unmanagedSettings: Record<string, unknown>;
}
