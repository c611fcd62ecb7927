import { describe, expect, onTestFinished, test } from "vitest";
import { ROLE_IDS, startSimulator } from "../../simulator";
import { paths } from "../api/support/client-requests";
import { secretIn, secretOf, service, start, unknown, urnOf, withClient } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

describe("check", () => {
	test("returns the inputs as they were, unknown ones too, without what Pulumi has for other languages", async () => {
		const { check } = await start();
		const news = { ...service, roleDivisions: unknown.list, description: secretOf("hidden"), scope: null };
		expect(await check(news)).toEqual({
			inputs: {
				name: "CRM sync",
				authorizedGrantType: "CLIENT-CREDENTIALS",
				roleDivisions: unknown.string,
				description: secretOf("hidden"),
			},
			reasons: [],
		});
	});

	test("makes a secret of an argument that contains one", async () => {
		const { check } = await start();
		const [role] = service.roleDivisions;
		const { inputs } = await check({ ...service, roleDivisions: [{ ...role, roleId: secretOf(role?.roleId) }] });
		expect(inputs["roleDivisions"]).toEqual(secretOf([role]));
	});

	test("refuses what is wrong by the rules of the dynamic provider, all at once", async () => {
		const { check } = await start();
		const { reasons } = await check({ authorizedGrantType: "CODE", naem: "x" });
		expect(reasons.join("\n")).toContain("naem is not an argument of OAuthClient; did you mean name?");
		expect(reasons.join("\n")).toContain("CODE needs at least one scope");
	});

	test.each([
		[
			"OAuthClient",
			{ roleDivisions: [{ roleId: "a" }, { roleId: "" }] },
			"roleDivisions[1].roleId",
			"must not be empty",
		],
		["OAuthClient", { accessTokenValiditySeconds: 60 }, "accessTokenValiditySeconds", "must be at least 300 seconds"],
		[
			"OAuthClient",
			{ roleDivisions: [{ roelId: "a" }] },
			"roleDivisions[0].roelId",
			"is not a property of roleDivisions",
		],
		["RotatingOAuthClient", { rotation: { periodDays: 0 } }, "rotation.periodDays", "must be at least 0.01"],
		["IntegrationCredential", { name: "", fields: { userName: "u" } }, "name", "must not be empty"],
		[
			"IntegrationCredential",
			{ clientDeletionGuard: { clientId: "c", inUseWithinDay: 7 } },
			"clientDeletionGuard.inUseWithinDay",
			"is not a property of clientDeletionGuard; did you mean inUseWithinDays?",
		],
	])("names the path of the argument that is wrong: of %s %j", async (type, wrong, property, reason) => {
		const { mistakes } = await start();
		const failures = await mistakes({ ...(type === "IntegrationCredential" ? {} : service), ...wrong }, type);
		const told = failures.filter((failure) => failure.property === property);
		expect(told).toEqual([{ property, reason: expect.stringContaining(reason) as string }]);
		expect(told[0]?.reason).not.toContain(property);
	});

	test.each([
		["which the program made a secret", "OAuthClient", { description: secretOf(5) }, "description must be a string"],
		["which holds a secret", "OAuthClient", { scope: [secretOf(5)] }, "scope[0] must be a string"],
		["which always is one", "OAuthClient", { additionalSettings: "s" }, "additionalSettings must be"],
		["which always is one", "IntegrationCredential", { fields: { password: 5 } }, "fields.password must be"],
		["which nobody knows", "OAuthClient", { clientSecret: "s" }, "clientSecret is not an argument"],
		["which may hold one in a part", "OAuthClient", { adopt: { clientId: "a", name: "b" } }, "adopt set either"],
		["of a name like a path", "OAuthClient", { "adopt.clientSecret": "s" }, "adopt.clientSecret is not an argument"],
		["which the npm package has", "OAuthClient", { secretSink: "s" }, "secretSink is not an argument here"],
	])("gives Pulumi no property, whose value it would print, of an argument %s", async (_why, type, wrong, reason) => {
		const { mistakes } = await start();
		const failures = await mistakes({ ...service, ...wrong }, type);
		expect(failures).toContainEqual({ property: "", reason: expect.stringContaining(reason) as string });
		expect(failures.map(({ property }) => property)).not.toContain(Object.keys(wrong)[0]);
	});

	test("says what to use instead of an argument of the dynamic provider", async () => {
		const { check } = await start();
		const instead = await check({
			...service,
			connection: { region: "R" },
			timeouts: { create: 5 },
			secretSink: "./s.js",
			keepSecretInState: false,
		});
		expect(instead.reasons.toSorted()).toEqual([
			"connection is not an argument here; use an explicit provider of the type pulumi:providers:genesyscloud-oauth",
			"keepSecretInState is not an argument here; without a sink, the state must keep the secret",
			"secretSink is not an argument here; pass the output clientSecret to the store's own resource",
			"timeouts is not an argument here; use the resource option customTimeouts",
		]);
	});

	test("warns of a scope that nobody knows, under its resource, but not of a secret one", async () => {
		const { check, plugin } = await start();
		const webApp = { name: "App", authorizedGrantType: "SAML2-BEARER", scope: ["users:raedonly"] };
		await check(webApp);
		expect(plugin.told).toEqual([
			{ severity: "warning", text: expect.stringContaining("users:raedonly") as string, urn: urnOf() },
		]);
		await check({ ...webApp, scope: secretOf(["users:raedonly"]) });
		expect(plugin.told).toHaveLength(1);
	});

	test("warns of a client without a redirect URI, under its resource", async () => {
		const { check, plugin } = await start();
		const webApp = { name: "App", authorizedGrantType: "CODE", scope: ["users"] };
		await check(webApp);
		expect(plugin.told).toEqual([
			{
				severity: "warning",
				text: 'OAuth client "App" has no registeredRedirectUri: applications with the grant type CODE usually need one',
				urn: urnOf(),
			},
		]);
	});

	test("warns of a new client of the implicit grant, and only refuses such a pair", async () => {
		const { check, plugin } = await start();
		const page = {
			name: "App",
			authorizedGrantType: "TOKEN",
			scope: ["users"],
			registeredRedirectUri: ["https://app.example.com/cb"],
		};
		await check(page);
		expect(plugin.told).toEqual([
			{
				severity: "warning",
				text: expect.stringMatching(/^OAuth client "App" has the grant type TOKEN\. .*to CODE with PKCE$/) as string,
				urn: urnOf(),
			},
		]);
		const { reasons } = await check({ ...page, rotation: { periodDays: 30 } }, "RotatingOAuthClient");
		expect(reasons.join()).toContain("clients of the grant type TOKEN have none");
		expect(plugin.told).toHaveLength(1);
	});

	test("makes all fields of a credential secrets, and notes which weren't", async () => {
		const { check } = await start();
		const fields = { clientId: "a", clientSecret: "b" };
		const { inputs } = await check({ name: "CRM", fields }, "IntegrationCredential");
		expect(inputs).toEqual({
			name: "CRM",
			fields: secretOf({ clientId: "a", clientSecret: "b" }),
			plainFields: ["clientSecret"],
		});
	});
});

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
		expect(plugin.told.map(({ text }) => text)).toEqual([
			`will adopt OAuth client "Old" (${client.id}) instead of creating a client: changes name; keeps its secret, which this stack doesn't know\n    name: "Old" => "CRM sync"`,
		]);
		const failure = await failureOf(create({ ...service, adopt: { name: "None" } }, { preview: true }));
		expect(failure.details).toContain('no OAuth client named "None" to adopt');
	});

	test("warns of an adopted client whose secret nobody knows, unless the program accepts that", async () => {
		const { create, simulator, plugin } = await start();
		const warnings = () => plugin.told.filter(({ severity }) => severity === "warning").length;
		for (const name of ["One", "Two"]) {
			simulator.organization.addClient({ name, roleDivisions: service.roleDivisions });
		}
		await create({ ...service, name: "One", adopt: { name: "One", rotateSecret: false } });
		expect(warnings()).toBe(0);
		await create({ ...service, name: "Two", adopt: { name: "Two" } });
		expect(warnings()).toBe(1);
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

	test("the inputs of the npm package that only make its outputs secrets are no change", async () => {
		const { diff, id, outputs, inputs } = await withClient();
		const olds = { ...inputs, clientSecret: secretOf(null), unmanagedSettings: secretOf(null) };
		expect(await diff(id, outputs, olds, inputs)).toMatchObject({ changes: false });
	});

	test("a difference between state and an unchanged program is told as one", async () => {
		const { diff, id, outputs, inputs } = await withClient();
		const { details } = await diff(id, { ...outputs, description: "drifted" }, inputs, inputs);
		expect(details).toEqual({ description: { kind: "UPDATE", inputDiff: false } });
	});
});

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
		const { remove } = await start({ simulator, name: "eu", settings });
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

	test("of a managed client keeps its secret, and tells what has drifted", async () => {
		const { check, create, read, simulator } = await start();
		const { inputs } = await check(service);
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

describe("invoke", () => {
	test("runs a lookup", async () => {
		const { invoke } = await start();
		expect(await invoke("getAuthorizationRole", { name: "employee" })).toMatchObject({ id: ROLE_IDS.employee });
	});

	test("takes the lists that the schema has where the npm package also takes one value", async () => {
		const { invoke } = await start();
		const names = async (state: string[]) => {
			const filters = { authorizedGrantType: ["CLIENT-CREDENTIALS", "CODE"], state };
			const { clients } = (await invoke("getOAuthClients", filters)) as { clients: { name: string }[] };
			return clients.map(({ name }) => name);
		};
		expect(await names(["active", "inactive"])).toEqual(["Administrator"]);
		expect(await names(["disabled"])).toEqual([]);
	});

	test("marks all that it found by a secret argument, and hides that in its error", async () => {
		const { invoke } = await start();
		expect(await invoke("getAuthorizationRole", { name: secretOf("employee") })).toMatchObject({
			id: secretOf(ROLE_IDS.employee),
		});
		const { details } = await failureOf(invoke("getOAuthClient", { name: secretOf("hidden-name-of-it") }));
		expect(details).toContain("looking up OAuth client");
		expect(details).not.toContain("hidden-name-of-it");
	});

	test("of a function that it doesn't have fails", async () => {
		const { invoke } = await start();
		expect((await failureOf(invoke("getNothing", {}))).details).toContain("genesyscloud-oauth has no function");
	});
});
