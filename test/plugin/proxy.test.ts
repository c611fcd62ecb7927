import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { expect, onTestFinished, test } from "vitest";
import { startSimulator } from "../../simulator";
import { startProxy } from "../api/support/proxy";
import { environmentFor } from "../api/support/simulator-connection";
import { startPlugin } from "./support/plugin-process";

const structOf = (properties: object) => Struct.fromJavaScript(properties as never);
const urn = "urn:pulumi:dev::infra::genesyscloud-oauth:index:OAuthClient::app";
const webApp = { name: "App", authorizedGrantType: "SAML2-BEARER", scope: ["users:raedonly"] };

test.each([["https_proxy"], ["http_proxy"], ["all_proxy"], ["HTTP_PROXY"]])(
	"neither the engine nor a simulator on this machine is called through the proxy of %s, without exceptions",
	async (variable) => {
		const simulator = await startSimulator();
		onTestFinished(async () => simulator.close());
		const proxy = await startProxy();
		const plugin = await startPlugin({
			...environmentFor(simulator),
			[variable]: proxy.origin,
			NO_PROXY: "",
			no_proxy: "",
		});
		await plugin.call("configure", new proto.ConfigureRequest());
		const check = new proto.CheckRequest();
		check.setUrn(urn);
		check.setNews(structOf(webApp));
		await plugin.call("check", check);
		expect(plugin.told.map(({ text }) => text)).toEqual([expect.stringContaining("users:raedonly")]);
		const create = new proto.CreateRequest();
		create.setUrn(urn);
		create.setProperties(structOf({ ...webApp, scope: ["users:readonly"] }));
		await plugin.call("create", create);
		expect(simulator.organization.clients().map(({ name }) => name)).toEqual(["App"]);
		expect(proxy.seen).toEqual([]);
	},
);
