import { expect, test } from "vitest";
import { region, privateRegions } from "../api/support/private-region";
import { noProxyVariables, startProxy } from "../api/support/proxy";
import { service } from "./support/clients";
import { setDeadProxy } from "./support/dead-proxy";
import { eachStack } from "./support/each-stack";
import { works } from "./support/seam-stacks";
import { outputsOfApp, yamlService } from "./support/yaml-clients";

const startPrivateRegion = privateRegions();

const startStack = eachStack();

test("pulumi up, refresh and destroy reach Genesys Cloud through a proxy that inspects TLS, and nothing goes round it", async () => {
	const stack = await startStack();
	const { server, requests, variables } = await startPrivateRegion(stack.simulator);
	const credentials = "proxy-user:the-password-of-the-proxy";
	const proxy = await startProxy({ behind: server, credentials });
	stack.leaks.noteText("the-password-of-the-proxy");
	stack.leaks.noteText(Buffer.from(credentials).toString("base64"));
	for (const name of ["PROTOCOL", "HOST", "PORT"]) delete stack.environment[`GENESYSCLOUD_GATEWAY_${name}`];
	Object.assign(stack.environment, noProxyVariables, variables, {
		HTTPS_PROXY: proxy.origin.replace("://", `://${credentials}@`),
	});

	stack.declare({ app: service() });
	stack.write(
		"index.js",
		`${stack.read("index.js")}
const { getOAuthClientsOutput } = require("pulumi-genesyscloud-oauth");
exports.lookedUp = { id: getOAuthClientsOutput().clients.length, secret: "" };
`,
	);
	await stack.run("up");
	expect(await works(stack)).toBe(true);
	await stack.run("refresh");
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);

	expect(new Set(proxy.seen)).toEqual(
		new Set(["login", "api"].map((host) => `CONNECT ${host}.${region}:443 ${credentials}`)),
	);
	expect(stack.simulator.requests.count()).toBe(requests.length);
	expect(requests.length).toBeGreaterThan(5);
});

test("in YAML each resource lives with https_proxy and http_proxy in lower case, without an exception for this machine", async () => {
	const stack = await startStack();
	setDeadProxy(stack, ["https_proxy", "http_proxy"]);
	const declare = (description: string) =>
		stack.declareYaml({
			resources: {
				app: yamlService({ description }),
				pair: {
					type: "genesyscloud-oauth:RotatingOAuthClient",
					properties: { ...yamlService({ name: "Pair", description }).properties, rotation: { periodDays: 30 } },
				},
				held: {
					type: "genesyscloud-oauth:IntegrationCredential",
					properties: {
						name: description,
						fields: { clientId: "${pair.clientId}", clientSecret: "${pair.clientSecret}" },
					},
				},
			},
			outputs: outputsOfApp,
		});
	declare("old");
	await stack.run("up");
	expect(await works(stack)).toBe(true);
	declare("new");
	await stack.run("up", "--refresh");
	const { organization } = stack.simulator;
	expect(organization.clients().map(({ description }) => description)).toEqual(["new", "new", "new"]);
	await stack.run("destroy");
	expect(organization.clients()).toEqual([]);
});
