import { describe, expect, test } from "vitest";
import type { Finding, Resource } from "./support/analyzer-process";
import { eachPack } from "./support/each-pack";
import { client, credential, goodClient, goodPair, pair } from "./support/resources";

const pack = eachPack();

const knownScope = (index: number) =>
	["alerting", "analytics", "architect", "assistants", "audits", "billing", "coaching"][index];
const scopes = (count: number) => Array.from({ length: count }, (_, index) => `${knownScope(index) ?? index}:readonly`);

/** What the rule reports of a resource. */
async function reported(rule: string, resource: Resource): Promise<Pick<Finding, "level" | "message">[]> {
	return (await pack.analyzer.analyze(resource))
		.filter(({ policy }) => policy === rule)
		.map(({ level, message }) => ({ level, message }));
}

test.each([
	["client", goodClient],
	["pair", goodPair],
])("no rule finds fault with a %s that keeps to all of them", async (_, good) => {
	expect(await pack.analyzer.analyze(good({}, { protect: true, stack: "prod" }))).toEqual([]);
	expect(await pack.analyzer.analyzeStack([good()])).toEqual([]);
});

const httpsTail =
	"An attacker on the network, or an application that registered the scheme on the user's machine, can intercept the authorization code. Change it to https; to allow development machines and native applications, set the rule's options allowLoopback and privateUseSchemes.";
const wildcard =
	"has a wildcard (*). Authorization codes can then be sent to every address that it matches, so whoever controls one of them gets the codes. List the application's real addresses instead.";
const fragment =
	"has a fragment (#). OAuth forbids it (RFC 6749, section 3.1.2): what follows the # stays in the browser, where every script of the page can read it. Remove the # and what follows it.";
const address =
	"has an IP address as host. IP addresses are reassigned, so authorization codes may one day reach a stranger's machine. Use a host name that you control.";
const guard =
	"The client has neither deletionGuard nor protect. A deleted client and its secret can't be restored, and whatever uses it stops working. Set deletionGuard: { inUseWithinDays: 7 }, or the resource option protect: true.";
const noOwner =
	'The description names no owner. When the client misbehaves or its secret leaks, nobody knows whom to ask. Add the owner, such as "Owner: CRM team, crm@example.com".';
const noRotation =
	"The secret is never rotated by age. A secret that leaked unnoticed works until it is rotated. Set secretRotation: { maxAgeDays: 90 }, or declare a RotatingOAuthClient, which rotates it without a failed login.";
const slowRotation =
	"A secret stays valid for two periods of rotation.periodDays, which is more than 90 days. A secret that leaked unnoticed works until it is rotated. Set rotation.periodDays to 45 or less.";

interface Case {
	rule: string;
	level: "advisory" | "mandatory";
	passes: Record<string, Resource>;
	fails: Record<string, [resource: Resource, message: string]>;
}

const uri = (...registeredRedirectUri: string[]) => client({ registeredRedirectUri });

