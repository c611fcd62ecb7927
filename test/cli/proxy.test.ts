import { expect, onTestFinished, test, vi } from "vitest";
import { openConnection } from "../../cli/connection";
import { describeConnection } from "../../cli/doctor/connection-checks";
import type { DoctorJson } from "../../cli/doctor/run";
import { region, privateRegions } from "../api/support/private-region";
import { startProxy } from "../api/support/proxy";
import { runCommand, startOrganization, variablesFor } from "./support/command";

const startPrivateRegion = privateRegions();

const password = "p@ss-of-the-proxy";

async function startBehindProxy() {
	const simulator = await startOrganization();
	const { server, requests, variables } = await startPrivateRegion(simulator);
	const proxy = await startProxy({ behind: server, credentials: `user:${password}` });
	const HTTPS_PROXY = proxy.origin.replace("://", `://user:${encodeURIComponent(password)}@`);
	return { simulator, proxy, requests, variables: { ...variables, HTTPS_PROXY } };
}

const proxyIn = (stdout: string) => (JSON.parse(stdout) as DoctorJson).checks.find(({ id }) => id === "proxy");

test("the command goes through the proxy, and doctor says so, without its credentials", async () => {
	const { simulator, proxy, requests, variables } = await startBehindProxy();
	const { code, stdout, stderr } = await runCommand(["doctor", "--json"], { variables });
	expect(code).toBe(0);
	expect(proxyIn(stdout)).toEqual({
		id: "proxy",
		what: "Proxy",
		found: `${proxy.host}:${proxy.port}, with user name and password, from the environment variable HTTPS_PROXY`,
		verdict: "fine",
	});
	expect(new Set(proxy.seen)).toEqual(
		new Set(["login", "api"].map((host) => `CONNECT ${host}.${region}:443 user:${password}`)),
	);
	expect(simulator.requests.count()).toBe(requests.length);
	for (const form of [password, encodeURIComponent(password)]) expect(stdout + stderr).not.toContain(form);
});

test("the settings of --connection may be a proxy's too", async () => {
	const { proxy, variables } = await startBehindProxy();
	const { HTTPS_PROXY: _, ...others }: Record<string, string> = variables;
	const places = ["oauthClientId=ID", "oauthClientSecret=SECRET", "region=GENESYSCLOUD_REGION"];
	const proxyPlaces = ["proxyHost=P", "proxyPort=P_PORT", "proxyAuthUsername=P_USER", "proxyAuthPassword=P_PASSWORD"];
	const { code, stdout } = await runCommand(["doctor", "--json", "--connection", ...places, ...proxyPlaces], {
		variables: {
			...others,
			ID: others["GENESYSCLOUD_OAUTHCLIENT_ID"] ?? "",
			SECRET: others["GENESYSCLOUD_OAUTHCLIENT_SECRET"] ?? "",
			P: proxy.host,
			P_PORT: proxy.port,
			P_USER: "user",
			P_PASSWORD: password,
		},
	});
	expect(code).toBe(0);
	expect(proxyIn(stdout)?.found).toContain("from the environment variable P");
	expect(proxy.seen.length).toBeGreaterThan(0);
});

test("a 407 is one line, without the credentials that were wrong", async () => {
	const { proxy, variables } = await startBehindProxy();
	const HTTPS_PROXY = proxy.origin.replace("://", "://user:wrong-password@");
	const { code, stdout, stderr } = await runCommand(["export"], { variables: { ...variables, HTTPS_PROXY } });
	expect([code, stdout]).toEqual([1, ""]);
	expect(stderr.trimEnd().split("\n").at(-1)).toContain(
		`the proxy ${proxy.host}:${proxy.port} rejected the user name and password (407)`,
	);
	expect(stderr).not.toContain("wrong-password");
});

test.each([
	["login.mypurecloud.de", ", for the API only"],
	["api.mypurecloud.de", ", for the login only"],
])("doctor says so when NO_PROXY names %s", (host, said) => {
	onTestFinished(() => void vi.unstubAllEnvs());
	vi.stubEnv("https_proxy", "http://127.0.0.1:9");
	vi.stubEnv("no_proxy", host);
	const environment = { GENESYSCLOUD_REGION: "eu-central-1", GENESYSCLOUD_ACCESS_TOKEN: "a-token" };
	const checks = describeConnection(openConnection({}, environment));
	expect(checks.find(({ id }) => id === "proxy")?.found).toBe(
		`127.0.0.1:9, from the environment variable https_proxy${said}`,
	);
});

test("without a proxy doctor says nothing of one", async () => {
	const simulator = await startOrganization();
	const { stdout } = await runCommand(["doctor", "--json"], {
		variables: { ...variablesFor(simulator), HTTPS_PROXY: "http://127.0.0.1:9" },
	});
	expect(proxyIn(stdout)).toBeUndefined();
});
