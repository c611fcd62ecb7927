import { isDeepStrictEqual } from "node:util";
import { addUsage } from "./usage-count";
import {
	toAuthorization,
	toClient,
	toCredential,
	toDivision,
	toIntegration,
	toRole,
	toStoredFields,
} from "./organization-factory";
import type {
	Settings,
	StoredClient,
	StoredCredential,
	StoredDivision,
	StoredIntegration,
	StoredRole,
} from "./organization-state";
import { grantOf } from "./lag";
import type { OrganizationStore } from "./organization-store";
import { createSecret, digestOf, isSecret } from "./secret-digest";
import { parseWith } from "../schema-check";
import { schemas } from "./seed-schema";
import type {
	AuthorizationSeed,
	ClientSeed,
	CredentialSeed,
	DivisionSeed,
	IntegrationSeed,
	PersonReference,
	RoleSeed,
	UsageSeed,
} from "./seed";
import type {
	ClientChange,
	ClientRecord,
	CredentialChange,
	CredentialRecord,
	NewClient,
	Organization,
	SettingsChange,
} from "./organization";

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
		this.#store.saveClient(client);
		return { client: toRecord(client), secret };
	}

	changeClient(id: string, change: ClientChange): ClientRecord {
		const { dateModified, ...checked }: ClientChange = parseWith(schemas.clientChange, change, "change");
		const changed: StoredClient = {
			...this.#find(id),
			...checked,
			dateModified: dateModified ?? this.#author().now,
		};
		this.#store.saveClient(changed);
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
		this.#store.saveClient({ ...client, secretDigest: digestOf(secret) });
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
		const { state, news } = this.#store;
		state.roles.set(role.id, role);
		news.note(role.id);
		news.note(grantOf(state.administratorId, role.id));
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

	credentials(): CredentialRecord[] {
		return [...this.#store.state.credentials.values()].map(toCredentialRecord);
	}

	credential(id: string): CredentialRecord | undefined {
		const credential = this.#store.state.credentials.get(id);
		return credential && toCredentialRecord(credential);
	}

	addCredential(seed: CredentialSeed): CredentialRecord {
		const checked: CredentialSeed = parseWith(schemas.credential, seed, "credential");
		const credential = toCredential(checked, this.#author().now, this.#store.assumed.credentialTypes());
		this.#store.saveCredential(credential);
		return toCredentialRecord(credential);
	}

	changeCredential(id: string, change: CredentialChange): CredentialRecord {
		const { fields, ...checked }: CredentialChange = parseWith(schemas.credentialChange, change, "change");
		const credential = this.#findCredential(id);
		const types = this.#store.assumed.credentialTypes();
		const changed: StoredCredential = {
			...credential,
			modifiedDate: this.#author().now,
			...checked,
			...(fields === undefined ? {} : toStoredFields(checked.type ?? credential.type, fields, types)),
		};
		this.#store.saveCredential(changed);
		return toCredentialRecord(changed);
	}

	removeCredential(id: string): void {
		this.#store.state.credentials.delete(this.#findCredential(id).id);
	}

	checkCredential(id: string, fields: Record<string, string>): boolean {
		const { type, values, digests } = this.#findCredential(id);
		const types = this.#store.assumed.credentialTypes();
		return isDeepStrictEqual(toStoredFields(type, fields, types), { values, digests });
	}

	integrations(): StoredIntegration[] {
		return structuredClone([...this.#store.state.integrations.values()]);
	}

	addIntegration(seed: IntegrationSeed): StoredIntegration {
		const integration = toIntegration(parseWith(schemas.integration, seed, "integration"));
		this.#store.state.integrations.set(integration.id, integration);
		return structuredClone(integration);
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
		const checked: SettingsChange = parseWith(schemas.settings, change, "settings");
		const { limits, usageQueries, authorizationLists, integrationCredentials, lag, assumptions, ...others } = checked;
		const { settings } = this.#store.state;
		this.#store.state.settings = {
			...settings,
			...others,
			limits: { ...settings.limits, ...limits },
			usageQueries: { ...settings.usageQueries, ...usageQueries },
			authorizationLists: { ...settings.authorizationLists, ...authorizationLists },
			integrationCredentials: { ...settings.integrationCredentials, ...integrationCredentials },
			lag: { ...settings.lag, ...lag },
			assumptions: { ...settings.assumptions, ...assumptions },
		};
		return this.settings();
	}

	#find(id: string): StoredClient {
		const client = this.#store.client(id);
		if (client === undefined) throw new Error(`The organization has no client ${id}.`);
		return client;
	}

	#findCredential(id: string): StoredCredential {
		const credential = this.#store.state.credentials.get(id);
		if (credential === undefined) throw new Error(`The organization has no credential ${id}.`);
		return credential;
	}

	#author(): { now: string; by: PersonReference } {
		const { administratorId: id, clients } = this.#store.state;
		return {
			now: new Date(this.#store.clock.now()).toISOString(),
			by: this.#store.assumed.authorFor({ id, name: clients.get(id)?.name ?? "" }),
		};
	}
}

function toRecord(client: StoredClient): ClientRecord {
	const { secretDigest, ...record } = structuredClone(client);
	return { ...record, hasSecret: secretDigest !== undefined };
}

function toCredentialRecord(credential: StoredCredential): CredentialRecord {
	const { digests, ...record } = structuredClone(credential);
	return { ...record, sensitiveFields: Object.keys(digests).filter((field) => digests[field] !== "") };
}
