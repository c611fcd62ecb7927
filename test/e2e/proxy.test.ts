import { expect, test } from "vitest";
import { region, startPrivateRegion } from "../api/support/private-region";
import { noProxyVariables, startProxy } from "../api/support/proxy";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { works } from "./support/seam-stacks";

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
