import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, onTestFinished, test } from "vitest";
import { ROLE_IDS, type Simulator, startSimulator } from "../../simulator";
import { paths } from "../api/support/client-requests";
import { environmentFor } from "../api/support/simulator-connection";
import { endOf, failureOf, type PluginProcess, startPlugin } from "./support/plugin-process";

const secretOf = (value: unknown) => ({
	"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
	value,
});
/** Pulumi's constants for an unknown string, list and object. */
const unknown = {
	string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
	list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
	object: "030794c1-ac77-496b-92df-f27374a8bd58",
};
const urnOf = (type = "OAuthClient") => `urn:pulumi:dev::infra::genesyscloud-oauth:index:${type}::app`;
const service = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS" as const,
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }],
};
type Properties = Record<string, unknown>;

/** A configured plugin, and the calls of the engine on it. */
async function start(
	options: { settings?: Properties; name?: string; simulator?: Simulator; environment?: Record<string, string> } = {},
) {
	const simulator = options.simulator ?? (await startSimulator());
	if (options.simulator === undefined) onTestFinished(async () => simulator.close());
	const plugin = await startPlugin(options.environment ?? environmentFor(simulator));
	const configure = new proto.ConfigureRequest();
	configure.setArgs(structOf(options.settings ?? {}));
	configure.setName(options.name ?? "default");
	await plugin.call("configure", configure);
	return { simulator, ...callsOf(plugin), plugin };
}

const structOf = (properties: Properties) => Struct.fromJavaScript(properties as never);
const plain = (struct: Struct | undefined) => (struct?.toJavaScript() ?? {}) as Properties;

/** The calls of the engine, with plain objects in and out. */
function callsOf(plugin: PluginProcess) {
	return {
		check: async (news: Properties, type?: string) => {
			const request = new proto.CheckRequest();
			request.setUrn(urnOf(type));
			request.setOlds(structOf({}));
			request.setNews(structOf(news));
			const answer = await plugin.call<proto.CheckResponse>("check", request);
			return { inputs: plain(answer.getInputs()), reasons: answer.getFailuresList().map((one) => one.getReason()) };
		},
		diff: async (id: string, olds: Properties, oldInputs: Properties, news: Properties, ignored: string[] = []) => {
			const request = new proto.DiffRequest();
			request.setId(id);
			request.setUrn(urnOf());
			request.setOlds(structOf(olds));
			request.setOldInputs(structOf(oldInputs));
			request.setNews(structOf(news));
			request.setIgnorechangesList(ignored);
			const answer = await plugin.call<proto.DiffResponse>("diff", request);
			const details = answer.getDetaileddiffMap().toArray() as unknown as [string, unknown][];
			return {
				changes: answer.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME,
				replaces: answer.getReplacesList(),
				details: Object.fromEntries(
					details.map(([name]) => {
						const detail = answer.getDetaileddiffMap().get(name)!;
						return [name, { kind: kindNames[detail.getKind()], inputDiff: detail.getInputdiff() }];
					}),
				),
			};
		},
		create: async (properties: Properties, { preview = false, timeout = 0, type = "OAuthClient" } = {}) => {
			const request = new proto.CreateRequest();
			request.setUrn(urnOf(type));
			request.setProperties(structOf(properties));
			request.setPreview(preview);
			request.setTimeout(timeout);
			const answer = await plugin.call<proto.CreateResponse>("create", request);
			return { id: answer.getId(), outputs: plain(answer.getProperties()) };
		},
		update: async (id: string, olds: Properties, news: Properties, preview = false) => {
			const request = new proto.UpdateRequest();
			request.setId(id);
			request.setUrn(urnOf());
			request.setOlds(structOf(olds));
			request.setNews(structOf(news));
			request.setPreview(preview);
			return plain((await plugin.call<proto.UpdateResponse>("update", request)).getProperties());
		},
		read: async (id: string, properties: Properties = {}, inputs: Properties = {}) => {
			const request = new proto.ReadRequest();
			request.setId(id);
			request.setUrn(urnOf());
			request.setProperties(structOf(properties));
			request.setInputs(structOf(inputs));
			const answer = await plugin.call<proto.ReadResponse>("read", request);
			return { id: answer.getId(), outputs: plain(answer.getProperties()), inputs: plain(answer.getInputs()) };
		},
		remove: async (id: string, properties: Properties, timeout = 0) => {
			const request = new proto.DeleteRequest();
			request.setId(id);
			request.setUrn(urnOf());
			request.setProperties(structOf(properties));
			request.setTimeout(timeout);
			await plugin.call("delete", request);
		},
		invoke: async (name: string, args: Properties) => {
			const request = new proto.InvokeRequest();
			request.setTok(`genesyscloud-oauth:index:${name}`);
			request.setArgs(structOf(args));
			return plain((await plugin.call<proto.InvokeResponse>("invoke", request)).getReturn());
		},
	};
}

