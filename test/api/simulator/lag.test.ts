import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createManualClock, DIVISION_IDS, startSimulator } from "../../../simulator/index";
import type { LagSeed, ManualClock, Simulator } from "../../../simulator/index";
import { administratorToken, call, requestToken } from "./api-caller";

const lag = 12_000;
const clientsPath = "/api/v2/oauth/clients";
const credentialsPath = "/api/v2/integrations/credentials";
const rolesPath = "/api/v2/authorization/roles";

let clock: ManualClock;
let simulator: Simulator;
let token: string;

beforeEach(async () => {
	clock = createManualClock();
	simulator = await startSimulator({ clock });
	token = await administratorToken(simulator);
});
afterEach(async () => {
	await simulator.close();
});

const set = (seed: LagSeed) => simulator.organization.changeSettings({ lag: seed });
const ask = async (method: string, path: string, json?: unknown) =>
	call(simulator, method, path, json === undefined ? { token } : { token, json });

const afterLag = [false, false, true];

/** Whether something is seen now, just before the lag is over, and then. */
async function seen(isSeen: () => Promise<boolean>): Promise<boolean[]> {
	const now = await isSeen();
	clock.advance(lag - 1);
	const before = await isSeen();
	clock.advance(1);
	return [now, before, await isSeen()];
}

async function createClient() {
	const roleId = simulator.organization.roles()[0]!.id;
	const { body } = await ask("POST", clientsPath, {
		name: "new",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [{ roleId, divisionId: DIVISION_IDS.home }],
	});
	return body as { id: string; secret: string };
}
const createWith = async (roleId: string) =>
	ask("POST", clientsPath, { name: "new", authorizedGrantType: "CLIENT-CREDENTIALS", roleIds: [roleId] });
const rename = (id: string, name: string) => simulator.organization.changeClient(id, { name });
const logIn = async (id: string, secret: string) => requestToken(simulator, id, secret);
const logsIn = async (id: string, secret: string) => (await logIn(id, secret)).status === 200;
const has = async (path: string, id: string) =>
	((await ask("GET", path)).body.entities as { id: string }[]).some((entity) => entity.id === id);

test("without lag everything is seen at once", async () => {
	const { id, secret } = await createClient();
	expect(await logsIn(id, secret)).toBe(true);
	expect(await has(clientsPath, id)).toBe(true);
});

test("what the seed has is seen from the start", async () => {
	const seeded = await startSimulator({
		clock,
		seed: { clients: [{ id: "c1", name: "old", secret: "s" }], lag: { secretByLogin: lag, clientByLogin: lag } },
	});
	expect((await requestToken(seeded, "c1", "s")).status).toBe(200);
	await seeded.close();
});

describe("the login", () => {
	test.each(["secretByLogin", "clientByLogin"] as const)("knows a new client after %s", async (delay) => {
		set({ [delay]: lag });
		const { id, secret } = await createClient();
		expect(await seen(async () => logsIn(id, secret))).toEqual(afterLag);
	});

	test("knows a new secret after secretByLogin, made by the API or by hand, and the former one at no time", async () => {
		set({ secretByLogin: lag });
		const { client, secret: former = "" } = simulator.organization.addClient({ name: "c" });
		const { secret } = (await ask("POST", `${clientsPath}/${client.id}/secret`)).body;
		expect(await logsIn(client.id, former)).toBe(false);
		expect(await seen(async () => logsIn(client.id, secret))).toEqual(afterLag);
		const third = simulator.organization.regenerateSecret(client.id);
		expect(await seen(async () => logsIn(client.id, third))).toEqual(afterLag);
	});

	test("accepts a replaced secret until oldSecretByLogin has passed", async () => {
		const { client, secret: former = "" } = simulator.organization.addClient({ name: "c" });
		set({ oldSecretByLogin: lag });
		const secret = simulator.organization.regenerateSecret(client.id);
		expect(await logsIn(client.id, secret)).toBe(true);
		clock.advance(lag - 1);
		expect(await logsIn(client.id, former)).toBe(true);
		clock.advance(1);
		expect(await logsIn(client.id, former)).toBe(false);
		expect(simulator.organization.checkSecret(client.id, former)).toBe(false);
	});

	test("refuses from a cache what was tried too early, for the lag from then on", async () => {
		set({ secretByLogin: lag, refusalsAreCached: true });
		const { client } = simulator.organization.addClient({ name: "c" });
		const secret = simulator.organization.regenerateSecret(client.id);
		clock.advance(lag - 1);
		expect(await logIn(client.id, secret)).toMatchObject({ status: 400, body: { error: "invalid_client" } });
		clock.advance(lag - 1);
		expect(await logsIn(client.id, secret)).toBe(false);
		clock.advance(1);
		expect(await logsIn(client.id, secret)).toBe(true);
	});

	test("caches nothing for who waits", async () => {
		set({ secretByLogin: lag, clientByLogin: lag, refusalsAreCached: true });
		const { id, secret } = await createClient();
		clock.advance(lag);
		expect(await logsIn(id, secret)).toBe(true);
	});
});

