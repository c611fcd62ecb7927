import type { Fault } from "../../../simulator";
import type { OtherReading } from "./contract-run";

const clients = "/api/v2/oauth/clients";
const one = `${clients}/{clientId}`;
const results = `${one}/usage/query/results/{executionId}`;
const credentials = "/api/v2/integrations/credentials";
/** The day on which the clock of the tests begins. */
const today = "2026-01-15T00:00:00.000Z";
const loginId = "0a600000-0000-4000-8000-000000000002";
const row = { date: "2026-01-14T00:00:00.000Z", requests: 1, templateUri: "/api/v2/users" };

/** An answer instead of the API's own. */
const answer = (method: string, path: string, fault: Partial<Fault> & { status: number }): Fault =>
	({ kind: "status", method, path, times: 1, ...fault }) as Fault;
/** What a usage query answers each time. */
const usage = (body: Record<string, unknown>): Fault[] => [
	answer("GET", results, { status: 200, body, times: "always" }),
];

/** Each assumption about settings, roles, credentials and usage that a run tries, and an organization in which it doesn't hold. */
export const readingsOfSettings: readonly OtherReading[] = [
	{ id: "A4", seed: { assumptions: { integrationsFilterByCredential: false } } },
	{
		id: "A5",
		seed: {
			assumptions: {
				credentialTypes: [
					{ name: "pureCloudOAuthClient", shown: ["clientId"] },
					{ name: "basicAuth", required: ["userName", "password"] },
				],
			},
		},
	},
	{ id: "A6", seed: { assumptions: { ungroupedUsageFields: "empty" } } },
	{ id: "A49", seed: { assumptions: { redirectUriIsRequired: true } } },
	{ id: "A50", faults: [answer("PUT", one, { status: 400, code: "constraint.validation" })] },
	{ id: "A51", seed: { limits: { clients: 0 } } },
	{ id: "A54", seed: { assumptions: { unknownProperties: "ignored" } } },
	// Two creates are accepted before it.
	{ id: "A55", faults: [answer("POST", clients, { status: 400, code: "invalid.value", skip: 2 })] },
	{ id: "A56", faults: [answer("PUT", one, { status: 200, body: {} })] },
	{ id: "A57", seed: { lag: { roleGrant: 5000 } } },
	{
		id: "A58",
		faults: [
			answer("POST", clients, {
				status: 200,
				body: { roleDivisions: [{ roleId: "1", divisionId: "2" }] },
				when: "after",
			}),
		],
	},
	{
		id: "A59",
		faults: [
			answer("POST", clients, {
				status: 200,
				body: { roleDivisions: [{ roleId: "1", divisionId: "2" }] },
				when: "after",
				skip: 1,
			}),
		],
	},
	{ id: "A60", faults: [answer("POST", clients, { status: 400, code: "missing.client.roles", skip: 1 })] },
	{ id: "A62", faults: [answer("PUT", one, { status: 400, code: "auth.invalid.scope", skip: 2 })] },
	{
		id: "A63",
		faults: [answer("GET", "/api/v2/oauth/scopes", { status: 200, body: { entities: [{ id: "teapots" }] } })],
	},
	{ id: "A69", seed: { integrationCredentials: { redaction: "omitted" } } },
	{ id: "A70", seed: { integrationCredentials: { showsClientId: false } } },
	{ id: "A71", seed: { integrationCredentials: { omittedFields: "keep" } } },
	{
		id: "A72",
		faults: [
			answer("PUT", `${credentials}/{credentialId}`, { status: 200, body: {}, skip: 1 }),
			answer("GET", `${credentials}/{credentialId}`, { status: 200, body: { type: { name: "basicAuth" } }, skip: 2 }),
		],
	},
	{ id: "A74", faults: [answer("POST", credentials, { status: 400, code: "constraint.validation" })] },
	{ id: "A75", seed: { assumptions: { credentialTypes: [{ name: "pureCloudOAuthClient" }, { name: "audioHook" }] } } },
	{
		id: "A76",
		faults: [
			answer("POST", credentials, { status: 400, code: "invalid.value", times: 3 }),
			answer("POST", credentials, { status: 200, body: {} }),
		],
	},
	{
		id: "A77",
		faults: [
			answer("GET", `${credentials}/listing`, {
				status: 200,
				body: { entities: [{ id: "1" }], nextUri: "/api/v2/integrations/credentials/listing?after=2" },
			}),
		],
	},
	{ id: "A78", seed: { authorizationLists: { maxPageSize: 100 } } },
	{ id: "A79", seed: { authorizationLists: { nameFilterIsCaseSensitive: true } } },
	{ id: "A80", seed: { authorizationLists: { permissionFilter: "all" } } },
	{ id: "A81", seed: { authorizationLists: { nextUri: false } } },
	{ id: "A82", seed: { roles: [{ name: "Employee", permissions: "all", defaultRoleId: "employee" }] } },
	{ id: "A83", faults: usage({ queryStatus: "Complete", results: [{ ...row, date: today }] }) },
	{ id: "A85", seed: { usageQueries: { apis: ["jobs"] } } },
	{ id: "A86", seed: { assumptions: { maximumUsageDays: 90 } } },
	{ id: "A87", seed: { assumptions: { usageIntervalIncludesEnd: true } } },
	{ id: "A88", faults: [answer("POST", `${one}/usage/query`, { status: 400, code: "invalid.date", skip: 1 })] },
	{ id: "A89", faults: usage({ queryStatus: "Complete", results: [row] }) },
	{ id: "A90", faults: usage({ queryStatus: "Succeeded", results: [row] }) },
	{
		id: "A91",
		seed: {
			administrator: { id: loginId },
			usage: [{ clientId: loginId, date: "2026-01-14", templateUri: "api/v2/users", httpMethod: "GET", status200: 1 }],
		},
	},
	{ id: "A92", faults: usage({ queryStatus: "Complete", results: [row], cursors: { after: "1" } }) },
	{ id: "A94", faults: [answer("GET", "/api/v2/oauth/authorizations", { status: 200, body: { entities: [] } })] },
];