const kindNames = Object.fromEntries(Object.entries(proto.PropertyDiff.Kind).map(([name, kind]) => [kind, name]));
const secretIn = (value: unknown) => (value as { value: string }).value;

describe("the process", () => {
	test("says its port in its first line, what it is and what it takes, and ends with its standard input", async () => {
		const { call, child } = await startPlugin();
		const handshake = await call<proto.ProviderHandshakeResponse>("handshake", new proto.ProviderHandshakeRequest());
		expect(handshake.getAcceptSecrets()).toBe(true);
		expect((await call<PluginInfo>("getPluginInfo", new Empty())).getVersion()).toBe("0.1.0");
		await call("cancel", new Empty());
		expect(await endOf(child)).toBe(0);
	});

	test("stays without a pipe as standard input, as under Pulumi's host for Node programs, and takes flags before the address", async () => {
		const simulator = await startSimulator();
		onTestFinished(async () => simulator.close());
		const flags = ["--logtostderr", "-v=9"];
		const plugin = await startPlugin(environmentFor(simulator), { flags, stdin: "ignore" });
		await plugin.call("configure", new proto.ConfigureRequest());
		await callsOf(plugin).check({ name: "App", authorizedGrantType: "SAML2-BEARER", scope: ["users:raedonly"] });
		expect(plugin.told).toHaveLength(1);
	});

	test("has a schema with each resource and each lookup, and the mapping of no other tool", async () => {
		const { call } = await startPlugin();
		const answer = await call<proto.GetSchemaResponse>("getSchema", new proto.GetSchemaRequest());
		const schema = JSON.parse(answer.getSchema()) as { resources: object; functions: object };
		expect(Object.keys(schema.resources)).toEqual(
			["OAuthClient", "RotatingOAuthClient", "IntegrationCredential"].map((name) => `genesyscloud-oauth:index:${name}`),
		);
		expect(Object.keys(schema.functions)).toHaveLength(11);
		const mapping = await call<proto.GetMappingResponse>("getMapping", new proto.GetMappingRequest());
		expect(mapping.getData_asU8()).toHaveLength(0);
	});

	test("takes no call about a resource before it is configured", async () => {
		const plugin = await startPlugin();
		const { details } = await failureOf(callsOf(plugin).check(service));
		expect(details).toBe("genesyscloud-oauth isn't configured yet");
	});
});

/** What the provider answers to its settings. */
const checkConfig = async (
	news: Properties,
	{
		name = "default",
		parent = "",
		environment = {},
	}: { name?: string; parent?: string; environment?: Record<string, string> } = {},
) => {
	const { call } = await startPlugin(environment);
	const request = new proto.CheckRequest();
	request.setUrn(`urn:pulumi:dev::infra::${parent}pulumi:providers:genesyscloud-oauth::${name}`);
	request.setNews(structOf(news));
	const answer = await call<proto.CheckResponse>("checkConfig", request);
	return { inputs: plain(answer.getInputs()), reasons: answer.getFailuresList().map((one) => one.getReason()) };
};