const cases: Case[] = [
	{
		rule: "no-implicit-grant",
		level: "mandatory",
		passes: { CODE: client({ authorizedGrantType: "CODE" }) },
		fails: {
			TOKEN: [
				client({ authorizedGrantType: "TOKEN" }),
				"authorizedGrantType is TOKEN. Its tokens appear in the browser's address bar, where history and scripts can read them, and Genesys Cloud is ending this grant: new clients can't be created since March or May 2026, and existing ones stop working in March or May 2027 (its community and its help name different months). Move the application to CODE with PKCE; this replaces the client.",
			],
		},
	},
	{
		rule: "no-password-grant",
		level: "mandatory",
		passes: { "CLIENT-CREDENTIALS": client({ authorizedGrantType: "CLIENT-CREDENTIALS" }) },
		fails: {
			PASSWORD: [
				client({ authorizedGrantType: "PASSWORD" }),
				"authorizedGrantType is PASSWORD. The application then sees its users' passwords and bypasses single sign-on and second factors. Use CODE if people log in, CLIENT-CREDENTIALS for a service; this replaces the client.",
			],
		},
	},
	{
		rule: "require-https-redirect-uris",
		level: "mandatory",
		passes: {
			"https, in capitals too": uri("https://app.example.com/", "HTTPS://APP.EXAMPLE.COM/b"),
			"no redirect URI": client({}),
		},
		fails: {
			http: [uri("http://app.example.com/"), `The redirect URI isn't https. ${httpsTail}`],
			"http on localhost": [uri("http://localhost:3000/"), `The redirect URI isn't https. ${httpsTail}`],
			"a scheme of its own": [uri("com.example.app:/callback"), `The redirect URI isn't https. ${httpsTail}`],
			"what is no URI at all": [uri("app.example.com"), `The redirect URI isn't https. ${httpsTail}`],
			"one of several": [
				uri("https://a.example.com/", "http://b.example.com/", "https://c.example.com/"),
				`One redirect URI (number 2 of 3 in alphabetical order) isn't https. ${httpsTail}`,
			],
			"several of several": [
				uri("http://a.example.com/", "http://b.example.com/", "https://c.example.com/"),
				`2 redirect URIs (number 1 and number 2 of 3 in alphabetical order) aren't https. ${httpsTail.replace("Change it", "Change them")}`,
			],
		},
	},
	{
		rule: "no-wildcard-redirect-uris",
		level: "mandatory",
		passes: { "a whole address": uri("https://app.example.com/") },
		fails: {
			"a wildcard in the host": [uri("https://*.example.com/"), `The redirect URI ${wildcard}`],
			"an encoded one in the host": [uri("https://%2A.example.com/"), `The redirect URI ${wildcard}`],
			"one in the path": [uri("https://app.example.com/*"), `The redirect URI ${wildcard}`],
			"several of several": [
				uri("https://*.example.com/", "https://app.example.com/*"),
				`2 redirect URIs (number 1 and number 2 of 2 in alphabetical order) ${wildcard.replace("has", "have")}`,
			],
		},
	},
	{
		rule: "no-fragment-redirect-uris",
		level: "mandatory",
		passes: { "an encoded # in the path": uri("https://app.example.com/%23") },
		fails: {
			"a fragment": [uri("https://app.example.com/#/callback"), `The redirect URI ${fragment}`],
			"an empty one": [uri("https://app.example.com/#"), `The redirect URI ${fragment}`],
		},
	},
	{
		rule: "no-ip-redirect-uris",
		level: "mandatory",
		passes: {
			"a host name": uri("https://app.example.com/"),
			"loopback addresses": uri("https://127.0.0.1/", "https://127.9.9.9/", "https://[::1]:8443/"),
			"an address in the path": uri("https://app.example.com/10.0.0.1"),
		},
		fails: {
			IPv4: [uri("https://10.0.0.1/"), `The redirect URI ${address}`],
			"IPv4 as a number": [uri("https://167772161/"), `The redirect URI ${address}`],
			IPv6: [uri("https://[2001:db8::1]/"), `The redirect URI ${address}`],
		},
	},
	{
		rule: "limit-token-life",
		level: "mandatory",
		passes: {
			"a day": client({ accessTokenValiditySeconds: 86_400 }),
			"what Genesys Cloud gives a client that doesn't say": client({}),
		},
		fails: {
			"a second more": [
				client({ accessTokenValiditySeconds: 86_401 }),
				"accessTokenValiditySeconds is more than 86400. A stolen token works until it expires. Set accessTokenValiditySeconds to 86400 or less.",
			],
		},
	},
	{
		rule: "no-roles-in-every-division",
		level: "advisory",
		passes: {
			"a division, and the default one": client({ roleDivisions: [{ roleId: "a", divisionId: "d" }, { roleId: "b" }] }),
		},
		fails: {
			"a role": [
				client({ roleDivisions: [{ roleId: "a", divisionId: "*" }, { roleId: "b" }] }),
				"One role is granted in all divisions (divisionId is *). A leaked secret then gives access to the whole organization. Grant the role once for each division that the client works in, or omit divisionId for the home division.",
			],
			"two roles": [
				client({
					roleDivisions: [
						{ roleId: "a", divisionId: "*" },
						{ roleId: "b", divisionId: "*" },
					],
				}),
				"2 roles are granted in all divisions (divisionId is *). A leaked secret then gives access to the whole organization. Grant the role once for each division that the client works in, or omit divisionId for the home division.",
			],
		},
	},
	{
		rule: "no-broad-scopes",
		level: "advisory",
		passes: {
			"scopes that read": client({ scope: ["routing:readonly", "users:readonly"] }),
			"scopes of which no other form exists": client({ scope: ["notifications", "upload", "user-basic-info"] }),
			"scopes that nobody knows": client({ scope: ["brand-new"] }),
			"a service, which has none": client({ authorizedGrantType: "CLIENT-CREDENTIALS" }),
		},
		fails: {
			"scopes that write": [
				client({ scope: ["analytics:readonly", "routing", "users"] }),
				"Scopes that allow writing: routing, users. A stolen token could then change the organization, not only read it. Use routing:readonly, users:readonly, or add the scopes that must write to the rule's option allowed.",
			],
			"every scope there is": [
				client({ scope: ["all"] }),
				"Scopes that allow writing: all. A stolen token could then change the organization, not only read it. Use the scopes that the application needs instead of all, or add the scopes that must write to the rule's option allowed.",
			],
			both: [
				client({ scope: ["all", "users"] }),
				"Scopes that allow writing: all, users. A stolen token could then change the organization, not only read it. Use users:readonly, and the scopes that the application needs instead of all, or add the scopes that must write to the rule's option allowed.",
			],
		},
	},
	{
		rule: "limit-scopes",
		level: "advisory",
		passes: { "20 scopes": client({ scope: scopes(20) }) },
		fails: {
			"21 scopes": [
				client({ scope: scopes(21) }),
				"The client has more than 20 scopes. Each scope widens what a stolen token can do. Remove the scopes that the application doesn't use, or split it into several clients.",
			],
		},
	},
	{
		rule: "require-secret-rotation",
		level: "advisory",
		passes: {
			"90 days": client({ authorizedGrantType: "CODE", secretRotation: { maxAgeDays: 90 } }),
			"a client without a secret": client({ authorizedGrantType: "TOKEN" }),
			"periods of 45 days": pair({ rotation: { periodDays: 45 } }),
			"longer periods whose previous secret soon becomes useless": pair({
				rotation: { periodDays: 85, deactivatePreviousAfterDays: 5 },
			}),
		},
		fails: {
			"no rotation": [client({ authorizedGrantType: "CLIENT-CREDENTIALS" }), noRotation],
			"rotation on a change only": [
				client({ authorizedGrantType: "CODE", secretRotation: { rotateWhenChanged: { quarter: 1 } } }),
				noRotation,
			],
			"91 days": [
				client({ authorizedGrantType: "CODE", secretRotation: { maxAgeDays: 91 } }),
				"secretRotation.maxAgeDays is more than 90. A secret that leaked unnoticed works until it is rotated. Set it to 90 or less.",
			],
			"periods of 46 days": [pair({ rotation: { periodDays: 46 } }), slowRotation],
			"periods of 85 days whose previous secret lives too long": [
				pair({ rotation: { periodDays: 85, deactivatePreviousAfterDays: 80 } }),
				slowRotation,
			],
			"rotations on a change only": [
				pair({ rotation: { rotateWhenChanged: { quarter: 1 } } }),
				"The secrets are rotated only when a value changes, however long that takes. A secret that leaked unnoticed works until it is rotated. Set rotation.periodDays to 45 or less instead of rotateWhenChanged.",
			],
		},
	},
	{
		rule: "require-deletion-guard",
		level: "mandatory",
		passes: {
			"a guard": client({ deletionGuard: { inUseWithinDays: 30 } }, { stack: "prod" }),
			protect: client({}, { stack: "prod", protect: true }),
			...Object.fromEntries(
				["dev", "staging", "product-team", "reprod", "prodigy"].map((stack) => [
					`the stack ${stack}`,
					client({}, { stack }),
				]),
			),
			"a project that is called so": client({}, { stack: "dev", project: "prod" }),
		},
		fails: Object.fromEntries(
			["prod", "production", "Prod", "eu-prod", "prod-eu", "crm.prod"].map((stack) => [
				`the stack ${stack}`,
				[client({}, { stack }), guard],
			]),
		),
	},
	{
		rule: "require-owner",
		level: "advisory",
		passes: Object.fromEntries(
			[
				"Owner: CRM",
				"CRM sync (owner=crm)",
				"team: CRM",
				"Sync, owned by CRM",
				"Ask crm@example.com",
				"CONTACT: CRM",
			].map((description) => [description, client({ description })]),
		),
		fails: Object.fromEntries([
			["no description", [client({}), noOwner]],
			...["Copies contacts for the sales team", "Owner:", "Shown to the owner of a queue", "Posts to @crm"].map(
				(description): [string, [Resource, string]] => [description, [client({ description }), noOwner]],
			),
		]) as Case["fails"],
	},
];

