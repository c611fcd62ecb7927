import { describe, expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { secretOf, service, start, withClient } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

const credentialType = "IntegrationCredential";

describe("an import by name", () => {
	test("answers the client's id and its program, and a refresh then asks for the id", async () => {
		const { read, simulator } = await start();
		const { client } = simulator.organization.addClient({ ...service, description: "by hand" });
		const { id, outputs, inputs } = await read(service.name);
		expect(id).toBe(client.id);
		expect(inputs).toMatchObject({ ...service, description: "by hand" });
		simulator.organization.addClient(service);
		simulator.requests.clear();
		expect((await read(id, outputs, inputs)).id).toBe(client.id);
		expect(simulator.requests.filter({ kind: "api" }).map(({ template }) => template)).toEqual([paths.client]);
	});

	test("that two clients have is refused, with both ids", async () => {
		const { read, simulator } = await start();
		const ids = [1, 2].map(() => simulator.organization.addClient(service).client.id);
		const { details } = await failureOf(read(service.name));
		expect(details).toBe(
			`reading OAuth client CRM sync: 2 OAuth clients are named "CRM sync": choose one by its id: ${ids.join(", ")}`,
		);
	});

	test("that nobody has is refused: a name is the whole name, in its case", async () => {
		const { read, simulator } = await start();
		simulator.organization.addClient(service);
		for (const name of ["crm sync", "CRM", "CRM sync "]) {
			const { details } = await failureOf(read(name));
			expect(details).toContain(`no OAuth client has the id or the name "${name}"`);
			expect(details).not.toContain("\n");
		}
	});

	test("answers the id of a credential, where others have no name", async () => {
		const { read, simulator } = await start({ type: credentialType });
		simulator.organization.addCredential({ name: "other", type: "basicAuth" });
		const { id } = simulator.organization.addCredential({ name: "CRM", type: "basicAuth" });
		const list = "/api/v2/integrations/credentials/listing";
		const entities = [{ id: "7d1e2f3a-0000-4000-8000-000000000001" }, { id, name: "CRM" }];
		simulator.faults.add({ kind: "status", method: "GET", path: list, status: 200, body: { entities } });
		expect(await read("CRM")).toMatchObject({ id, inputs: { name: "CRM", type: "basicAuth" } });
	});

	test("takes the two clients of a pair, the one in use first, by names or ids; the pair's name doesn't say which that is", async () => {
		const { read, simulator } = await start({ type: "RotatingOAuthClient" });
		const [a, b] = ["CRM sync (A)", "CRM sync (B)"].map(
			(name) => simulator.organization.addClient({ ...service, name }).client.id,
		);
		const { id, outputs, inputs } = await read(`CRM sync (A), ${b}`);
		expect([id, inputs["name"]]).toEqual([`${a},${b}`, "CRM sync"]);
		expect(outputs).toMatchObject({ clientId: a, previousClientId: b, clientSecret: secretOf("") });
		for (const name of ["CRM sync", `CRM sync (A),${a}`, "one,two,three"]) {
			const { details } = await failureOf(read(name));
			expect(details).toContain("give the ids or the names of both, the one in use first");
		}
	});
});

describe("what is imported, or only read, by another id than state has, such as the name", () => {
	test("isn't deleted with the entry that it replaces", async () => {
		const { read, remove, id, outputs, plugin, simulator } = await withClient();
		expect((await read(service.name)).id).toBe(id);
		await remove(id, outputs);
		expect(simulator.organization.client(id)?.state).toBe("active");
		expect(plugin.told.map(({ text }) => text).join()).toContain("only this entry was removed from state");
	});

	test("isn't deleted with the entry of an earlier import either", async () => {
		const { read, remove, plugin, simulator } = await start();
		const { client } = simulator.organization.addClient(service);
		const earlier = await read(client.id);
		await read(service.name);
		await remove(client.id, earlier.outputs);
		expect(simulator.organization.client(client.id)?.state).toBe("active");
		expect(plugin.told).toHaveLength(1);
	});

	test("is deleted where its own entry goes, as by pulumi do ... delete", async () => {
		const { read, remove, simulator } = await start();
		simulator.organization.addClient(service);
		const { id, outputs } = await read(service.name);
		await remove(id, outputs);
		expect(simulator.organization.clients()).toEqual([]);
	});

	test("isn't deleted, if it is a pair or a credential", async () => {
		const { read, remove, simulator } = await start({ type: "RotatingOAuthClient" });
		const ids = ["A", "B"].map((name) => simulator.organization.addClient({ ...service, name }).client.id);
		const pair = await read(ids.join(","));
		await read("A,B");
		await remove(pair.id, pair.outputs);
		expect(simulator.organization.clients().map(({ state }) => state)).toEqual(["active", "active"]);
		const credentials = await start({ simulator, type: credentialType });
		const { id } = simulator.organization.addCredential({ name: "CRM", type: "basicAuth" });
		const earlier = await credentials.read(id);
		await credentials.read("CRM");
		await credentials.remove(id, earlier.outputs);
		expect(simulator.organization.credentials()).toHaveLength(1);
	});
});
