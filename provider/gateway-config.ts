import type { BasicCredentials } from "./api/basic-credentials";
import { ConfigurationError } from "./api/errors";
import { gatewayHosts, type Hosts } from "./api/regions";
import { readBasicCredentials } from "./basic-credentials-config";
import { groups, incompleteError, madeOf, type Place } from "./setting-places";

/** The settings of a gateway. */
export interface GatewaySettings {
	hosts: Hosts;
	/** User name and password for the gateway; undefined if not set. */
	gatewayCredentials?: BasicCredentials;
}

/** The settings of a gateway. */
const gatewayNames = groups.address.filter((name) => name !== "region");

/**
 * Reads the gateway.
 *
 * @returns undefined without a gateway
 * @throws ConfigurationError if a setting is invalid, or if there is no host for the others
 */
export function readGateway(place: Place): GatewaySettings | undefined {
	const { find } = place;
	const host = find("gatewayHost");
	if (host === undefined) {
		if (gatewayNames.every((name) => find(name) === undefined)) return undefined;
		throw incompleteError("incomplete gateway", place, gatewayNames, "gatewayHost");
	}
	const protocol = find("gatewayProtocol");
	const port = find("gatewayPort");
	const paths = readPaths(place);
	const hosts = madeOf(host, (name) =>
		gatewayHosts({
			host: name,
			...(protocol === undefined ? {} : { protocol: protocol.value }),
			...(port === undefined ? {} : { port: port.value }),
			paths,
		}),
	);
	const gatewayCredentials = readBasicCredentials(place, "gateway");
	return { hosts, ...(gatewayCredentials === undefined ? {} : { gatewayCredentials }) };
}

/**
 * The vendor's SDKs have a list of pairs of `path_name` (`login` or `api`) and `path_value`. In its Terraform provider the two variables
 * contain one pair; here they may contain both, separated by commas.
 */
function readPaths({ find, label }: Place): { login?: string | undefined; api?: string | undefined } {
	const names = find("gatewayPathName");
	const values = find("gatewayPathValue");
	if (names === undefined && values === undefined) return {};
	const listed = (names?.value ?? "").split(",").map((name) => name.trim().toLowerCase());
	const paths = (values?.value ?? "").split(",");
	const isKnown = listed.every((name, index) => /^(login|api)$/.test(name) && listed.indexOf(name) === index);
	if (names === undefined || values === undefined || !isKnown || listed.length !== paths.length) {
		throw new ConfigurationError(
			`the gateway's paths need a name (login, api, or login,api) in ${label("gatewayPathName")}, and as many paths in ${label("gatewayPathValue")}`,
		);
	}
	const pathOf = (name: string) => paths[listed.indexOf(name)];
	return { login: pathOf("login"), api: pathOf("api") };
}
