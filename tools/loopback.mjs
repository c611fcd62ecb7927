/**
 * An environment without a proxy for this machine itself. Demo, tests and benchmark call a simulator on it; npm and Pulumi still use the
 * proxy of the user who runs them.
 */
export function withDirectLoopback(environment) {
	const exceptions = [environment.no_proxy || environment.NO_PROXY, "localhost", "127.0.0.1", "::1", "[::1]"];
	const value = exceptions.filter(Boolean).join(",");
	return { ...environment, NO_PROXY: value, no_proxy: value };
}
