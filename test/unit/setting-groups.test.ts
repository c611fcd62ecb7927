import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Connection, readConnection } from "../../provider/config";
import { connectionSettings } from "../../provider/connection-settings";
import {
	connectionPlace,
	environmentPlace,
	type Group,
	groups,
	type Place,
	providerPlace,
	type SettingName,
	settingVariables,
	stackPlace,
} from "../../provider/setting-places";
import { configurationErrorOf } from "./support/configuration-error";

type Values = Partial<Record<SettingName, string>>;

beforeEach(() => {
	for (const name of ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
		vi.stubEnv(name, undefined);
	onTestFinished(() => void vi.unstubAllEnvs());
});

/** All settings of one side; each says whose it is. */
const allOf = (side: "one" | "two"): Record<SettingName, string> => ({
	accessToken: `${side}-token`,
	oauthClientId: `${side}-id`,
	oauthClientSecret: `${side}-secret`,
	region: side === "one" ? "one.pure.cloud" : "two.pure.cloud",
	gatewayProtocol: "https",
	gatewayHost: `${side}.example.com`,
	gatewayPort: side === "one" ? "1001" : "2002",
	gatewayPathName: "api",
	gatewayPathValue: `/${side}`,
	gatewayAuthUsername: `${side}-user`,
	gatewayAuthPassword: `${side}-password`,
	proxyProtocol: "http",
	proxyHost: `proxy.${side}.example.com`,
	proxyPort: side === "one" ? "1001" : "2002",
	proxyAuthUsername: `${side}-user`,
	proxyAuthPassword: `${side}-password`,
	tokenPoolSize: side === "one" ? "1" : "2",
	usageApi: side === "one" ? "oauth" : "jobs",
});
const names = Object.keys(settingVariables) as SettingName[];
const [one, two] = [allOf("one"), allOf("two")];

/** What is needed beside a setting that is alone in its group; undefined if it may be alone. */
const needed = (name: SettingName): SettingName | undefined => {
	if (name === "oauthClientId") return "oauthClientSecret";
	if (name === "oauthClientSecret") return "oauthClientId";
	if (name.startsWith("gateway") && name !== "gatewayHost") return "gatewayHost";
	return name.startsWith("proxy") && name !== "proxyHost" ? "proxyHost" : undefined;
};
const whole = names.filter((name) => needed(name) === undefined);
const parts = names.flatMap((name) => {
	const missing = needed(name);
	return missing === undefined ? [] : [[name, missing] as const];
});
/** Every way to share settings out to two places, of which the first has some. */
const sharings = (shared: readonly SettingName[]) =>
	Array.from({ length: 2 ** shared.length - 1 }, (_, index) => {
		const isFirst = (name: SettingName) => ((index + 1) >> shared.indexOf(name)) % 2 === 1;
		return [shared.filter(isFirst), shared.filter((name) => !isFirst(name))] as const;
	});
const some = (values: Values, chosen: readonly SettingName[]): Values =>
	Object.fromEntries(chosen.map((name) => [name, values[name]]));
/** The connection, or why there is none. */
const resultOf = (read: () => Connection): Connection | string => {
	try {
		return read();
	} catch (error) {
		return (error as Error).message;
	}
};
const groupNames = Object.keys(groups) as Group[];
const groupOf = (name: SettingName) =>
	groupNames.find((group) => (groups[group] as readonly SettingName[]).includes(name))!;

/** The part of a connection that a group makes, without where it came from. */
function partOf(group: Group, connection: Connection): unknown {
	const { credentials, hosts, gatewayCredentials, proxies, tokenPoolSize, usageApi } = connection;
	const { source: _, ...login } = credentials;
	const { origin, credentials: proxyCredentials } = proxies?.api ?? {};
	const made: Record<Group, unknown> = {
		login,
		address: { hosts, gatewayCredentials },
		proxy: { origin, proxyCredentials },
		tokenPoolSize,
		usageApi,
	};
	return made[group];
}

const environment = (values: Values): Place =>
	environmentPlace(
		Object.fromEntries(Object.entries(values).map(([name, value]) => [settingVariables[name as SettingName], value])),
	);
const stack = (values: Values): Place => stackPlace((key) => values[key.replace("genesyscloud:", "") as SettingName]);
const provider = (values: Values): Place => providerPlace("eu", (name) => values[name as SettingName]);
/** A connection whose variables are called after the settings. */
const connection = (values: Values): Place => {
	const { tokenPoolSize: _pool, usageApi: _usage, ...named } = values;
	return connectionPlace(
		Object.fromEntries(Object.keys(named).map((name) => [name, name.toUpperCase()])),
		Object.fromEntries(Object.entries(named).map(([name, value]) => [name.toUpperCase(), value])),
		() => undefined,
	);
};

describe.each([
	["the environment", "the stack's configuration", environment, stack],
	["an explicit provider", "the environment", provider, environment],
])("of %s and %s", (_first, _second, first, second) => {
	const fromSecond = readConnection([second(two)]);

	test.each(whole)("%s alone in the first takes its whole group from there, and nothing else", (name) => {
		const own = groupOf(name);
		const found = readConnection([first({ [name]: one[name] }), second(two)]);
		expect(JSON.stringify(partOf(own, found))).not.toContain("two");
		expect(partOf(own, found)).not.toEqual(partOf(own, fromSecond));
		for (const group of groupNames.filter((other) => other !== own))
			expect(partOf(group, found)).toEqual(partOf(group, fromSecond));
	});

	test.each(parts)("%s alone in the first is told as incomplete, without %s from the second", (name, missing) => {
		const message = configurationErrorOf(() => readConnection([first({ [name]: one[name] }), second(two)]));
		expect(message).toContain(`found ${first(one).find(name)?.source}, but not ${first(one).label(missing)}.`);
		expect(message).not.toContain(second(two).label(missing));
	});

	test.each(groupNames)("however %s is shared out, what the second has of it counts nothing", (group) => {
		const others = some(
			one,
			names.filter((name) => groupOf(name) !== group),
		);
		for (const [mine, rest] of sharings(groups[group])) {
			const own = first({ ...others, ...some(one, mine) });
			expect(resultOf(() => readConnection([own, second(some(two, rest))]))).toEqual(
				resultOf(() => readConnection([own, second({})])),
			);
		}
	});

	test.each(names)("%s alone in the second counts nothing beside all in the first", (name) => {
		expect(readConnection([first(one), second({ [name]: two[name] })])).toEqual(readConnection([first(one)]));
	});
});

test("a connection of its own can name each setting of login, address and proxy, and no other", () => {
	const { login, address, proxy } = groups;
	expect([...connectionSettings].toSorted()).toEqual([...login, ...address, ...proxy].toSorted());
});

describe("of a connection of its own and the usual one", () => {
	/** The least that makes a connection. */
	const least = { login: { accessToken: one.accessToken }, address: { region: one.region } };

	const read = (name: SettingName) => {
		const others = Object.entries(least).filter(([group]) => group !== groupOf(name));
		const values: Values = Object.assign({ [name]: one[name] }, ...others.map(([, value]) => value));
		return readConnection([environment(two)], [connection(values)]);
	};

	test.each(whole.filter((name) => name !== "tokenPoolSize" && name !== "usageApi"))(
		"%s alone takes its whole group from the connection; only a proxy, and what is no organization's, may be the usual one",
		(name) => {
			const found = read(name);
			for (const group of ["login", "address"] as const)
				expect(JSON.stringify(partOf(group, found))).not.toContain("two");
			expect(partOf("proxy", found)).toEqual(
				groupOf(name) === "proxy"
					? { origin: "http://proxy.one.example.com", proxyCredentials: undefined }
					: partOf("proxy", readConnection([environment(two)])),
			);
			expect(found).toMatchObject({ tokenPoolSize: 2, usageApi: "jobs" });
		},
	);

	test.each(parts)("%s alone is told as incomplete, without the usual %s", (name, missing) => {
		expect(configurationErrorOf(() => read(name))).toContain(
			`found the environment variable ${name.toUpperCase()}, but not connection.${missing}.`,
		);
	});

	test.each<[string, Values]>([
		["login", least.address],
		["address", least.login],
	])("the %s that it lacks isn't the usual one", (_, values) => {
		expect(configurationErrorOf(() => readConnection([environment(two)], [connection(values)]))).toContain(
			"looked at connection.",
		);
	});
});
