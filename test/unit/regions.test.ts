import { describe, expect, test } from "vitest";
import { gatewayHosts, regionHosts, regions, similarRegion } from "../../provider/api/regions";
import { configurationErrorOf } from "./support/configuration-error";

/** As the vendor's official SDKs list them: written out again, so that a slip in the code's own list shows. */
const published: [string, string][] = [
	["us-east-1", "mypurecloud.com"],
	["us-east-2", "use2.us-gov-pure.cloud"],
	["us-west-2", "usw2.pure.cloud"],
	["ca-central-1", "cac1.pure.cloud"],
	["mx-central-1", "mxc1.pure.cloud"],
	["sa-east-1", "sae1.pure.cloud"],
	["eu-west-1", "mypurecloud.ie"],
	["eu-west-2", "euw2.pure.cloud"],
	["eu-central-1", "mypurecloud.de"],
	["eu-central-2", "euc2.pure.cloud"],
	["eusc-de-east-1", "edee1.eusc-pure.cloud"],
	["me-central-1", "mec1.pure.cloud"],
	["ap-south-1", "aps1.pure.cloud"],
	["ap-southeast-1", "apse1.pure.cloud"],
	["ap-southeast-2", "mypurecloud.com.au"],
	["ap-northeast-1", "mypurecloud.jp"],
	["ap-northeast-2", "apne2.pure.cloud"],
	["ap-northeast-3", "apne3.pure.cloud"],
];

describe("regionHosts", () => {
	test("knows the vendor's 18 public regions and no other", () => {
		expect(Object.entries(regions)).toEqual(published);
	});

	test.each(published)("%s is found by its AWS name and by its domain %s, in any case", (name, domain) => {
		const hosts = { login: `https://login.${domain}`, api: `https://api.${domain}` };
		for (const written of [name, name.toUpperCase(), ` ${name} `, domain, domain.toUpperCase()]) {
			expect(regionHosts(written)).toEqual(hosts);
		}
	});

	test("a domain of a region not yet known is taken as it is", () => {
		expect(regionHosts("Afs1.pure.cloud")).toEqual({
			login: "https://login.afs1.pure.cloud",
			api: "https://api.afs1.pure.cloud",
		});
	});

	test.each(published)("%s is found by every address in %s", (_, domain) => {
		for (const host of [domain, `api.${domain}`, `login.${domain}`, `apps.${domain}`, `APPS.${domain.toUpperCase()}`]) {
			for (const written of [host, `https://${host}`, `http://${host}/`, `https://${host}/directory/#/admin?a=b`]) {
				expect(regionHosts(written)).toEqual({ login: `https://login.${domain}`, api: `https://api.${domain}` });
			}
		}
	});

	test("only the address of a region not yet known is understood: its domain may begin as it likes", () => {
		expect(regionHosts("https://api.internal.example.com/").api).toBe("https://api.api.internal.example.com");
	});

	test.each([
		["eu-cental-1", "eu-central-1"],
		["eu-cental-2", "eu-central-2"],
		["us-east-9", "us-east-1"],
		["ap_southeast_2", "ap-southeast-2"],
		["EUCENTRAL1", "eu-central-1"],
	])("%s is refused: did you mean %s?", (region, guess) => {
		const message = configurationErrorOf(() => regionHosts(region));
		expect(message).toBe(`unknown Genesys Cloud region "${region}" (did you mean ${guess}?)`);
	});

	test.each([
		"",
		"mars",
		"mypurecloud",
		"localhost",
		"127.0.0.1",
		"https://",
		"mypurecloud.com:8443",
		"user@mypurecloud.com",
		"mypurecloud.com?x",
		"my purecloud.com",
		"-bad.com",
		"a..com",
		"mypurecloud.com.",
		"constructor",
		"__proto__",
		"toString",
		`${"a".repeat(250)}.com`,
	])("%j is refused, in one short line", (region) => {
		const message = configurationErrorOf(() => regionHosts(region));
		expect(message).toContain("unknown Genesys Cloud region");
		expect(message).toContain("use an AWS region name, such as eu-central-1, or the region's domain");
		expect(message.length).toBeLessThan(300);
	});

	test("a password in front of the region isn't repeated", () => {
		expect(configurationErrorOf(() => regionHosts("https://user:hunter2@mypurecloud.de/"))).not.toContain("hunter2");
	});
});

