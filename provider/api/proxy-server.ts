import type { BasicCredentials } from "./basic-credentials";

/** A proxy. Its credentials are not part of its origin, so that no message about the proxy can show them. */
export interface ProxyServer {
	/** Protocol, host and port, such as `http://proxy.example.com:3128`. */
	origin: string;
	/** User name and password for the proxy. @default none */
	credentials?: BasicCredentials;
	/** Where the proxy is set, for error messages. @default "the caller" */
	source?: string;
	/** Where its user name and password are set, for error messages. @default "the caller" */
	credentialSource?: string;
}

/** The proxies for login and API; a host without a proxy is called directly. */
export interface Proxies {
	login?: ProxyServer;
	api?: ProxyServer;
}
