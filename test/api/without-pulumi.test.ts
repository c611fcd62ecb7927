// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../built-package.mjs";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startSimulator } from "../../simulator";
import { blockOf } from "../documentation";
import { serviceRequest } from "./support/client-requests";

/** Fails as soon as anything of Pulumi's is asked for. */
const withoutPulumi = `
	require("node:module").registerHooks({
		resolve(specifier, context, next) {
			if (specifier.startsWith("@pulumi/")) throw new Error("loaded " + specifier);
			return next(specifier, context);
		},
	});
`;

const run = async (program: string, environment: Record<string, string> = {}, args: string[] = []) =>
	// With --eval process.argv has no script: its place is taken by a word.
	promisify(execFile)(process.execPath, ["--eval", withoutPulumi + program, "script", ...args], {
		env: { ...process.env, ...environment },
	});

test("the API layer makes a client without Pulumi being loaded", async () => {
	const simulator = await startSimulator();
	const { port } = new URL(simulator.url);
	const { stdout } = await run(
		`const { createOAuthApi, gatewayHosts } = require("pulumi-genesyscloud-oauth/api");
		const api = createOAuthApi({
			hosts: gatewayHosts({ protocol: "http", host: "127.0.0.1", port: process.env.PORT }),
			credentials: { clientId: process.env.ID, clientSecret: process.env.SECRET },
		});
		api
			.postOauthClients({ name: "App", authorizedGrantType: "TOKEN", scope: ["users"], registeredRedirectUri: ["https://a.example.com"] })
			.then(({ id }) => api.getOauthClient(id))
			.then(({ name }) => console.log(name));`,
		{ PORT: port, ID: simulator.administrator.clientId, SECRET: simulator.administrator.clientSecret },
	);
	expect(stdout).toBe("App\n");
	expect(simulator.organization.clientsByName("App")).toHaveLength(1);
	await simulator.close();
});

test("the documented script without Pulumi renames a client and changes nothing else", async () => {
	const script = blockOf("docs/lookups.md", "Without Pulumi", "createOAuthApi").text;
	expect(script).toContain('regionHosts("eu-central-1")');
	const simulator = await startSimulator();
	const { client } = simulator.organization.addClient({
		...serviceRequest({ name: "Old", description: "text" }),
		extra: { future: [1] },
	});
	const here = `require("pulumi-genesyscloud-oauth/api").gatewayHosts({ protocol: "http", host: "127.0.0.1", port: ${new URL(simulator.url).port} })`;
	const { stdout } = await run(
		script.replace('regionHosts("eu-central-1")', here),
		{
			GENESYSCLOUD_OAUTHCLIENT_ID: simulator.administrator.clientId,
			GENESYSCLOUD_OAUTHCLIENT_SECRET: simulator.administrator.clientSecret,
		},
		[client.id, "New"],
	);
	expect(stdout).toBe(`${client.id} is now called New\n`);
	expect(simulator.organization.client(client.id)).toEqual({
		...client,
		name: "New",
		dateModified: expect.any(String),
		modifiedBy: expect.anything(),
	});
	await simulator.close();
});

test("the guard of this test sees it when Pulumi is loaded", async () => {
	await expect(run(`require("pulumi-genesyscloud-oauth");`)).rejects.toThrow("loaded @pulumi/pulumi");
});
