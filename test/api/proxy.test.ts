import { describe, expect, onTestFinished, test, vi } from "vitest";
import { getOAuthScopes } from "../../provider/lookups/oauth-scopes";
import { paths } from "./support/client-requests";
import type { Properties } from "./support/provider-process";
import { region, privateRegions } from "./support/private-region";
import { noProxyVariables, startProxy } from "./support/proxy";
import { failureOf, startSimulatedApi } from "./support/simulated-api";
import { type StackModel, stackModels } from "./support/stack-model";

const startPrivateRegion = privateRegions();

const startStackModel = stackModels();

const username = "proxy-user";
const password = "p@ss:w/rd-of-the-proxy-9";
const credentials = `${username}:${password}`;
const webApp: Properties = {
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/cb"],
};

/** A stack whose organization is in a region that only a proxy leads to. */
async function startBehindProxy(options: { credentials?: string; isSecure?: boolean } = {}) {
	const stack = await startStackModel();
	const { server, requests, variables, authority } = await startPrivateRegion(stack.simulator);
	const proxy = await startProxy({
		behind: server,
		...(options.credentials === undefined ? {} : { credentials: options.credentials }),
		...(options.isSecure === true ? { certificate: await authority.certify(["127.0.0.1"]) } : {}),
	});
	for (const key of Object.keys(stack.config)) delete stack.config[key];
	Object.assign(stack.environment, noProxyVariables, variables);
	return { stack, proxy, requests };
}

const withCredentials = (origin: string) =>
	origin.replace("://", `://${encodeURIComponent(username)}:${encodeURIComponent(password)}@`);

const tunnels = (suffix = "") => [`CONNECT login.${region}:443${suffix}`, `CONNECT api.${region}:443${suffix}`];

/** Everything that a stack has left anywhere and shown to anybody. */
const leftBy = (stack: StackModel, ...shown: string[]) => JSON.stringify([stack.engine.rows, shown]);

const forms = [password, encodeURIComponent(password), Buffer.from(credentials).toString("base64"), username];

/** The variables that lead to a proxy. */
type Settings = (proxy: { origin: string; host: string; port: string }) => Record<string, string>;
const own: Settings = ({ host, port }) => ({
	GENESYSCLOUD_PROXY_PROTOCOL: "http",
	GENESYSCLOUD_PROXY_HOST: host,
	GENESYSCLOUD_PROXY_PORT: port,
	GENESYSCLOUD_PROXY_AUTH_USERNAME: username,
	GENESYSCLOUD_PROXY_AUTH_PASSWORD: password,
});

