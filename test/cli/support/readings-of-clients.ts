import type { Fault } from "../../../simulator";
import type { OtherReading } from "./contract-run";

const clients = "/api/v2/oauth/clients";
const one = `${clients}/{clientId}`;
const refusal = { error: "invalid_client", description: "authentication failed" };
const answer = (method: string, path: string, fault: Partial<Fault> & { status: number }): Fault =>
	({ kind: "status", method, path, times: "always", ...fault }) as Fault;
/** An answer of the token endpoint. */
const login = (fault: Partial<Fault> & { status: number }) => answer("POST", "/oauth/token", fault);

/** Each assumption about logins and clients that a run tries, and an organization in which it doesn't hold. */
export const readingsOfClients: readonly OtherReading[] = [
	{ id: "A1", seed: { lag: { secretByLogin: 10_000 } } },
	{ id: "A2", seed: { assumptions: { refusalOfInactiveClient: refusal } } },
	{ id: "A3", seed: { assumptions: { loginChecksGrantFirst: true } } },
	{ id: "A7", seed: { assumptions: { refusedGrants: ["TOKEN"] } } },
	{ id: "A8", seed: { assumptions: { requiredProperties: ["allowedIpAddresses"] } } },
	{ id: "A9", seed: { assumptions: { clientsHaveBothRoleForms: true } } },
	{ id: "A10", seed: { assumptions: { referencesHaveNames: false } } },
	{ id: "A11", seed: { assumptions: { createdBy: "user" } } },
	{ id: "A12", seed: { assumptions: { youngInactiveClients: "deleted" } } },
	{ id: "A14", faults: [answer("DELETE", one, { status: 409, code: "cannot.delete.client", times: 1 })] },
	{ id: "A15", faults: [answer("DELETE", one, { status: 200, body: {}, when: "after" })] },
	{ id: "A16", seed: { lag: { clientChangeById: 10_000 } } },
	{ id: "A17", seed: { lag: { oldSecretByLogin: 10_000 } } },
	{ id: "A18", seed: { assumptions: { tokensEndWithSecret: true } } },
	{ id: "A19", faults: [answer("GET", "/api/v2/tokens/me", { status: 401, code: "bad.credentials", times: 1 })] },
	{ id: "A20", faults: [answer("GET", "/api/v2/tokens/me", { status: 200, body: {}, skip: 1 })] },
	// The logins before are those of the login itself and of the new client.
	{ id: "A21", faults: [login({ status: 401, code: "invalid_client", skip: 2, times: 1 })] },
	{
		id: "A22",
		seed: { assumptions: { refusalOfUnknownClient: { error: "invalid_client", description: "client not found" } } },
	},
	{
		id: "A23",
		faults: [login({ status: 400, code: "unauthorized_client", message: "not this grant", skip: 6, times: 1 })],
	},
	{
		id: "A24",
		faults: [login({ status: 200, body: { access_token: "a-token-of-a-test", expires_in: 600 }, skip: 1 })],
	},
	{
		id: "A25",
		seed: { assumptions: { refusalOfInactiveClient: { error: "access_denied", description: "inactive" } } },
	},
	// A wrong secret, then the right one, are tried before it.
	{
		id: "A26",
		faults: [login({ status: 400, code: "invalid_client", message: "client is inactive", skip: 4, times: 1 })],
	},
	{ id: "A27", faults: [login({ status: 400, code: "invalid_client", skip: 4, times: 1 })] },
	{
		id: "A29",
		faults: [
			answer("GET", "/api/v2/tokens/me", { status: 200, body: {}, headers: { "inin-ratelimit-count": "4" }, skip: 3 }),
		],
	},
	{ id: "A30", seed: { expiredTokenCode: "credentials.expired" } },
	{ id: "A31", seed: { assumptions: { rateLimitResetIsLaterSeconds: 1 } } },
	{ id: "A34", faults: [answer("GET", "/api/v2/oauth/authorizations", { status: 403, code: "not.authorized" })] },
	{ id: "A36", faults: [answer("PUT", one, { status: 404, code: "client.not.found", skip: 1, times: 1 })] },
	{ id: "A37", seed: { clientsPerPage: 1 } },
	{ id: "A38", faults: [answer("GET", clients, { status: 200, body: { entities: [] } })] },
	{ id: "A39", seed: { assumptions: { listHasLogin: false } } },
	{ id: "A40", seed: { lag: { clientInList: 10_000 } } },
	{ id: "A41", seed: { lag: { clientChangeById: 10_000 } } },
	{ id: "A42", faults: [answer("PUT", one, { status: 200, body: { description: "third" }, skip: 3, times: 1 })] },
	{ id: "A43", faults: [answer("PUT", one, { status: 400, code: "invalid.property", skip: 1, times: 1 })] },
	{ id: "A44", faults: [answer("PUT", one, { status: 400, code: "bad.grant.type", skip: 8, times: 1 })] },
	{ id: "A45", faults: [answer("POST", clients, { status: 400, code: "constraint.validation", times: 1 })] },
	{
		id: "A46",
		faults: [answer("PUT", one, { status: 200, body: { accessTokenValiditySeconds: 600 }, skip: 2, times: 1 })],
	},
	{ id: "A47", faults: [answer("PUT", one, { status: 400, code: "constraint.validation", skip: 9, times: 1 })] },
	{ id: "A48", faults: [answer("PUT", one, { status: 400, code: "invalid.value", skip: 4, times: 1 })] },
	{ id: "A52", faults: [answer("POST", clients, { status: 409, code: "request.conflict", skip: 1, times: 1 })] },
	{ id: "A53", faults: [answer("GET", clients, { status: 200, body: { entities: [{ id: "1" }] } })] },
	{ id: "A64", seed: { assumptions: { refusedGrants: ["PASSWORD"] } } },
	{
		id: "A65",
		faults: [answer("POST", clients, { status: 200, body: { id: "1", secret: "of-an-implicit-client" }, times: 1 })],
	},
	{ id: "A66", seed: { assumptions: { newSecretSetsDateModified: false } } },
	{ id: "A67", seed: { assumptions: { modificationDateIsAheadMs: 240_000 } } },
	{ id: "A68", faults: [answer("POST", `${one}/secret`, { status: 404, code: "client.not.found", skip: 1 })] },
	{
		id: "A95",
		faults: [answer("GET", one, { status: 404, body: {}, headers: { "inin-correlation-id": "" }, skip: 2 })],
	},
	{ id: "A96", seed: { assumptions: { creationDateIsAheadMs: 240_000 } } },
	{ id: "A97", faults: [answer("GET", "/api/v2/tokens/me", { status: 200, body: {} })] },
];
