import type {
	Settings,
	StoredClient,
	StoredCredential,
	StoredDivision,
	StoredIntegration,
	StoredRole,
} from "./organization-state";
import type {
	AuthorizationSeed,
	ClientSeed,
	CredentialSeed,
	DivisionSeed,
	IntegrationSeed,
	RoleSeed,
	Seed,
	UsageSeed,
} from "./seed";

/** A client of the organization, as the simulator stores it but without its secret. */
export interface ClientRecord extends Omit<StoredClient, "secretDigest"> {
	/** Whether it has a secret. */
	hasSecret: boolean;
}

/** A change to a client, without the API's rules. Omitted fields stay unchanged. */
export type ClientChange = Partial<Omit<ClientSeed, "id" | "secret">>;

/** An integration credential, as the simulator stores it but without digests. */
export interface CredentialRecord extends Omit<StoredCredential, "digests"> {
	/** The names of the sensitive fields that have a value. */
	sensitiveFields: string[];
}

/** A change to a credential, without the API's rules. Omitted settings stay unchanged; `fields` replaces all fields. */
export type CredentialChange = Partial<Omit<CredentialSeed, "id">>;

/** A client that was added to the organization, with its secret, which isn't shown again. */
export interface NewClient {
	/** The client. */
	client: ClientRecord;
	/** Its secret; undefined for a TOKEN client. */
	secret: string | undefined;
}

/** Settings that can change while the simulator runs; omitted settings stay unchanged. */
export type SettingsChange = Pick<
	Seed,
	| "limits"
	| "usageQueries"
	| "clientsPerPage"
	| "authorizationLists"
	| "integrationCredentials"
	| "latencyMs"
	| "scopeEnforcement"
	| "expiredTokenCode"
	| "extraProperties"
	| "lag"
	| "assumptions"
>;

/** The organization without its API: what a colleague in the vendor's UI, or the vendor's support, does and sees. Nothing is logged. */
export interface Organization {
	/** The clients in order of creation, without the administrator. */
	clients(): ClientRecord[];
	/** A client by id, including the administrator; undefined if there is none. */
	client(id: string): ClientRecord | undefined;
	/** The clients with exactly this name, without the administrator. */
	clientsByName(name: string): ClientRecord[];
	/** Adds a client, without the API's rules. */
	addClient(seed: ClientSeed): NewClient;
	/** Changes a client, without the API's rules. Sets dateModified to now unless the change has one. */
	changeClient(id: string, change: ClientChange): ClientRecord;
	/** Removes a client and its tokens. */
	removeClient(id: string): void;
	/** Disables a client and revokes its tokens, as the vendor's support does. */
	disableClient(id: string): void;
	/** Undoes {@link Organization.disableClient}; the tokens stay revoked. */
	enableClient(id: string): void;
	/** Gives a client a new secret and returns it; the old one stops working at once. */
	regenerateSecret(id: string): string;
	/** Whether this is the client's secret. */
	checkSecret(id: string, secret: string): boolean;
	/** Issues a token for a client of any grant and state, without its secret. */
	issueToken(id: string): string;
	/** Revokes the tokens of one client, or all tokens. */
	revokeTokens(id?: string): void;
	/** Sets what a client's tokens may do, instead of its roles. */
	setPermissions(id: string, permissions: string[] | "all"): void;
	/** Removes permissions from a client. A client that had all keeps the simulator's other permissions. */
	dropPermissions(id: string, ...permissions: string[]): void;
	/** The roles. */
	roles(): StoredRole[];
	/** Adds a role. */
	addRole(seed: RoleSeed): StoredRole;
	/** Removes a role; clients that have it keep its id. */
	removeRole(id: string): void;
	/** The divisions. */
	divisions(): StoredDivision[];
	/** Adds a division. */
	addDivision(seed: DivisionSeed): StoredDivision;
	/** Removes a division; clients that have it keep its id. */
	removeDivision(id: string): void;
	/** Adds an authorization. */
	addAuthorization(seed: AuthorizationSeed): void;
	/** The integration credentials. */
	credentials(): CredentialRecord[];
	/** An integration credential by id; undefined if there is none. */
	credential(id: string): CredentialRecord | undefined;
	/** Adds an integration credential, without the API's rules. */
	addCredential(seed: CredentialSeed): CredentialRecord;
	/** Changes an integration credential, without the API's rules. Sets modifiedDate to now unless the change has one. */
	changeCredential(id: string, change: CredentialChange): CredentialRecord;
	/** Removes an integration credential; integrations keep its id. */
	removeCredential(id: string): void;
	/** Whether these are all fields of the credential, with their values. */
	checkCredential(id: string, fields: Record<string, string>): boolean;
	/** The integrations. */
	integrations(): StoredIntegration[];
	/** Adds an integration. */
	addIntegration(seed: IntegrationSeed): StoredIntegration;
	/** Adds calls to a client's usage. */
	addUsage(...rows: UsageSeed[]): void;
	/** Makes the next usage queries fail. @param count How many; 1 if omitted. */
	failUsageQueries(count?: number): void;
	/** The settings. */
	settings(): Settings;
	/** Changes settings. */
	changeSettings(change: SettingsChange): Settings;
}