describe("login and API go through the proxy", () => {
	test.each<[string, Settings]>([
		["HTTPS_PROXY", ({ origin }) => ({ HTTPS_PROXY: withCredentials(origin) })],
		["https_proxy", ({ origin }) => ({ https_proxy: withCredentials(origin) })],
		["HTTPS_PROXY without a protocol", ({ origin }) => ({ HTTPS_PROXY: withCredentials(origin).slice(7) })],
		["the ecosystem's own variables", own],
	])("of %s, with its credentials, and none of these is left anywhere", async (_, settings) => {
		const { stack, proxy, requests } = await startBehindProxy({ credentials });
		Object.assign(stack.environment, settings(proxy));
		const { notices } = await stack.succeed("up", { app: webApp });
		expect(proxy.seen).toEqual(tunnels(` ${credentials}`));
		expect(requests).toEqual([
			`POST login.${region}/oauth/token`,
			`GET api.${region}${paths.clients}`,
			`POST api.${region}${paths.clients}`,
		]);
		expect(stack.simulator.requests.count()).toBe(requests.length);
		for (const form of forms) expect(leftBy(stack, notices)).not.toContain(form);
	});

	test("of the stack's configuration", async () => {
		const { stack, proxy } = await startBehindProxy({ credentials });
		Object.assign(stack.config, {
			"genesyscloud:proxyHost": proxy.host,
			"genesyscloud:proxyPort": proxy.port,
			"genesyscloud:proxyAuthUsername": username,
			"genesyscloud:proxyAuthPassword": password,
		});
		await stack.succeed("up", { app: webApp });
		expect(proxy.seen).toEqual(tunnels(` ${credentials}`));
	});

	test("that speaks TLS itself", async () => {
		const { stack, proxy } = await startBehindProxy({ isSecure: true });
		stack.environment["HTTPS_PROXY"] = proxy.origin;
		await stack.succeed("up", { app: webApp });
		expect(proxy.seen).toEqual(tunnels());
	});

	test("of the usual settings, also for a connection that names none: a proxy is the machine's", async () => {
		const { stack, proxy } = await startBehindProxy();
		const { GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET, ...others } = stack.environment;
		for (const name of Object.keys(stack.environment)) delete stack.environment[name];
		Object.assign(stack.environment, others, {
			STAGING_ID: GENESYSCLOUD_OAUTHCLIENT_ID,
			STAGING_SECRET: GENESYSCLOUD_OAUTHCLIENT_SECRET,
			GENESYSCLOUD_PROXY_HOST: proxy.host,
			GENESYSCLOUD_PROXY_PORT: proxy.port,
		});
		const connection = {
			oauthClientId: "STAGING_ID",
			oauthClientSecret: "STAGING_SECRET",
			region: "GENESYSCLOUD_REGION",
		};
		await stack.succeed("up", { app: { ...webApp, connection } });
		expect(proxy.seen).toEqual(tunnels());
	});

	test("of a connection's own settings before the usual one", async () => {
		const { stack, proxy } = await startBehindProxy();
		Object.assign(stack.environment, {
			GENESYSCLOUD_PROXY_HOST: "nowhere.invalid",
			STAGING_PROXY: proxy.host,
			STAGING_PROXY_PORT: proxy.port,
		});
		const connection = {
			oauthClientId: "GENESYSCLOUD_OAUTHCLIENT_ID",
			oauthClientSecret: "GENESYSCLOUD_OAUTHCLIENT_SECRET",
			region: "GENESYSCLOUD_REGION",
			proxyHost: "STAGING_PROXY",
			proxyPort: "STAGING_PROXY_PORT",
		};
		await stack.succeed("up", { app: { ...webApp, connection } });
		expect(proxy.seen).toEqual(tunnels());
	});

	test("of the ecosystem's own variables before HTTPS_PROXY's, whatever NO_PROXY says", async () => {
		const { stack, proxy } = await startBehindProxy();
		const other = await startProxy();
		Object.assign(stack.environment, {
			HTTPS_PROXY: other.origin,
			NO_PROXY: "*",
			no_proxy: "*",
			GENESYSCLOUD_PROXY_HOST: proxy.host,
			GENESYSCLOUD_PROXY_PORT: proxy.port,
		});
		await stack.succeed("up", { app: webApp });
		expect([proxy.seen, other.seen]).toEqual([tunnels(), []]);
	});

	test("of lookups too", async () => {
		const { simulator } = await startSimulatedApi();
		const { server, variables } = await startPrivateRegion(simulator);
		const proxy = await startProxy({ behind: server });
		onTestFinished(() => void vi.unstubAllEnvs());
		for (const [name, value] of Object.entries({ ...noProxyVariables, ...variables, HTTPS_PROXY: proxy.origin })) {
			vi.stubEnv(name, value);
		}
		// Node has read NODE_EXTRA_CA_CERTS long ago: the certificate behind the tunnel isn't trusted here.
		expect((await failureOf(getOAuthScopes())).message).toContain(`through the proxy ${proxy.host}:${proxy.port}`);
		expect(proxy.seen).toEqual([`CONNECT login.${region}:443`]);
	});
});

test("a gateway on this machine is called through no proxy, without a word in NO_PROXY", async () => {
	const stack = await startStackModel();
	const proxy = await startProxy();
	const { origin } = proxy;
	Object.assign(stack.environment, noProxyVariables, {
		HTTP_PROXY: origin,
		ALL_PROXY: origin,
		NO_PROXY: "",
		no_proxy: "",
	});
	await stack.succeed("up", { app: webApp });
	expect(proxy.seen).toEqual([]);
});

