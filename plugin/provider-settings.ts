/**
 * The configuration of the plugin, `genesyscloud-oauth:*`, and the arguments of an explicit provider. Settings that belong together (a login; a
 * region or gateway; a proxy) come from one place: from the environment variables, or all from here. Source of the schema's `config`.
 */
export interface ProviderSettings {
	/** The region: its AWS name or its domain. Required, unless there is a gateway. `GENESYSCLOUD_REGION`. */
	region?: string;
	/** Id of the client that Pulumi logs in with. Its grant type must be Client Credentials. `GENESYSCLOUD_OAUTHCLIENT_ID`. */
	oauthClientId?: string;
	/** The secret of the client that Pulumi logs in with. `GENESYSCLOUD_OAUTHCLIENT_SECRET`. */
	oauthClientSecret?: string;
	/** A token that you already have, instead of id and secret. It isn't renewed when it expires. `GENESYSCLOUD_ACCESS_TOKEN`. */
	accessToken?: string;
	/** A gateway for login and API. The region is then ignored. `GENESYSCLOUD_GATEWAY_HOST`. */
	gatewayHost?: string;
	/** The gateway's protocol: `https`, or `http` for a host on this machine only. `GENESYSCLOUD_GATEWAY_PROTOCOL`. @default "https" */
	gatewayProtocol?: string;
	/** The gateway's port. `GENESYSCLOUD_GATEWAY_PORT`. @default the protocol's own */
	gatewayPort?: string;
	/** Which paths the gateway has: `login`, `api`, or `login,api`. `GENESYSCLOUD_GATEWAY_PATH_NAME`. @default none */
	gatewayPathName?: string;
	/** The gateway's paths, in the same order. `GENESYSCLOUD_GATEWAY_PATH_VALUE`. @default none */
	gatewayPathValue?: string;
	/** The user name for the gateway. `GENESYSCLOUD_GATEWAY_AUTH_USERNAME`. */
	gatewayAuthUsername?: string;
	/** The password for the gateway. `GENESYSCLOUD_GATEWAY_AUTH_PASSWORD`. */
	gatewayAuthPassword?: string;
	/** A proxy for Genesys Cloud alone. `GENESYSCLOUD_PROXY_HOST`. @default the proxy in HTTPS_PROXY */
	proxyHost?: string;
	/** How the proxy itself is called: `http` or `https`. `GENESYSCLOUD_PROXY_PROTOCOL`. @default "http" */
	proxyProtocol?: string;
	/** The proxy's port. `GENESYSCLOUD_PROXY_PORT`. @default the protocol's own */
	proxyPort?: string;
	/** The user name for the proxy. `GENESYSCLOUD_PROXY_AUTH_USERNAME`. */
	proxyAuthUsername?: string;
	/** The password for the proxy. `GENESYSCLOUD_PROXY_AUTH_PASSWORD`. */
	proxyAuthPassword?: string;
	/** The maximum number of tokens per run: 1 to 50. `GENESYSCLOUD_TOKEN_POOL_SIZE`. @default 4 */
	tokenPoolSize?: string;
	/** The usage API: `oauth` or `jobs`. `GENESYSCLOUD_USAGE_API`. @default `jobs` only where `oauth` is gone */
	usageApi?: string;
	/** Ids of clients whose deletion guard is overridden, separated by commas. `GENESYSCLOUD_ALLOW_DELETION`. @default none */
	allowDeletion?: string;
	/** Ids of clients of an interrupted run to take over, separated by commas. `GENESYSCLOUD_TAKE_OVER`. @default none */
	takeOver?: string;
	/** Ids of clients beside which another of the same name is created, separated by commas. `GENESYSCLOUD_ALLOW_SAME_NAME`. @default none */
	allowSameName?: string;
	/**
	 * Ids of clients that may be deleted, deactivated, rotated or given another grant type although Pulumi logs in with them, separated by
	 * commas. `GENESYSCLOUD_CHANGE_OWN_LOGIN`. @default none
	 */
	changeOwnLogin?: string;
}
