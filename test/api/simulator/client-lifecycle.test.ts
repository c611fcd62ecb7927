import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, DIVISION_IDS, ROLE_IDS, startSimulator } from "../../../simulator/index";
import type { ClientSeed, ManualClock, Simulator } from "../../../simulator/index";
import { call, callAsAdministrator, requestToken } from "./api-caller";

const DAY_MS = 86_400_000;
const CODE = { name: "web", authorizedGrantType: "CODE", scope: ["users"] } as const;
const SERVICE = {
	name: "service",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
} as const;

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = createManualClock({ now: Date.parse("2026-01-15T12:00:00Z") });
	simulator = await startSimulator({ clock });
});
afterEach(async () => {
	await simulator.close();
});

function api(method: string, path: string, json?: unknown) {
	return callAsAdministrator(simulator, method, `/api/v2/oauth/clients${path}`, json === undefined ? {} : { json });
}
function add(seed: Partial<ClientSeed> = {}): string {
	return simulator.organization.addClient({ name: "web", authorizedGrantType: "CODE", scope: ["users"], ...seed })
		.client.id;
}

test("reading a client never shows its secret", async () => {
	const { body } = await api("POST", "", CODE);
	const { secret, ...shown } = body;
	const read = await api("GET", `/${body.id}`);
	expect(read.status).toBe(200);
	expect(read.body).toEqual(shown);
	const listing = await api("GET", "");
	expect(listing.body.entities).toContainEqual(shown);
	for (const { text } of [read, listing]) expect(text).not.toContain(secret);
});

test.each([
	["GET", "client.not.found", "Client was not found."],
	["PUT", "client.not.found", "Client was not found."],
	["DELETE", "client.not.found", "Client was not found."],
])("%s of a client that isn't there is %s", async (method, code, message) => {
	expect(await api(method, "/none", method === "PUT" ? CODE : undefined)).toMatchObject({
		status: 404,
		body: { code, message },
	});
});

test("PUT replaces the whole client: what it leaves out goes back to its default", async () => {
	const id = add({
		description: "old",
		accessTokenValiditySeconds: 600,
		registeredRedirectUri: ["https://example.com/"],
		extra: { allowedIpAddresses: ["192.0.2.1"] },
		createdBy: { id: "founder" },
	});
	clock.advance(1000);
	const { status, body } = await api("PUT", `/${id}`, { ...CODE, name: "renamed", scope: ["groups"] });
	expect(status).toBe(200);
	expect(body).toMatchObject({
		id,
		name: "renamed",
		accessTokenValiditySeconds: 86_400,
		registeredRedirectUri: [],
		scope: ["groups"],
		dateCreated: "2026-01-15T12:00:00.000Z",
		dateModified: "2026-01-15T12:00:01.000Z",
		createdBy: { id: "founder" },
		modifiedBy: { id: simulator.administrator.clientId },
	});
	for (const field of ["description", "allowedIpAddresses", "secret"]) expect(body).not.toHaveProperty(field);
});

test("a field that the seed gave a client survives a PUT that sends it back", async () => {
	const id = add({ extra: { allowedIpAddresses: ["192.0.2.1"] } });
	const { body } = await api("GET", `/${id}`);
	const put = await api("PUT", `/${id}`, { ...body, name: "renamed" });
	expect(put.body).toMatchObject({ name: "renamed", allowedIpAddresses: ["192.0.2.1"], dateCreated: body.dateCreated });
});

test("PUT doesn't touch the secret", async () => {
	const { body } = await api("POST", "", CODE);
	await api("PUT", `/${body.id}`, { ...CODE, name: "renamed" });
	expect(simulator.organization.checkSecret(body.id, body.secret)).toBe(true);
});

test("the grant can change, and roles are dropped with the grant they were for", async () => {
	const { body } = await api("POST", "", SERVICE);
	const changed = await api("PUT", `/${body.id}`, { ...SERVICE, ...CODE });
	expect(changed.body).toMatchObject({ id: body.id, authorizedGrantType: "CODE", roleDivisions: [], scope: ["users"] });
});

