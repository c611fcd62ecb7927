import { oneLine } from "../../provider/api/one-line";
import type { OAuthClient, TokenInfo } from "../../provider/api/models";
import { isApiError, isGenesysCloudError } from "../../provider/api/errors";
import { hostAndPort } from "../../provider/api/origin";
import type { Proxies } from "../../provider/api/proxy-server";
import { regions } from "../../provider/api/regions";
import type { CommandConnection } from "../connection";
import type { Check } from "./check";

/** The maximum clock difference, in milliseconds: the age of a secret is this machine's time minus a date of the server. */
const maximumSkew = 60_000;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Which credentials, from where, for which host, and through which proxy. */
export function describeConnection({ credentials, hosts, proxies }: CommandConnection): Check[] {
	const kind = "clientId" in credentials ? `OAuth client ${oneLine(credentials.clientId)}` : "an access token";
	const region = Object.entries(regions).find(([, domain]) => hosts.api === `https://api.${domain}`)?.[0];
	return [
		{ id: "credentials", what: "Credentials", found: `${kind}, from ${credentials.source ?? "?"}`, verdict: "fine" },
		{
			id: "host",
			what: "Genesys Cloud",
			found: `${hosts.api}${region === undefined ? "" : ` (${region})`}`,
			verdict: "fine",
		},
		...describeProxies(proxies),
	];
}

/** The proxy and where it is set, without user name and password. `NO_PROXY` may exclude one of the two hosts. */
function describeProxies({ login, api }: Proxies = {}): Check[] {
	const proxy = login ?? api;
	if (proxy === undefined) return [];
	const credentials = proxy.credentials === undefined ? "" : ", with user name and password";
	const only = login === undefined ? ", for the API only" : api === undefined ? ", for the login only" : "";
	const found = `${hostAndPort(proxy.origin)}${credentials}, from ${proxy.source ?? "?"}${only}`;
	return [{ id: "proxy", what: "Proxy", found, verdict: "fine" }];
}

/** Why there is no connection. */
export const noConnection = (error: unknown): Check => ({
	id: "credentials",
	what: "Credentials",
	found: messageOf(error),
	verdict: "problem",
});

/** Whether the API accepts the token, and whose it is. */
export async function checkLogin({
	api,
	credentials,
}: CommandConnection): Promise<{ checks: Check[]; works: boolean; ownClientId: string | undefined }> {
	const base = { id: "login", what: "Login" };
	const ownClientId = "clientId" in credentials ? credentials.clientId : undefined;
	let info: TokenInfo;
	try {
		info = await api.getTokensMe();
	} catch (error) {
		const message = messageOf(error);
		// The API accepted the token but refused the question.
		if (isGenesysCloudError(error) && isApiError(error) && error.name !== "AuthenticationError" && error.status < 500) {
			const found = `works; the token's client is unknown (${message})`;
			return { checks: [{ ...base, found, verdict: "fine" }], works: true, ownClientId };
		}
		return { checks: [{ ...base, found: message, verdict: "problem" }], works: false, ownClientId };
	}
	const { organization, OAuthClient: client } = info;
	const name = oneLine(client?.name ?? "a client without a name");
	const checks: Check[] = [
		{
			...base,
			found: `works, as "${name}"${client?.id === undefined ? "" : ` (${oneLine(client.id)})`}`,
			verdict: "fine",
		},
		{
			id: "organization",
			what: "Organization",
			found: `${oneLine(organization?.name ?? "unknown")}${organization?.id === undefined ? "" : ` (${oneLine(organization.id)})`}`,
			verdict: organization?.name === undefined ? "unknown" : "fine",
		},
	];
	return { checks, works: true, ownClientId: ownClientId ?? client?.id };
}

/** The client that is logged in: whether it will be deleted, and how many roles it can give to other clients. */
export async function checkOwnClient({ api }: CommandConnection, clientId: string | undefined): Promise<Check[]> {
	if (clientId === undefined) return [];
	const base = { id: "own-client", what: "Own client" };
	let client: OAuthClient;
	try {
		client = await api.getOauthClient(clientId);
	} catch (error) {
		return [{ ...base, found: messageOf(error), verdict: "unknown" }];
	}
	const roles = new Set([...(client.roleDivisions ?? []).map(({ roleId }) => roleId), ...(client.roleIds ?? [])]).size;
	const found = `${client.state ?? "active"}, ${roles} role${roles === 1 ? "" : "s"}; it can give other clients only its own roles`;
	if (client.dateToDelete !== undefined && client.dateToDelete !== null) {
		return [
			{
				...base,
				found: `marked for deletion on ${oneLine(client.dateToDelete).slice(0, 10)}`,
				verdict: "problem",
				advice: "Make it active again in Genesys Cloud, or log in with another client",
			},
		];
	}
	return [{ ...base, found, verdict: "fine" }];
}

/** The rest of the rate limit and the clock difference, both from the responses to the other checks. */
export function checkResponses({ api }: CommandConnection, now: number): Check[] {
	return [checkRateLimit(api.rateLimit()), checkClock(api.serverTime() - now)];
}

function checkRateLimit(reading: { allowed: number; count: number; reset: number } | undefined): Check {
	const base = { id: "rate-limit", what: "Rate limit" };
	if (reading === undefined) return { ...base, found: "not in Genesys Cloud's responses", verdict: "unknown" };
	const left = Math.max(reading.allowed - reading.count, 0);
	const found = `${left} of ${reading.allowed} requests left for this token, resets in ${reading.reset} s`;
	return left > 0
		? { ...base, found, verdict: "fine" }
		: { ...base, found, verdict: "warning", advice: `Runs will wait ${reading.reset} s first` };
}

function checkClock(ahead: number): Check {
	const base = { id: "clock", what: "Clock" };
	const seconds = Math.round(Math.abs(ahead) / 1000);
	if (Math.abs(ahead) <= maximumSkew) return { ...base, found: "matches the server's", verdict: "fine" };
	return {
		...base,
		found: `${seconds} s ${ahead > 0 ? "behind" : "ahead of"} the server's`,
		verdict: "warning",
		advice: "Set this machine's clock: it decides when a secret is due for rotation",
	};
}
