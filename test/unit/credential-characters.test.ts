import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { readConnection } from "../../provider/config";
import { connectionPlace, usualPlaces } from "../../provider/setting-places";
import { configurationErrorOf } from "./support/configuration-error";

beforeEach(() => {
	for (const name of ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]) vi.stubEnv(name, undefined);
	onTestFinished(() => void vi.unstubAllEnvs());
});

const region = { GENESYSCLOUD_REGION: "eu-central-1" };
const client = { ...region, GENESYSCLOUD_OAUTHCLIENT_ID: "the-id", GENESYSCLOUD_OAUTHCLIENT_SECRET: "the-secret" };
const gateway = {
	...client,
	GENESYSCLOUD_GATEWAY_HOST: "gw.example.com",
	GENESYSCLOUD_GATEWAY_AUTH_USERNAME: "user",
	GENESYSCLOUD_GATEWAY_AUTH_PASSWORD: "p w",
};
const proxy = {
	...client,
	GENESYSCLOUD_PROXY_HOST: "proxy.example.com",
	GENESYSCLOUD_PROXY_AUTH_USERNAME: "user",
	GENESYSCLOUD_PROXY_AUTH_PASSWORD: "p w",
};

const connect = (variables: Record<string, string>, config: Record<string, string> = {}) =>
	readConnection(usualPlaces(variables, (key) => config[key]));
const refusal = (...args: Parameters<typeof connect>) => configurationErrorOf(() => connect(...args));

describe("a character that OAuth allows in no token, id or secret is said before any request", () => {
	test.each([
		["one\nsecret", "a line break"],
		["one\r\nsecret", "a line break"],
		["one\tsecret", "a control character"],
		["one\u0000secret", "a control character"],
		["sécret", "a character that isn't ASCII"],
		["one\u200Bsecret", "a character that isn't ASCII"],
		["one“secret”", "a character that isn't ASCII"],
	])("%j", (value, said) => {
		for (const name of [
			"GENESYSCLOUD_ACCESS_TOKEN",
			"GENESYSCLOUD_OAUTHCLIENT_ID",
			"GENESYSCLOUD_OAUTHCLIENT_SECRET",
		]) {
			const message = refusal({ ...client, [name]: value });
			expect(message).toMatch(new RegExp(`^the environment variable ${name} contains ${said}`));
			expect(message).not.toMatch(/one|cret(?!s)/);
		}
	});

	test("of the stack's configuration too, and of the place that a connection names", () => {
		const config = { "genesyscloud:oauthClientSecret": "a\nb", "genesyscloud:oauthClientId": "the-id" };
		expect(refusal(region, config)).toContain("the stack configuration genesyscloud:oauthClientSecret contains a line");
		const names = { accessToken: "STAGING_TOKEN", region: "GENESYSCLOUD_REGION" };
		const variables = { ...region, STAGING_TOKEN: "a\nb" };
		const named = () => readConnection([], [connectionPlace(names, variables, () => undefined)]);
		expect(configurationErrorOf(named)).toContain("the environment variable STAGING_TOKEN contains a line break");
	});

	test("but not in a secret that isn't used, and not at the ends, where it is cut off", () => {
		expect(
			connect({ ...client, GENESYSCLOUD_ACCESS_TOKEN: " token\n", GENESYSCLOUD_OAUTHCLIENT_SECRET: "a\nb" }),
		).toMatchObject({
			credentials: { accessToken: "token" },
		});
	});

	test("a space, and every other printable ASCII character, is sent as it is", () => {
		const secret = "! \"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~";
		expect(connect({ ...client, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret }).credentials).toMatchObject({
			clientSecret: secret,
		});
	});
});

describe("what HTTP's Basic authentication can't carry is said before any request", () => {
	test.each([
		[gateway, "GENESYSCLOUD_GATEWAY_AUTH_USERNAME", "us\ner", "a line break"],
		[gateway, "GENESYSCLOUD_GATEWAY_AUTH_PASSWORD", "hunt\r\ner", "a line break"],
		[gateway, "GENESYSCLOUD_GATEWAY_AUTH_USERNAME", "us:er", "a colon"],
		[proxy, "GENESYSCLOUD_PROXY_AUTH_PASSWORD", "hunt\u0007er", "a control character"],
		[proxy, "GENESYSCLOUD_PROXY_AUTH_USERNAME", "us:er", "a colon"],
	])("%#", (variables, name, value, said) => {
		const message = refusal({ ...variables, [name]: value });
		expect(message).toContain(`the environment variable ${name} contains ${said}`);
		expect(message).not.toMatch(/hunt|us.?er\b(?! name)/);
	});

	test.each([
		["http://user:hunt%0Aer@proxy.example.com", "a line break"],
		["http://us%3Aer:hunter@proxy.example.com", "a colon"],
	])("in HTTPS_PROXY too: %s", (value, said) => {
		vi.stubEnv("HTTPS_PROXY", value);
		const message = refusal(client);
		expect(message).toContain("in the environment variable HTTPS_PROXY contains");
		expect(message).toContain(said);
		expect(message).not.toContain("hunt");
	});

	test("letters that aren't ASCII are sent as UTF-8, and a password may have colons", () => {
		const credentials = { username: "jürgen", password: "pä:ß wörd" };
		const { username, password } = credentials;
		const behindGateway = {
			...gateway,
			GENESYSCLOUD_GATEWAY_AUTH_USERNAME: username,
			GENESYSCLOUD_GATEWAY_AUTH_PASSWORD: password,
		};
		expect(connect(behindGateway).gatewayCredentials).toEqual(credentials);
		const behindProxy = {
			...proxy,
			GENESYSCLOUD_PROXY_AUTH_USERNAME: username,
			GENESYSCLOUD_PROXY_AUTH_PASSWORD: password,
		};
		expect(connect(behindProxy).proxies?.api?.credentials).toEqual(credentials);
	});
});
