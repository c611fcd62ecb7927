import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lookupApi, lookupConnection } from "../../provider/lookups/connection";
import { getOAuthClientOutput } from "../../provider/lookups/oauth-client";
import { getOAuthClients } from "../../provider/lookups/oauth-clients";
import { getOAuthScopes, getOAuthScopesOutput } from "../../provider/lookups/oauth-scopes";
import { type SettingName, settingVariables } from "../../provider/setting-places";
import { type Simulator, startSimulator } from "../../simulator";
import { failureOf } from "./support/simulated-api";

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
	for (const variable of Object.values(settingVariables)) vi.stubEnv(variable, undefined);
	pulumi.runtime.setAllConfig({});
});
afterEach(async () => {
	await simulator.close();
	vi.unstubAllEnvs();
	pulumi.runtime.setAllConfig({});
});

const settingsFor = ({ url, administrator }: Simulator): Partial<Record<SettingName, string>> => ({
	oauthClientId: administrator.clientId,
	oauthClientSecret: administrator.clientSecret,
	gatewayProtocol: "http",
	gatewayHost: new URL(url).hostname,
	gatewayPort: new URL(url).port,
});

function configureEnvironment(of: Simulator): void {
	for (const [name, value] of Object.entries(settingsFor(of))) {
		vi.stubEnv(settingVariables[name as SettingName], value);
	}
}

function configureStack(of: Simulator): void {
	const entries = Object.entries(settingsFor(of));
	pulumi.runtime.setAllConfig(Object.fromEntries(entries.map(([name, value]) => [`genesyscloud:${name}`, value])));
}

test("settings come from the environment", async () => {
	configureEnvironment(simulator);
	expect((await getOAuthScopes()).scopes).toHaveLength(135);
});

test("settings come from the stack's configuration when the environment has none", async () => {
	configureStack(simulator);
	expect((await getOAuthScopes()).scopes).toHaveLength(135);
});

test("all lookups of a process share one token, and those of clients at the same time one list", async () => {
	configureEnvironment(simulator);
	await Promise.all([getOAuthScopes(), getOAuthClients(), getOAuthClients({ state: "active" }), getOAuthScopes()]);
	await getOAuthScopes();
	expect(simulator.requests.count({ kind: "token" })).toBe(1);
	expect(simulator.requests.count({ kind: "api" })).toBe(4);
});

test("the stacks of two organizations in one process each get their own connection", async () => {
	const other = await startSimulator();
	configureStack(simulator);
	const first = lookupApi();
	configureStack(other);
	await getOAuthScopes();
	expect(other.requests.count({ kind: "api" })).toBe(1);
	expect(simulator.requests.count()).toBe(0);
	configureStack(simulator);
	expect(await lookupApi()).toBe(await first);
	await other.close();
});

test("the stacks of two logins in one process, or of one with other settings, each get their own connection", async () => {
	configureEnvironment(simulator);
	const first = await lookupApi();
	vi.stubEnv(settingVariables.oauthClientSecret, "another");
	expect((await failureOf(getOAuthScopes())).message).toContain("invalid_client");
	configureEnvironment(simulator);
	vi.stubEnv(settingVariables.tokenPoolSize, "2");
	expect(await lookupApi()).not.toBe(first);
});

test("what a connection of its own names is read from there, in the environment and in the stack's configuration, and nothing else", async () => {
	const other = await startSimulator();
	configureEnvironment(simulator);
	const { oauthClientSecret, ...others } = settingsFor(other);
	vi.stubEnv("STAGING_SECRET", oauthClientSecret);
	pulumi.runtime.setAllConfig(
		Object.fromEntries(Object.entries(others).map(([name, value]) => [`staging:${name}`, value])),
	);
	const keys = Object.keys(others).map((name) => [name, `staging:${name}`]);
	const { api, credentials } = await lookupConnection({
		...Object.fromEntries(keys),
		oauthClientSecret: "STAGING_SECRET",
	});
	await api.getOauthScopes();
	expect(other.requests.count({ kind: "api" })).toBe(1);
	expect(simulator.requests.count()).toBe(0);
	expect(credentials).toMatchObject({ clientId: other.administrator.clientId });
	await other.close();
});

test("what is missing is told by the lookup that needed it, in one line", async () => {
	const error = await failureOf(getOAuthScopes());
	expect(error.message).toMatch(
		/^looking up OAuth scopes: no Genesys Cloud credentials: looked at GENESYSCLOUD_OAUTHCLIENT_ID/,
	);
	expect(error).toMatchObject({ name: "LookupError", cause: { name: "ConfigurationError" } });
});

test("a result of a secret argument is a secret", async () => {
	configureEnvironment(simulator);
	const secret = getOAuthScopesOutput({ acceptLanguage: pulumi.secret("de") });
	const plain = getOAuthScopesOutput({ acceptLanguage: pulumi.output("de") });
	expect(await pulumi.isSecret(secret)).toBe(true);
	expect(await pulumi.isSecret(plain)).toBe(false);
});

/** The error of a lookup for arguments that may be outputs. */
async function errorOf(args: Parameters<typeof getOAuthClientOutput>[0]) {
	const { promise, isKnown, isSecret } = getOAuthClientOutput(args) as unknown as {
		promise: () => Promise<unknown>;
		isKnown: Promise<boolean>;
		isSecret: Promise<boolean>;
	};
	await Promise.allSettled([isKnown, isSecret]);
	return failureOf(promise());
}

test("a secret argument isn't shown by the error, nor by what caused it; others are", async () => {
	configureEnvironment(simulator);
	const secret = await errorOf({ name: pulumi.secret("hidden-name-of-it") });
	expect(inspect(secret)).toContain('looking up OAuth client "[secret]": ');
	expect(inspect(secret)).not.toContain("hidden-name-of-it");
	expect((await errorOf({ name: pulumi.output("plain-name-of-it") })).message).toContain('"plain-name-of-it"');
	const id = pulumi.secret("7d9a2c0e-0000-4000-8000-000000000001");
	expect(inspect(await errorOf({ id }))).not.toContain("7d9a2c0e-0000");
});
