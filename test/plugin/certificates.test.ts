import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo, Server as TcpServer } from "node:net";
import { generate } from "selfsigned";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Simulator, startSimulator } from "../../simulator";
import { type PrivateRegion, privateRegions } from "../api/support/private-region";
import { noProxyVariables } from "../api/support/proxy";
import { environmentFor } from "../api/support/simulator-connection";
import { service, start } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

const startPrivateRegion = privateRegions();

/** Creates a client behind a gateway on this machine. */
async function createBehind(
	serverOf: (region: PrivateRegion) => TcpServer | Promise<TcpServer>,
	{ names = ["localhost"], trusted = true } = {},
) {
	const simulator = await startSimulator();
	onTestFinished(async () => simulator.close());
	const region = await startPrivateRegion(simulator, names);
	const server = await serverOf(region);
	await once(server.listen(0, "127.0.0.1"), "listening");
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	const environment = { ...environmentFor(simulator), ...noProxyVariables, ...gateway(port) };
	const plugin = await start({
		simulator,
		environment: trusted ? { ...environment, NODE_EXTRA_CA_CERTS: region.authority.file } : environment,
	});
	return { simulator, host: `localhost:${port}`, created: plugin.create(service) };
}

const gateway = (port: number) => ({
	GENESYSCLOUD_GATEWAY_PROTOCOL: "https",
	GENESYSCLOUD_GATEWAY_HOST: "localhost",
	GENESYSCLOUD_GATEWAY_PORT: String(port),
});

const clientsOf = (simulator: Simulator) => simulator.organization.clients().map(({ name }) => name);
const secure = (certificate: { key: string; cert: string }): Server => createServer(certificate);
const untrusted = "If a proxy or gateway uses its own certificates, set NODE_EXTRA_CA_CERTS to the file of its CA";
const invalid = "Check this machine's clock, the region, the gateway and proxies";

test("a company's own CA is trusted by NODE_EXTRA_CA_CERTS", async () => {
	const { simulator, created } = await createBehind(({ server }) => server);
	await created;
	expect(clientsOf(simulator)).toEqual([service.name]);
});

describe("a certificate is refused, in one line that says why, and nothing is sent:", () => {
	test.each<[string, Parameters<typeof createBehind>, string]>([
		[
			"of a CA that isn't known",
			[({ server }) => server, { trusted: false }],
			`isn't trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE). ${untrusted}`,
		],
		[
			"signed by itself",
			[
				async () => {
					const subject = [{ name: "commonName", value: "localhost" }];
					const { private: key, cert } = await generate(subject, {
						keyType: "ec",
						algorithm: "sha256",
						extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
					});
					return secure({ key, cert });
				},
			],
			`isn't trusted (DEPTH_ZERO_SELF_SIGNED_CERT). ${untrusted}`,
		],
		[
			"that has expired",
			[async ({ authority }) => secure(await authority.certify(["localhost"], new Date("2026-01-01")))],
			`isn't valid (CERT_HAS_EXPIRED). ${invalid}`,
		],
		[
			"of another host",
			[({ server }) => server, { names: ["other.example.com"] }],
			`isn't valid (ERR_TLS_CERT_ALTNAME_INVALID). ${invalid}`,
		],
	])("%s", async (_, behind, said) => {
		const { simulator, host, created } = await createBehind(...behind);
		const { details } = await failureOf(created);
		expect(details).toContain(`the certificate of ${host} ${said}`);
		expect(details).not.toContain("\n");
		expect(clientsOf(simulator)).toEqual([]);
	});
});
