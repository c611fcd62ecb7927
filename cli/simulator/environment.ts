import type { Simulator } from "../../simulator/simulator";

/** The shells that `--env` knows. */
export const shells = ["posix", "powershell"] as const;
/** One of them. */
export type Shell = (typeof shells)[number];

/** The commands of a shell that connect this package to a simulator, as its administrator, a line each. */
export function environmentOf(
	{ url, administrator }: Pick<Simulator, "url" | "administrator">,
	shell: Shell,
): string[] {
	const { protocol, hostname, port } = new URL(url);
	const variables = {
		GENESYSCLOUD_GATEWAY_PROTOCOL: protocol.slice(0, -1),
		GENESYSCLOUD_GATEWAY_HOST: hostname,
		GENESYSCLOUD_GATEWAY_PORT: port,
		GENESYSCLOUD_OAUTHCLIENT_ID: administrator.clientId,
		GENESYSCLOUD_OAUTHCLIENT_SECRET: administrator.clientSecret,
	};
	// No value needs quotes: each is of letters, digits, dots and hyphens.
	return Object.entries(variables).map(([name, value]) =>
		shell === "powershell" ? `$env:${name} = "${value}"` : `export ${name}=${value}`,
	);
}
