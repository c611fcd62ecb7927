import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { regions } from "../../provider/api";
import { settingVariables } from "../../provider/setting-places";
import { version } from "../../provider/api/version";
import schema from "../../plugin/schema.json";
import { blocksOf } from "../documentation";

const configuration = readFileSync("docs/configuration.md", "utf8");

test("whoever gives the repository an owner in package.json is told of the other places", () => {
	const { repository, homepage, bugs } = JSON.parse(readFileSync("package.json", "utf8")) as {
		repository: { url: string };
		homepage: string;
		bugs: string;
	};
	const address = repository.url.replaceAll(/^git\+|\.git$/g, "");
	expect([homepage, bugs]).toEqual([`${address}#readme`, `${address}/issues`]);
	expect(readFileSync(".github/ISSUE_TEMPLATE/config.yml", "utf8")).toContain(` ${address}/security/policy\n`);
});

test("the picture of the demo is small, loads nothing, and shows the whole table", () => {
	const picture = readFileSync("docs/demo.svg", "utf8");
	expect(picture.length).toBeLessThan(40_000);
	expect(picture).not.toMatch(/href|url\(|@import|<script/);
	const steps = readFileSync("tools/demo/steps.mjs", "utf8").match(/\bstep: "/g);
	expect(picture.match(/✓/g)).toHaveLength(steps?.length ?? 0);
});

test("every setting is in docs/configuration.md with its variable and its key, and nothing else is", () => {
	const told = [...configuration.matchAll(/^\| `(GENESYSCLOUD_\w+)`\s*\| `(genesyscloud:\w+)`/gm)];
	expect(told.map(([, variable, key]) => ({ variable, key })).toSorted(byVariable)).toEqual(
		Object.entries(settingVariables)
			.map(([name, variable]) => ({ variable, key: `genesyscloud:${name}` }))
			.toSorted(byVariable),
	);
});

const byVariable = (a: { variable?: string | undefined }, b: { variable?: string | undefined }) =>
	(a.variable ?? "").localeCompare(b.variable ?? "");

test("every region is in docs/configuration.md with its domain", () => {
	const told = [...configuration.matchAll(/`([a-z]+-[a-z-]+-\d)`\s+\(([\w.-]+)\)/g)].map(([, name, domain]) => [
		name,
		domain,
	]);
	expect(Object.fromEntries(told)).toEqual(regions);
});

test("docs and examples name the tarball of this version, and the changelog has a section for it", () => {
	for (const file of [
		"README.md",
		"docs/getting-started.md",
		"docs/installation-configuration.md",
		"docs/policy.md",
		...globSync("examples/{javascript,pipeline,quickstart}/{README.md,package.json}"),
	]) {
		const told = [...readFileSync(file, "utf8").matchAll(/pulumi-genesyscloud-oauth-([\d.]+)\.tgz/g)];
		expect(new Set(told.map(([, number]) => number))).toEqual(new Set([version]));
	}
	expect(readFileSync("CHANGELOG.md", "utf8")).toMatch(new RegExp(`^## \\[${version}\\]`, "m"));
});

test("the programs of docs/languages.md are examples of the plugin, and it names the packages that the schema names", () => {
	const files = {
		python: "__main__.py",
		go: "main.go",
		typescript: "index.ts",
		csharp: "Program.cs",
		java: "App.java",
	};
	const blocks = blocksOf("docs/languages.md");
	for (const [language, file] of Object.entries(files)) {
		const first = blocks.find((block) => block.language === language);
		expect(first?.text).toBe(readFileSync(`plugin/examples/OAuthClient/${file}`, "utf8"));
	}
	const { csharp, go, java, nodejs, python } = schema.language;
	const packages = [
		python.packageName,
		go.importBasePath,
		nodejs.packageName,
		`${csharp.rootNamespace}.${csharp.namespaces["genesyscloud-oauth"]}`,
		`${java.basePackage}.genesyscloudoauth`,
	];
	const page = readFileSync("docs/languages.md", "utf8");
	expect(packages.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});
