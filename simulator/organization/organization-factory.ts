import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import { Assumptions, DEFAULT_ASSUMPTIONS } from "./assumptions";
import { DEFAULT_LAG } from "./lag";
import { OAUTH_CLIENT_TYPE } from "./credential-types";
import { createSecret, digestOf } from "./secret-digest";
import { addUsage } from "./usage-count";
import { DEFAULT_AUTHORIZATIONS, DEFAULT_DIVISIONS, DEFAULT_ROLES } from "./seed-defaults";
import type { CredentialTypeSeed } from "./assumption-seed";
import type {
	AuthorizationSeed,
	ClientSeed,
	CredentialSeed,
	DivisionSeed,
	IntegrationSeed,
	RoleSeed,
	Seed,
} from "./seed";
import type {
	OrganizationState,
	Settings,
	StoredAuthorization,
	StoredClient,
	StoredCredential,
	StoredDivision,
	StoredIntegration,
	StoredRole,
} from "./organization-state";

/** A new organization, and the administrator's secret. */
export interface NewOrganization {
	/** The organization. */
	state: OrganizationState;
	/** The secret of the administrator. */
	administratorSecret: string;
}

/** Creates the organization that a seed describes. */
export function createOrganization(seed: Seed, clock: Clock): NewOrganization {
	const now = new Date(clock.now()).toISOString();
	const roles = (seed.roles ?? DEFAULT_ROLES).map(toRole);
	const divisions = (seed.divisions ?? DEFAULT_DIVISIONS).map(toDivision);
	const settings = toSettings(seed);
	const assumed = new Assumptions(() => ({ settings, divisions: byId(divisions) }));
	const administratorSecret = createSecret();
	const name = seed.administrator?.name ?? "Administrator";
	const id = seed.administrator?.id ?? randomUUID();
	const author = { now, by: assumed.authorFor({ id, name }) };
	const administrator = toClient(
		{
			id,
			name,
			secret: administratorSecret,
			description: "The client that the simulator starts with",
			accessTokenValiditySeconds: seed.administrator?.accessTokenValiditySeconds ?? 86_400,
			roleDivisions: roles.map((role) => ({ roleId: role.id, divisionId: "*" })),
			permissions: "all",
		},
		author,
	);
	const organizationId = seed.organization?.id ?? randomUUID();
	const organizationName = seed.organization?.name ?? "Simulated Organization";
	const clients = (seed.clients ?? []).map((client) => toClient(client, author));
	const state: OrganizationState = {
		organization: {
			id: organizationId,
			name: organizationName,
			defaultCountryCode: seed.organization?.defaultCountryCode ?? "US",
		},
		administratorId: administrator.id,
		roles: byId(roles),
		divisions: byId(divisions),
		clients: byId([administrator, ...clients]),
		tokens: new Map(),
		tokenWindows: new Map(),
		authorizations: (seed.authorizations ?? DEFAULT_AUTHORIZATIONS).map((authorization) =>
			toAuthorization(authorization, now, { id: organizationId, name: organizationName }),
		),
		credentials: byId(
			(seed.credentials ?? []).map((credential) => toCredential(credential, now, assumed.credentialTypes())),
		),
		integrations: byId((seed.integrations ?? []).map(toIntegration)),
		usage: new Map(),
		executions: new Map(),
		usageJobs: new Map(),
		failingQueries: 0,
		news: new Map(),
		cachedRefusals: new Map(),
		formerClients: [],
		oldSecrets: new Map(),
		settings,
	};
	for (const usage of seed.usage ?? []) addUsage(state, usage);
	return { state, administratorSecret };
}

/** A role as the simulator stores it. */
export function toRole(seed: RoleSeed): StoredRole {
	return {
		id: seed.id ?? randomUUID(),
		name: seed.name,
		permissions: seed.permissions ?? [],
		description: seed.description ?? "",
		defaultRoleId: seed.defaultRoleId,
		userCount: seed.userCount ?? 0,
	};
}

/** A division as the simulator stores it. */
export function toDivision(seed: DivisionSeed): StoredDivision {
	return {
		id: seed.id ?? randomUUID(),
		name: seed.name,
		description: seed.description ?? "",
		home: seed.home ?? false,
	};
}

