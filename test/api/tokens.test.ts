import { expect, test } from "vitest";
import { startSimulatedApi } from "./support/simulated-api";

test("getTokensMe says whose token it is, and needs no permission", async () => {
	const { simulator, connect, calls } = await startSimulatedApi();
	const { client, secret } = simulator.organization.addClient({ name: "Nobody", permissions: [] });
	const api = connect({ clientId: client.id, clientSecret: secret! });
	expect(await api.getTokensMe()).toMatchObject({
		organization: { name: "Simulated Organization" },
		OAuthClient: { id: client.id, name: "Nobody" },
	});
	expect(calls()).toEqual(["GET /api/v2/tokens/me 200"]);
});