test.each([
	["no grant", { name: "x" }, "grant.type.required"],
	["an unknown grant", { ...CODE, authorizedGrantType: "code" }, "bad.grant.type"],
	["a service without roles", { ...SERVICE, roleDivisions: [] }, "missing.client.roles"],
	["another grant without scope", { ...CODE, scope: [] }, "missing.client.scope"],
	["an unknown role", { ...SERVICE, roleIds: ["x"] }, "bad.client.role"],
	["an unknown scope", { ...CODE, scope: ["x"] }, "invalid.value"],
	["too many seconds", { ...CODE, accessTokenValiditySeconds: 172_801 }, "constraint.validation"],
	["to disable a client", { ...CODE, state: "disabled" }, "invalid.value"],
	["an unknown property", { ...CODE, colour: "red" }, "invalid.property"],
])("PUT with %s is refused and changes nothing", async (_what, json, code) => {
	const id = add();
	const before = simulator.organization.client(id);
	expect(await api("PUT", `/${id}`, json)).toMatchObject({ status: 400, body: { code } });
	expect(simulator.organization.client(id)).toEqual(before);
});

test("a disabled client can't be changed, and so not be removed", async () => {
	const id = add();
	simulator.organization.disableClient(id);
	expect(await api("PUT", `/${id}`, { ...CODE, state: "inactive" })).toMatchObject({
		status: 400,
		body: { code: "bad.client.state", message: "Client is disabled." },
	});
	expect((await api("DELETE", `/${id}`)).body.code).toBe("cannot.delete.client");
});

test("a client is changed only by a caller who holds its roles, old and new", async () => {
	const { organization } = simulator;
	const deputy = organization.addClient({ name: "deputy", permissions: "all", roleIds: [ROLE_IDS.employee] });
	const token = organization.issueToken(deputy.client.id);
	const put = (id: string, json: unknown) => call(simulator, "PUT", `/api/v2/oauth/clients/${id}`, { token, json });
	const admin = add({ authorizedGrantType: "CLIENT-CREDENTIALS", roleIds: [ROLE_IDS.masterAdmin] });
	expect((await put(admin, CODE)).body.code).toBe("bad.client.role");
	const plain = add();
	expect((await put(plain, { ...SERVICE, roleIds: [ROLE_IDS.masterAdmin] })).body.code).toBe("bad.client.role");
	expect((await put(plain, SERVICE)).status).toBe(200);
});

test("nobody needs a role that doesn't exist any more to take it from a client, and nobody can leave it there", async () => {
	const { organization } = simulator;
	const { id: gone } = organization.addRole({ name: "gone" });
	const id = add({ authorizedGrantType: "CLIENT-CREDENTIALS", roleIds: [gone, ROLE_IDS.employee] });
	organization.removeRole(gone);
	const put = async (roleIds: string[]) => api("PUT", `/${id}`, { ...SERVICE, roleDivisions: [], roleIds });
	expect((await put([gone, ROLE_IDS.employee])).body.code).toBe("bad.client.role");
	expect((await put([ROLE_IDS.employee])).status).toBe(200);
});

test("a client must be inactive before it can be deleted", async () => {
	const { body } = await api("POST", "", CODE);
	expect(await api("DELETE", `/${body.id}`)).toMatchObject({
		status: 400,
		body: {
			code: "cannot.delete.client",
			message: "Clients must be marked as inactive to be eligible for deletion.",
		},
	});
	expect((await api("PUT", `/${body.id}`, { ...CODE, state: "inactive" })).body.state).toBe("inactive");
	expect(await api("DELETE", `/${body.id}`)).toMatchObject({ status: 204, text: "" });
	expect((await api("GET", `/${body.id}`)).body.code).toBe("client.not.found");
	expect(simulator.organization.clients()).toEqual([]);
});

test("an inactive client can be made active again", async () => {
	const id = add({ state: "inactive" });
	expect((await api("PUT", `/${id}`, { ...CODE, state: "active" })).body.state).toBe("active");
});