describe.each(cases)("$rule", ({ rule, level, passes, fails }) => {
	test.each(Object.keys(passes))("passes: %s", async (title) => {
		expect(await reported(rule, passes[title]!)).toEqual([]);
	});
	test.each(Object.keys(fails))("fails: %s", async (title) => {
		const [resource, message] = fails[title]!;
		expect(await reported(rule, resource)).toEqual([{ level, message }]);
	});
	test("fails for the plugin's resource too", async () => {
		const [resource, message] = Object.values(fails)[0]!;
		expect(await reported(rule, ofPlugin(resource))).toEqual([{ level, message }]);
	});
});

describe.each(cases.filter(({ rule }) => rule !== "require-secret-rotation"))("$rule", ({ rule, level, fails }) => {
	test.each(Object.keys(fails))("fails for a pair as for a client: %s", async (title) => {
		const [resource, message] = fails[title]!;
		const ofPair = typed(resource, resource.type.replace(":OAuthClient", ":RotatingOAuthClient"));
		expect(await reported(rule, ofPair)).toEqual([{ level, message }]);
		expect(await reported(rule, ofPlugin(ofPair))).toEqual([{ level, message }]);
	});
});

describe("no-plain-credential-fields", () => {
	const rule = "no-plain-credential-fields";
	const leak =
		"Whoever reads the program or its configuration can read it. Use the stack's configuration with --secret, a secret store, or client with an OAuthClient.";

	test.each([undefined, ["clientId", "loginUrl", "userName"]])("passes: plain are %j", async (plainFields) => {
		expect(await reported(rule, credential(plainFields))).toEqual([]);
	});

	test.each([
		[["clientId", "password"], "password is a plain value"],
		[["clientSecret", "password"], "clientSecret, password are plain values"],
	])("fails: plain are %j, in the plugin too", async (plainFields, told) => {
		const expected = [{ level: "mandatory", message: `${told}. ${leak}` }];
		for (const resource of [credential(plainFields), ofPlugin(credential(plainFields))])
			expect(await reported(rule, resource)).toEqual(expected);
	});
});

/** A resource of the same properties and another type. */
function typed(resource: Resource, type: string): Resource {
	return { ...resource, type, urn: resource.urn.replace(resource.type, type) };
}

/** The same resource in a program of another language. */
const ofPlugin = (resource: Resource) =>
	typed(resource, resource.type.replace("pulumi-nodejs:dynamic/genesyscloud:", "genesyscloud-oauth:index:"));
