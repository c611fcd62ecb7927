import { describe, expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { secretIn, secretOf, service, start, unknown, urnOf, withClient } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

describe("create", () => {
	test("creates a client; its secret is marked, and so is an output of a secret input", async () => {
		const { check, create, simulator } = await start();
		const { inputs } = await check({ ...service, roleDivisions: secretOf(service.roleDivisions) });
		const { id, outputs } = await create(inputs);
		expect(simulator.organization.checkSecret(id, secretIn(outputs["clientSecret"]))).toBe(true);
		expect(outputs["roleIds"]).toEqual(secretOf([]));
		expect(outputs["name"]).toBe("CRM sync");
	});

	test("in a preview makes no call, and knows what the program says", async () => {
		const { create, simulator } = await start();
		const { id, outputs } = await create({ ...service, description: unknown.string }, { preview: true });
		expect(id).toBe("");
		expect(outputs).toMatchObject({
			name: "CRM sync",
			description: unknown.string,
			accessTokenValiditySeconds: 86_400,
			clientId: unknown.string,
			clientSecret: secretOf(unknown.string),
			roleIds: unknown.string,
		});
		expect(simulator.requests.count()).toBe(0);
	});

	test("in a preview says which client it will adopt, and fails where it couldn't", async () => {
		const { create, simulator, plugin } = await start();
		const { client } = simulator.organization.addClient({ name: "Old", roleDivisions: service.roleDivisions });
		await create({ ...service, adopt: { name: "Old" } }, { preview: true });
		expect(plugin.told).toEqual([
			{
				severity: "info",
				text: `will adopt OAuth client "Old" (${client.id}) instead of creating a client: changes name; keeps its secret, which this stack doesn't know\n    name: "Old" => "CRM sync"`,
				urn: urnOf(),
			},
		]);
		const failure = await failureOf(create({ ...service, adopt: { name: "None" } }, { preview: true }));
		expect(failure.details).toContain('no OAuth client named "None" to adopt');
	});

	test("warns of an adopted client whose secret nobody knows, unless the program accepts that", async () => {
		const { create, diff, simulator, plugin } = await start();
		const warnings = () => plugin.told.filter(({ severity }) => severity === "warning").length;
		for (const name of ["One", "Two"]) {
			simulator.organization.addClient({ name, roleDivisions: service.roleDivisions });
		}
		await create({ ...service, name: "One", adopt: { name: "One", rotateSecret: false } });
		expect(warnings()).toBe(0);
		const declared = { ...service, name: "Two", adopt: { name: "Two" } };
		const { id, outputs } = await create(declared);
		expect(warnings()).toBe(1);
		// As long as it is so, and no longer.
		await diff(id, outputs, declared, declared);
		expect(warnings()).toBe(2);
		await diff(id, { ...outputs, secretVersion: 1 }, declared, declared);
		expect(warnings()).toBe(2);
	});

	test("shows no secret input in its error", async () => {
		const { create, simulator } = await start();
		const message = "hidden-description isn't allowed";
		simulator.faults.add({ kind: "status", method: "POST", path: paths.clients, status: 400, code: "bad", message });
		const { details } = await failureOf(create({ ...service, description: secretOf("hidden-description") }));
		expect(details).toContain("creating OAuth client");
		expect(details).not.toContain("hidden-description");
	});
});

describe("diff and update", () => {
	test("nothing changes, and an update says what it will be without a call", async () => {
		const { diff, update, id, outputs, inputs, simulator } = await withClient();
		expect(await diff(id, outputs, inputs, inputs)).toEqual({ changes: false, replaces: [], details: {} });
		const before = simulator.requests.count();
		const news = { ...inputs, name: "New", description: "text" };
		expect(await diff(id, outputs, inputs, news)).toEqual({
			changes: true,
			replaces: [],
			details: {
				name: { kind: "UPDATE", inputDiff: true },
				description: { kind: "ADD", inputDiff: true },
			},
		});
		expect(
			(await diff(id, { ...outputs, description: "text" }, { ...inputs, description: "text" }, inputs)).details,
		).toEqual({
			description: { kind: "DELETE", inputDiff: true },
		});
		const foretold = await update(id, outputs, news, { preview: true });
		expect(simulator.requests.count()).toBe(before);
		const done = await update(id, outputs, news);
		const { dateModified: _, modifiedBy: _by, ...known } = foretold;
		expect(done).toMatchObject(known);
		expect(known["clientSecret"]).toEqual(outputs["clientSecret"]);
	});

	test("a new secret is unknown in a preview, and all that depends on it", async () => {
		const { update, id, outputs, inputs } = await withClient();
		const turn = (value: number) => ({ ...inputs, secretRotation: { rotateWhenChanged: { value } } });
		const kept = await update(id, outputs, turn(1));
		const foretold = await update(id, kept, turn(2), { preview: true });
		expect(foretold).toMatchObject({
			clientId: id,
			clientSecret: secretOf(unknown.string),
			secretFingerprint: unknown.string,
			secretVersion: unknown.string,
		});
	});

	test("another grant replaces the client", async () => {
		const { diff, id, outputs, inputs } = await withClient();
		const { roleDivisions: _, ...others } = inputs;
		const news = { ...others, authorizedGrantType: "SAML2-BEARER", scope: ["users"] };
		const { replaces, details } = await diff(id, outputs, inputs, news);
		expect(replaces).toEqual(["authorizedGrantType"]);
		expect(details["authorizedGrantType"]).toEqual({ kind: "UPDATE_REPLACE", inputDiff: true });
	});

	test("what the program ignores is no change", async () => {
		const { diff, id, outputs, inputs } = await withClient();
		const news = { ...inputs, name: "New" };
		expect((await diff(id, outputs, inputs, news, ["name"])).changes).toBe(false);
		// A secret that is due is rotated nevertheless.
		const due = { ...outputs, pendingSecretSteps: ["renew"] };
		expect((await diff(id, due, inputs, news, ["name"])).changes).toBe(true);
	});

	test("an input that becomes a secret is a change, so that its output becomes one", async () => {
		const { diff, id, outputs, inputs } = await withClient();
		const news = { ...inputs, name: secretOf("CRM sync") };
		expect(await diff(id, outputs, inputs, news)).toMatchObject({ changes: true, details: { name: {} } });
	});

	test("what only the npm package has in state is no change, and goes with the next update", async () => {
		const { diff, update, id, outputs, inputs } = await withClient();
		const hidden = { __owner: urnOf(), __provider: "the text" };
		const olds = { ...inputs, ...hidden, clientSecret: secretOf(null), unmanagedSettings: secretOf(null) };
		expect(await diff(id, { ...outputs, ...hidden }, olds, inputs)).toMatchObject({ changes: false });
		const updated = await update(id, { ...outputs, ...hidden }, inputs, { oldInputs: olds });
		expect(Object.keys(updated).toSorted()).toEqual(Object.keys(outputs).toSorted());
	});

	test("a difference between state and an unchanged program is told as one", async () => {
		const { diff, id, outputs, inputs } = await withClient();
		const { details } = await diff(id, { ...outputs, description: "drifted" }, inputs, inputs);
		expect(details).toEqual({ description: { kind: "UPDATE", inputDiff: false } });
	});
});
