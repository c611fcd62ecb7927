import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { readConnection } from "../../provider/config";
import { usualPlaces } from "../../provider/setting-places";
import { configurationErrorOf } from "./support/configuration-error";

const hidden = "Zq8-very-secret-value";
const usual = { GENESYSCLOUD_REGION: "eu-central-1", GENESYSCLOUD_ACCESS_TOKEN: "token" };
const proxyVariables = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"].flatMap((name) => [
	name,
	name.toUpperCase(),
]);

beforeEach(() => {
	for (const name of proxyVariables) vi.stubEnv(name, undefined);
	onTestFinished(() => void vi.unstubAllEnvs());
});

/** The connection that these variables make: those of proxies are the process's own. */
function connect(variables: Record<string, string> = {}, config: Record<string, string> = {}) {
	for (const name of proxyVariables) if (variables[name] !== undefined) vi.stubEnv(name, variables[name]);
	return readConnection(usualPlaces({ ...usual, ...variables }, (key) => config[key]));
}

const refusal = (...args: Parameters<typeof connect>) => configurationErrorOf(() => connect(...args));

test("without a word on a proxy there is none", () => {
	expect(connect()).not.toHaveProperty("proxies");
	expect(connect({ HTTP_PROXY: "http://proxy.example.com:3128" })).not.toHaveProperty("proxies");
});

describe("the ecosystem's own proxy", () => {
	test("is made of its settings", () => {
		const { proxies } = connect({
			GENESYSCLOUD_PROXY_HOST: "proxy.example.com",
			GENESYSCLOUD_PROXY_PROTOCOL: "https",
			GENESYSCLOUD_PROXY_PORT: "8443",
			GENESYSCLOUD_PROXY_AUTH_USERNAME: "user",
			GENESYSCLOUD_PROXY_AUTH_PASSWORD: hidden,
		});
		expect(proxies?.api).toMatchObject({
			origin: "https://proxy.example.com:8443",
			credentials: { username: "user", password: hidden },
			source: "the environment variable GENESYSCLOUD_PROXY_HOST",
		});
		expect(proxies?.login).toEqual(proxies?.api);
	});

	test("needs a host: the settings beside it aren't ignored", () => {
		expect(refusal({ GENESYSCLOUD_PROXY_PORT: "1" })).toBe(
			"incomplete proxy: found the environment variable GENESYSCLOUD_PROXY_PORT, but not GENESYSCLOUD_PROXY_HOST. Settings that belong together must come from one place",
		);
	});

	test("comes before the proxy that most programs know, whatever NO_PROXY says", () => {
		for (const exceptions of ["", "*"]) {
			const usually = { HTTPS_PROXY: "http://other.example.com", NO_PROXY: exceptions };
			const { proxies } = connect({ GENESYSCLOUD_PROXY_HOST: "proxy.example.com", ...usually });
			expect([proxies?.login?.origin, proxies?.api?.origin]).toEqual(Array(2).fill("http://proxy.example.com"));
		}
	});

	test("speaks http unless it says otherwise", () => {
		expect(connect({ GENESYSCLOUD_PROXY_HOST: "proxy.example.com" }).proxies?.api?.origin).toBe(
			"http://proxy.example.com",
		);
	});

	test.each<[string, Record<string, string>, string]>([
		["another protocol", { GENESYSCLOUD_PROXY_PROTOCOL: "socks5" }, "the proxy's protocol"],
		["no port", { GENESYSCLOUD_PROXY_PORT: "many" }, "the proxy's port"],
		["a URL for a host", { GENESYSCLOUD_PROXY_HOST: `http://u:${hidden}@proxy` }, "the proxy's host"],
		[
			"half of its credentials",
			{ GENESYSCLOUD_PROXY_AUTH_PASSWORD: hidden },
			"but not GENESYSCLOUD_PROXY_AUTH_USERNAME",
		],
	])("with %s is refused, without a value of a secret", (_, variables, said) => {
		const message = refusal({ GENESYSCLOUD_PROXY_HOST: "proxy.example.com", ...variables });
		expect(message).toContain(said);
		expect(message).not.toContain(hidden);
	});
});

