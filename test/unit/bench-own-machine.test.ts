import { afterEach, describe, expect, test, vi } from "vitest";
import { cleanEnvironment, requireOwnMachine, runCommand } from "../bench/command.mjs";

const organization = { GENESYSCLOUD_GATEWAY_HOST: "127.0.0.1" };

afterEach(() => {
	vi.unstubAllEnvs();
});

describe("the bench", () => {
	test("starts a program whose organization is on this machine, and which finds no way to another host", async () => {
		expect(cleanEnvironment).toMatchObject({ HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" });
		const env = { ...cleanEnvironment, ...organization };
		await expect(runCommand(process.execPath, ["--version"], { env })).resolves.toBeUndefined();
	});

	test.each([
		["without an organization", {}],
		["with an organization elsewhere", { GENESYSCLOUD_GATEWAY_HOST: "api.example.com" }],
		["with an exception from the proxy", { ...organization, NO_PROXY: "*" }],
		["with another proxy for everything", { ...organization, ALL_PROXY: "http://proxy.example.com:3128" }],
		["with a proxy of the provider's own", { ...organization, GENESYSCLOUD_PROXY_HOST: "proxy.example.com" }],
		["with another proxy for http", { ...organization, http_proxy: "http://proxy.example.com:3128" }],
		["with a way to other hosts", { ...organization, HTTPS_PROXY: "http://proxy.example.com:3128" }],
	])("starts nothing %s", async (_, variables) => {
		const env = { ...cleanEnvironment, ...variables };
		expect(() => requireOwnMachine(env)).toThrow(/this machine|127\.0\.0\.1 only/);
		await expect(runCommand(process.execPath, ["--version"], { env })).rejects.toThrow(
			/this machine|127\.0\.0\.1 only/,
		);
	});

	test.each(["ALL_PROXY", "all_proxy"])("takes over no %s of the user's, which it would refuse", async (name) => {
		vi.stubEnv(name, "http://proxy.example.com:3128");
		vi.resetModules();
		const fresh = await import("../bench/command.mjs");
		expect(Object.keys(fresh.cleanEnvironment)).not.toContain(name);
		expect(() => fresh.requireOwnMachine({ ...fresh.cleanEnvironment, ...organization })).not.toThrow();
	});

	test("takes over no exception of the user's proxy", () => {
		expect(cleanEnvironment["NO_PROXY"]).toBe("localhost,127.0.0.1,::1,[::1]");
	});
});
