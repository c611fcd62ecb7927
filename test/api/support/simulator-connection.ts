import type { Simulator } from "../../../simulator";

/** The environment that makes the provider log in to a simulator as its administrator. */
export function environmentFor({ url, administrator }: Pick<Simulator, "url" | "administrator">) {
	const { hostname, port } = new URL(url);
	return {
		GENESYSCLOUD_OAUTHCLIENT_ID: administrator.clientId,
		GENESYSCLOUD_OAUTHCLIENT_SECRET: administrator.clientSecret,
		GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
		GENESYSCLOUD_GATEWAY_HOST: hostname,
		GENESYSCLOUD_GATEWAY_PORT: port,
	};
}

/** The same settings as the stack's configuration has them. */
export function configFor({ url, administrator }: Pick<Simulator, "url" | "administrator">) {
	const { hostname, port } = new URL(url);
	return {
		"genesyscloud:oauthClientId": administrator.clientId,
		"genesyscloud:oauthClientSecret": administrator.clientSecret,
		"genesyscloud:gatewayProtocol": "http",
		"genesyscloud:gatewayHost": hostname,
		"genesyscloud:gatewayPort": port,
	};
}
