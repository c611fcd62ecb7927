import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSimulator } from "../../simulator";
import { environmentFor } from "../api/support/simulator-connection";
import { callsOf, service, structOf } from "./support/engine-calls";
import { endOf, failureOf, startPlugin } from "./support/plugin-process";

describe("the process", () => {
	test("says its port in its first line, what it is and what it takes, and ends with its standard input", async () => {
		const { call, child } = await startPlugin();
		const handshake = await call<proto.ProviderHandshakeResponse>("handshake", new proto.ProviderHandshakeRequest());
		expect(handshake.getAcceptSecrets()).toBe(true);
		expect((await call<PluginInfo>("getPluginInfo", new Empty())).getVersion()).toBe("0.1.0");
		await call("cancel", new Empty());
		expect(await endOf(child)).toBe(0);
	});

	test("stays without a pipe as standard input, as under Pulumi's host for Node programs, and takes flags before the address", async () => {
		const simulator = await startSimulator();
		onTestFinished(async () => simulator.close());
		const flags = ["--logtostderr", "-v=9", "--tracing", "http://127.0.0.1:9"];
		const plugin = await startPlugin(environmentFor(simulator), { flags, stdin: "ignore" });
		await plugin.call("configure", new proto.ConfigureRequest());
		await callsOf(plugin).check({ name: "App", authorizedGrantType: "SAML2-BEARER", scope: ["users:raedonly"] });
		expect(plugin.told).toHaveLength(1);
	});

	test("that runs already learns from Attach where its notices go", async () => {
		const simulator = await startSimulator();
		onTestFinished(async () => simulator.close());
		const plugin = await startPlugin(environmentFor(simulator), { isAttached: true });
		await plugin.call("configure", new proto.ConfigureRequest());
		await callsOf(plugin).check({ name: "App", authorizedGrantType: "SAML2-BEARER", scope: ["users:raedonly"] });
		expect(plugin.told).toHaveLength(1);
	});

	test("takes nothing from files of the directory that it starts in, which is the program's", async () => {
		const simulator = await startSimulator();
		onTestFinished(async () => simulator.close());
		const cwd = mkdtempSync(join(tmpdir(), "oauth-plugin-"));
		onTestFinished(() => rmSync(cwd, { recursive: true }));
		writeFileSync(join(cwd, ".env"), "GENESYSCLOUD_PROXY_HOST=nowhere.invalid\n");
		writeFileSync(join(cwd, "bunfig.toml"), 'preload = ["./end.js"]\n');
		writeFileSync(join(cwd, "end.js"), "process.exit(1);\n");
		const plugin = await startPlugin(environmentFor(simulator), { cwd });
		await plugin.call("configure", new proto.ConfigureRequest());
		await callsOf(plugin).create(service);
		expect(simulator.organization.clients()).toHaveLength(1);
	});

	test("once configured takes secrets, previews, and more than gRPC's usual 4 MB", async () => {
		const plugin = await startPlugin();
		const answer = await plugin.call<proto.ConfigureResponse>("configure", new proto.ConfigureRequest());
		expect([answer.getAcceptsecrets(), answer.getSupportspreview()]).toEqual([true, true]);
		const long = new proto.DiffRequest();
		long.setNews(structOf({ region: "r".repeat(2 ** 22) }));
		expect((await plugin.call<proto.DiffResponse>("diffConfig", long)).getChanges()).toBe(
			proto.DiffResponse.DiffChanges.DIFF_SOME,
		);
	});

	test("has a schema with each resource and each lookup, and the mapping of no other tool", async () => {
		const { call } = await startPlugin();
		const answer = await call<proto.GetSchemaResponse>("getSchema", new proto.GetSchemaRequest());
		const schema = JSON.parse(answer.getSchema()) as { resources: object; functions: object };
		expect(Object.keys(schema.resources)).toEqual(
			["OAuthClient", "RotatingOAuthClient", "IntegrationCredential"].map((name) => `genesyscloud-oauth:index:${name}`),
		);
		expect(Object.keys(schema.functions)).toHaveLength(11);
		const mapping = await call<proto.GetMappingResponse>("getMapping", new proto.GetMappingRequest());
		expect(mapping.getData_asU8()).toHaveLength(0);
	});

	test("takes no call about a resource before it is configured", async () => {
		const plugin = await startPlugin();
		const { details } = await failureOf(callsOf(plugin).check(service));
		expect(details).toBe("genesyscloud-oauth isn't configured yet");
	});
});
