import { randomUUID } from "node:crypto";
import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import { isApiError, isNotFoundError } from "../../provider/api/errors";
import type { CredentialRequest } from "../../provider/api/integration-models";
import type { OAuthClientRequest } from "../../provider/api/models";
import type { Check } from "./check";

/** What `--for` names: each is a part of this package that needs permissions of its own. */
export const purposes = ["clients", "credentials", "usage", "lookups", "authorizations", "export", "report"] as const;
/** One of them. */
export type Purpose = (typeof purposes)[number];

/** A permission, and the call that tests it. */
interface Probe {
	/** Genesys Cloud's name for it, or two names joined by "or" if either is enough. */
	permission: string;
	/** What needs it. */
	use: string;
	/** What can't work without it. */
	neededFor: readonly Purpose[];
	/** Whether the call would change something if it succeeded. */
	isWrite: boolean;
	/** The scope that it needs if the organization enforces scopes. @default "oauth" */
	scope?: string;
	/** A call that needs the permission and must fail. */
	try(api: GenesysCloudApi, absentId: string): Promise<unknown>;
}

/** No grant type, no name, and a state that a new client can't have: three reasons for the API to refuse it. */
const invalidClient = { name: "", state: "inactive" } as OAuthClientRequest;

/** No name and no type: two reasons for the API to refuse it. */
const invalidCredential: CredentialRequest = { name: "", type: { name: "" }, credentialFields: {} };
const ofIntegrations = { neededFor: ["credentials"] as Purpose[], isWrite: true, scope: "integrations" };

/**
 * Each permission that this package's operations need. A caller can't ask for its own permissions (reading the roles' policies needs
 * other permissions), so each is tested with a call that **must fail**: on a random id, which no client or role has, and with a body that the
 * API must refuse. The API checks the permission first, so 403 means that it is missing, and 404 or 400 that it is present.
 */
const probes: readonly Probe[] = [
	{
		permission: "oauth:client:view",
		use: "refresh, adopt, export, report, lookups, deletion guard, the check before a create",
		neededFor: ["clients", "export", "report"],
		isWrite: false,
		try: async (api, absent) => api.getOauthClient(absent),
	},
	{
		permission: "oauth:client:add",
		use: "create, replace",
		neededFor: ["clients"],
		isWrite: true,
		try: async (api) => api.postOauthClients(invalidClient),
	},
	{
		permission: "oauth:client:edit",
		use: "change, rotate a secret, delete",
		neededFor: ["clients"],
		isWrite: true,
		try: async (api, absent) => api.putOauthClient(absent, invalidClient),
	},
	{
		permission: "oauth:client:delete",
		use: "delete, replace",
		neededFor: ["clients"],
		isWrite: true,
		try: async (api, absent) => api.deleteOauthClient(absent),
	},
	{
		permission: "oauth:client:view or usage:client:view",
		use: "deletionGuard, getOAuthClientUsage, report",
		neededFor: ["usage", "report"],
		isWrite: false,
		try: async (api, absent) => api.getOauthClientUsageSummary(absent),
	},
	{
		permission: "usage:client:view",
		use: "the same with usage jobs, the successor",
		neededFor: ["usage"],
		isWrite: false,
		try: async (api, absent) => api.getUsageClientClientIdAggregatesQueryJob(absent, absent),
	},
	{
		permission: "usage:organization:view",
		use: "report with one query for all clients",
		neededFor: ["report"],
		isWrite: false,
		try: async (api, absent) => api.getUsageAggregatesQueryJob(absent),
	},
	{
		permission: "oauth:client:authorize",
		use: "getOAuthAuthorization, getOAuthAuthorizations",
		neededFor: ["authorizations"],
		isWrite: false,
		try: async (api, absent) => api.getOauthAuthorization(absent),
	},
	{
		permission: "authorization:role:view",
		use: "getAuthorizationRole, getAuthorizationRoles, names of roles in an export",
		neededFor: ["lookups", "export"],
		isWrite: false,
		scope: "authorization:readonly",
		try: async (api, absent) => api.getAuthorizationRole(absent),
	},
	{
		...ofIntegrations,
		permission: "integrations:integration:view",
		use: "IntegrationCredential, integration credentials in report",
		neededFor: ["credentials", "report"],
		isWrite: false,
		scope: "integrations:readonly",
		try: async (api, absent) => api.getIntegrationsCredential(absent),
	},
	{
		...ofIntegrations,
		permission: "integrations:integration:add",
		use: "create an IntegrationCredential",
		try: async (api) => api.postIntegrationsCredentials(invalidCredential),
	},
	{
		...ofIntegrations,
		permission: "integrations:integration:edit",
		use: "change or adopt an IntegrationCredential",
		try: async (api, absent) => api.putIntegrationsCredential(absent, invalidCredential),
	},
	{
		...ofIntegrations,
		permission: "integrations:integration:delete",
		use: "delete or replace an IntegrationCredential",
		try: async (api, absent) => api.deleteIntegrationsCredential(absent),
	},
];

