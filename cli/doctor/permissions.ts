import { randomUUID } from "node:crypto";
import type { GenesysCloudApi } from "../../provider/api/create";
import { isApiError, isNotFoundError } from "../../provider/api/errors";
import type { OAuthClientRequest } from "../../provider/api/models";
import type { Check } from "./check";

/** A permission, and how it is tried. */
interface Probe {
	/** The vendor's name for it; where one of several will do, the words for that. */
	permission: string;
	/** What it is for. */
	use: string;
	/** Whether the provider can't work without it. */
	isNeeded: boolean;
	/** Whether the call would change something, were it carried out. */
	isWrite: boolean;
	/** The scope that it needs in an organization that enforces scopes. @default "oauth" */
	scope?: string;
	/** A call that needs the permission and can't be carried out. */
	try(api: GenesysCloudApi, absentId: string): Promise<unknown>;
}

/** No grant type, no name, and a state that no new client may have: three reasons for which the API must refuse it. */
const impossible = { name: "", state: "inactive" } as OAuthClientRequest;

/**
 * Each permission that this package's operations need. Nothing tells a caller its own permissions (the roles' policies belong to an API
 * that needs permissions of its own), so each is tried by a call that **can't be carried out**: on the id of a client, or of a role,
 * that doesn't exist, made up at random a moment ago, and with a body that the API must refuse. The API looks at the permission first,
 * so 403 says that it is missing, and 404 or 400 that it is there.
 */
const probes: readonly Probe[] = [
	{
		permission: "oauth:client:view",
		use: "refresh, adopt, export, report, look-ups, deletion guard",
		isNeeded: true,
		isWrite: false,
		try: async (api, absent) => api.getOauthClient(absent),
	},
	{
		permission: "oauth:client:add",
		use: "create, replace",
		isNeeded: true,
		isWrite: true,
		try: async (api) => api.postOauthClients(impossible),
	},
	{
		permission: "oauth:client:edit",
		use: "change, renew a secret, delete",
		isNeeded: true,
		isWrite: true,
		try: async (api, absent) => api.putOauthClient(absent, impossible),
	},
	{
		permission: "oauth:client:delete",
		use: "delete, replace",
		isNeeded: true,
		isWrite: true,
		try: async (api, absent) => api.deleteOauthClient(absent),
	},
	{
		permission: "oauth:client:view or usage:client:view",
		use: "deletionGuard, getOAuthClientUsage, report",
		isNeeded: false,
		isWrite: false,
		try: async (api, absent) => api.getOauthClientUsageSummary(absent),
	},
	{
		permission: "usage:client:view",
		use: "the same with usage jobs, the successor",
		isNeeded: false,
		isWrite: false,
		try: async (api, absent) => api.getUsageClientClientIdAggregatesQueryJob(absent, absent),
	},
	{
		permission: "usage:organization:view",
		use: "report with one query for all clients",
		isNeeded: false,
		isWrite: false,
		try: async (api, absent) => api.getUsageAggregatesQueryJob(absent),
	},
	{
		permission: "oauth:client:authorize",
		use: "getOAuthAuthorization, getOAuthAuthorizations",
		isNeeded: false,
		isWrite: false,
		try: async (api, absent) => api.getOauthAuthorization(absent),
	},
	{
		permission: "authorization:role:view",
		use: "getAuthorizationRole, getAuthorizationRoles, names of roles in an export",
		isNeeded: false,
		isWrite: false,
		scope: "authorization:readonly",
		try: async (api, absent) => api.getAuthorizationRole(absent),
	},
];

/**
 * Tries each permission; nothing in the organization changes.
 *
 * @param readOnly send nothing but GETs, and take no permission to write for needed
 */
export async function checkPermissions(
	api: GenesysCloudApi,
	readOnly: boolean,
	tell: (permission: string) => void,
): Promise<Check[]> {
	const absent = randomUUID();
	const checks: Check[] = [];
	for (const probe of probes.filter(({ isWrite }) => !readOnly || !isWrite)) {
		tell(probe.permission);
		checks.push(await check(api, probe, absent));
	}
	return checks;
}

async function check(api: GenesysCloudApi, probe: Probe, absent: string): Promise<Check> {
	const base = { id: `permission ${probe.permission}`, what: probe.permission };
	try {
		await probe.try(api, absent);
	} catch (error) {
		return judge(base, probe, error);
	}
	return carriedOut(base, probe);
}

/** What a refusal says of the permission. */
function judge(base: Pick<Check, "id" | "what">, probe: Probe, end: unknown): Check {
	if (!isApiError(end)) {
		return { ...base, found: end instanceof Error ? end.message : "not known", verdict: "unknown" };
	}
	const said = `${end.status} ${end.code ?? "without a code"}`;
	if (end.status === 403) {
		const isScope = end.code === "app.not.authorized.for.scope";
		return {
			...base,
			found: `missing (${said}): no ${probe.use}`,
			verdict: probe.isNeeded ? "problem" : "warning",
			advice: isScope
				? `The organization enforces scopes: give the client the scope ${probe.scope ?? "oauth"}`
				: `Give the client a role with ${probe.permission}${probe.isNeeded ? "" : ", if you want that"}`,
		};
	}
	// A gateway's own 404 or 400 says nothing.
	const isPresent = isNotFoundError(end) || (end.status === 400 && end.code !== undefined);
	return isPresent
		? { ...base, found: `present: ${probe.use}`, verdict: "fine" }
		: { ...base, found: `not known (${said})`, verdict: "unknown", advice: "Run this again later" };
}

/** The API has taken a call that it should have refused. */
function carriedOut(base: Pick<Check, "id" | "what">, { isWrite, use }: Probe): Check {
	if (!isWrite) return { ...base, found: `present: ${use}`, verdict: "fine" };
	return {
		...base,
		found: "present, but the API took a call that it should have refused",
		verdict: "problem",
		advice: "Look for an OAuth client without a name, made just now, and delete it; then report this",
	};
}
