import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSimulator } from "../../simulator";
import { plain, type Properties, secretOf, service, start, structOf, unknown } from "./support/engine-calls";
import { failureOf, sharedPlugin, startPlugin } from "./support/plugin-process";

interface Asked {
	name?: string;
	parent?: string;
	environment?: Record<string, string>;
}

/** What the provider answers to its settings. */
const askConfig = async (news: Properties, { name = "default", parent = "", environment }: Asked = {}) => {
	const { call } = await (environment === undefined ? sharedPlugin() : startPlugin(environment));
	const request = new proto.CheckRequest();
	request.setUrn(`urn:pulumi:dev::infra::${parent}pulumi:providers:genesyscloud-oauth::${name}`);
	request.setNews(structOf(news));
	const answer = await call<proto.CheckResponse>("checkConfig", request);
	const failures = answer.getFailuresList().map((one) => ({ property: one.getProperty(), reason: one.getReason() }));
	return { inputs: plain(answer.getInputs()), failures };
};

/** The settings, and what is wrong, in one line each. */
const checkConfig = async (news: Properties, asked: Asked = {}) => {
	const { inputs, failures } = await askConfig(news, asked);
	return { inputs, reasons: failures.map(({ property, reason }) => `${property} ${reason}`.trim()) };
};

describe("the settings of a provider", () => {
	test("are kept as they are; a credential is a secret, given as one or not, and so is what the program made one", async () => {
		const given = {
			region: secretOf("eu-central-1"),
			oauthClientId: secretOf("id"),
			oauthClientSecret: "s",
			accessToken: secretOf("t"),
		};
		expect(await checkConfig(given)).toEqual({
			inputs: { ...given, oauthClientSecret: secretOf("s") },
			reasons: [],
		});
	});

	test("that are secrets and wrong are named without their value, which Pulumi would print beside a property", async () => {
		const settings = { region: secretOf("hidden-region"), tokenPoolSize: secretOf("99") };
		const { inputs, failures } = await askConfig(settings, { name: "eu" });
		expect(inputs).toEqual(settings);
		expect(failures).toEqual([
			{ property: "", reason: expect.stringContaining('unknown Genesys Cloud region "[secret]"') as string },
			{ property: "", reason: "the provider eu's tokenPoolSize must be a whole number from 1 to 50" },
		]);
	});

	test("with a name that isn't one are refused, with the closest one", async () => {
		expect((await checkConfig({ regoin: "eu-central-1" })).reasons).toEqual([
			"regoin is not a setting of genesyscloud-oauth; did you mean region?",
		]);
	});

	test.each([
		[{ tokenPoolSize: "99" }, "tokenPoolSize", "must be a whole number from 1 to 50"],
		[{ usageApi: "other" }, "usageApi", "must be oauth or jobs"],
		[
			{ oauthClientId: "id" },
			"oauthClientSecret",
			"is missing, but oauthClientId is set. Settings that belong together must come from one place",
		],
		[
			{ gatewayPort: "1", gatewayProtocol: "https" },
			"gatewayHost",
			"is missing, but gatewayProtocol, gatewayPort are set",
		],
		...[" ", true].map((region): [Properties, string, string] => [
			{ region, oauthClientId: "id", oauthClientSecret: "s" },
			"region",
			"must be text that isn't empty",
		]),
	])("of an explicit provider that are wrong come with their names, once: %j", async (settings, property, reason) => {
		const { failures } = await askConfig(settings, { name: "eu" });
		expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) as string }]);
		expect(failures[0]?.reason).not.toContain(property);
	});

	test("have no property beside which Pulumi would print a secret", async () => {
		const secrets = { oauthClientSecret: "a\nb", oauthClientId: "id", accesToken: "t" };
		const { failures } = await askConfig(secrets, { name: "eu" });
		expect(failures).toHaveLength(2);
		expect(failures.map(({ property }) => property)).toEqual(["", ""]);
	});

	test("of an explicit provider are never empty secrets: the environment's, of another organization, would be used in their place", async () => {
		const empty = { oauthClientId: unknown.string, oauthClientSecret: "", accessToken: secretOf("") };
		const { failures } = await askConfig(empty, { name: "eu" });
		expect(failures).toEqual(
			["accessToken", "oauthClientSecret"].map((name) => ({
				property: "",
				reason: `${name} must be text that isn't empty; to use the environment's, remove it`,
			})),
		);
	});

	test("may change without replacing a resource, and the same ones are no change", async () => {
		const { call } = await sharedPlugin();
		const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
		for (const [region, changes] of [
			["eu-central-1", DIFF_NONE],
			["eu-west-1", DIFF_SOME],
		] as const) {
			const request = new proto.DiffRequest();
			request.setOlds(structOf({ region: "eu-central-1" }));
			request.setNews(structOf({ region }));
			const answer = await call<proto.DiffResponse>("diffConfig", request);
			expect(answer.getChanges()).toBe(changes);
			expect(answer.getReplacesList()).toEqual([]);
		}
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
		const explicit = await start({ simulator: ours, isAlone: true, settings, name: "other" });
		await explicit.create((await explicit.check(service)).inputs);
		expect([ours, other].map(({ organization }) => organization.clients().length)).toEqual([0, 1]);
		const usual = await start({ simulator: ours, isAlone: true, settings, name: "default_0_1_0" });
		await usual.create((await usual.check(service)).inputs);
		expect([ours, other].map(({ organization }) => organization.clients().length)).toEqual([1, 1]);
		const half = await start({ simulator: ours, isAlone: true, settings: { oauthClientId: "x" }, name: "other" });
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
		["half a login", { oauthClientId: "i" }, ["oauthClientSecret is missing, but oauthClientId is set"]],
		[
			"a gateway's password alone, beside half a proxy",
			{ gatewayAuthPassword: secretOf("p"), proxyPort: 3128 },
			["gatewayHost is missing, but gatewayAuthPassword is set", "proxyHost is missing, but proxyPort is set"],
		],
		["half a login that isn't known yet", { oauthClientId: unknown.string }, []],
		["nothing: the environment has all", {}, []],
	])("of an explicit provider are complete: %s", async (_, news, faults) => {
		const said = "Settings that belong together must come from one place";
		expect((await checkConfig(news, { name: "eu" })).reasons).toEqual(faults.map((fault) => `${fault}. ${said}`));
	});

	test("of Pulumi's own provider may be a part of what the environment has, or empty: a resource that needs them says what is missing", async () => {
		expect((await checkConfig({ oauthClientId: "i", region: "" })).reasons).toEqual([]);
	});
});

const refusal = (name: string) =>
	`rename the provider ${name}: the names "default" and "default_..." are those of Pulumi's own providers, whose settings come after the environment`;

describe("the name of a provider", () => {
	const stack = { region: "eu-central-1", accessToken: "t" };
	const environment = { PULUMI_CONFIG: JSON.stringify(stack) };
	test.each([
		["default", { ...stack, accessToken: secretOf("t") }],
		[
			"default_0_1_0",
			{ accessToken: "t", version: "0.1.0", pluginDownloadURL: "https://x.example.com", region: "eu-central-1" },
		],
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

	test("default with a number that the stack's configuration has as text is Pulumi's own", async () => {
		const configured = { PULUMI_CONFIG: JSON.stringify({ ...stack, tokenPoolSize: "2" }) };
		const news = { ...stack, tokenPoolSize: 2 };
		expect((await checkConfig(news, { name: "default", environment: configured })).reasons).toEqual([]);
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
