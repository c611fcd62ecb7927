import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { proxy } from "hono/proxy";
import { expect, onTestFinished, test } from "vitest";
import type { Simulator } from "../../simulator";
import { paths } from "./support/client-requests";
import { stackModels } from "./support/stack-model";

const startStackModel = stackModels();

const password = "the-password-of-the-gateway";
const webApp = {
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/cb"],
};

/** A gateway that asks for a user name and a password, and knows the organization under paths of its own. */
async function startGateway({ url }: Simulator) {
	const requests: string[] = [];
	const app = new Hono().all("/genesys/:host/*", async ({ req, body }) => {
		const { host } = req.param();
		requests.push(`${req.method} ${req.path}`);
		const expected = `Basic ${Buffer.from(`gateway-user:${password}`).toString("base64")}`;
		if (req.header("proxy-authorization") !== expected) return body("<html>no</html>", 407);
		return proxy(url + req.path.slice(`/genesys/${host}`.length) + new URL(req.url).search, { raw: req.raw });
	});
	const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
	await once(server, "listening");
	onTestFinished(() => void server.close());
	return { requests, port: String((server.address() as AddressInfo).port) };
}

async function startBehindGateway(variables: Record<string, string>) {
	const stack = await startStackModel();
	const { requests, port } = await startGateway(stack.simulator);
	Object.assign(stack.environment, {
		GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
		GENESYSCLOUD_GATEWAY_HOST: "127.0.0.1",
		GENESYSCLOUD_GATEWAY_PORT: port,
		GENESYSCLOUD_GATEWAY_PATH_NAME: "login,api",
		GENESYSCLOUD_GATEWAY_PATH_VALUE: "genesys/login, /genesys/api/",
		...variables,
	});
	return { stack, requests };
}

test("a gateway's paths stand before login's and API's own, and its credentials come with each request", async () => {
	const { stack, requests } = await startBehindGateway({
		GENESYSCLOUD_GATEWAY_AUTH_USERNAME: "gateway-user",
		GENESYSCLOUD_GATEWAY_AUTH_PASSWORD: password,
	});
	const { notices } = await stack.succeed("up", { app: webApp });
	expect(requests).toEqual([
		"POST /genesys/login/oauth/token",
		`GET /genesys/api${paths.clients}`,
		`POST /genesys/api${paths.clients}`,
	]);
	expect(stack.simulator.requests.count()).toBe(requests.length);
	expect(JSON.stringify([stack.engine.rows, notices])).not.toContain(password);
});

test.each([
	["of the login", {}, "login (POST /oauth/token)"],
	["of the API", { GENESYSCLOUD_ACCESS_TOKEN: "a-ready-token" }, "get_tokens_me"],
])("a gateway's 407 says what to set, whether it comes instead %s", async (_, variables, tried) => {
	const { stack, requests } = await startBehindGateway(variables);
	const error = await stack.fail("up", { app: webApp });
	expect(error).toContain(tried);
	expect(error).toContain("failed: 407");
	expect(error).toContain("set or check gatewayAuthUsername and gatewayAuthPassword where its host is set");
	expect(error).not.toContain("\n");
	expect(requests).toHaveLength(1);
	expect(stack.simulator.requests.count()).toBe(0);
});
