import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { expect, test } from "vitest";
import * as rules from "../../policy/index";
import type { Resource } from "./support/analyzer-process";
import { eachPack } from "./support/each-pack";
import { client, goodClient, goodPair, pair, resource, secret } from "./support/resources";

const pack = eachPack();

/** Everything that a client could do wrong. */
const wrong = {
	name: "CRM",
	authorizedGrantType: "TOKEN",
	description: "",
	accessTokenValiditySeconds: 38_880_000,
	registeredRedirectUri: ["http://10.0.0.1/*#"],
	scope: ["all", "users"],
	roleDivisions: [{ roleId: "a", divisionId: "*" }],
};
const others: Resource[] = [
	"pulumi:pulumi:Stack",
	"pulumi:providers:pulumi-nodejs",
	"pulumi-nodejs:dynamic:Resource",
	"pulumi-nodejs:dynamic/genesyscloud:Something",
	"genesyscloud:index:RotatingOAuthClient",
	"genesyscloud:index/oauthClient:OauthClient",
	"aws:s3/bucket:Bucket",
].flatMap((type) => ["one", "two"].map((name) => resource(type, wrong, { name, stack: "prod" })));

test("resources of other types are passed over, whatever they hold", async () => {
	for (const other of others) expect(await pack.analyzer.analyze(other)).toEqual([]);
	expect(await pack.analyzer.analyzeStack(others)).toEqual([]);
	await pack.configure({
		"limit-token-life": { enforcementLevel: "remediate" },
		"require-deletion-guard": { enforcementLevel: "remediate" },
	});
	for (const other of others) expect(await pack.analyzer.remediate(other)).toEqual([]);
});

test.each([
	["client", goodClient, 1],
	["pair", goodPair, 2],
])("a %s is found among other resources", async (_, good, violations) => {
	const found = ["a", "b"].map((name) => good({}, { name }));
	expect(await pack.analyzer.analyzeStack([...others, ...found])).toHaveLength(violations);
});

test("a client that the program only reads is passed over", async () => {
	const read = { ...client({}, { stack: "prod" }), properties: {} };
	expect(await pack.analyzer.analyze(read)).toEqual([]);
	await pack.configure({ "limit-token-life": { enforcementLevel: "remediate", maxSeconds: 300 } });
	const properties = { __provider: "exports.handler", __owner: "urn", clientSecret: null, unmanagedSettings: null };
	expect(await pack.analyzer.remediate({ ...read, properties })).toEqual([]);
	const ofPair = {
		__provider: "exports.handler",
		__owner: "urn",
		clientSecret: null,
		previousClientSecret: null,
		clientStates: null,
	};
	expect(await pack.analyzer.remediate({ ...pair({}, { stack: "prod" }), properties: ofPair })).toEqual([]);
});

test("an empty stack breaks no rule", async () => {
	expect(await pack.analyzer.analyzeStack([])).toEqual([]);
});

test("no message holds a value of a client but grants and scopes", async () => {
	const marked = {
		name: secret("marker-name"),
		authorizedGrantType: secret("PASSWORD"),
		description: secret("marker-description"),
		accessTokenValiditySeconds: secret(1_234_567),
		registeredRedirectUri: secret([
			"http://user:marker-password@10.9.8.7/marker-path/*?marker-query#marker-fragment",
			"https://*.marker-host.example.com/",
			"marker-scheme:/x",
		]),
		scope: secret(["users", "marker-scope"]),
		roleDivisions: secret([{ roleId: "marker-role", divisionId: "*" }]),
		secretRotation: secret({ maxAgeDays: 2_345_678, rotateWhenChanged: { key: "marker-value" } }),
		connection: secret({ region: "marker-region" }),
		clientSecret: secret("marker-secret"),
	};
	const [one, two] = ["a", "b"].map((name) => client(marked, { name, stack: "prod" })) as [Resource, Resource];
	const rotation = { periodDays: secret(1_234_567), rotateWhenChanged: secret({ key: "marker-value" }) };
	const crm = pair(
		{ ...marked, rotation, previousClientSecret: secret("marker-secret") },
		{ name: "c", stack: "prod" },
	);
	const found = [
		...(await pack.analyzer.analyze(one)),
		...(await pack.analyzer.analyzeStack([one, two, crm, { ...crm, name: "d" }])),
		...(await pack.analyzer.analyze(crm)),
	];
	expect(new Set(found.map(({ policy }) => policy)).size).toBeGreaterThan(9);
	expect(found.filter(({ message }) => /marker|1234567|2345678|10\.9\.8\.7/.test(message))).toEqual([]);
	expect(pack.analyzer.output()).toBe("");
});

const report = () => {};

/** Properties that note which of them are read. */
function noting(properties: Record<string, unknown>, read: Set<string>): Record<string, unknown> {
	return new Proxy(properties, {
		get: (target, name) => {
			if (typeof name === "string") read.add(name);
			return target[name as string];
		},
	});
}

test("no rule reads the client's secret, or the provider's configuration", async () => {
	const read = new Set<string>();
	const { urn, name } = client({}, { stack: "prod" });
	const common = { isType: () => true, getConfig: () => ({}), notApplicable: () => expect.unreachable() };
	const argsOf = (type: string) => ({
		...common,
		type,
		urn,
		name,
		props: noting({ ...wrong, clientSecret: "a secret", previousClientSecret: "another", clientStates: {} }, read),
		opts: { protect: false },
		// Its name tells two organizations apart.
		provider: noting({ name: "default", props: {}, urn: "" }, read),
	});
	for (const managed of ["OAuthClient", "RotatingOAuthClient", "IntegrationCredential"]) {
		const args = argsOf(`pulumi-nodejs:dynamic/genesyscloud:${managed}`) as unknown as ResourceValidationArgs &
			PolicyResource;
		const stack = { ...common, resources: [args, args] } as unknown as StackValidationArgs;
		for (const make of Object.values(rules)) {
			const rule = make();
			if ("validateStack" in rule) await rule.validateStack(stack, report);
			else for (const validate of [rule.validateResource ?? []].flat()) await validate(args, report);
		}
	}
	expect([...read].toSorted()).toEqual([
		"accessTokenValiditySeconds",
		"authorizedGrantType",
		"clientId",
		"clients",
		"connection",
		"deletionGuard",
		"description",
		"name",
		"plainFields",
		"registeredRedirectUri",
		"roleDivisions",
		"rotation",
		"scope",
		"secretRotation",
	]);
});