describe("the proxy that most programs know", () => {
	test.each([
		["HTTPS_PROXY", "http://proxy.example.com:3128"],
		["https_proxy", "http://proxy.example.com:3128/"],
		["ALL_PROXY", "http://proxy.example.com:3128"],
		["all_proxy", "proxy.example.com:3128"],
		["HTTPS_PROXY", " http://proxy.example.com:3128 "],
	])("is what %s=%s says", (name, value) => {
		const { proxies } = connect({ [name]: value });
		expect(proxies?.login).toMatchObject({
			origin: "http://proxy.example.com:3128",
			source: `the environment variable ${name}`,
		});
		expect(proxies?.api).toEqual(proxies?.login);
		expect(proxies?.api).not.toHaveProperty("credentials");
	});

	test("is the lower-case variable's before the other", () => {
		const { proxies } = connect({ https_proxy: "http://one:1", HTTPS_PROXY: "http://two:2" });
		expect(proxies?.api?.origin).toBe("http://one:1");
	});

	test("has its credentials percent-encoded", () => {
		const { proxies } = connect({ HTTPS_PROXY: "http://user%40corp:p%3Aw@proxy.example.com" });
		expect(proxies?.api?.credentials).toEqual({ username: "user@corp", password: "p:w" });
	});

	test.each([
		["socks5://proxy.example.com", "must be the URL of an HTTP proxy"],
		[`http://${hidden}@:3128`, "must be the URL of an HTTP proxy"],
		[`http://user:${hidden}%@proxy.example.com`, "must be percent-encoded"],
	])("is refused when it is %s, and not repeated", (value, said) => {
		const message = refusal({ HTTPS_PROXY: value });
		expect(message).toContain(`the environment variable HTTPS_PROXY`);
		expect(message).toContain(said);
		expect(message).not.toContain(hidden);
	});

	test.each<[string, { login: boolean; api: boolean }]>([
		["login.mypurecloud.de", { login: false, api: true }],
		["example.com,api.mypurecloud.de:443", { login: true, api: false }],
		[".mypurecloud.de", { login: false, api: false }],
		["*.mypurecloud.de", { login: false, api: false }],
		["mypurecloud.de", { login: true, api: true }],
		["api.mypurecloud.de:8443", { login: true, api: true }],
		["*", { login: false, api: false }],
	])("with NO_PROXY=%s is on the way to %j", (exceptions, expected) => {
		const { proxies = {} } = connect({ HTTPS_PROXY: "http://proxy.example.com:3128", NO_PROXY: exceptions });
		expect({ login: proxies.login !== undefined, api: proxies.api !== undefined }).toEqual(expected);
	});
});

test.each([
	["HTTP_PROXY", "http://proxy.example.com:3128"],
	["https_proxy", "http://127.0.0.1:3128"],
	["ALL_PROXY", "http://proxy.example.com:3128"],
	["GENESYSCLOUD_PROXY_HOST", "proxy.example.com"],
])("a host on this machine is called directly, whatever %s says", (name, value) => {
	for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
		for (const protocol of ["http", "https"]) {
			const gateway = { GENESYSCLOUD_GATEWAY_PROTOCOL: protocol, GENESYSCLOUD_GATEWAY_HOST: host };
			expect(connect({ ...gateway, [name]: value })).not.toHaveProperty("proxies");
		}
	}
});

describe("a gateway's paths", () => {
	const gateway = { GENESYSCLOUD_GATEWAY_HOST: "gw.example.com" };
	const paths = (name: string, value: string) => ({
		...gateway,
		GENESYSCLOUD_GATEWAY_PATH_NAME: name,
		GENESYSCLOUD_GATEWAY_PATH_VALUE: value,
	});
	const origin = "https://gw.example.com";

	test.each([
		["login", "/loginpath", { login: `${origin}/loginpath`, api: origin }],
		["api", "apipath/", { login: origin, api: `${origin}/apipath` }],
		["API, Login", "a/b , /c/", { login: `${origin}/c`, api: `${origin}/a/b` }],
		["login,api", ",/a", { login: origin, api: `${origin}/a` }],
	])("%s and %s make its hosts", (name, value, hosts) => {
		expect(connect(paths(name, value)).hosts).toEqual(hosts);
	});

	test("needs a host: without it the region isn't called directly", () => {
		expect(refusal({ GENESYSCLOUD_GATEWAY_AUTH_USERNAME: "user", GENESYSCLOUD_GATEWAY_PORT: "8080" })).toContain(
			"found the environment variable GENESYSCLOUD_GATEWAY_PORT, the environment variable GENESYSCLOUD_GATEWAY_AUTH_USERNAME, but not GENESYSCLOUD_GATEWAY_HOST",
		);
	});

	test.each([
		["login", ""],
		["", "/a"],
		["login", "/a,/b"],
		["login,api", "/a"],
		["login,login", "/a,/b"],
		["logout", "/a"],
	])("%j and %j don't fit: the error names both places", (name, value) => {
		const message = refusal(paths(name, value));
		for (const variable of ["GENESYSCLOUD_GATEWAY_PATH_NAME", "GENESYSCLOUD_GATEWAY_PATH_VALUE"])
			expect(message).toContain(variable);
	});

	test("its credentials are read as a pair", () => {
		const one = { ...gateway, GENESYSCLOUD_GATEWAY_AUTH_USERNAME: "user" };
		const both = connect({ ...one, GENESYSCLOUD_GATEWAY_AUTH_PASSWORD: hidden });
		expect(both.gatewayCredentials).toEqual({ username: "user", password: hidden });
		expect(refusal(one)).toContain("incomplete gateway credentials: found");
		expect(connect(gateway)).not.toHaveProperty("gatewayCredentials");
	});
});
