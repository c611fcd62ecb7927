import { addUsage } from "./usage-count";
import { toAuthorization, toClient, toDivision, toRole } from "./organization-factory";
import type { Settings, StoredClient, StoredDivision, StoredRole } from "./organization-state";
import type { OrganizationStore } from "./organization-store";
import { createSecret, digestOf, isSecret } from "./secret-digest";
import { parseWith } from "../schema-check";
import { schemas } from "./seed-schema";
import type { AuthorizationSeed, ClientSeed, DivisionSeed, RoleSeed, Seed, UsageSeed } from "./seed";

/** A client as it is in the organization, past the API; never with its secret. */
export interface ClientRecord extends Omit<StoredClient, "secretDigest"> {
	/** Whether it has a secret. */
	hasSecret: boolean;
}

/** A change to a client, past the API and its rules. A field that is left out stays as it is. */
export type ClientChange = Partial<Omit<ClientSeed, "id" | "secret">>;

/** A client that was put into the organization, with the only sight of its secret. */
export interface NewClient {
	/** The client. */
	client: ClientRecord;
	/** Its secret; undefined for a TOKEN client. */
	secret: string | undefined;
}

/** Settings that can change while the simulator runs; what is left out stays as it is. */
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

/** The organization past its API: what a colleague in the vendor's UI, or the vendor's support, does and sees. No call is logged. */
export interface Organization {
	/** The clients in the order they were made, without the administrator. */
	clients(): ClientRecord[];
	/** A client by its id, the administrator too; undefined when there is none. */
	client(id: string): ClientRecord | undefined;
	/** The clients with exactly this name, without the administrator. */
	clientsByName(name: string): ClientRecord[];
	/** Puts a client into the organization; the rules of the API don't apply. */
	addClient(seed: ClientSeed): NewClient;
	/** Changes a client; the rules of the API don't apply. Its dateModified is now, unless the change says otherwise. */
	changeClient(id: string, change: ClientChange): ClientRecord;
	/** Removes a client and its tokens. */
	removeClient(id: string): void;
	/** What the vendor's support does: the client is disabled and its tokens die. */
	disableClient(id: string): void;
	/** Undoes {@link Organization.disableClient}; tokens stay dead. */
	enableClient(id: string): void;
	/** Gives a client a new secret and returns it; the old one is dead at once. */
	regenerateSecret(id: string): string;
	/** Tells whether this is the client's secret. */
	checkSecret(id: string, secret: string): boolean;
	/** Makes a token for a client of any grant, its state and secret not asked for, and returns it. */
	issueToken(id: string): string;
	/** Ends the tokens of one client, or all tokens. */
	revokeTokens(id?: string): void;
	/** Says what a client's tokens may do from now on, whatever its roles. */
	setPermissions(id: string, permissions: string[] | "all"): void;
	/** Takes permissions away from a client. One that had all keeps the others of the OAuth API. */
	dropPermissions(id: string, ...permissions: string[]): void;
	/** The roles. */
	roles(): StoredRole[];
	/** Adds a role. */
	addRole(seed: RoleSeed): StoredRole;
	/** Removes a role; clients that hold it keep its id. */
	removeRole(id: string): void;
	/** The divisions. */
	divisions(): StoredDivision[];
	/** Adds a division. */
	addDivision(seed: DivisionSeed): StoredDivision;
	/** Removes a division; clients that have it keep its id. */
	removeDivision(id: string): void;
	/** Adds an authorization. */
	addAuthorization(seed: AuthorizationSeed): void;
	/** Adds calls that a client made, to those it made already. */
	addUsage(...rows: UsageSeed[]): void;
	/** Makes the next usage queries end as Failed. @param count How many; 1 when left out. */
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
			throw new Error(`The organization has a client ${checked.id} already.`);
		const secret = checked.secret ?? (checked.authorizedGrantType === "TOKEN" ? undefined : createSecret());
		const client = toClient(secret === undefined ? checked : { ...checked, secret }, this.#maker());
		this.#store.state.clients.set(client.id, client);
		return { client: toRecord(client), secret };
	}

	changeClient(id: string, change: ClientChange): ClientRecord {
		const { dateModified, ...checked }: ClientChange = parseWith(schemas.clientChange, change, "change");
		const changed: StoredClient = {
			...this.#find(id),
			...checked,
			dateModified: dateModified ?? this.#maker().now,
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
		if (division.home) throw new Error("The organization has a home division already.");
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
		authorizations.push(toAuthorization(checked, this.#maker().now, organization));
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

	#maker(): { now: string; by: { id: string; name: string } } {
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