/** A client as the simulator stores it. */
export function toClient(seed: ClientSeed, author: { now: string; by: { id: string; name?: string } }): StoredClient {
	const dateCreated = seed.dateCreated === undefined ? author.now : new Date(seed.dateCreated).toISOString();
	const createdBy = seed.createdBy ?? author.by;
	const authorizedGrantType = seed.authorizedGrantType ?? "CLIENT-CREDENTIALS";
	const hasSecret = authorizedGrantType !== "TOKEN" || seed.secret !== undefined;
	return {
		id: seed.id ?? randomUUID(),
		name: seed.name,
		description: seed.description,
		authorizedGrantType,
		accessTokenValiditySeconds: seed.accessTokenValiditySeconds ?? 86_400,
		registeredRedirectUri: seed.registeredRedirectUri ?? [],
		roleIds: seed.roleIds ?? [],
		roleDivisions: seed.roleDivisions ?? [],
		scope: seed.scope ?? [],
		state: seed.state ?? "active",
		dateCreated,
		dateModified: seed.dateModified === undefined ? dateCreated : new Date(seed.dateModified).toISOString(),
		dateToDelete: seed.dateToDelete === undefined ? undefined : new Date(seed.dateToDelete).toISOString(),
		createdBy,
		modifiedBy: seed.modifiedBy ?? createdBy,
		extra: seed.extra ?? {},
		secretDigest: hasSecret ? digestOf(seed.secret ?? createSecret()) : undefined,
		permissions: seed.permissions,
		tokenScopes: seed.tokenScopes ?? ["all"],
		addressIsDenied: seed.addressIsDenied ?? false,
	};
}

/** An authorization as the simulator stores it. */
export function toAuthorization(
	seed: AuthorizationSeed,
	now: string,
	owner: { id: string; name: string },
): StoredAuthorization {
	const dateCreated = seed.dateCreated ?? now;
	return {
		clientId: seed.clientId ?? randomUUID(),
		clientName: seed.clientName,
		authorizedGrantType: seed.authorizedGrantType ?? "CODE",
		scope: seed.scope ?? [],
		roles: seed.roles ?? [],
		state: seed.state,
		resourceOwner: seed.resourceOwner ?? owner,
		dateCreated,
		dateModified: seed.dateModified ?? dateCreated,
		...(seed.description === undefined ? {} : { description: seed.description }),
	};
}

/** A credential as the simulator stores it. */
export function toCredential(
	seed: CredentialSeed,
	now: string,
	types: readonly CredentialTypeSeed[],
): StoredCredential {
	const createdDate = seed.createdDate === undefined ? now : new Date(seed.createdDate).toISOString();
	const type = seed.type ?? OAUTH_CLIENT_TYPE;
	return {
		id: seed.id ?? randomUUID(),
		name: seed.name,
		type,
		...toStoredFields(type, seed.fields ?? {}, types),
		createdDate,
		modifiedDate: seed.modifiedDate === undefined ? createdDate : new Date(seed.modifiedDate).toISOString(),
	};
}

/** The fields of a credential as the simulator stores them. */
export function toStoredFields(
	type: string,
	fields: Record<string, string>,
	types: readonly CredentialTypeSeed[],
): Pick<StoredCredential, "values" | "digests"> {
	const shown = types.find(({ name }) => name === type)?.shown ?? [];
	const [values, sensitive] = [true, false].map((isShown) =>
		Object.entries(fields).filter(([name]) => shown.includes(name) === isShown),
	) as [[string, string][], [string, string][]];
	return {
		values: Object.fromEntries(values),
		digests: Object.fromEntries(sensitive.map(([name, value]) => [name, value === "" ? "" : digestOf(value)])),
	};
}

/** An integration as the simulator stores it. */
export function toIntegration(seed: IntegrationSeed): StoredIntegration {
	return {
		id: seed.id ?? randomUUID(),
		name: seed.name,
		integrationType: seed.integrationType ?? "purecloud-data-actions",
		credentialIds: seed.credentialIds ?? [],
	};
}

function toSettings(seed: Seed): Settings {
	return {
		limits: {
			clients: null,
			requestsPerMinute: 300,
			tokenRequestsPerMinute: null,
			requestBytes: 512_000,
			...seed.limits,
		},
		usageQueries: { runningPolls: 1, rowsPerAnswer: null, apis: ["oauth", "jobs"], ...seed.usageQueries },
		clientsPerPage: seed.clientsPerPage ?? null,
		authorizationLists: {
			nameFilter: "contains",
			nameFilterIsCaseSensitive: false,
			permissionFilter: "any",
			maxPageSize: null,
			nextUri: true,
			uncountedUsers: "absent",
			...seed.authorizationLists,
		},
		integrationCredentials: {
			redaction: "masked",
			showsClientId: true,
			omittedFields: "clear",
			usedOnesCanBeDeleted: true,
			...seed.integrationCredentials,
		},
		latencyMs: seed.latencyMs ?? 0,
		scopeEnforcement: seed.scopeEnforcement ?? false,
		expiredTokenCode: seed.expiredTokenCode ?? "bad.credentials",
		extraProperties: seed.extraProperties ?? [],
		lag: { ...DEFAULT_LAG, ...seed.lag },
		assumptions: { ...DEFAULT_ASSUMPTIONS, ...seed.assumptions },
	};
}

function byId<T extends { id: string }>(items: T[]): Map<string, T> {
	return new Map(items.map((item) => [item.id, item]));
}
