import { describe, expect, test } from "vitest";
import type { Resource } from "./support/analyzer-process";
import { eachPack } from "./support/each-pack";
import { client, goodClient, goodPair, unknownValue } from "./support/resources";

const pack = eachPack();

const told = (rule: string, what: string) => ({
	policy: rule,
	level: "advisory",
	message: `can't run policy '${rule}' from policy pack 'genesyscloud-oauth@v0.1.0' during preview: ${what} isn't known yet; pulumi up checks it again`,
});

/** Everything that a preview may not know, with the rules that then can't be judged. */
const unknowns: Record<string, [resource: Resource, rules: string[]]> = {
	name: [goodClient({ name: unknownValue }), []],
	authorizedGrantType: [goodClient({ authorizedGrantType: unknownValue }), ["no-implicit-grant", "no-password-grant"]],
	description: [goodClient({ description: unknownValue }), ["require-owner"]],
	accessTokenValiditySeconds: [goodClient({ accessTokenValiditySeconds: unknownValue }), ["limit-token-life"]],
	registeredRedirectUri: [goodClient({ registeredRedirectUri: unknownValue }), ["require-https-redirect-uris"]],
	scope: [goodClient({ scope: unknownValue }), ["no-broad-scopes", "limit-scopes"]],
	roleDivisions: [goodClient({ roleDivisions: unknownValue }), ["no-roles-in-every-division"]],
	secretRotation: [goodClient({ secretRotation: unknownValue }), ["require-secret-rotation"]],
	deletionGuard: [goodClient({ deletionGuard: unknownValue }, { stack: "prod" }), ["require-deletion-guard"]],
};

test.each(Object.keys(unknowns))("%s that isn't known is no violation, and is told of", async (property) => {
	const [resource, rules] = unknowns[property]!;
	expect(await pack.analyzer.analyze(resource)).toEqual(rules.map((rule) => told(rule, property)));
});

test("what no rule reads may be unknown without a word", async () => {
	const properties = {
		adopt: unknownValue,
		secretSink: unknownValue,
		timeouts: unknownValue,
		connection: unknownValue,
		deletionGuard: { inUseWithinDays: unknownValue },
		roleDivisions: [{ roleId: unknownValue, divisionId: "d" }],
		secretRotation: { maxAgeDays: 30, rotateWhenChanged: unknownValue },
	};
	expect(await pack.analyzer.analyze(goodClient(properties, { stack: "prod" }))).toEqual([]);
});

test("a rule whose outcome doesn't hang on the unknown value says nothing of it", async () => {
	const rotated = goodClient({ authorizedGrantType: unknownValue, secretRotation: { maxAgeDays: 30 } });
	expect((await pack.analyzer.analyze(rotated)).map(({ policy }) => policy)).not.toContain("require-secret-rotation");
	const guarded = goodClient({ deletionGuard: unknownValue }, { stack: "prod", protect: true });
	expect(await pack.analyzer.analyze(guarded)).toEqual([]);
	const few = goodClient({ scope: ["routing:readonly", unknownValue] });
	expect((await pack.analyzer.analyze(few)).map(({ policy }) => policy)).toEqual(["no-broad-scopes"]);
});

const found = async (resource: Resource) =>
	(await pack.analyzer.analyze(resource)).map(({ policy, level }) => `${policy}: ${level}`);
const foundBy = async (rule: string, resource: Resource) =>
	(await pack.analyzer.analyze(resource)).filter(({ policy }) => policy === rule);
const named = (name: string, its: string) => client({ name: its }, { name });

describe("what is known of a list is judged all the same", () => {
	test("a wrong redirect URI beside an unknown one is a violation", async () => {
		const uris = ["http://app.example.com/#", unknownValue];
		expect(await found(goodClient({ registeredRedirectUri: uris }))).toEqual([
			"require-https-redirect-uris: mandatory",
			"no-fragment-redirect-uris: mandatory",
		]);
	});

	test("a broad scope beside an unknown one is a violation", async () => {
		expect(await found(goodClient({ scope: [unknownValue, "users"] }))).toEqual(["no-broad-scopes: advisory"]);
		expect(await pack.analyzer.analyze(goodClient({ scope: [unknownValue, "users"] }))).toMatchObject([
			{ message: expect.stringContaining("allow writing: users.") as string },
		]);
	});

	test("a role in every division beside unknown ones is a violation", async () => {
		const roleDivisions = [unknownValue, { roleId: "a", divisionId: unknownValue }, { roleId: "b", divisionId: "*" }];
		expect(await pack.analyzer.analyze(goodClient({ roleDivisions }))).toMatchObject([
			{ policy: "no-roles-in-every-division", message: expect.stringMatching(/^One role is granted/) as string },
		]);
		expect(await pack.analyzer.analyze(goodClient({ roleDivisions: roleDivisions.slice(0, 2) }))).toEqual([
			told("no-roles-in-every-division", "roleDivisions"),
		]);
	});

	test("too many known scopes are a violation, too many with unknown ones aren't yet", async () => {
		const scope = Array.from({ length: 20 }, (_, index) => `scope-${index}`);
		expect(await foundBy("limit-scopes", goodClient({ scope: [...scope, unknownValue] }))).toEqual([
			told("limit-scopes", "scope"),
		]);
		// Two unknown ones may be one.
		expect(await foundBy("limit-scopes", goodClient({ scope: [...scope, unknownValue, unknownValue] }))).toEqual([
			told("limit-scopes", "scope"),
		]);
		expect(await foundBy("limit-scopes", goodClient({ scope: [...scope, "one-more", unknownValue] }))).toMatchObject([
			{ message: expect.stringMatching(/^The client has more than 20/) as string },
		]);
	});
});

test("rotations whose period isn't known are told of", async () => {
	for (const rotation of [unknownValue, { periodDays: unknownValue }])
		expect(await pack.analyzer.analyze(goodPair({ rotation }))).toEqual([told("require-secret-rotation", "rotation")]);
	const rotation = { periodDays: 30, startingAt: unknownValue };
	expect(await pack.analyzer.analyze(goodPair({ rotation }))).toEqual([]);
});

test("an unknown name of a pair is told of", async () => {
	const unknown = goodPair({ name: unknownValue }, { name: "b" });
	expect(await pack.analyzer.analyzeStack([named("a", "CRM"), unknown])).toEqual([
		told("require-unique-names", "name of b"),
	]);
});

test("an unknown name is told of with its client, and the known ones are compared", async () => {
	const unknown = named("b", unknownValue);
	expect(await pack.analyzer.analyzeStack([named("a", "CRM"), unknown, named("c", "Wiki")])).toEqual([
		told("require-unique-names", "name of b"),
	]);
	expect(await pack.analyzer.analyzeStack([named("a", "CRM"), unknown, named("c", "CRM")])).toMatchObject([
		{ level: "mandatory", message: expect.stringMatching(/^a has the same name/) as string },
		told("require-unique-names", "name of b"),
	]);
});
