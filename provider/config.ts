import type { BasicCredentials } from "./api/basic-credentials";
import { ConfigurationError } from "./api/errors";
import type { UsageApiName } from "./api/genesys-cloud-api";
import type { Proxies } from "./api/proxy-server";
import { type Hosts, regionHosts } from "./api/regions";
import type { Credentials } from "./api/token-source";
import { oauthCredential } from "./api/credential-characters";
import { type GatewaySettings, readGateway } from "./gateway-config";
import { proxiesFor, readProxyServer } from "./proxy-config";
import {
	adviceFor,
	type Found,
	type Group,
	groups,
	incompleteError,
	labels,
	madeOf,
	type OverrideName,
	type Place,
	placeOf,
} from "./setting-places";

/** The hosts and credentials of a connection. */
export interface Connection {
	hosts: Hosts;
	credentials: Credentials;
	/** User name and password for the gateway; undefined if not set. */
	gatewayCredentials?: BasicCredentials;
	/** The proxies to use; undefined without one. */
	proxies?: Proxies;
	/** Maximum number of tokens; undefined if not set. */
	tokenPoolSize?: number;
	/** The usage API to use; undefined if not set. */
	usageApi?: UsageApiName;
}

/**
 * Reads a connection. Each group of settings comes whole from the first place that sets any part of it, so that no password of one place
 * meets the address of another.
 *
 * @param usual the places of the usual connection, the one that counts first
 * @param own the places of another connection: login and address come from these alone, a proxy from these first. @default the usual ones
 * @throws ConfigurationError if something is missing or invalid: it names every variable and key that was read
 */
export function readConnection(usual: readonly Place[], own: readonly Place[] = usual): Connection {
	const credentials = readLogin(own);
	const address = readAddress(own);
	const proxyPlace = placeOf([...own, ...usual], "proxy");
	const proxies = proxiesFor(address.hosts, proxyPlace && readProxyServer(proxyPlace));
	const [poolPlace, usagePlace] = [placeOf(usual, "tokenPoolSize"), placeOf(usual, "usageApi")];
	return {
		credentials,
		...address,
		...(proxies && { proxies }),
		...(poolPlace && { tokenPoolSize: tokenPoolSizeAt(poolPlace) }),
		...(usagePlace && { usageApi: usageApiAt(usagePlace) }),
	};
}

/** What is missing or invalid in a connection, without a call; empty if nothing is. For the parameters see {@link readConnection}. */
export function faultsOf(usual: readonly Place[], own: readonly Place[] = usual): string[] {
	const faults = [...faultIn(() => readLogin(own)), ...faultIn(() => readAddress(own))];
	const all = faults.length > 0 ? faults : faultIn(() => readConnection(usual, own));
	return [...new Set(all.map(({ message }) => message))];
}

/**
 * What is missing or invalid in the groups that a place sets.
 *
 * @param isUnknown whether a value isn't known yet: its group passes
 */
export function faultsAt(place: Place, isUnknown: (value: string) => boolean): ConfigurationError[] {
	const readers: Record<Group, (place: Place) => unknown> = {
		login: loginAt,
		address: addressAt,
		proxy: readProxyServer,
		tokenPoolSize: tokenPoolSizeAt,
		usageApi: usageApiAt,
	};
	return Object.entries(readers).flatMap(([group, read]) => {
		const values = groups[group as Group].map((name) => place.find(name)?.value).filter((value) => value !== undefined);
		return values.length === 0 || values.some(isUnknown) ? [] : faultIn(() => read(place));
	});
}

function faultIn(read: () => unknown): ConfigurationError[] {
	try {
		read();
		return [];
	} catch (error) {
		if (error instanceof ConfigurationError) return [error];
		throw error;
	}
}

/** The client ids in an override at any of the places, each with its source, for messages. */
export function readOverride(places: readonly Place[], name: OverrideName): Map<string, string> {
	const sources = places.map(({ find }) => find(name)).filter((found) => found !== undefined);
	// The place that counts first is the one to name.
	return new Map(sources.toReversed().flatMap(({ value, source }) => idsIn(value).map((id) => [id, source] as const)));
}

