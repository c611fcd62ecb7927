import { describe, expect, test } from "vitest";
import type { Resource } from "./support/analyzer-process";
import { eachPack } from "./support/each-pack";
import { client, credential, goodClient, goodPair } from "./support/resources";

const pack = eachPack();

/** The rules that find fault with a resource. */
const broken = async (resource: Resource) => (await pack.analyzer.analyze(resource)).map(({ policy }) => policy);
const messageOf = async (rule: string, resource: Resource) =>
	(await pack.analyzer.analyze(resource)).find(({ policy }) => policy === rule)?.message;
const uri = (registeredRedirectUri: string) => goodClient({ registeredRedirectUri: [registeredRedirectUri] });

/** An option, with what passes only because of it and what still fails. */
interface Case {
	rule: string;
	option: string;
	value: unknown;
	passes: Resource[];
	fails: Resource[];
}

const cases: Case[] = [
	{
		rule: "require-https-redirect-uris",
		option: "allowLoopback",
		value: true,
		passes: ["http://localhost:3000/", "http://127.0.0.1/", "http://[::1]/callback"].map(uri),
		fails: ["http://localhost.example.com/", "http://127.example.com/", "http://10.0.0.1/", "ftp://localhost/"].map(
			uri,
		),
	},
	{
		rule: "require-https-redirect-uris",
		option: "privateUseSchemes",
		value: ["com.example.app", "COM.example.Other:", "com.example.third://"],
		passes: ["com.example.app:/callback", "com.example.other://callback", "com.example.third://x"].map(uri),
		fails: ["com.example.apple:/callback", "http://com.example.app/"].map(uri),
	},
	{
		rule: "limit-token-life",
		option: "maxSeconds",
		value: 172_800,
		passes: [goodClient({ accessTokenValiditySeconds: 172_800 })],
		fails: [goodClient({ accessTokenValiditySeconds: 172_801 })],
	},
	{
		rule: "no-broad-scopes",
		option: "allowed",
		value: ["conversations", "all"],
		passes: [goodClient({ scope: ["all", "conversations", "users:readonly"] })],
		fails: [goodClient({ scope: ["conversations", "users"] })],
	},
	{
		rule: "limit-scopes",
		option: "max",
		value: 21,
		passes: [goodClient({ scope: Array.from({ length: 21 }, (_, index) => `scope-${index}`) })],
		fails: [goodClient({ scope: Array.from({ length: 22 }, (_, index) => `scope-${index}`) })],
	},
	{
		rule: "require-secret-rotation",
		option: "maxAgeDays",
		value: 180.5,
		passes: [goodClient({ secretRotation: { maxAgeDays: 180.5 } }), goodPair({ rotation: { periodDays: 90.25 } })],
		fails: [goodClient({ secretRotation: { maxAgeDays: 181 } }), goodPair({ rotation: { periodDays: 90.26 } })],
	},
	{
		rule: "require-deletion-guard",
		option: "stacks",
		value: "^payments/|/live$",
		passes: [goodClient({}, { stack: "prod" })],
		fails: [goodClient({}, { stack: "LIVE" }), goodClient({}, { stack: "dev", project: "payments" })],
	},
	{
		rule: "require-owner",
		option: "pattern",
		value: "^\\[[a-z]+\\] ",
		passes: [goodClient({ description: "[CRM] Copies contacts" })],
		fails: [goodClient({ description: "Owner: crm@example.com" })],
	},
	{
		rule: "no-plain-credential-fields",
		option: "allowed",
		value: ["tenant"],
		passes: [credential(["tenant"])],
		fails: [credential(["password", "tenant"]), credential(["userName"])],
	},
];

describe.each(cases)("$rule with $option", ({ rule, option, value, passes, fails }) => {
	test("lets through what it is to let through, and nothing else", async () => {
		for (const resource of passes) expect(await broken(resource), "without the option").toContain(rule);
		await pack.configure({ [rule]: { [option]: value } });
		for (const resource of passes) expect(await broken(resource)).not.toContain(rule);
		for (const resource of fails) expect(await broken(resource)).toContain(rule);
	});
});

test("messages name the limit that is configured", async () => {
	await pack.configure({
		"limit-token-life": { maxSeconds: 3600 },
		"require-secret-rotation": { maxAgeDays: 30 },
		"require-owner": { pattern: "^crm: " },
		"require-deletion-guard": { inUseWithinDays: 14 },
		"limit-scopes": { max: 1 },
	});
	const bad = goodClient({ secretRotation: { maxAgeDays: 31 } }, { stack: "prod" });
	expect(await messageOf("limit-token-life", bad)).toBe(
		"accessTokenValiditySeconds isn't set, so tokens live 86400 seconds, which is more than 3600. A stolen token works until it expires. Set accessTokenValiditySeconds to 3600 or less.",
	);
	expect(await messageOf("require-secret-rotation", bad)).toContain("Set it to 30 or less.");
	expect(await messageOf("require-secret-rotation", goodPair({ rotation: { periodDays: 20 } }))).toContain(
		"Set rotation.periodDays to 15 or less.",
	);
	expect(await messageOf("require-owner", bad)).toContain("Change it to match ^crm: .");
	expect(await messageOf("require-deletion-guard", bad)).toContain("deletionGuard: { inUseWithinDays: 14 }");
	expect(await messageOf("limit-scopes", bad)).toContain("more than 1 scopes");
});