describe("what the user reads", () => {
	test.each([
		["no credentials", "", "requires a user name and password (407), and none is set. Set them"],
		["wrong credentials", "proxy-user:wrong-password@", "rejected the user name and password (407). Check"],
	])("of a 407 with %s says what to set, and nothing is sent past the proxy", async (_, given, said) => {
		const { stack, proxy, requests } = await startBehindProxy({ credentials });
		stack.environment["HTTPS_PROXY"] = proxy.origin.replace("://", `://${given}`);
		const error = await stack.fail("up", { app: webApp });
		expect(error).toContain(`login (POST /oauth/token) failed: the proxy ${proxy.host}:${proxy.port} ${said}`);
		expect(error).toContain("the environment variable HTTPS_PROXY takes http://user:password@host:port");
		expect(error).not.toContain("\n");
		expect(error).not.toContain("wrong-password");
		// Asked once: the same credentials would be refused again.
		expect([proxy.seen.length, requests]).toEqual([1, []]);
	});

	test("of a 407 names the ecosystem's own variables when they name the proxy", async () => {
		const { stack, proxy } = await startBehindProxy({ credentials });
		Object.assign(stack.environment, { GENESYSCLOUD_PROXY_HOST: proxy.host, GENESYSCLOUD_PROXY_PORT: proxy.port });
		const error = await stack.fail("up", { app: webApp });
		expect(error).toContain("Set them: GENESYSCLOUD_PROXY_AUTH_USERNAME and GENESYSCLOUD_PROXY_AUTH_PASSWORD");
	});

	test("of a certificate whose CA isn't known says NODE_EXTRA_CA_CERTS, in one line", async () => {
		const { stack, proxy, requests } = await startBehindProxy();
		stack.environment["HTTPS_PROXY"] = proxy.origin;
		delete stack.environment["NODE_EXTRA_CA_CERTS"];
		const error = await stack.fail("up", { app: webApp });
		expect(error).toContain(
			`the certificate of login.${region} (through the proxy ${proxy.host}:${proxy.port}) isn't trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE). If a proxy or gateway uses its own certificates, set NODE_EXTRA_CA_CERTS to the file`,
		);
		expect(error).not.toContain("\n");
		expect([proxy.seen.length, requests]).toEqual([1, []]);
	});

	test("of a proxy's own certificate says the same of the proxy", async () => {
		const { stack, proxy } = await startBehindProxy({ isSecure: true });
		stack.environment["HTTPS_PROXY"] = proxy.origin;
		delete stack.environment["NODE_EXTRA_CA_CERTS"];
		const error = await stack.fail("up", { app: webApp });
		expect(error).toContain(`the certificate of the proxy ${proxy.host}:${proxy.port} isn't trusted`);
		expect(proxy.seen).toEqual([]);
	});

	test("of a certificate for another host says so: the proxy's own name doesn't count", async () => {
		const stack = await startStackModel();
		const { server, variables } = await startPrivateRegion(stack.simulator, ["localhost", "127.0.0.1"]);
		const proxy = await startProxy({ behind: server });
		for (const key of Object.keys(stack.config)) delete stack.config[key];
		Object.assign(stack.environment, noProxyVariables, variables, {
			HTTPS_PROXY: proxy.origin,
			GENESYSCLOUD_GATEWAY_HOST: "198.51.100.1",
		});
		const error = await stack.fail("up", { app: webApp });
		expect(error).toContain("the certificate of 198.51.100.1 (through the proxy");
		expect(error).toContain("isn't valid (ERR_TLS_CERT_ALTNAME_INVALID). Check this machine's clock, the region");
	});

	test("of credentials is nothing, in debug output neither", async () => {
		const { stack, proxy } = await startBehindProxy({ credentials });
		Object.assign(stack.environment, { HTTPS_PROXY: withCredentials(proxy.origin), DEBUG: "*" });
		const { notices } = await stack.succeed("up", { app: webApp });
		expect(notices).toContain("https-proxy-agent");
		delete stack.environment["NODE_EXTRA_CA_CERTS"];
		const error = await stack.fail("refresh");
		for (const form of forms) expect(leftBy(stack, notices, error)).not.toContain(form);
	});
});