describe("a new client", () => {
	test("is found by its id after clientById", async () => {
		set({ clientById: lag });
		const { id } = await createClient();
		expect(await has(clientsPath, id)).toBe(true);
		expect((await ask("POST", `${clientsPath}/${id}/secret`)).status).toBe(404);
		expect(await seen(async () => (await ask("GET", `${clientsPath}/${id}`)).status === 200)).toEqual(afterLag);
	});

	test("is in the list after clientInList", async () => {
		set({ clientInList: lag });
		const { id } = await createClient();
		expect((await ask("GET", `${clientsPath}/${id}`)).status).toBe(200);
		expect(await seen(async () => has(clientsPath, id))).toEqual(afterLag);
	});
});

describe("a changed or deleted client", () => {
	test("is read as it was until clientChangeById has passed", async () => {
		const { client } = simulator.organization.addClient({ name: "first" });
		set({ clientChangeById: lag });
		const nameRead = async () => (await ask("GET", `${clientsPath}/${client.id}`)).body.name as string;
		rename(client.id, "second");
		clock.advance(1);
		rename(client.id, "third");
		expect(await nameRead()).toBe("first");
		clock.advance(lag - 1);
		expect(await nameRead()).toBe("second");
		clock.advance(1);
		expect(await nameRead()).toBe("third");
		simulator.organization.removeClient(client.id);
		expect(await seen(async () => (await ask("GET", `${clientsPath}/${client.id}`)).status === 404)).toEqual(afterLag);
	});

	test("is listed as it was until clientChangeInList has passed", async () => {
		const { client } = simulator.organization.addClient({ name: "first" });
		set({ clientChangeInList: lag });
		rename(client.id, "second");
		const listed = async () =>
			((await ask("GET", clientsPath)).body.entities as { id: string; name: string }[]).find(
				({ id }) => id === client.id,
			)?.name;
		expect((await ask("GET", `${clientsPath}/${client.id}`)).body.name).toBe("second");
		expect(await seen(async () => (await listed()) === "second")).toEqual(afterLag);
		simulator.organization.removeClient(client.id);
		expect(await seen(async () => (await listed()) === undefined)).toEqual(afterLag);
	});
});

describe("a new integration credential", () => {
	const create = async () =>
		(
			await ask("POST", credentialsPath, {
				name: "new",
				type: { name: "pureCloudOAuthClient" },
				credentialFields: { clientId: "a", clientSecret: "b" },
			})
		).body.id as string;

	test("is found by its id after credentialById", async () => {
		set({ credentialById: lag });
		const id = await create();
		expect(await seen(async () => (await ask("GET", `${credentialsPath}/${id}`)).status === 200)).toEqual(afterLag);
	});

	test.each([credentialsPath, `${credentialsPath}/listing`])("is in %s after credentialInList", async (path) => {
		set({ credentialInList: lag });
		const id = await create();
		expect((await ask("GET", `${credentialsPath}/${id}`)).status).toBe(200);
		expect(await seen(async () => has(path, id))).toEqual(afterLag);
	});
});

describe("a new role", () => {
	test.each([
		["roleById", (id: string) => `${rolesPath}?id=${id}`],
		["roleInList", () => rolesPath],
		["roleByName", () => `${rolesPath}?name=reader`],
	] as const)("is listed after %s", async (delay, path) => {
		set({ [delay]: lag });
		const { id } = simulator.organization.addRole({ name: "reader" });
		expect(await seen(async () => has(path(id), id))).toEqual(afterLag);
	});

	test("is read after roleById", async () => {
		set({ roleById: lag });
		const { id } = simulator.organization.addRole({ name: "reader" });
		expect(await seen(async () => (await ask("GET", `${rolesPath}/${id}`)).status === 200)).toEqual(afterLag);
	});

	test("can be passed on by the administrator after roleGrant", async () => {
		set({ roleGrant: lag });
		const { id } = simulator.organization.addRole({ name: "reader" });
		expect((await createWith(id)).body.code).toBe("bad.client.role");
		expect(await seen(async () => (await createWith(id)).status === 200)).toEqual(afterLag);
	});

	test("is refused from a cache for the lag when it was used too early", async () => {
		set({ roleGrant: lag, refusalsAreCached: true });
		const { id } = simulator.organization.addRole({ name: "reader" });
		clock.advance(1);
		expect((await createWith(id)).status).toBe(400);
		clock.advance(lag - 1);
		expect((await createWith(id)).status).toBe(400);
		clock.advance(1);
		expect((await createWith(id)).status).toBe(200);
	});

	test("gives a client its permissions after roleGrant", async () => {
		const { organization } = simulator;
		const { id: roleId } = organization.addRole({ name: "reader", permissions: ["oauth:client:view"] });
		const { client } = organization.addClient({ name: "c" });
		set({ roleGrant: lag });
		organization.changeClient(client.id, { roleIds: [roleId] });
		token = organization.issueToken(client.id);
		expect(await seen(async () => (await ask("GET", clientsPath)).status === 200)).toEqual(afterLag);
	});
});