/**
 * Tests each permission; nothing in the organization changes.
 *
 * @param wanted what the login is meant for: a permission that is missing for it is a problem, any other isn't
 * @param readOnly send only GETs, and skip the write permissions
 * @param onProbe called with each permission before it is tested
 */
export async function checkPermissions(
	api: GenesysCloudApi,
	wanted: readonly Purpose[],
	readOnly: boolean,
	onProbe: (permission: string) => void,
): Promise<Check[]> {
	const absent = randomUUID();
	const checks: Check[] = [];
	for (const probe of probes.filter(({ isWrite }) => !readOnly || !isWrite)) {
		onProbe(probe.permission);
		checks.push(await check(api, probe, wanted, absent));
	}
	return checks;
}

async function check(api: GenesysCloudApi, probe: Probe, wanted: readonly Purpose[], absent: string): Promise<Check> {
	const base = { id: `permission ${probe.permission}`, what: probe.permission };
	try {
		await probe.try(api, absent);
	} catch (error) {
		return checkFailure(base, probe, wanted, error);
	}
	return checkSuccess(base, probe);
}

/** What the failure of a probe's call says about the permission. */
function checkFailure(
	base: Pick<Check, "id" | "what">,
	{ permission, neededFor, scope = "oauth", use }: Probe,
	wanted: readonly Purpose[],
	error: unknown,
): Check {
	if (!isApiError(error)) {
		return { ...base, found: error instanceof Error ? error.message : "unknown", verdict: "unknown" };
	}
	const response = `${error.status} ${error.code ?? "without a code"}`;
	if (error.status === 403) {
		if (!neededFor.some((purpose) => wanted.includes(purpose))) {
			return { ...base, found: `missing (${response}), for: ${use}`, verdict: "optional" };
		}
		const isScope = error.code === "app.not.authorized.for.scope";
		return {
			...base,
			found: `missing (${response}), needed for: ${use}`,
			verdict: "problem",
			...(isScope
				? { advice: `The organization enforces scopes: give the client the scope ${scope}` }
				: { missing: permission.split(" or ")[0]! }),
		};
	}
	// A gateway's own 404 or 400 says nothing about the permission.
	const isPresent = isNotFoundError(error) || (error.status === 400 && error.code !== undefined);
	return isPresent
		? { ...base, found: `present, for: ${use}`, verdict: "fine" }
		: { ...base, found: `unknown (${response})`, verdict: "unknown", advice: "Run this again later" };
}

/** What it means that a probe's call succeeded: an API that accepts an invalid write has a defect. */
function checkSuccess(base: Pick<Check, "id" | "what">, { isWrite, use }: Probe): Check {
	if (!isWrite) return { ...base, found: `present, for: ${use}`, verdict: "fine" };
	return {
		...base,
		found: "present, but the API accepted a call that it should have refused",
		verdict: "problem",
		advice: "Look for an OAuth client without a name, created just now, and delete it; then report this",
	};
}