/** As the API writes ids. */
const idsIn = (value: string) =>
	value
		.split(",")
		.map((id) => id.trim().toLowerCase())
		.filter((id) => id !== "");

/** An order of the user to rotate secrets, whatever the program says. */
export interface RotationOrder {
	/** Its name, which the user gives it: the same order rotates each secret once. */
	name: string;
	/** The ids of the clients to rotate; `all` is for every client. */
	ids: ReadonlySet<string>;
	/** Where it is set, for messages. */
	source: string;
}

/** What an order may be called: state keeps it in plain text, and messages show it. */
const orderName = /^[\w.:/#+-]{1,100}$/;

/**
 * The order to rotate secrets at a place; undefined if there is none.
 *
 * @throws ConfigurationError if it lacks ids or a name
 */
export function readRotationOrder(place: Place): RotationOrder | undefined {
	const found = place.find("rotate");
	if (found === undefined) return undefined;
	const [ids = "", ...rest] = found.value.split("@");
	const [name, order] = [rest.join("@").trim(), { ids: new Set(idsIn(ids)), source: found.source }];
	if (order.ids.size > 0 && orderName.test(name)) return { ...order, name };
	throw new ConfigurationError(
		`${found.source} must be ${place.label("rotate")}=<client ids, or all>@<order>: give the order a name of your own, such as that of a ticket or of the pipeline's run (letters, digits and . _ - : / # +), under which it rotates each secret once`,
	);
}

function readLogin(places: readonly Place[]): Credentials {
	const place = placeOf(places, "login");
	if (place !== undefined) return loginAt(place);
	const [id, secret, token] = (["oauthClientId", "oauthClientSecret", "accessToken"] as const).map((name) =>
		labels(places, name),
	);
	throw new ConfigurationError(
		`no Genesys Cloud credentials: looked at ${id} with ${secret}, and at ${token}. ${adviceFor(places)}`,
	);
}

function loginAt(place: Place): Credentials {
	const token = place.find("accessToken");
	if (token !== undefined) return { accessToken: oauthCredential(token), source: token.source + token.lag };
	const id = place.find("oauthClientId");
	const secret = place.find("oauthClientSecret");
	if (id === undefined || secret === undefined) {
		const missing = id === undefined ? "oauthClientId" : "oauthClientSecret";
		throw incompleteError("incomplete Genesys Cloud credentials", place, groups.login, missing);
	}
	const source = `${id.source} and ${secret.source}${id.lag || secret.lag}`;
	return { clientId: oauthCredential(id), clientSecret: oauthCredential(secret), source };
}

function readAddress(places: readonly Place[]): GatewaySettings {
	const place = placeOf(places, "address");
	if (place !== undefined) return addressAt(place);
	throw new ConfigurationError(
		`no Genesys Cloud region: looked at ${labels(places, "region")} and, for a gateway, ${labels(places, "gatewayHost")}. Use the region's AWS name or domain, such as eu-central-1 or mypurecloud.de. ${adviceFor(places)}`,
	);
}

function addressAt(place: Place): GatewaySettings {
	return readGateway(place) ?? { hosts: madeOf(place.find("region") as Found, regionHosts) };
}

/** The same limit as in the vendor's Terraform provider. */
const largestPool = 50;

function tokenPoolSizeAt(place: Place): number {
	const { value, source } = place.find("tokenPoolSize") as Found;
	const tokenPoolSize = /^\d{1,3}$/.test(value) ? Number(value) : 0;
	if (tokenPoolSize < 1 || tokenPoolSize > largestPool) {
		throw faultOf("tokenPoolSize", source, `must be a whole number from 1 to ${largestPool}`);
	}
	return tokenPoolSize;
}

function usageApiAt(place: Place): UsageApiName {
	const { value, source } = place.find("usageApi") as Found;
	if (value !== "oauth" && value !== "jobs") throw faultOf("usageApi", source, "must be oauth or jobs");
	return value;
}

const faultOf = (setting: "tokenPoolSize" | "usageApi", source: string, problem: string) =>
	new ConfigurationError(`${source} ${problem}`, { setting, problem });
