/**
 * An environment in which no proxy is on the way to this machine itself. Demo, tests and benchmark call a simulator here, and whoever
 * runs them may be behind a proxy, which npm and Pulumi go on using.
 */
export function withDirectLoopback(environment) {
	const exceptions = [environment.no_proxy || environment.NO_PROXY, "localhost", "127.0.0.1", "::1", "[::1]"];
	const value = exceptions.filter(Boolean).join(",");
	return { ...environment, NO_PROXY: value, no_proxy: value };
}
