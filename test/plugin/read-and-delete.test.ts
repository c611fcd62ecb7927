import { describe, expect, onTestFinished, test } from "vitest";
import { startSimulator } from "../../simulator";
import { paths } from "../api/support/client-requests";
import { environmentFor } from "../api/support/simulator-connection";
import { secretOf, service, start, urnOf } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

describe("read and delete", () => {
	test("of a client that isn't in state returns the inputs of a program for it, which then change nothing", async () => {
		const { read, check, diff, simulator } = await start();
		const { client } = simulator.organization.addClient({ ...service, description: "by hand" });
		const { id, outputs, inputs } = await read(client.id);
		expect(inputs).toEqual({ ...service, description: "by hand" });
		expect(outputs["clientSecret"]).toEqual(secretOf(""));
		const checked = (await check(inputs)).inputs;
		expect(await diff(id, outputs, inputs, checked)).toEqual({ changes: false, replaces: [], details: {} });
	});

	test("of the client that it logs in with is refused, unless the setting changeOwnLogin allows it", async () => {
		const { remove, simulator } = await start();
		const { clientId } = simulator.administrator;
		const properties = { ...service, clientId, state: "inactive" };
		const { details } = await failureOf(remove(clientId, properties));
		expect(details).toContain(`so it isn't deleted. To keep it, run pulumi state delete for it`);
		expect(simulator.requests.count({ kind: "api" })).toBe(0);
		const allowed = await start({ simulator, settings: { changeOwnLogin: clientId } });
		simulator.faults.add({ method: "DELETE", path: "/api/v2/oauth/clients/{clientId}", kind: "status", status: 403 });
		expect((await failureOf(allowed.remove(clientId, properties))).details).toContain(
			"delete_oauth_client failed: 403",
		);
	});

	test("of the client that the environment logs in with is refused by an explicit provider with another login too", async () => {
		const simulator = await startSimulator();
		onTestFinished(async () => simulator.close());
		const { clientId } = simulator.administrator;
		const settings = { oauthClientId: "another", oauthClientSecret: "secret" };
		const environment = environmentFor(simulator);
		const { remove } = await start({ simulator, name: "eu", settings, environment });
		const { details } = await failureOf(remove(clientId, { ...service, clientId, state: "inactive" }));
		expect(details).toContain(`Pulumi logs in with this client (${clientId}), so it isn't deleted.`);
		expect(simulator.requests.count()).toBe(0);
	});

	test("of an id that nobody has fails in one line", async () => {
		const { read } = await start();
		const { details } = await failureOf(read("00000000-0000-4000-8000-000000000000"));
		expect(details).toContain("no OAuth client has the id 00000000-0000-4000-8000-000000000000");
		expect(details).not.toContain("\n");
	});

	test("of a managed client keeps its secret and the program's own words, and tells what has drifted", async () => {
		const { check, create, read, simulator } = await start();
		const { inputs } = await check({
			...service,
			accessTokenValiditySeconds: 86_400,
			deletionGuard: { inUseWithinDays: 7 },
		});
		const { id, outputs } = await create(inputs);
		const same = await read(id, outputs, inputs);
		expect(same.inputs).toEqual(inputs);
		expect(same.outputs["clientSecret"]).toEqual(outputs["clientSecret"]);
		simulator.organization.changeClient(id, { description: "drifted" });
		expect((await read(id, outputs, inputs)).inputs).toEqual({ ...inputs, description: "drifted" });
	});

	test("keep to customTimeouts, as create and update do, and name them", async () => {
		const { check, create, update, remove, simulator } = await start();
		const { inputs } = await check(service);
		const [one, other] = [await create(inputs), await create({ ...inputs, name: "Other" })];
		for (const method of ["POST", "GET", "PUT"] as const)
			simulator.faults.add({ kind: "hang", method, path: method === "POST" ? paths.clients : paths.client });
		const failures = await Promise.all([
			failureOf(create({ ...inputs, name: "Third" }, { timeout: 1 })),
			failureOf(update(one.id, one.outputs, { ...inputs, description: "new" }, { timeout: 1 })),
			failureOf(remove(other.id, other.outputs, 1)),
		]);
		for (const [index, operation] of ["create", "update", "delete"].entries())
			expect(failures[index]?.details).toContain(`1 seconds (customTimeouts.${operation})`);
	});

	test("of a client that is gone returns no id, and says so under its resource", async () => {
		const { check, create, read, remove, simulator, plugin } = await start();
		const { inputs } = await check(service);
		const { id, outputs } = await create(inputs);
		await remove(id, outputs, 60);
		expect(simulator.organization.clients()).toEqual([]);
		expect((await read(id, outputs, inputs)).id).toBe("");
		expect(plugin.told.at(-1)).toMatchObject({
			urn: urnOf(),
			text: expect.stringContaining("deleted outside Pulumi") as string,
		});
	});
});
