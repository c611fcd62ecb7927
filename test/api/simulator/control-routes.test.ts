import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, realClock, ROLE_IDS, startSimulator } from "../../../simulator/index";
import type { ManualClock, Simulator } from "../../../simulator/index";
import { administratorToken, call, callAsAdministrator, requestToken } from "./api-caller";

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = createManualClock({ now: Date.parse("2026-01-15T12:00:00Z") });
	simulator = await startSimulator({ clock });
});
afterEach(async () => {
	await simulator.close();
});

function control(method: string, path: string, json?: unknown) {
	return call(simulator, method, `/simulator${path}`, json === undefined ? {} : { json });
}

test("the log is read, filtered and cleared over HTTP", async () => {
	await administratorToken(simulator);
	await call(simulator, "GET", "/api/v2/oauth/scopes");
	expect((await control("GET", "/requests")).body).toEqual({ count: 2, requests: simulator.requests.all() });
	expect((await control("GET", "/requests?method=GET&status=401")).body).toMatchObject({
		count: 1,
		requests: [{ path: "/api/v2/oauth/scopes" }],
	});
	expect((await control("GET", "/requests?verb=GET")).status).toBe(400);
	expect((await control("DELETE", "/requests")).status).toBe(204);
	expect(simulator.requests.count()).toBe(0);
});

test("faults are added, listed, released and cleared over HTTP", async () => {
	const fault = { kind: "status", method: "GET", path: "/api/v2/oauth/scopes", status: 500, times: 2 };
	expect((await control("POST", "/faults", fault)).status).toBe(204);
	expect((await call(simulator, "GET", "/api/v2/oauth/scopes")).status).toBe(500);
	expect((await control("GET", "/faults")).body.faults).toMatchObject([{ ...fault, times: 1 }]);
	expect((await control("DELETE", "/faults")).status).toBe(204);
	expect((await call(simulator, "GET", "/api/v2/oauth/scopes")).status).toBe(401);
	await control("POST", "/faults", { kind: "hang", method: "GET", path: "/api/v2/oauth/scopes" });
	const hanging = call(simulator, "GET", "/api/v2/oauth/scopes");
	await simulator.requests.whenReceived({ method: "GET" }, 3);
	expect((await control("POST", "/faults/release")).status).toBe(204);
	expect((await hanging).status).toBe(401);
});

test("a fault that makes no sense is refused with the reason", async () => {
	const { status, body } = await control("POST", "/faults", { kind: "status", method: "GET", path: "/" });
	expect(status).toBe(400);
	expect(body.error).toMatch(/^fault: status: /);
	expect(simulator.faults.pending()).toEqual([]);
});

test("clients are added, changed, disabled and removed over HTTP", async () => {
	const added = (await control("POST", "/clients", { name: "service" })).body;
	const { id } = added.client;
	expect((await requestToken(simulator, id, added.secret)).status).toBe(200);
	expect((await control("GET", "/clients")).body.clients).toEqual([added.client]);
	expect((await control("GET", `/clients/${id}`)).body.client).toEqual(added.client);
	expect((await control("PATCH", `/clients/${id}`, { name: "renamed" })).body.client.name).toBe("renamed");
	expect((await control("POST", `/clients/${id}/disable`)).status).toBe(204);
	expect(simulator.organization.client(id)?.state).toBe("disabled");
	expect((await control("POST", `/clients/${id}/enable`)).status).toBe(204);
	expect(simulator.organization.client(id)?.state).toBe("active");
	expect((await control("DELETE", `/clients/${id}`)).status).toBe(204);
	expect(simulator.organization.clients()).toEqual([]);
	expect((await control("GET", `/clients/${id}`)).status).toBe(404);
	expect((await control("DELETE", `/clients/${id}`)).status).toBe(400);
});

test("secrets, tokens and permissions of a client are had over HTTP", async () => {
	const { client } = simulator.organization.addClient({ name: "service" });
	const path = `/clients/${client.id}`;
	const { secret } = (await control("POST", `${path}/secret`)).body;
	expect((await control("POST", `${path}/secret/check`, { secret })).body).toEqual({ correct: true });
	expect((await control("POST", `${path}/secret/check`, { secret: "x" })).body).toEqual({ correct: false });
	const { token } = (await control("POST", `${path}/token`)).body;
	const list = () => call(simulator, "GET", "/api/v2/oauth/clients", { token });
	expect((await list()).status).toBe(403);
	expect((await control("PUT", `${path}/permissions`, { permissions: ["oauth:client:view"] })).status).toBe(204);
	expect((await list()).status).toBe(200);
	expect((await control("DELETE", `${path}/tokens`)).status).toBe(204);
	expect((await list()).status).toBe(401);
});

