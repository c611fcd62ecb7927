/** An environment without a proxy for this machine itself. */
export function withDirectLoopback(
	environment: Record<string, string | undefined>,
): Record<string, string | undefined> & { NO_PROXY: string; no_proxy: string };
