import { expect, test } from "vitest";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

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

test.each(["one\ntoken", "one\u200Btoken"])(
	"a token that no header can hold (%j) is said at once, without a retry",
	async (accessToken) => {
		const { connect, simulator, waits, hosts } = await startSimulatedApi();
		const { message } = await failureOf(connect({ accessToken }).getTokensMe());
		expect(message).toBe(
			`get_tokens_me failed: the request to ${new URL(hosts.api).host} can't be sent (ERR_INVALID_CHAR). The access token, or the language, contains a line break or another character that a header can't hold`,
		);
		expect([waits, simulator.requests.all()]).toEqual([[], []]);
	},
);
