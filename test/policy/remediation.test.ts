import { expect, test } from "vitest";
import { eachPack } from "./support/each-pack";
import { client, goodClient, goodPair, pair, resource, secret, unknownValue } from "./support/resources";

const pack = eachPack();
const remediate = { enforcementLevel: "remediate" } as const;

/** All that a remediation must not change: the provider's text, a secret, an unknown value. */
const others = {
	name: "App",
	__provider: 'exports.handler = () => require("pulumi-genesyscloud-oauth/lifecycle");',
	authorizedGrantType: "CODE",
	description: secret("a word that nobody may read"),
	registeredRedirectUri: secret(["https://app.example.com/"]),
	scope: ["users:readonly", unknownValue],
	secretRotation: { rotateWhenChanged: { key: secret("another word") } },
};

test("nothing is remediated unless the configuration says so", async () => {
	const { policies } = await pack.analyzer.info();
	expect(policies.filter(({ level }) => level === "remediate")).toEqual([]);
	expect(await pack.analyzer.remediate(client({ accessTokenValiditySeconds: 172_800 }, { stack: "prod" }))).toEqual([]);
});

test("limit-token-life cuts the life down to the maximum and changes nothing else", async () => {
	await pack.configure({ "limit-token-life": { ...remediate, maxSeconds: 3600 } });
	for (const given of [{ accessTokenValiditySeconds: 3601 }, {}]) {
		expect(await pack.analyzer.remediate(client({ ...others, ...given }))).toEqual([
			{
				policy: "limit-token-life",
				properties: { ...others, accessTokenValiditySeconds: 3600 },
				diagnostic: "",
			},
		]);
	}
});

test("a life that was secret stays so", async () => {
	await pack.configure({ "limit-token-life": remediate });
	expect(await pack.analyzer.remediate(client({ accessTokenValiditySeconds: secret(172_800) }))).toMatchObject([
		{ properties: { accessTokenValiditySeconds: secret(86_400) } },
	]);
});

test("require-deletion-guard gives a guard and changes nothing else", async () => {
	await pack.configure({ "require-deletion-guard": { ...remediate, inUseWithinDays: 14 } });
	expect(await pack.analyzer.remediate(client(others, { stack: "prod" }))).toEqual([
		{
			policy: "require-deletion-guard",
			properties: { ...others, deletionGuard: { inUseWithinDays: 14 } },
			diagnostic: "",
		},
	]);
});

test("two remediations of one client are both done", async () => {
	await pack.configure({ "limit-token-life": remediate, "require-deletion-guard": remediate });
	const done = await pack.analyzer.remediate(client({ accessTokenValiditySeconds: 172_800 }, { stack: "prod" }));
	expect(done.map(({ policy }) => policy)).toEqual(["limit-token-life", "require-deletion-guard"]);
	expect(done.at(-1)?.properties).toEqual({
		name: "App",
		accessTokenValiditySeconds: 86_400,
		deletionGuard: { inUseWithinDays: 7 },
	});
});

test("a pair is remediated like a client", async () => {
	await pack.configure({ "limit-token-life": remediate, "require-deletion-guard": remediate });
	const done = await pack.analyzer.remediate(
		pair({ ...others, accessTokenValiditySeconds: 172_800 }, { stack: "prod" }),
	);
	expect(done.at(-1)?.properties).toEqual({
		...others,
		accessTokenValiditySeconds: 86_400,
		deletionGuard: { inUseWithinDays: 7 },
	});
});

test("what keeps the rules, is excepted, isn't known or is no client stays as it is", async () => {
	await pack.configure({
		"limit-token-life": { ...remediate, except: ["scim"] },
		"require-deletion-guard": remediate,
	});
	for (const untouched of [
		goodClient({ accessTokenValiditySeconds: 300 }),
		goodClient({ deletionGuard: { inUseWithinDays: 30 } }, { stack: "prod" }),
		goodClient({}, { stack: "prod", protect: true }),
		goodClient({ accessTokenValiditySeconds: 38_880_000 }, { name: "scim" }),
		goodClient({ accessTokenValiditySeconds: unknownValue }),
		goodClient({ deletionGuard: unknownValue }, { stack: "prod" }),
		goodPair({ deletionGuard: { inUseWithinDays: 30 } }, { stack: "prod" }),
		resource("pulumi-nodejs:dynamic:Resource", { accessTokenValiditySeconds: 172_800 }, { stack: "prod" }),
	]) {
		expect(await pack.analyzer.remediate(untouched)).toEqual([]);
	}
});

test("a rule without a remedy is mandatory at the level remediate", async () => {
	const rules = ["no-implicit-grant", "require-secret-rotation"];
	await pack.configure(Object.fromEntries(rules.map((rule) => [rule, remediate])));
	expect(await pack.analyzer.remediate(client({ authorizedGrantType: "TOKEN" }))).toEqual([]);
	expect(await pack.analyzer.analyze(goodClient({ authorizedGrantType: "TOKEN" }))).toMatchObject([
		{ policy: "no-implicit-grant", level: "mandatory" },
	]);
	expect(await pack.analyzer.analyze(goodPair({ rotation: { periodDays: 365 } }))).toMatchObject([
		{ level: "mandatory" },
	]);
});
