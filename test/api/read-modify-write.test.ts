import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { expect, test } from "vitest";
import { createOAuthApi } from "../../provider/api/genesys-cloud-api";
import { webAppRequest } from "./support/client-requests";
import { hostsOf, startSimulatedApi } from "./support/simulated-api";

test("a client goes back as it was read, one setting changed and nothing lost", async () => {
	const { api, simulator } = await startSimulatedApi();
	const extra = { allowedIpAddresses: ["192.0.2.0/24"] };
	const { client } = simulator.organization.addClient({ ...webAppRequest({ description: "text" }), extra });
	const before = await api.getOauthClient(client.id);
	const after = await api.putOauthClient(client.id, { ...before, name: "Other" });
	expect(after).toEqual({ ...before, ...extra, name: "Other", modifiedBy: after.modifiedBy });
});

test("what only an answer has isn't sent: neither id nor dates, and no secret", async () => {
	const bodies: unknown[] = [];
	const answer = {
		...webAppRequest(),
		id: "c",
		secret: "s3cret",
		dateCreated: "2026-01-15T12:00:00Z",
		dateModified: "2026-01-15T12:00:00Z",
		createdBy: { id: "u" },
		modifiedBy: { id: "u" },
		selfUri: "/api/v2/oauth/clients/c",
		allowedIpAddresses: ["192.0.2.0/24"],
	};
	const server = createServer((request, response) => {
		const respond = async () => {
			bodies.push(await json(request));
			response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
		};
		void respond();
	});
	await once(server.listen(0, "127.0.0.1"), "listening");
	const { port } = server.address() as AddressInfo;
	const api = createOAuthApi({ hosts: hostsOf(`http://127.0.0.1:${port}`), credentials: { accessToken: "token" } });
	await api.putOauthClient("c", answer);
	server.close();
	expect(bodies).toEqual([{ ...webAppRequest(), allowedIpAddresses: ["192.0.2.0/24"] }]);
});
