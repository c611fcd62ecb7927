import { describe, expect, test } from "vitest";
import { faultsOf, readConnection } from "../../provider/config";
import {
	connectionPlace,
	environmentPlace,
	type SettingName,
	settingVariables,
	stackPlace,
} from "../../provider/setting-places";
import { configurationErrorOf } from "./support/configuration-error";

type Values = Partial<Record<SettingName, string>>;

const places = (environment: Values, config: Values) => [
	environmentPlace(
		Object.fromEntries(
			Object.entries(environment).map(([name, value]) => [settingVariables[name as SettingName], value]),
		),
	),
	stackPlace((key) => config[key.replace("genesyscloud:", "") as SettingName]),
];

/** Reads a connection from values in the environment and in the stack's configuration. */
const connect = (environment: Values, config: Values = {}) => readConnection(places(environment, config));

const refusal = (...args: Parameters<typeof connect>) => configurationErrorOf(() => connect(...args));

const region = "eu-central-1";
const lag = "configuration of the last pulumi up";

describe("where settings come from", () => {
	test("the variables are those that the vendor's SDKs and its Terraform provider know, and one for the usage API", () => {
		expect(Object.values(settingVariables)).toEqual([
			"GENESYSCLOUD_ACCESS_TOKEN",
			"GENESYSCLOUD_OAUTHCLIENT_ID",
			"GENESYSCLOUD_OAUTHCLIENT_SECRET",
			"GENESYSCLOUD_REGION",
			"GENESYSCLOUD_GATEWAY_PROTOCOL",
			"GENESYSCLOUD_GATEWAY_HOST",
			"GENESYSCLOUD_GATEWAY_PORT",
			"GENESYSCLOUD_GATEWAY_PATH_NAME",
			"GENESYSCLOUD_GATEWAY_PATH_VALUE",
			"GENESYSCLOUD_GATEWAY_AUTH_USERNAME",
			"GENESYSCLOUD_GATEWAY_AUTH_PASSWORD",
			"GENESYSCLOUD_PROXY_PROTOCOL",
			"GENESYSCLOUD_PROXY_HOST",
			"GENESYSCLOUD_PROXY_PORT",
			"GENESYSCLOUD_PROXY_AUTH_USERNAME",
			"GENESYSCLOUD_PROXY_AUTH_PASSWORD",
			"GENESYSCLOUD_TOKEN_POOL_SIZE",
			"GENESYSCLOUD_USAGE_API",
		]);
	});

	test("the environment goes before the stack's configuration", () => {
		const { hosts, credentials } = connect(
			{ region, oauthClientId: "env-id", oauthClientSecret: "env-secret" },
			{ region: "us-east-1", oauthClientId: "config-id", oauthClientSecret: "config-secret" },
		);
		expect(hosts.api).toBe("https://api.mypurecloud.de");
		expect(credentials).toMatchObject({ clientId: "env-id", clientSecret: "env-secret" });
	});

	test("the stack's configuration fills in what the environment lacks; blank counts as lacking", () => {
		const { hosts, credentials } = connect(
			{ region: "", oauthClientId: "  " },
			{ region: " us-east-1 ", oauthClientId: "config-id", oauthClientSecret: "config-secret" },
		);
		expect(hosts.api).toBe("https://api.mypurecloud.com");
		expect(credentials).toMatchObject({ clientId: "config-id", clientSecret: "config-secret" });
	});

	test("a gateway stands in for the region, with protocol and port", () => {
		const origin = "http://localhost:8080";
		const { hosts } = connect({
			oauthClientId: "i",
			oauthClientSecret: "s",
			region,
			gatewayHost: "localhost",
			gatewayProtocol: "http",
			gatewayPort: "8080",
		});
		expect(hosts).toEqual({ login: origin, api: origin });
	});
});