test("a client older than 30 days that goes inactive is removed after 7 days, unless it comes back", async () => {
	const id = add({ dateCreated: "2025-12-01T00:00:00Z" });
	const inactive = { ...CODE, state: "inactive" };
	expect((await api("PUT", `/${id}`, inactive)).body.dateToDelete).toBe("2026-01-22T12:00:00.000Z");
	clock.advance(DAY_MS);
	expect((await api("PUT", `/${id}`, inactive)).body.dateToDelete).toBe("2026-01-22T12:00:00.000Z");
	expect((await api("PUT", `/${id}`, CODE)).body).not.toHaveProperty("dateToDelete");
	expect((await api("PUT", `/${id}`, inactive)).body.dateToDelete).toBe("2026-01-23T12:00:00.000Z");
	clock.advance(7 * DAY_MS - 1);
	expect((await api("GET", `/${id}`)).status).toBe(200);
	clock.advance(1);
	expect((await api("GET", `/${id}`)).status).toBe(404);
});

test("a young client that goes inactive gets no day of deletion", async () => {
	const id = add({ dateCreated: "2026-01-01T00:00:00Z" });
	expect((await api("PUT", `/${id}`, { ...CODE, state: "inactive" })).body).not.toHaveProperty("dateToDelete");
});

test("a regenerated secret works, and the old one is dead at once", async () => {
	const created = (await api("POST", "", SERVICE)).body;
	const { status, body } = await api("POST", `/${created.id}/secret`);
	expect(status).toBe(200);
	expect(body).toMatchObject({ id: created.id, name: "service", secret: expect.any(String) });
	expect((await requestToken(simulator, created.id, created.secret)).body.error_description).toBe(
		"authentication failed",
	);
	expect((await requestToken(simulator, created.id, body.secret)).status).toBe(200);
});

test("the secret of a client that isn't there can't be regenerated", async () => {
	expect(await api("POST", "/none/secret")).toMatchObject({
		status: 404,
		body: { code: "not.found", message: "The requested resource was not found." },
	});
});

test("a TOKEN client gets no secret", async () => {
	const id = add({ authorizedGrantType: "TOKEN" });
	const { status, body } = await api("POST", `/${id}/secret`);
	expect(status).toBe(200);
	expect(body).not.toHaveProperty("secret");
});

test("a secret is regenerated only by a caller who holds the client's roles", async () => {
	const { organization } = simulator;
	const deputy = organization.addClient({ name: "deputy", permissions: "all", roleIds: [ROLE_IDS.employee] });
	const token = organization.issueToken(deputy.client.id);
	const admin = organization.addClient({ name: "admin", roleIds: [ROLE_IDS.masterAdmin] });
	const answer = await call(simulator, "POST", `/api/v2/oauth/clients/${admin.client.id}/secret`, { token });
	expect(answer).toMatchObject({
		status: 400,
		body: { code: "bad.client.role", message: "The caller does not have all the roles assigned to this client." },
	});
	expect(organization.checkSecret(admin.client.id, admin.secret ?? "")).toBe(true);
});

test("the listing is one page unless the seed says otherwise", async () => {
	add({ name: "one" });
	add({ name: "two" });
	const { body } = await api("GET", "");
	expect(body).toMatchObject({ pageNumber: 1, pageCount: 1, total: 3, pageSize: 3 });
	expect(body.entities.map(({ name }: { name: string }) => name)).toEqual(["Administrator", "one", "two"]);
	for (const field of ["nextUri", "previousUri"]) expect(body).not.toHaveProperty(field);
});

test("nextUri leads through all pages, each client once", async () => {
	simulator.organization.changeSettings({ clientsPerPage: 2 });
	for (const name of ["one", "two", "three", "four"]) add({ name });
	const names: string[] = [];
	const pages: number[] = [];
	for (let uri: string | undefined = "/api/v2/oauth/clients"; uri !== undefined;) {
		const { body } = await callAsAdministrator(simulator, "GET", uri);
		expect(body).toMatchObject({ pageSize: 2, pageCount: 3, total: 5 });
		expect("previousUri" in body).toBe(body.pageNumber > 1);
		names.push(...body.entities.map(({ name }: { name: string }) => name));
		pages.push(body.pageNumber);
		uri = body.nextUri;
	}
	expect(names).toEqual(["Administrator", "one", "two", "three", "four"]);
	expect(pages).toEqual([1, 2, 3]);
});

test("a page number that isn't one is refused", async () => {
	expect(await api("GET", "?pageNumber=0")).toMatchObject({
		status: 400,
		body: {
			code: "invalid.query.param.value",
			message: "Value [0] is not valid for parameter [pageNumber]. Allowable values are: whole numbers from 1",
		},
	});
});