describe("similarRegion", () => {
	test.each([
		["login.mypurecloud.dee", "mypurecloud.de"],
		["api.mypurecloud.con", "mypurecloud.com"],
		["api.euw2.pure.clud", "euw2.pure.cloud"],
		["login.euc3.pure.cloud", "euc2.pure.cloud"],
		["login.mypurecloud.de", undefined],
		["login.example.com", undefined],
		["mypurecloud.dee", undefined],
	])("%s: %s", (host, meant) => {
		expect(similarRegion(host)).toBe(meant);
	});
});

describe("gatewayHosts", () => {
	test.each([
		[{ host: "gw.example.com" }, "https://gw.example.com"],
		[{ host: "gw.example.com", protocol: "HTTPS:", port: "8443" }, "https://gw.example.com:8443"],
		[{ host: "gw.example.com", port: 443 }, "https://gw.example.com:443"],
		[{ host: "10.1.2.3", port: "" }, "https://10.1.2.3"],
		[{ host: "[2001:db8::1]", port: 8443 }, "https://[2001:db8::1]:8443"],
		[{ host: "localhost", protocol: "http", port: 8080 }, "http://localhost:8080"],
		[{ host: "LOCALHOST", protocol: "HTTP" }, "http://LOCALHOST"],
		[{ host: "127.0.0.1", protocol: "http" }, "http://127.0.0.1"],
		[{ host: "[::1]", protocol: "http" }, "http://[::1]"],
	])("%j serves login and API on one origin", (gateway, origin) => {
		expect(gatewayHosts(gateway)).toEqual({ login: origin, api: origin });
	});

	test.each(["gw.example.com", "10.1.2.3", "localhost.example.com", "127.0.0.1.nip.io", "0.0.0.0", "[2001:db8::1]"])(
		"plain http to %s is refused: the credentials would leave the machine in clear",
		(host) => {
			expect(configurationErrorOf(() => gatewayHosts({ protocol: "http", host }))).toContain(
				"would send credentials unencrypted",
			);
		},
	);

	test.each(["ftp", "file", "javascript", "https://"])("the protocol %j is refused", (protocol) => {
		expect(configurationErrorOf(() => gatewayHosts({ protocol, host: "gw.example.com" }))).toContain(
			"the gateway's protocol",
		);
	});

	test.each(["0", "65536", "-1", "8e1", "0x50", "80.5", "http", " ", "80/path"])("the port %j is refused", (port) => {
		expect(configurationErrorOf(() => gatewayHosts({ host: "gw.example.com", port }))).toContain("the gateway's port");
	});

	test.each([
		"",
		"gw.example.com/path",
		"gw.example.com\\path",
		"gw.example.com?query",
		"gw.example.com#part",
		"gw.example.com:8443",
		"localhost:9",
		"https://gw.example.com",
		"gw example.com",
		"gw.example.com\n.evil.example",
		"::1",
		"[::1]:80",
		"[::1",
	])("the host %j is refused: a host and nothing else", (host) => {
		expect(configurationErrorOf(() => gatewayHosts({ host }))).toContain("the gateway's host");
		expect(configurationErrorOf(() => gatewayHosts({ host, port: 443 }))).toContain("the gateway's host");
	});

	test.each(["/a?b", "/a#b", "a b", "/a//b", "/../a", "/a/./b", "/a\\b", "/a\n/b"])(
		"the path %j is refused: segments and nothing else",
		(path) => {
			expect(configurationErrorOf(() => gatewayHosts({ host: "gw.example.com", paths: { api: path } }))).toContain(
				"the gateway's path of api",
			);
		},
	);

	test("a password hidden in the host is refused and not repeated", () => {
		for (const host of ["admin:hunter2@gw.example.com", "hunter2@gw.example.com"]) {
			const message = configurationErrorOf(() => gatewayHosts({ host }));
			expect(message).toContain("the gateway's host");
			expect(message).not.toContain("hunter2");
		}
	});
});