describe("token or client", () => {
	const client = { oauthClientId: "id", oauthClientSecret: "secret" };
	const token = { accessToken: "token" };
	test.each<[string, Values, Values, "token" | "client"]>([
		["token in the environment, nothing else", token, {}, "token"],
		["token in the configuration, nothing else", {}, token, "token"],
		["client in the environment, nothing else", client, {}, "client"],
		["client in the configuration, nothing else", {}, client, "client"],
		["both in the environment", { ...token, ...client }, {}, "token"],
		["both in the configuration", {}, { ...token, ...client }, "token"],
		["token in the environment, client in the configuration", token, client, "token"],
		["token in the configuration, client in the environment", client, token, "client"],
		["both in both", { ...token, ...client }, { ...token, ...client }, "token"],
		["token in the configuration, half a client there too", {}, { ...token, oauthClientId: "id" }, "token"],
		["token in the environment, half a client in the environment", { ...token, oauthClientId: "id" }, {}, "token"],
	])("%s", (_, environment, config, expected) => {
		const { credentials } = connect({ region, ...environment }, config);
		expect("accessToken" in credentials ? "token" : "client").toBe(expected);
	});

	test("the source is told in words, and says when it may be the last run's", () => {
		expect(connect({ region, ...client }).credentials.source).toBe(
			"the environment variable GENESYSCLOUD_OAUTHCLIENT_ID and the environment variable GENESYSCLOUD_OAUTHCLIENT_SECRET",
		);
		const fromConfig = connect({ region }, client).credentials.source;
		expect(fromConfig).toContain("the stack configuration genesyscloud:oauthClientId");
		expect(fromConfig).toContain("the stack configuration genesyscloud:oauthClientSecret");
		expect(fromConfig).toContain(lag);
		expect(connect({ region, ...token }).credentials.source).toBe("the environment variable GENESYSCLOUD_ACCESS_TOKEN");
		expect(connect({ region }, token).credentials.source).toContain(lag);
	});
});

describe("the most tokens", () => {
	const client = { region, oauthClientId: "i", oauthClientSecret: "s" };

	test("are the environment's, then the stack configuration's; without a word the API's own default", () => {
		const both = connect({ ...client, tokenPoolSize: " 2 " }, { tokenPoolSize: "3" });
		expect(both.tokenPoolSize).toBe(2);
		expect(connect(client, { tokenPoolSize: "3" }).tokenPoolSize).toBe(3);
		expect(connect(client)).not.toHaveProperty("tokenPoolSize");
	});

	test.each(["0", "51", "2.5", "-1", "many", "1e1"])(
		"can't be %s: the error names the setting, not the value",
		(tokenPoolSize) => {
			const bounds = "must be a whole number from 1 to 50";
			expect(refusal({ ...client, tokenPoolSize })).toBe(
				`the environment variable GENESYSCLOUD_TOKEN_POOL_SIZE ${bounds}`,
			);
			expect(refusal(client, { tokenPoolSize })).toBe(`the stack configuration genesyscloud:tokenPoolSize ${bounds}`);
		},
	);
});

describe("the usage API", () => {
	const client = { region, oauthClientId: "i", oauthClientSecret: "s" };

	test("is the environment's, then the stack configuration's; without a word the one that answers", () => {
		expect(connect({ ...client, usageApi: " jobs " }, { usageApi: "oauth" }).usageApi).toBe("jobs");
		expect(connect(client, { usageApi: "oauth" }).usageApi).toBe("oauth");
		expect(connect(client)).not.toHaveProperty("usageApi");
	});

	test("can't be another word: the error names the setting, not the value", () => {
		const message = refusal({ ...client, usageApi: "Jobs" });
		expect(message).toBe("the environment variable GENESYSCLOUD_USAGE_API must be oauth or jobs");
	});

	test("counts for a named connection too", () => {
		const variables = { GENESYSCLOUD_USAGE_API: "jobs", R: region, I: "i", S: "s" };
		const names = { region: "R", oauthClientId: "I", oauthClientSecret: "S" };
		const named = connectionPlace(names, variables, () => undefined);
		expect(readConnection([environmentPlace(variables)], [named]).usageApi).toBe("jobs");
	});
});