describe("every rule", async () => {
	/** For each rule something that breaks it. */
	const breaking: Record<string, Resource> = {
		"no-implicit-grant": client({ authorizedGrantType: "TOKEN" }),
		"no-password-grant": client({ authorizedGrantType: "PASSWORD" }),
		"require-https-redirect-uris": uri("http://app.example.com/"),
		"no-wildcard-redirect-uris": uri("https://*.example.com/"),
		"no-fragment-redirect-uris": uri("https://app.example.com/#"),
		"no-ip-redirect-uris": uri("https://10.0.0.1/"),
		"limit-token-life": client({ accessTokenValiditySeconds: 90_000 }),
		"no-roles-in-every-division": client({ roleDivisions: [{ roleId: "a", divisionId: "*" }] }),
		"no-broad-scopes": client({ scope: ["users"] }),
		"limit-scopes": client({ scope: Array.from({ length: 30 }, (_, index) => `scope-${index}`) }),
		"require-secret-rotation": client({ authorizedGrantType: "CODE" }),
		"require-deletion-guard": client({}, { stack: "prod" }),
		"require-owner": client({}),
		"no-plain-credential-fields": credential(["password", "userName"]),
	};

	test("can be broken, and is in this test", async () => {
		const { policies } = await pack.analyzer.info();
		expect(policies.map(({ name }) => name).toSorted()).toEqual(
			[...Object.keys(breaking), "require-unique-names"].toSorted(),
		);
	});

	test.each(Object.keys(breaking))("%s takes the level that the configuration gives", async (rule) => {
		for (const enforcementLevel of ["advisory", "mandatory"] as const) {
			await pack.configure({ [rule]: { enforcementLevel } });
			const found = await pack.analyzer.analyze(breaking[rule]!);
			expect(found.find(({ policy }) => policy === rule)?.level).toBe(enforcementLevel);
		}
		await pack.configure({ [rule]: { enforcementLevel: "disabled" } });
		expect(await broken(breaking[rule]!)).not.toContain(rule);
	});

	test.each(Object.keys(breaking))("%s leaves alone what the configuration excepts", async (rule) => {
		await pack.configure({ [rule]: { except: ["another"] } });
		expect(await broken(breaking[rule]!)).toContain(rule);
		await pack.configure({ [rule]: { except: ["another", "app"] } });
		expect(await broken(breaking[rule]!)).not.toContain(rule);
	});

	test.each(Object.keys(breaking))("%s refuses an option that it doesn't have", async (rule) => {
		await pack.configure({ [rule]: { excpet: ["app"] } });
		await expect(pack.analyzer.analyze(breaking[rule]!)).rejects.toThrow(
			`the configuration sets an unknown option of ${rule}, excpet; did you mean except?`,
		);
	});
});

test("an option that is like none is answered with those that there are", async () => {
	await pack.configure({ "limit-token-life": { colour: "red" } });
	const message = await pack.analyzer.analyze(goodClient()).catch((error: Error) => error.message);
	expect(message).toContain("unknown option of limit-token-life, colour; its options are maxSeconds, except");
	expect(message).not.toMatch(/^\s+at /m);
});

test("a pair is excepted by its name", async () => {
	const slow = { rotation: { periodDays: 365 } };
	await pack.configure({ "require-secret-rotation": { except: ["crm"] }, "require-unique-names": { except: ["crm"] } });
	expect(await broken(goodPair(slow, { name: "crm" }))).toEqual([]);
	expect(await broken(goodPair(slow, { name: "other" }))).toEqual(["require-secret-rotation"]);
	expect(await pack.analyzer.analyzeStack(["crm", "other"].map((name) => goodPair({}, { name })))).toEqual([]);
});

test("require-unique-names takes level and exceptions", async () => {
	const clients = ["a", "b", "c"].map((name) => goodClient({}, { name }));
	await pack.configure({ "require-unique-names": { enforcementLevel: "advisory", except: ["a"] } });
	expect(await pack.analyzer.analyzeStack(clients)).toMatchObject([
		{ level: "advisory", message: expect.stringContaining("b has the same name") as string, urn: clients[2]!.urn },
	]);
	await pack.configure({ "require-unique-names": { enforcementLevel: "disabled" } });
	expect(await pack.analyzer.analyzeStack(clients)).toEqual([]);
	await pack.configure({ "require-unique-names": { excpet: [] } });
	await expect(pack.analyzer.analyzeStack(clients)).rejects.toThrow("did you mean except?");
});

test.each([
	["require-owner", "pattern"],
	["require-deletion-guard", "stacks"],
])("%s tells when %s is no regular expression", async (rule, option) => {
	await pack.configure({ [rule]: { [option]: "(" } });
	await expect(pack.analyzer.analyze(goodClient())).rejects.toThrow(
		`${option} of ${rule} must be a regular expression: Invalid regular expression: /(/i: Unterminated group`,
	);
});