test("roles and divisions are listed, added and removed over HTTP", async () => {
	const { role } = (await control("POST", "/roles", { name: "new" })).body;
	expect((await control("GET", "/roles")).body.roles).toContainEqual(role);
	expect((await control("DELETE", `/roles/${role.id}`)).status).toBe(204);
	expect(simulator.organization.roles()).not.toContainEqual(role);
	const { division } = (await control("POST", "/divisions", { name: "new" })).body;
	expect((await control("GET", "/divisions")).body.divisions).toContainEqual(division);
	expect((await control("DELETE", `/divisions/${division.id}`)).status).toBe(204);
	expect(simulator.organization.divisions()).not.toContainEqual(division);
});

test("settings are read and changed over HTTP", async () => {
	const { settings } = (await control("PATCH", "/settings", { limits: { clients: 0 }, scopeEnforcement: true })).body;
	expect(settings).toMatchObject({ limits: { clients: 0, requestsPerMinute: 300 }, scopeEnforcement: true });
	expect((await control("GET", "/settings")).body.settings).toEqual(settings);
	expect((await control("PATCH", "/settings", { latency: 1 })).body.error).toMatch(/^settings: latency: /);
});

test("authorizations, usage and failing queries are added over HTTP", async () => {
	const { clientId } = simulator.administrator;
	expect((await control("POST", "/authorizations", { clientName: "App", state: "Revoked" })).status).toBe(204);
	expect((await callAsAdministrator(simulator, "GET", "/api/v2/oauth/authorizations")).body.total).toBe(5);
	const row = { clientId, date: "2026-01-14", templateUri: "/api/v2/users", httpMethod: "GET", status200: 3 };
	expect((await control("POST", "/usage", [row])).status).toBe(204);
	await control("PATCH", "/settings", { usageQueries: { runningPolls: 0 } });
	expect((await control("POST", "/usage/failures")).status).toBe(204);
	const summary = async () => {
		const { body } = await callAsAdministrator(simulator, "GET", `/api/v2/oauth/clients/${clientId}/usage/summary`);
		return (await callAsAdministrator(simulator, "GET", body.resultsUri)).body;
	};
	expect((await summary()).queryStatus).toBe("Failed");
	expect((await summary()).results).toMatchObject([{ templateUri: "/api/v2/users", requests: 3 }]);
});

test("the organization goes back to a snapshot, and to its seed, over HTTP", async () => {
	simulator.organization.addClient({ name: "kept" });
	const { body } = await control("POST", "/snapshots");
	expect(Object.keys(body)).toEqual(["id"]);
	simulator.organization.addClient({ name: "later" });
	expect((await control("POST", `/snapshots/${body.id}/restore`)).status).toBe(204);
	expect(simulator.organization.clients().map(({ name }) => name)).toEqual(["kept"]);
	expect((await control("POST", "/snapshots/none/restore")).status).toBe(404);
	expect((await control("POST", "/reset")).status).toBe(204);
	expect(simulator.organization.clients()).toEqual([]);
});

test("a settable clock is put forward over HTTP", async () => {
	const start = clock.now();
	expect((await control("GET", "/clock")).body).toEqual({ now: start, settable: true });
	expect((await control("POST", "/clock", { advanceMs: 86_400_000 })).body).toEqual({ now: start + 86_400_000 });
	expect(clock.now()).toBe(start + 86_400_000);
});

test("the real clock can't be put forward", async () => {
	const other = await startSimulator({ clock: realClock });
	expect((await call(other, "POST", "/simulator/clock", { json: { advanceMs: 1 } })).status).toBe(409);
	expect((await call(other, "GET", "/simulator/clock")).body.settable).toBe(false);
	await other.close();
});

test("a control route that isn't there, and a body that isn't JSON, are refused", async () => {
	expect((await control("GET", "/nothing")).body).toEqual({
		error: "The simulator has no control route GET /simulator/nothing.",
	});
	expect((await call(simulator, "POST", "/simulator/roles", { text: "{" })).status).toBe(400);
	expect(simulator.organization.roles().at(-1)?.id).toBe(ROLE_IDS.masterAdmin);
});
