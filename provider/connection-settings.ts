/** The settings whose variable or key a `connection` can name: the properties of `ConnectionInput`. */
export const connectionSettings = [
	"region",
	"oauthClientId",
	"oauthClientSecret",
	"accessToken",
	"gatewayProtocol",
	"gatewayHost",
	"gatewayPort",
	"gatewayPathName",
	"gatewayPathValue",
	"gatewayAuthUsername",
	"gatewayAuthPassword",
	"proxyProtocol",
	"proxyHost",
	"proxyPort",
	"proxyAuthUsername",
	"proxyAuthPassword",
] as const;
