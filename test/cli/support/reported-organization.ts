import { type ClientSeed, DIVISION_IDS, ROLE_IDS, type Seed, type UsageSeed } from "../../../simulator";

const dayMilliseconds = 86_400_000;
const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];

/** The UTC day so many days before a moment. */
export const daysBefore = (now: number, days: number): string =>
	new Date(now - days * dayMilliseconds).toISOString().slice(0, 10);

const idOf = (index: number) => `c11e0000-0000-4000-8000-${String(index).padStart(12, "0")}`;

/** The clients that tests ask for by name. */
export const reportedIds = {
	crm: idOf(1),
	dashboard: idOf(2),
	idle: idOf(3),
	oldWidget: idOf(4),
	script: idOf(5),
	endTag: idOf(6),
	leaving: idOf(7),
	disabled: idOf(8),
	fresh: idOf(9),
	unaccounted: idOf(10),
};

/** Names that would run as script, or end the page's data, if they weren't shown as text. */
export const hostileNames = ["<script>alert(1)</script>", "</script><!-- \"'><img src=x onerror=alert(2)>"];

/** An organization for the report: one client for each kind of finding, and as many plain ones as are wanted. */
export function reportedOrganization(now: number, plainClients = 0): Seed {
	const ago = (days: number) => new Date(now - days * dayMilliseconds).toISOString();
	const clients: ClientSeed[] = [
		{
			id: reportedIds.crm,
			name: "CRM sync",
			description: "Nightly copy of contacts",
			roleDivisions,
			dateCreated: ago(900),
		},
		{
			id: reportedIds.dashboard,
			name: "Wallboard",
			authorizedGrantType: "CODE",
			scope: ["users", "analytics:readonly", "routing", "all"],
			registeredRedirectUri: ["https://wallboard.example.com/callback"],
			dateCreated: ago(200),
		},
		{ id: reportedIds.idle, name: "Idle import", roleDivisions, dateCreated: ago(400) },
		{
			id: reportedIds.oldWidget,
			name: "Old widget",
			authorizedGrantType: "TOKEN",
			scope: ["users:readonly"],
			accessTokenValiditySeconds: 172_800,
			dateCreated: ago(1500),
		},
		{
			id: reportedIds.script,
			name: hostileNames[0] ?? "",
			description: hostileNames[1] ?? "",
			roleDivisions,
			dateCreated: ago(20),
		},
		{
			id: reportedIds.endTag,
			name: hostileNames[1] ?? "",
			authorizedGrantType: "CODE",
			scope: ["</script>", "users"],
			registeredRedirectUri: ["https://app.example.com/callback"],
			dateCreated: ago(60),
		},
		{
			id: reportedIds.leaving,
			name: "Leaving soon",
			roleDivisions,
			state: "inactive",
			dateCreated: ago(300),
			dateToDelete: new Date(now + 5 * dayMilliseconds).toISOString(),
		},
		{ id: reportedIds.disabled, name: "Stopped by support", roleDivisions, state: "disabled", dateCreated: ago(500) },
		{
			id: reportedIds.fresh,
			name: "Fresh",
			roleDivisions,
			dateCreated: ago(3),
			extra: { futureSecret: "hidden-in-a-later-field" },
		},
		{
			id: reportedIds.unaccounted,
			name: "Uses something new",
			authorizedGrantType: "CODE",
			scope: ["users", "telephony"],
			registeredRedirectUri: ["https://new.example.com/callback"],
			dateCreated: ago(100),
		},
	];
	const usage = [
		...daily(now, reportedIds.crm, "GET", "/api/v2/externalcontacts/contacts", (day) => ({
			status200: 400 + ((day * 37) % 90),
			status400: day % 6 === 0 ? 120 : 4,
			status429: day % 6 === 0 ? 80 : 0,
		})),
		...daily(now, reportedIds.crm, "PUT", "/api/v2/externalcontacts/contacts/{contactId}", (day) => ({
			status200: 20 + (day % 7),
		})),
		...daily(now, reportedIds.dashboard, "GET", "/api/v2/users", (day) => ({ status200: day % 7 < 2 ? 0 : 60 + day })),
		...daily(now, reportedIds.dashboard, "POST", "/api/v2/analytics/queues/observations/query", () => ({
			status200: 30,
		})),
		...daily(now, reportedIds.script, "GET", "/api/v2/users/me", () => ({ status200: 5, status500: 1 })),
		...daily(now, reportedIds.endTag, "PATCH", "/api/v2/users/{userId}", (day) => ({ status200: day % 3 })),
		...daily(now, reportedIds.leaving, "GET", "/api/v2/routing/queues", (day) => ({ status200: day > 12 ? 0 : 3 })),
		...daily(now, reportedIds.unaccounted, "GET", "/api/v2/users", () => ({ status200: 2 })),
		...daily(now, reportedIds.unaccounted, "GET", "/api/v2/neverheardof/things", () => ({ status200: 1 })),
	];
	for (let index = 0; index < plainClients; index += 1) {
		const id = idOf(100 + index);
		clients.push({
			id,
			name: `Integration ${String(index + 1).padStart(3, "0")}`,
			roleDivisions,
			dateCreated: ago(40 + 11 * index),
		});
		usage.push(
			...daily(now, id, "GET", "/api/v2/routing/queues", (day) => ({
				status200: (day * 13 + index * 7) % 50,
				status400: (day + index) % 9 === 0 ? 6 : 0,
			})),
		);
	}
	return { clients, usage, usageQueries: { runningPolls: 0 }, limits: { requestsPerMinute: null } };
}

/** Usage of one operation on each of the last 45 days; days without a request have no row, as with the vendor. */
function daily(
	now: number,
	clientId: string,
	httpMethod: string,
	templateUri: string,
	counts: (day: number) => Partial<Pick<UsageSeed, "status200" | "status400" | "status429" | "status500">>,
): UsageSeed[] {
	return Array.from({ length: 45 }, (_, index) => ({
		clientId,
		date: daysBefore(now, index + 1),
		templateUri,
		httpMethod,
		...counts(index + 1),
	})).filter(({ status200 = 0, status400 = 0, status500 = 0 }) => status200 + status400 + status500 > 0);
}
