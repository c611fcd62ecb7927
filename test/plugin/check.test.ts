import { describe, expect, test } from "vitest";
import { secretOf, service, start, unknown, urnOf } from "./support/engine-calls";

describe("check", () => {
	test("returns the inputs as they were, unknown ones too, without what Pulumi has for other languages", async () => {
		const { check } = await start();
		const unknowns = { roleDivisions: unknown.list, accessTokenValiditySeconds: unknown.number };
		expect(await check({ ...service, ...unknowns, description: secretOf("hidden"), scope: null })).toEqual({
			inputs: {
				name: "CRM sync",
				authorizedGrantType: "CLIENT-CREDENTIALS",
				roleDivisions: unknown.string,
				accessTokenValiditySeconds: unknown.string,
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
		await check({ ...webApp, rotation: { periodDays: 30 } }, "RotatingOAuthClient");
		expect(plugin.told).toHaveLength(2);
	});

	test("warns of a client without a redirect URI, under its resource, and not again once it is in state", async () => {
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
		const later = await start();
		await later.check(webApp, "OAuthClient", webApp);
		expect(later.plugin.told).toEqual([]);
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
		const whole = await check({ name: "CRM", fields: secretOf(fields) }, "IntegrationCredential");
		expect(whole.inputs).toEqual({ name: "CRM", fields: secretOf(fields) });
	});
});