describe("what is missing", () => {
	test("no credentials: every variable and key that was looked at is named", () => {
		const message = refusal({ region });
		for (const name of ["oauthClientId", "oauthClientSecret", "accessToken"] as const) {
			expect(message).toContain(settingVariables[name]);
			expect(message).toContain(`genesyscloud:${name}`);
		}
	});

	test.each<[string, Values, Values, string, string]>([
		[
			"id without secret",
			{ oauthClientId: "v" },
			{ oauthClientSecret: "v" },
			"the environment variable GENESYSCLOUD_OAUTHCLIENT_ID",
			"GENESYSCLOUD_OAUTHCLIENT_SECRET",
		],
		[
			"secret without id",
			{ oauthClientSecret: "v" },
			{ accessToken: "v" },
			"the environment variable GENESYSCLOUD_OAUTHCLIENT_SECRET",
			"GENESYSCLOUD_OAUTHCLIENT_ID",
		],
		[
			"id in the configuration alone",
			{},
			{ oauthClientId: "v" },
			"the stack configuration genesyscloud:oauthClientId",
			"genesyscloud:oauthClientSecret",
		],
	])("%s: names what was found and what is missing, at that place", (_, environment, config, found, missing) => {
		expect(refusal({ region, ...environment }, config)).toBe(
			`incomplete Genesys Cloud credentials: found ${found}, but not ${missing}. Settings that belong together must come from one place`,
		);
	});

	test("no credentials and no region: both are told at once, each by itself", () => {
		expect(faultsOf(places({}, {}))).toEqual([
			refusal({ region }),
			refusal({ oauthClientId: "i", oauthClientSecret: "s" }),
		]);
	});

	test("no region: names the region's and the gateway's places", () => {
		const message = refusal({ oauthClientId: "i", oauthClientSecret: "s" });
		for (const name of ["region", "gatewayHost"] as const) {
			expect(message).toContain(settingVariables[name]);
			expect(message).toContain(`genesyscloud:${name}`);
		}
	});

	test.each<[string, Values, Values, string]>([
		["a region", { region: "eu-middle-1" }, {}, "the environment variable GENESYSCLOUD_REGION"],
		["a region", {}, { region: "eu-middle-1" }, "the stack configuration genesyscloud:region"],
		[
			"a gateway's port",
			{},
			{ gatewayHost: "gw", gatewayPort: "x" },
			"the stack configuration genesyscloud:gatewayHost",
		],
		[
			"a proxy's port",
			{ region, proxyHost: "proxy", proxyPort: "x" },
			{},
			"the environment variable GENESYSCLOUD_PROXY_HOST",
		],
	])("%s that is invalid: says where it was set", (_, environment, config, source) => {
		expect(refusal({ accessToken: "t", ...environment }, config)).toMatch(new RegExp(`; it was set by ${source}$`));
	});

	test("no message holds the value of a credential", () => {
		const hidden = "Zq8-very-secret-value";
		const attempts: [Values, Values][] = [
			[{ region, oauthClientId: hidden }, {}],
			[{ region, oauthClientSecret: hidden }, {}],
			[{ region }, { oauthClientSecret: hidden }],
			[{ oauthClientId: hidden, oauthClientSecret: hidden }, {}],
			[{ accessToken: hidden }, {}],
			[{ accessToken: hidden, region: "nonsense" }, {}],
			[{ accessToken: hidden, gatewayHost: "a/b" }, {}],
			[{ oauthClientId: "i", oauthClientSecret: "s", gatewayHost: `u:${hidden}@gw.example.com` }, {}],
		];
		for (const [environment, config] of attempts) expect(refusal(environment, config)).not.toContain(hidden);
		expect(connect({ region, oauthClientId: "i", oauthClientSecret: hidden }).credentials.source).not.toContain(hidden);
	});
});
