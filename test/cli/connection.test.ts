import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { openConnection } from "../../cli/connection";
import { createManualClock, startSimulator } from "../../simulator";
import { runCommand, startOrganization, variablesFor } from "./support/command";
import { runInProcess } from "./support/in-process";

const credentials = { GENESYSCLOUD_OAUTHCLIENT_ID: "id", GENESYSCLOUD_OAUTHCLIENT_SECRET: "secret" };

test("--region comes before the environment's", () => {
	const environment = { ...credentials, GENESYSCLOUD_REGION: "us-east-1" };
	expect(openConnection({}, environment).hosts.api).toBe("https://api.mypurecloud.com");
	expect(openConnection({ region: "eu-central-1" }, environment).hosts.api).toBe("https://api.mypurecloud.de");
});

test("--region that isn't one fails, also where a gateway is set", () => {
	const environment = { ...credentials, GENESYSCLOUD_GATEWAY_HOST: "gw.example.com" };
	expect(() => openConnection({ region: "mars" }, environment)).toThrow('unknown Genesys Cloud region "mars"');
	expect(() => openConnection({ region: "eu-cental-1" }, environment)).toThrow(
		"(did you mean eu-central-1?); it was set by --region. This command",
	);
});

test("--region replaces the whole address: no gateway gets what is meant for the region, nor its password the region", () => {
	const gateway = { HOST: "gw.example.com", AUTH_USERNAME: "user", AUTH_PASSWORD: "password" };
	const variables = Object.entries(gateway).flatMap(([name, value]) => [
		[`GENESYSCLOUD_GATEWAY_${name}`, value],
		[`STAGING_${name}`, value],
	]);
	const environment = { ...credentials, ...(Object.fromEntries(variables) as Record<string, string>) };
	const connection = {
		oauthClientId: "GENESYSCLOUD_OAUTHCLIENT_ID",
		oauthClientSecret: "GENESYSCLOUD_OAUTHCLIENT_SECRET",
		gatewayHost: "STAGING_HOST",
		gatewayAuthUsername: "STAGING_AUTH_USERNAME",
		gatewayAuthPassword: "STAGING_AUTH_PASSWORD",
	};
	for (const options of [{}, { connection }]) {
		expect(openConnection(options, environment).gatewayCredentials).toEqual({ username: "user", password: "password" });
		const flagged = openConnection({ ...options, region: "eu-central-1" }, environment);
		expect(flagged.hosts.api).toBe("https://api.mypurecloud.de");
		expect(flagged).not.toHaveProperty("gatewayCredentials");
	}
});

test("--connection says where each setting stands; what it doesn't name isn't looked for", () => {
	const environment = {
		...credentials,
		GENESYSCLOUD_REGION: "us-east-1",
		STAGING_REGION: "eu-west-1",
		STAGING_ID: "staging id",
		STAGING_SECRET: "staging secret",
	};
	const connection = { oauthClientId: "STAGING_ID", oauthClientSecret: "STAGING_SECRET" };
	expect(openConnection({ connection: { ...connection, region: "STAGING_REGION" } }, environment)).toMatchObject({
		hosts: { api: "https://api.mypurecloud.ie" },
		credentials: { clientId: "staging id" },
	});
	expect(() => openConnection({ connection }, environment)).toThrow("no Genesys Cloud region");
	expect(openConnection({ connection, region: "eu-central-1" }, environment).hosts.api).toBe(
		"https://api.mypurecloud.de",
	);
});

test("--connection takes several settings, and reaches the organization that they lead to", async () => {
	const simulator = await startOrganization();
	const usual = variablesFor(simulator);
	const variables = {
		STAGING_ID: usual["GENESYSCLOUD_OAUTHCLIENT_ID"]!,
		STAGING_SECRET: usual["GENESYSCLOUD_OAUTHCLIENT_SECRET"]!,
		STAGING_HOST: usual["GENESYSCLOUD_GATEWAY_HOST"]!,
		STAGING_PORT: usual["GENESYSCLOUD_GATEWAY_PORT"]!,
		STAGING_PROTOCOL: "http",
	};
	const places = ["oauthClientId=STAGING_ID", "oauthClientSecret=STAGING_SECRET", "gatewayHost=STAGING_HOST"];
	const gateway = ["gatewayPort=STAGING_PORT", "gatewayProtocol=STAGING_PROTOCOL"];
	const args = ["doctor", "--json", "--connection", ...places, "--connection", ...gateway];
	const { code, stdout } = await runInProcess(args, { variables });
	expect(stdout).toContain("the environment variable STAGING_ID");
	expect(code).toBe(0);
});

test.each([
	[false, /^waiting \d+ s for Genesys Cloud's rate limit \(1 requests a minute for one token\): .*\n$/],
	[true, /^$/],
])("a wait for the rate limit is one line, and none with --quiet (%s)", async (quiet, said) => {
	const clock = createManualClock({ autoAdvance: true });
	const simulator = await startSimulator({ clock, seed: { limits: { requestsPerMinute: 1 } } });
	const stream = new PassThrough();
	const environment = { ...variablesFor(simulator), GENESYSCLOUD_TOKEN_POOL_SIZE: "1" };
	try {
		const { api } = openConnection({ quiet }, environment, { clock, stream });
		await api.getOauthClients();
		await api.getOauthClients();
	} finally {
		await simulator.close();
	}
	expect(String((stream.read() as Buffer | null) ?? "")).toMatch(said);
});

test.each(["oauthClientSecret=abc-the-secret", "colour=RED", "abc-the-secret"])(
	"--connection takes names and no values, and doesn't repeat what it doesn't take: %s",
	async (text) => {
		const { code, stdout, stderr } = await runInProcess(["doctor", "--connection", text]);
		expect(code).toBe(2);
		expect(stdout).toBe("");
		expect(stderr).toContain("name of an environment variable");
		expect(stderr).not.toContain("the-secret");
	},
);

test("no flag takes a credential", async () => {
	for (const command of ["doctor", "export", "report"]) {
		const { stdout } = await runInProcess([command, "--help"]);
		expect(stdout).toContain("Credentials come from the environment, never from a flag");
		expect(stdout).not.toMatch(/^ +--(\w+-)*(secret|token|password|client-id)[ =]</im);
	}
});

test("without credentials a command fails, and says that it needs --stack to see a stack's configuration", async () => {
	const { code, stdout, stderr } = await runCommand(["export", "--json"]);
	expect(code).toBe(1);
	expect(stderr).toContain("GENESYSCLOUD_OAUTHCLIENT_ID");
	expect(stderr).toContain("only with --stack");
	expect(JSON.parse(stdout)).toEqual({ error: { name: "ConfigurationError", message: expect.any(String) } });
});

test("--stack without a Pulumi CLI is a failure in one line", async () => {
	const { code, stderr } = await runInProcess(["export", "--stack", "dev"], { variables: { PATH: "/nowhere" } });
	expect(code).toBe(1);
	expect(stderr).toMatch(/^genesyscloud-oauth: pulumi config --stack dev couldn't be run: .*\n$/);
});
