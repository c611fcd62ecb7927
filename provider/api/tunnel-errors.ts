import { describeCertificateFault } from "./certificate-faults";
import { ConnectionError } from "./errors";
import { hostAndPort } from "./origin";
import type { ProxyServer } from "./proxy-server";
import type { TunnelError } from "./tunnel-agent";

/** The error for a call that was not sent, because no tunnel to its host could be opened. */
export function errorOfNoTunnel(
	operation: string,
	host: string,
	proxy: ProxyServer,
	failure: TunnelError,
): ConnectionError {
	const { what, next } = describe(host, proxy, failure);
	return new ConnectionError(`${operation} failed: ${what}. ${next}`, {
		operation,
		code: failure.code,
		mayHaveActed: false,
	});
}

function describe(host: string, proxy: ProxyServer, { failed, code, status }: TunnelError) {
	const server = hostAndPort(proxy.origin);
	const { source = "the caller", credentialSource = "the caller" } = proxy;
	if (status === 407) {
		return proxy.credentials === undefined
			? {
					what: `the proxy ${server} requires a user name and password (407), and none is set`,
					next: `Set them: ${credentialSource}`,
				}
			: {
					what: `the proxy ${server} rejected the user name and password (407)`,
					next: `Check them: ${credentialSource}`,
				};
	}
	if (failed === "refusal") {
		return {
			what: `the proxy ${server} refused to connect to ${host} (${status})`,
			next: `Allow this host in the proxy, or use another proxy; it was set by ${source}`,
		};
	}
	const certificate = describeCertificateFault(
		failed === "proxy" ? `the proxy ${server}` : `${host} (through the proxy ${server})`,
		code,
	);
	if (certificate !== undefined) return certificate;
	return failed === "proxy"
		? { what: `no response from the proxy ${server} (${code})`, next: `Check the proxy; it was set by ${source}` }
		: {
				what: `no response from ${host} through the proxy ${server} (${code})`,
				next: "Check the region, the gateway and whether the proxy allows this host",
			};
}
