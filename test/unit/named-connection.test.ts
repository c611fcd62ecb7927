import { describe, expect, test } from "vitest";
import { readConnection, readOverride } from "../../provider/config";
import { type ConnectionNames, connectionPlace, usualPlaces } from "../../provider/setting-places";
import { configurationErrorOf } from "./support/configuration-error";

const hidden = "Zq8-very-secret-value-that-nobody-may-see-in-an-error";
/** The usual connection, which a named one must never fall back to. */
const usual = {
	GENESYSCLOUD_REGION: "us-east-1",
	GENESYSCLOUD_OAUTHCLIENT_ID: "usual-id",
	GENESYSCLOUD_OAUTHCLIENT_SECRET: "usual-secret",
	GENESYSCLOUD_ACCESS_TOKEN: "usual-token",
	GENESYSCLOUD_GATEWAY_HOST: "usual.example.com",
};
const usualConfig = {
	"genesyscloud:region": "us-east-1",
	"genesyscloud:oauthClientId": "usual-id",
	"genesyscloud:oauthClientSecret": "usual-secret",
	"genesyscloud:accessToken": "usual-token",
};
const names: ConnectionNames = {
	region: "STAGING_REGION",
	oauthClientId: "STAGING_ID",
	oauthClientSecret: "staging:secret",
};

function connect(environment: Record<string, string>, config: Record<string, string>, named: ConnectionNames = names) {
	const keys: Record<string, string> = { ...usualConfig, ...config };
	const variables = { ...usual, ...environment };
	const read = (key: string) => keys[key];
	return readConnection(usualPlaces(variables, read), [connectionPlace(named, variables, read)]);
}

const refusal = (...args: Parameters<typeof connect>) => configurationErrorOf(() => connect(...args));

describe("a named connection", () => {
	test("takes each setting from its place, a variable or a key", () => {
		const { hosts, credentials } = connect(
			{ STAGING_REGION: "eu-central-1", STAGING_ID: "id" },
			{ "staging:secret": "secret" },
		);
		expect(hosts.api).toBe("https://api.mypurecloud.de");
		expect(credentials).toMatchObject({ clientId: "id", clientSecret: "secret" });
		expect(credentials.source).toContain("the environment variable STAGING_ID");
		expect(credentials.source).toContain("the stack configuration staging:secret");
		expect(credentials.source).toContain("configuration of the last pulumi up");
	});

	test("has as many tokens as any other: their number says nothing of an organization", () => {
		const set = { STAGING_REGION: "eu-central-1", STAGING_ID: "id", GENESYSCLOUD_TOKEN_POOL_SIZE: "2" };
		expect(connect(set, { "staging:secret": "secret" }).tokenPoolSize).toBe(2);
	});

	test.each<[string, Record<string, string>, Record<string, string>, string]>([
		["nothing", {}, {}, "STAGING_ID (connection.oauthClientId)"],
		[
			"the id alone",
			{ STAGING_REGION: "eu-central-1", STAGING_ID: "id" },
			{},
			"staging:secret (connection.oauthClientSecret)",
		],
		[
			"the secret alone",
			{ STAGING_REGION: "eu-central-1" },
			{ "staging:secret": "s" },
			"STAGING_ID (connection.oauthClientId)",
		],
		["no region", { STAGING_ID: "id" }, { "staging:secret": "s" }, "STAGING_REGION (connection.region)"],
		[
			"blanks",
			{ STAGING_REGION: " ", STAGING_ID: "id" },
			{ "staging:secret": "s" },
			"STAGING_REGION (connection.region)",
		],
	])(
		"with %s is refused, with the place and the argument, and never filled up from the usual one",
		(_, environment, config, told) => {
			expect(refusal(environment, config)).toContain(told);
		},
	);

	test("names all that isn't set, and where, at once", () => {
		const named = { ...names, proxyHost: "STAGING_PROXY" };
		expect(refusal({ STAGING_ID: "id" }, {}, named)).toBe(
			"connection names what isn't set: STAGING_REGION (connection.region), staging:secret (connection.oauthClientSecret), STAGING_PROXY (connection.proxyHost). Set environment variables or use pulumi config set (--secret for secrets)",
		);
	});

	test("doesn't look in the configuration for a variable, nor in the environment for a key", () => {
		const swapped = refusal({ STAGING_REGION: "eu-central-1", "staging:secret": "s" }, { STAGING_ID: "id" });
		expect(swapped).toContain("STAGING_ID");
	});

	test("that names nothing finds nothing", () => {
		expect(refusal({}, {}, {})).toBe(
			"no Genesys Cloud credentials: looked at connection.oauthClientId with connection.oauthClientSecret, and at connection.accessToken. Name their variables or keys in connection",
		);
	});

	test("may be a token, or a gateway, alone", () => {
		const { credentials, hosts } = connect(
			{ TOKEN: "t", HOST: "gw.example.com" },
			{},
			{ accessToken: "TOKEN", gatewayHost: "HOST" },
		);
		expect(credentials).toMatchObject({ accessToken: "t" });
		expect(hosts.api).toBe("https://gw.example.com");
	});

	test.each<[string, ConnectionNames]>([
		["the region", { region: "HIDDEN", oauthClientId: "ID", oauthClientSecret: "ID" }],
		["the gateway's host", { gatewayHost: "HIDDEN", oauthClientId: "ID", oauthClientSecret: "ID" }],
		["the gateway's port", { gatewayHost: "HOST", gatewayPort: "HIDDEN", accessToken: "ID" }],
		["the gateway's protocol", { gatewayHost: "HOST", gatewayProtocol: "HIDDEN", accessToken: "ID" }],
		["the id alone", { region: "ID", oauthClientId: "HIDDEN" }],
	])("that names a secret's variable for %s by mistake doesn't show the secret", (_, named) => {
		const message = refusal({ HIDDEN: `${hidden}/=`, ID: "id", HOST: "gw.example.com" }, {}, named);
		expect(message).not.toContain(hidden);
	});
});

const permissions = (variable: string, key: string) =>
	readOverride(
		usualPlaces({ GENESYSCLOUD_ALLOW_DELETION: variable }, () => key),
		"allowDeletion",
	);
const allows = (variable: string, key: string, id = "c1") => permissions(variable, key).has(id);

describe("the permission to delete a client in use", () => {
	test.each<[string, string, boolean]>([
		["c1", "", true],
		["", "c1", true],
		["c0,c1", "", true],
		[" c0 , c1 ", "", true],
		["c0", "c2,c1", true],
		["", "", false],
		["c", "c11", false],
		["C1", "", true],
		["*", "true", false],
	])("with %j in the environment and %j in the configuration: %s", (variable, key, allowed) => {
		expect(allows(variable, key)).toBe(allowed);
	});

	test("comes from the environment where the configuration gives it too", () => {
		expect(permissions("c1", "c1,c2")).toEqual(
			new Map([
				["c1", "the environment variable GENESYSCLOUD_ALLOW_DELETION"],
				["c2", "the stack configuration genesyscloud:allowDeletion"],
			]),
		);
	});

	test("is never given to a client without an id", () => {
		expect(allows("", "", "")).toBe(false);
	});
});