describe("the settings of a provider", () => {
	test("are kept as they are, and each credential as a secret, given as one or not", async () => {
		const given = { region: "eu-central-1", oauthClientId: "id", oauthClientSecret: "s", accessToken: secretOf("t") };
		expect(await checkConfig(given)).toEqual({
			inputs: { ...given, oauthClientSecret: secretOf("s") },
			reasons: [],
		});
	});

	test("with a name that isn't one are refused, with the closest one", async () => {
		expect((await checkConfig({ regoin: "eu-central-1" })).reasons).toEqual([
			"regoin is not a setting of genesyscloud-oauth; did you mean region?",
		]);
	});

	test("may change without replacing a resource", async () => {
		const { call } = await startPlugin();
		const request = new proto.DiffRequest();
		request.setOlds(structOf({ region: "eu-central-1" }));
		request.setNews(structOf({ region: "eu-west-1" }));
		const answer = await call<proto.DiffResponse>("diffConfig", request);
		expect(answer.getChanges()).toBe(proto.DiffResponse.DiffChanges.DIFF_SOME);
		expect(answer.getReplacesList()).toEqual([]);
	});

	test("of an explicit provider come before the environment's, as a whole: no id of one meets a secret of the other", async () => {
		const [ours, other] = [await startSimulator(), await startSimulator()];
		onTestFinished(async () => void (await Promise.all([ours.close(), other.close()])));
		const { administrator, url } = other;
		const settings = {
			oauthClientId: administrator.clientId,
			oauthClientSecret: secretOf(administrator.clientSecret),
			gatewayProtocol: "http",
			gatewayHost: "127.0.0.1",
			gatewayPort: new URL(url).port,
		};
		const explicit = await start({ simulator: ours, settings, name: "other" });
		await explicit.create((await explicit.check(service)).inputs);
		expect([ours, other].map(({ organization }) => organization.clients().length)).toEqual([0, 1]);
		const usual = await start({ simulator: ours, settings, name: "default_0_1_0" });
		await usual.create((await usual.check(service)).inputs);
		expect([ours, other].map(({ organization }) => organization.clients().length)).toEqual([1, 1]);
		const half = await start({ simulator: ours, settings: { oauthClientId: "x" }, name: "other" });
		const { details } = await failureOf(half.create((await half.check(service)).inputs));
		expect(details).toContain(
			"found the provider other's oauthClientId, but not the provider other's oauthClientSecret.",
		);
		expect(details).not.toContain(ours.administrator.clientSecret);
	});

	test("that are wrong are said to be that provider's: nothing of a stack configuration that it doesn't read", async () => {
		const settings = { oauthClientId: "no-such-client", oauthClientSecret: secretOf("wrong") };
		const wrong = await start({ settings, name: "eu" });
		const { details } = await failureOf(wrong.create((await wrong.check(service)).inputs));
		expect(details).toContain(
			"The credentials came from the provider eu's oauthClientId and the provider eu's oauthClientSecret (refresh and destroy use the provider's settings of the last pulumi up): check that",
		);
		const missing = await start({ settings: { region: "eu-central-1" }, name: "eu", environment: {} });
		const told = (await failureOf(missing.create(service))).details;
		expect(told).toContain(
			"no Genesys Cloud credentials: looked at the provider eu's oauthClientId (or GENESYSCLOUD_OAUTHCLIENT_ID) with",
		);
		expect(told).toContain("Set the properties of the provider eu or set environment variables");
		const invalid = await start({ settings: { tokenPoolSize: "many" }, name: "eu" });
		expect((await failureOf(invalid.create(service))).details).toContain(
			"the provider eu's tokenPoolSize must be a whole number",
		);
		for (const text of [details, told]) expect(text).not.toMatch(/stack configuration|pulumi config set/);
	});

	test("override a guard in that provider's name", async () => {
		const { simulator, create, check } = await start();
		const guarded = await create((await check({ ...service, deletionGuard: { inUseWithinDays: 7 } })).inputs);
		const eu = await start({ simulator, name: "eu", settings: { allowDeletion: guarded.id } });
		await eu.remove(guarded.id, guarded.outputs);
		expect(eu.plugin.told.map(({ text }) => text).join("\n")).toContain("the provider eu's allowDeletion");
	});

	test.each<[string, Properties, string[]]>([
		[
			"half a login",
			{ oauthClientId: "i" },
			[
				"incomplete Genesys Cloud credentials: found the provider eu's oauthClientId, but not the provider eu's oauthClientSecret",
			],
		],
		[
			"a gateway's password alone, beside half a proxy",
			{ gatewayAuthPassword: secretOf("p"), proxyPort: 3128 },
			[
				"incomplete gateway: found the provider eu's gatewayAuthPassword, but not the provider eu's gatewayHost",
				"incomplete proxy: found the provider eu's proxyPort, but not the provider eu's proxyHost",
			],
		],
		["half a login that isn't known yet", { oauthClientId: unknown.string }, []],
		["nothing: the environment has all", {}, []],
	])("of an explicit provider are complete: %s", async (_, news, faults) => {
		const said = "Settings that belong together must come from one place";
		expect((await checkConfig(news, { name: "eu" })).reasons).toEqual(faults.map((fault) => `${fault}. ${said}`));
	});

	test("of Pulumi's own provider may be a part of what the environment has: a resource that needs them says what is missing", async () => {
		expect((await checkConfig({ oauthClientId: "i" })).reasons).toEqual([]);
	});
});

