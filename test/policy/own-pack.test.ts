import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as rules from "../../policy/index";
import { eachPack } from "./support/each-pack";
import { client, goodClient } from "./support/resources";

const directory = mkdtempSync(join(tmpdir(), "oauth-policy-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** Makes a pack with these rules, as somebody else would. */
function ownPack(name: string, policies: string): string {
	const folder = join(directory, name);
	mkdirSync(folder);
	symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"), "junction");
	writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
	writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "3.2.1" }));
	const imports =
		'const { PolicyPack } = require("@pulumi/policy");\nconst oauth = require("pulumi-genesyscloud-oauth/policy");\n';
	writeFileSync(join(folder, "index.js"), `${imports}new PolicyPack("${name}", { policies: [${policies}] });\n`);
	return folder;
}

test("each rule is a factory, named as its policy is", () => {
	for (const [factory, make] of Object.entries(rules)) {
		expect(make().name).toBe(factory.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
	}
});

describe("a pack of one's own", () => {
	const pack = eachPack(() =>
		ownPack(
			"acme",
			`oauth.noImplicitGrant({ enforcementLevel: "advisory", except: ["old"] }),
oauth.limitTokenLife({ maxSeconds: 3600, enforcementLevel: "remediate" }),
oauth.requireUniqueNames({ except: ["a"] })`,
		),
	);

	test("has only its rules, and what their factories were given are its defaults", async () => {
		const { name, version, policies } = await pack.analyzer.info();
		expect({ name, version }).toEqual({ name: "acme", version: "3.2.1" });
		expect(policies.map(({ name: policy, level }) => ({ policy, level }))).toEqual([
			{ policy: "no-implicit-grant", level: "advisory" },
			{ policy: "limit-token-life", level: "remediate" },
			{ policy: "require-unique-names", level: "mandatory" },
		]);
		expect(policies[0]?.options["except"]?.default).toEqual(["old"]);
		expect(policies[1]?.options["maxSeconds"]?.default).toBe(3600);
	});

	test("judges by them", async () => {
		expect(await pack.analyzer.analyze(goodClient({ authorizedGrantType: "TOKEN" }))).toMatchObject([
			{ policy: "no-implicit-grant", level: "advisory" },
			{ policy: "limit-token-life", level: "mandatory" },
		]);
		expect(await pack.analyzer.remediate(client({ authorizedGrantType: "TOKEN" }, { name: "old" }))).toMatchObject([
			{ properties: { accessTokenValiditySeconds: 3600 } },
		]);
		expect(await pack.analyzer.analyzeStack(["a", "b"].map((name) => goodClient({}, { name })))).toEqual([]);
	});

	test("is overruled by its configuration", async () => {
		await pack.configure({ "limit-token-life": { maxSeconds: 100_000 }, "no-implicit-grant": { except: [] } });
		expect(await pack.analyzer.analyze(goodClient({ authorizedGrantType: "TOKEN" }, { name: "old" }))).toMatchObject([
			{ policy: "no-implicit-grant" },
		]);
	});
});

const unconfiguredPack = () => ownPack("unconfigured", "oauth.limitTokenLife({ maxSeconds: 3600 })");

describe("a pack that nobody configures", () => {
	const pack = eachPack(unconfiguredPack);

	test("goes by what the factory was given", async () => {
		await pack.analyzer.configure({});
		expect(await pack.analyzer.analyze(client({ accessTokenValiditySeconds: 3600 }))).toEqual([]);
		expect(await pack.analyzer.analyze(client({ accessTokenValiditySeconds: 3601 }))).toMatchObject([
			{ level: "mandatory" },
		]);
	});
});

test("the pack's package.json has a version of its own and leads to what is built", () => {
	const manifest = JSON.parse(readFileSync("policy/package.json", "utf8")) as Record<string, unknown>;
	expect(manifest).toMatchObject({ private: true, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string });
	expect(manifest["main"]).toBe("../dist/policy/pack.js");
});
