import { randomUUID } from "node:crypto";
import type { Seed, UsageSeed } from "../../simulator/organization/seed";
import { DEFAULT_ROLES, PERMISSIONS } from "../../simulator/organization/seed-defaults";

const dayMs = 86_400_000;

/**
 * The organization of the contract's own simulator. Its login was in use on the days before, there are roles with different permissions and an
 * integration: without them some assumptions couldn't be tried.
 *
 * @param now the simulator's time, in milliseconds since 1970-01-01T00:00:00Z
 */
export function simulatedOrganization(id: string, now: number): Seed {
	const administratorId = randomUUID();
	const calls = (daysAgo: number, templateUri: string): UsageSeed => ({
		clientId: administratorId,
		date: new Date(now - daysAgo * dayMs).toISOString().slice(0, 10),
		templateUri,
		httpMethod: "GET",
		status200: 1 + daysAgo,
	});
	return {
		organization: { id },
		administrator: { id: administratorId },
		roles: [
			...DEFAULT_ROLES,
			{ name: "OAuth Viewer", permissions: [PERMISSIONS.viewClients] },
			{ name: "Integration Viewer", permissions: [PERMISSIONS.viewIntegrations] },
		],
		integrations: [{ name: "Data Actions" }],
		usage: [1, 2, 4].flatMap((daysAgo) =>
			["/api/v2/users", "/api/v2/oauth/clients"].map((template) => calls(daysAgo, template)),
		),
		usageQueries: { rowsPerAnswer: 4 },
	};
}