const refusal = (name: string) =>
	`rename the provider ${name}: the names "default" and "default_..." are those of Pulumi's own providers, whose settings come after the environment`;

describe("the name of a provider", () => {
	const stack = { region: "eu-central-1", accessToken: "t" };
	const environment = { PULUMI_CONFIG: JSON.stringify(stack) };
	test.each([
		["default", { ...stack, accessToken: secretOf("t") }],
		["default_0_1_0", { accessToken: "t", version: "0.1.0", region: "eu-central-1" }],
	])("%s with the stack's configuration is Pulumi's own", async (name, news) => {
		expect((await checkConfig(news, { name, environment })).reasons).toEqual([]);
	});

	test.each<[string, string, Properties]>([
		["default", "another setting", { ...stack, region: "us-east-1" }],
		["default_eu", "fewer settings", { region: "eu-central-1" }],
		["default", "a setting not known yet", { ...stack, accessToken: unknown.string }],
		["default_0_1_0", "no settings", { version: "0.1.0" }],
	])("%s with %s isn't Pulumi's own, and is refused", async (name, _, news) => {
		expect((await checkConfig(news, { name, environment })).reasons).toEqual([refusal(name)]);
	});

	test("default under a parent is refused, whatever its settings: Pulumi's own has none", async () => {
		const parent = "acme:index:Team$";
		expect((await checkConfig(stack, { name: "default", parent, environment })).reasons).toEqual([refusal("default")]);
	});

	test("default is accepted by a plugin that Pulumi didn't start: it can't know", async () => {
		expect((await checkConfig(stack, { environment: { PULUMI_CONFIG: "" } })).reasons).toEqual([]);
	});

	test("may be any other, also one that begins with the word", async () => {
		expect((await checkConfig(stack, { name: "defaults", environment: { PULUMI_CONFIG: "{}" } })).reasons).toEqual([]);
	});
});

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

	test("refuses what is wrong by the rules of the dynamic provider, all at once", async () => {
		const { check } = await start();
		const { reasons } = await check({ authorizedGrantType: "CODE", naem: "x" });
		expect(reasons.join("\n")).toContain("naem is not an argument of OAuthClient; did you mean name?");
		expect(reasons.join("\n")).toContain("CODE needs at least one scope");
	});

	test("says what to use instead of an argument of the dynamic provider", async () => {
		const { check } = await start();
		const instead = await check({
			...service,
			connection: { region: "R" },
			timeouts: { create: 5 },
			secretSink: "./s.js",
		});
		expect(instead.reasons.toSorted()).toEqual([
			"connection is not an argument here; use an explicit provider of the type pulumi:providers:genesyscloud-oauth",
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
			`will adopt OAuth client "Old" (${client.id}) instead of creating a client: changes name; keeps its secret, which this stack doesn't know`,
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

	test("that fails after the client was made carries all that is known, its secret marked", async () => {
		const { create, simulator } = await start();
		simulator.faults.add({ kind: "status", method: "PUT", path: paths.client, status: 400, code: "bad.request" });
		const failure = await failureOf(create({ ...service, state: "inactive" }));
		const [bytes] = failure.metadata.get("grpc-status-details-bin");
		const [any] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
		const saved = proto.ErrorResourceInitFailed.deserializeBinary(any!.getValue_asU8());
		const [made] = simulator.organization.clients();
		expect(saved.getId()).toBe(made?.id);
		expect(
			simulator.organization.checkSecret(saved.getId(), secretIn(plain(saved.getProperties())["clientSecret"])),
		).toBe(true);
		expect(plain(saved.getInputs())).toEqual({ ...service, state: "inactive" });
		expect(saved.getReasonsList().join()).toContain("was saved in state; run pulumi up again to finish");
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

/** A client that the stack has made. */
async function withClient() {
	const calls = await start();
	const { inputs } = await calls.check(service);
	return { ...calls, inputs, ...(await calls.create(inputs)) };
}

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
		const foretold = await update(id, outputs, news, true);
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
		const foretold = await update(id, kept, turn(2), true);
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

	test("keep to customTimeouts, and name them", async () => {
		const { check, create, remove, simulator } = await start();
		const { id, outputs } = await create((await check(service)).inputs);
		simulator.faults.add({ kind: "hang", method: "PUT", path: paths.client });
		const { details } = await failureOf(remove(id, outputs, 1));
		expect(details).toContain("1 seconds (customTimeouts.delete)");
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
