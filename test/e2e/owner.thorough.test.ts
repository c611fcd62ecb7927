import { delimiter, join } from "node:path";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { idsInState, languages, replaced, withAdopted, withNew, yaml } from "./support/owner-stacks";
import { idsIn, urnOf } from "./support/seam-stacks";
import { pluginDirectory } from "../plugin-program";
import { yamlWebApp } from "./support/yaml-clients";

const startStack = eachStack();
const token = "genesyscloud-oauth:index:OAuthClient";

describe.each(languages)("in $name a copy of a resource that has adopted its client", (language) => {
	const conflict = "two resources of this stack would manage OAuth client";

	test("is refused after it, in the preview already", async () => {
		const { stack, id, adopting } = await withAdopted(startStack, language);
		language.declare(stack, { a: adopting(), b: adopting(language.after("a")) });
		for (const command of ["preview", "up"] as const)
			expect(await stack.fails(command)).toContain(`${conflict} (${id}): a and b`);
		expect(idsIn(stack)).toEqual([id]);
		const [ofA, ofB] = await idsInState(stack, "a", "b");
		expect(ofA).toBe(id);
		// JavaScript registers both at once: the copy may have come first, and then stays in state until it leaves the program.
		expect(language === yaml ? [undefined] : [undefined, id]).toContain(ofB);
	});

	test("is refused before it, in the preview already; after an up without preview the copy can go", async () => {
		const { stack, id, adopting } = await withAdopted(startStack, language);
		language.declare(stack, { b: adopting(), a: adopting(language.after("b")) });
		for (const command of ["preview", "up"] as const)
			expect(await stack.fails(command)).toContain(`${conflict} (${id}): a and b`);
		expect(idsIn(stack)).toEqual([id]);
		const [copy] = await idsInState(stack, "b");
		expect(language === yaml ? [id] : [undefined, id]).toContain(copy);
		language.declare(stack, { a: adopting() });
		const { output } = await stack.run("up");
		expect(output.includes("wasn't deleted; only this entry was removed from state")).toBe(copy === id);
		expect(idsIn(stack)).toEqual([id]);
		expect(await idsInState(stack, "a", "b")).toEqual([id, undefined]);
	});
});

describe("the import of a client of this stack under another name", () => {
	test("with pulumi import leaves the client when its first resource goes, and says so", async () => {
		const { stack, id } = await withNew(startStack, yaml);
		const { code } = await stack.pulumi("import", token, "b", id, "--yes", "--protect=false", "--generate-code=false");
		expect(code).toBe(0);
		yaml.declare(stack, { a: service(), b: service() });
		expect(await stack.fails("preview")).toContain(`two resources of this stack would manage OAuth client (${id})`);
		yaml.declare(stack, { b: service() });
		const { output } = await stack.run("up");
		expect(output).toContain("wasn't deleted; only this entry was removed from state");
		expect(idsIn(stack)).toEqual([id]);
		expect(await idsInState(stack, "a", "b")).toEqual([undefined, id]);
	});

	test("with the option import leaves it too", async () => {
		const { stack, id } = await withNew(startStack, yaml);
		yaml.declare(stack, { b: { ...service(), opts: { import: id } } });
		const { output } = await stack.run("up");
		expect(output).toContain("wasn't deleted; only this entry was removed from state");
		expect(idsIn(stack)).toEqual([id]);
		expect(await idsInState(stack, "a", "b")).toEqual([undefined, id]);
	});
});

test.each(languages)(
	"in $name a client renamed in the program on its first day is refused by its former resource's name, and kept with an alias",
	async ({ declare, alias }) => {
		const { stack, id } = await withNew(startStack, { declare });
		const urn = await urnOf(stack, "a");
		declare(stack, { b: service() });
		const output = await stack.fails("up");
		expect(output).toContain("under the resource a");
		expect(output).toContain('aliases: [{ name: "a" }]');
		expect(output).toContain(`in YAML aliases: ["${urn}"]`);
		expect(idsIn(stack)).toEqual([id]);
		declare(stack, { b: { ...service(), opts: { aliases: [alias(urn, "a")] } } });
		expect((await stack.run("up")).calls).toEqual([]);
		expect((await idsInState(stack, "b"))[0]).toBe(id);
	},
);

describe.each([
	{ language: "YAML", kind: "new", how: "--replace" },
	{ language: "YAML", kind: "new", how: "pulumi state taint" },
	{ language: "YAML", kind: "adopted", how: "pulumi state taint" },
	{ language: "JavaScript", kind: "new", how: "pulumi state taint" },
	{ language: "JavaScript", kind: "adopted", how: "--replace" },
] as const)("in $language a client that is $kind", ({ language, kind, how }) => {
	test(`is replaced by ${how} on its first day with a new one, without a question`, async () => {
		const declare = languages.find(({ name }) => name === language)?.declare ?? yaml.declare;
		const { former, id, ids, works, more } = await replaced(startStack, { declare }, kind, how);
		expect(id).not.toBe(former);
		expect([ids.includes(String(id)), ids.includes(String(former)), works]).toEqual([true, false, true]);
		expect(more).toEqual([]);
	});
});

test("where Pulumi's command isn't on PATH, --replace of an adopted client adopts it again, says so, and loses nothing", async () => {
	const { stack, id } = await withAdopted(startStack, yaml);
	const places = (stack.environment["PATH"] ?? "").split(delimiter);
	stack.environment["PATH"] = places.filter((place) => !existsSync(join(place, "pulumi"))).join(delimiter);
	const { output } = await stack.run("up", "--replace", await urnOf(stack, "a"));
	expect(output).toContain("this run adopted it again");
	expect(idsIn(stack)).toEqual([id]);
	expect(await idsInState(stack, "a")).toEqual([id]);
});

test("pulumi do ... patch of what replaces a client is refused", async () => {
	const stack = await startStack();
	stack.declareYaml({ resources: { app: yamlWebApp() } });
	await stack.run("up");
	const [before] = stack.simulator.organization.clients();
	stack.write("change.pp", 'authorizedGrantType = "SAML2-BEARER"\n');
	const plugin = join(pluginDirectory, "pulumi-resource-genesyscloud-oauth");
	const patch = ["patch", String(before?.id), "--input", "pcl", "--input-file", "change.pp", "--yes"];
	const { code, output } = await stack.pulumi("do", "--package", plugin, "--stateless", token, ...patch);
	expect(code).not.toBe(0);
	expect(output).toContain("a change of authorizedGrantType replaces the client, so it can't be updated");
	expect(stack.simulator.organization.clients()).toEqual([before]);
});
