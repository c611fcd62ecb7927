/** Timeouts of operations on this resource, in seconds, including waits for the rate limit. Pulumi's `customTimeouts` has no effect. */
export interface TimeoutsInput {
	/** Creating or adopting the client, in seconds (1 to 86400). @default 600 */
	create?: number;
	/** Reading the client in a refresh, in seconds (1 to 86400). @default 600 */
	read?: number;
	/** Updating the client and rotating its secret, in seconds (1 to 86400). @default 600 */
	update?: number;
	/** Deleting the client, including the deletion guard, in seconds (1 to 86400). @default 600 */
	delete?: number;
}

/**
 * Where to read the connection settings of another organization: the *name* of an environment variable (`STAGING_REGION`) or of a key in
 * the stack's configuration (`staging:region`), never a value. All of them must be set. Login and address are read from nowhere else.
 */
export interface ConnectionInput {
	/** The variable or key of the region. */
	region?: string;
	/** The variable or key of the client id. */
	oauthClientId?: string;
	/** The variable or key of the client secret. */
	oauthClientSecret?: string;
	/** The variable or key of an access token. */
	accessToken?: string;
	/** The variable or key of the gateway's protocol. */
	gatewayProtocol?: string;
	/** The variable or key of the gateway's host. */
	gatewayHost?: string;
	/** The variable or key of the gateway's port. */
	gatewayPort?: string;
	/** The variable or key of the names of the gateway's paths: `login`, `api`, or `login,api`. */
	gatewayPathName?: string;
	/** The variable or key of the gateway's paths, in the same order. */
	gatewayPathValue?: string;
	/** The variable or key of the user name for the gateway. */
	gatewayAuthUsername?: string;
	/** The variable or key of the password for the gateway. */
	gatewayAuthPassword?: string;
	/** The variable or key of the proxy's protocol. */
	proxyProtocol?: string;
	/** The variable or key of the proxy's host. A connection that names no proxy setting uses the usual proxy. */
	proxyHost?: string;
	/** The variable or key of the proxy's port. */
	proxyPort?: string;
	/** The variable or key of the user name for the proxy. */
	proxyAuthUsername?: string;
	/** The variable or key of the password for the proxy. */
	proxyAuthPassword?: string;
}
