import { addUsage } from "./usage-count";
import { toAuthorization, toClient, toDivision, toRole } from "./organization-factory";
import type { Settings, StoredClient, StoredDivision, StoredRole } from "./organization-state";
import type { OrganizationStore } from "./organization-store";
import { createSecret, digestOf, isSecret } from "./secret-digest";
import { parseWith } from "../schema-check";
import { schemas } from "./seed-schema";
import type { AuthorizationSeed, ClientSeed, DivisionSeed, RoleSeed, Seed, UsageSeed } from "./seed";

/** A client of the organization, as the simulator stores it but without its secret. */
export interface ClientRecord extends Omit<StoredClient, "secretDigest"> {
	/** Whether it has a secret. */
	hasSecret: boolean;
}

/** A change to a client, without the API's rules. Omitted fields stay unchanged. */
export type ClientChange = Partial<Omit<ClientSeed, "id" | "secret">>;

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
	| "latencyMs"
	| "scopeEnforcement"
	| "expiredTokenCode"
	| "extraProperties"
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
	/** Adds calls to a client's usage. */
	addUsage(...rows: UsageSeed[]): void;
	/** Makes the next usage queries fail. @param count How many; 1 if omitted. */
	failUsageQueries(count?: number): void;
	/** The settings. */
	settings(): Settings;
	/** Changes settings. */
	changeSettings(change: SettingsChange): Settings;
}

/** {@link Organization} on the store. */
export class OrganizationAccess implements Organization {
	readonly #store: OrganizationStore;

	constructor(store: OrganizationStore) {
		this.#store = store;
	}

	clients(): ClientRecord[] {
		const { administratorId } = this.#store.state;
		return this.#store
			.clients()
			.filter((client) => client.id !== administratorId)
			.map(toRecord);
	}

	client(id: string): ClientRecord | undefined {
		const client = this.#store.client(id);
		return client && toRecord(client);
	}

	clientsByName(name: string): ClientRecord[] {
		return this.clients().filter((client) => client.name === name);
	}

	addClient(seed: ClientSeed): NewClient {
		const checked: ClientSeed = parseWith(schemas.client, seed, "client");
		if (checked.id !== undefined && this.#store.client(checked.id))
			throw new Error(`The organization already has a client ${checked.id}.`);
		const secret = checked.secret ?? (checked.authorizedGrantType === "TOKEN" ? undefined : createSecret());
		const client = toClient(secret === undefined ? checked : { ...checked, secret }, this.#author());
		this.#store.state.clients.set(client.id, client);
		return { client: toRecord(client), secret };
	}

	changeClient(id: string, change: ClientChange): ClientRecord {
		const { dateModified, ...checked }: ClientChange = parseWith(schemas.clientChange, change, "change");
		const changed: StoredClient = {
			...this.#find(id),
			...checked,
			dateModified: dateModified ?? this.#author().now,
		};
		this.#store.state.clients.set(id, changed);
		if (changed.state === "disabled") this.#store.revokeTokens(id);
		return toRecord(changed);
	}

	removeClient(id: string): void {
		this.#store.removeClient(this.#find(id).id);
	}

	disableClient(id: string): void {
		this.changeClient(id, { state: "disabled" });
	}

	enableClient(id: string): void {
		this.changeClient(id, { state: "active" });
	}

	regenerateSecret(id: string): string {
		const client = this.#find(id);
		const secret = createSecret();
		client.secretDigest = digestOf(secret);
		return secret;
	}

	checkSecret(id: string, secret: string): boolean {
		return isSecret(secret, this.#find(id).secretDigest);
	}

	issueToken(id: string): string {
		const client = this.#find(id);
		const isService = client.authorizedGrantType === "CLIENT-CREDENTIALS";
		return this.#store.issueToken(client, isService ? client.tokenScopes : client.scope);
	}

	revokeTokens(id?: string): void {
		this.#store.revokeTokens(id);
	}

	setPermissions(id: string, permissions: string[] | "all"): void {
		this.#find(id).permissions = permissions === "all" ? "all" : [...permissions];
	}

	dropPermissions(id: string, ...permissions: string[]): void {
		const client = this.#find(id);
		const left = this.#store.permissionsOf(client).filter((permission) => !permissions.includes(permission));
		client.permissions = left;
	}

	roles(): StoredRole[] {
		return structuredClone([...this.#store.state.roles.values()]);
	}

	addRole(seed: RoleSeed): StoredRole {
		const role = toRole(parseWith(schemas.role, seed, "role"));
		this.#store.state.roles.set(role.id, role);
		return structuredClone(role);
	}

	removeRole(id: string): void {
		if (!this.#store.state.roles.delete(id)) throw new Error(`The organization has no role ${id}.`);
	}

	divisions(): StoredDivision[] {
		return structuredClone([...this.#store.state.divisions.values()]);
	}

	addDivision(seed: DivisionSeed): StoredDivision {
		const division = toDivision(parseWith(schemas.division, seed, "division"));
		if (division.home) throw new Error("The organization already has a home division.");
		this.#store.state.divisions.set(division.id, division);
		return structuredClone(division);
	}

	removeDivision(id: string): void {
		if (this.#store.state.divisions.get(id)?.home === true) throw new Error("The home division can't be removed.");
		if (!this.#store.state.divisions.delete(id)) throw new Error(`The organization has no division ${id}.`);
	}

	addAuthorization(seed: AuthorizationSeed): void {
		const checked: AuthorizationSeed = parseWith(schemas.authorization, seed, "authorization");
		const { authorizations, organization } = this.#store.state;
		authorizations.push(toAuthorization(checked, this.#author().now, organization));
	}

	addUsage(...rows: UsageSeed[]): void {
		for (const row of rows) addUsage(this.#store.state, parseWith(schemas.usage, row, "usage"));
	}

	failUsageQueries(count = 1): void {
		this.#store.state.failingQueries += count;
	}

	settings(): Settings {
		return structuredClone(this.#store.state.settings);
	}

	changeSettings(change: SettingsChange): Settings {
		const { limits, usageQueries, authorizationLists, ...others }: SettingsChange = parseWith(
			schemas.settings,
			change,
			"settings",
		);
		const { settings } = this.#store.state;
		this.#store.state.settings = {
			...settings,
			...others,
			limits: { ...settings.limits, ...limits },
			usageQueries: { ...settings.usageQueries, ...usageQueries },
			authorizationLists: { ...settings.authorizationLists, ...authorizationLists },
		};
		return this.settings();
	}

	#find(id: string): StoredClient {
		const client = this.#store.client(id);
		if (client === undefined) throw new Error(`The organization has no client ${id}.`);
		return client;
	}

	#author(): { now: string; by: { id: string; name: string } } {
		const { administratorId } = this.#store.state;
		return {
			now: new Date(this.#store.clock.now()).toISOString(),
			by: { id: administratorId, name: this.#store.state.clients.get(administratorId)?.name ?? "" },
		};
	}
}

function toRecord(client: StoredClient): ClientRecord {
	const { secretDigest, ...record } = structuredClone(client);
	return { ...record, hasSecret: secretDigest !== undefined };
}
