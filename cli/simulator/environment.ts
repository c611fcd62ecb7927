import { groups, settingVariables } from "../../provider/setting-places";
import type { Simulator } from "../../simulator/simulator";

/** The shells that `--env` knows. */
export const shells = ["posix", "powershell"] as const;
/** One of them. */
export type Shell = (typeof shells)[number];

/**
 * The commands of a shell that connect this package to a simulator, as its administrator, a line each: what else belongs to a login and an
 * address is unset, so that no token or gateway's password of a real organization goes to the simulator.
 */
export function environmentOf(
	{ url, administrator }: Pick<Simulator, "url" | "administrator">,
	shell: Shell,
): string[] {
	const { protocol, hostname, port } = new URL(url);
	const set: Record<string, string> = {
		[settingVariables.gatewayProtocol]: protocol.slice(0, -1),
		[settingVariables.gatewayHost]: hostname,
		[settingVariables.gatewayPort]: port,
		[settingVariables.oauthClientId]: administrator.clientId,
		[settingVariables.oauthClientSecret]: administrator.clientSecret,
	};
	const others = [...groups.login, ...groups.address]
		.map((name) => settingVariables[name])
		.filter((variable) => !(variable in set));
	// No value needs quotes: each is of letters, digits, dots and hyphens.
	return shell === "powershell"
		? [
				`Remove-Item -ErrorAction Ignore ${others.map((variable) => `Env:${variable}`).join(", ")}`,
				...Object.entries(set).map(([variable, value]) => `$env:${variable} = "${value}"`),
			]
		: [`unset ${others.join(" ")}`, ...Object.entries(set).map(([variable, value]) => `export ${variable}=${value}`)];
}
