import type { DomainEntityRef } from "../../api/models";

/** The outputs of an OAuth client that aren't arguments. Those that programs see are documented at the class. */
export interface AddedOutputs {
	clientId: string;
	clientSecret: string;
	dateToDelete?: string;
	dateCreated: string;
	dateModified: string;
	createdBy: DomainEntityRef;
	modifiedBy: DomainEntityRef;
	selfUri: string;
	secretVersion: number;
	secretRotatedAt: string;
	secretRotatesAt?: string;
	secretFingerprint: string;
	/** The secret's remaining steps after a failed run; undefined if there are none. */
	pendingSecretSteps?: string[];
	/** The home division, if a role was declared without a division. */
	homeDivisionId?: string;
	/** The client id of the login that created or last changed the client: shows whether a 404 comes from the same organization. */
	loginClientId?: string;
	/** Distinguishes two entries in state of one resource with the same client; undefined for a client that the stack created. */
	adoptionId?: string;
	/** The order under which its secret was made: it doesn't rotate it again; undefined without one. */
	rotationOrder?: string;
	/** The grant with which login has told a right secret of this client; undefined for services, which can log in. */
	triedGrant?: string;
	/** The settings that an update without an answer may have changed: the next one makes them as declared; undefined if there are none. */
	unconfirmedSettings?: string[];
	/** The optional settings that the program set, to distinguish them from defaults in a refresh. */
	declared: string[];
	/** Settings unknown to this version, sent back in a PUT, which would reset them otherwise. Secret, since their content is unknown. */
	unmanagedSettings: Record<string, unknown>;
}
