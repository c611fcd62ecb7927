import platformClient from "purecloud-platform-client-v2";
import type { OAuthApi } from "../../../provider/api/oauth-api";

/** What both the vendor's SDK and our API layer have: the thirteen operations, called alike. */
export type ThirteenOperations = OAuthApi;

/** The vendor's own SDK for JavaScript on a server, by its gateway setting. */
export interface OfficialSdk {
	/** Its OAuthApi. */
	api: ThirteenOperations;
	/** Its AuthorizationApi. */
	authorization: InstanceType<typeof platformClient.AuthorizationApi>;
	/** Its IntegrationsApi. */
	integrations: InstanceType<typeof platformClient.IntegrationsApi>;
	/** Its UsageApi. */
	usage: InstanceType<typeof platformClient.UsageApi>;
	/** Logs in with id and secret, by the SDK's own login. */
	logIn(credentials: { clientId: string; clientSecret: string }): Promise<void>;
	/** Goes on with a token that somebody else got. */
	useToken(token: string): void;
}

/** The body of the vendor's error answers: what the SDK's promises are rejected with. */
export interface ErrorBody {
	status: number;
	code: string;
	message: string;
	contextId: string;
}

/** Points the vendor's SDK at a server. */
export function connectOfficialSdk(url: string): OfficialSdk {
	const client = new platformClient.ApiClientClass();
	// A configuration file in somebody's home must have no say here.
	client.config.live_reload_config = false;
	client.config.setConfigPath("");
	const { protocol, hostname, port } = new URL(url);
	client.setGateway({ protocol: protocol.replace(":", ""), host: hostname, port: Number(port) });
	return {
		// The calls are alike but for the SDK's types, in which grants, states and metrics are any text.
		api: new platformClient.OAuthApi(client) as unknown as ThirteenOperations,
		authorization: new platformClient.AuthorizationApi(client),
		integrations: new platformClient.IntegrationsApi(client),
		usage: new platformClient.UsageApi(client),
		logIn: async ({ clientId, clientSecret }) => {
			await client.loginClientCredentialsGrant(clientId, clientSecret);
		},
		useToken: (token) => client.setAccessToken(token),
	};
}
