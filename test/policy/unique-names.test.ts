import { describe, expect, test } from "vitest";
import type { Resource } from "./support/analyzer-process";
import { eachPack } from "./support/each-pack";
import { goodClient, goodPair } from "./support/resources";

const pack = eachPack();

const sameName = (name: string) =>
	`${name} has the same name. Only the ids then distinguish the two clients: people confuse them, and adopt and lookups by name fail. Change the argument name of one of them.`;
const named = (name: string, properties: Record<string, unknown>) => goodClient(properties, { name });

const asClient = (name: string, letter: string) => sameName(name).replace(".", ` as client ${letter}.`);

const namesakes = async (...resources: Resource[]) => {
	const found = await pack.analyzer.analyzeStack(resources);
	return found.map(({ urn, message }) => `${urn?.split("::").at(-1)}: ${message}`);
};

describe("require-unique-names", () => {
	test("passes: clients of different names", async () => {
		const clients = [named("a", { name: "CRM sync (A)" }), named("b", { name: "CRM sync (B)" }), named("c", {})];
		expect(await pack.analyzer.analyzeStack(clients)).toEqual([]);
	});

	test("passes: one name in two organizations", async () => {
		const clients = [named("a", {}), named("b", { connection: { region: "STAGING_REGION" } })];
		expect(await pack.analyzer.analyzeStack(clients)).toEqual([]);
	});

	test("passes: a client that the same program reads as well", async () => {
		const clients = [named("a", { clientId: "one" }), named("b", { clientId: "one" })];
		expect(await pack.analyzer.analyzeStack(clients)).toEqual([]);
	});

	test("fails: clients of one name, whatever order Pulumi gives them in", async () => {
		const clients = [named("c", {}), named("a", { clientId: "one" }), named("b", { clientId: "two" })];
		for (const resources of [clients, clients.toReversed()]) {
			expect(await pack.analyzer.analyzeStack(resources)).toEqual(
				["b", "c"].map((name) => ({
					policy: "require-unique-names",
					level: "mandatory",
					message: sameName("a"),
					urn: named(name, {}).urn,
				})),
			);
		}
	});

	test("passes: a pair beside a client of the pair's own name, which neither of its clients has", async () => {
		expect(await namesakes(goodPair({ name: "CRM" }, { name: "a" }), named("b", { name: "CRM" }))).toEqual([]);
	});

	test("fails: a client that is named like a client of a pair", async () => {
		const crm = goodPair({ name: "CRM" }, { name: "crm" });
		expect(await namesakes(crm, named("d", { name: "CRM (B)" }))).toEqual([`crm: ${asClient("d", "B")}`]);
		const below = named("d", { name: "CRM (B)" });
		const child = { ...below, urn: below.urn.replace(below.type, `z:index:Component$${below.type}`) };
		expect(await namesakes(crm, child)).toEqual([`d: ${sameName("Client B of crm")}`]);
	});

	test("fails: two pairs of one name, for each of their clients", async () => {
		const pairs = ["a", "b"].map((name) => goodPair({}, { name }));
		expect(await namesakes(...pairs)).toEqual([
			`b: ${asClient("Client A of a", "A")}`,
			`b: ${asClient("Client B of a", "B")}`,
		]);
	});

	test("passes: a client of a pair that the same program reads as well", async () => {
		const clients = { a: { clientId: "one" }, b: { clientId: "two" } };
		const crm = goodPair({ name: "CRM", clients }, { name: "crm" });
		expect(await namesakes(crm, named("z", { name: "CRM (B)", clientId: "two" }))).toEqual([]);
		expect(await namesakes(crm, named("z", { name: "CRM (B)", clientId: "one" }))).toHaveLength(1);
	});

	test("passes with two providers of the plugin, which lead to two organizations; fails with one", async () => {
		const one = { ...named("a", {}), provider: "eu" };
		const other = { ...named("b", {}), provider: "eu" };
		expect(await namesakes(one, { ...other, provider: "us" })).toEqual([]);
		expect(await namesakes(one, other)).toEqual([`b: ${sameName("a")}`]);
	});

	test("fails: one name in one other organization", async () => {
		const connection = { region: "STAGING_REGION", accessToken: "STAGING_TOKEN" };
		const other = { accessToken: "STAGING_TOKEN", region: "STAGING_REGION" };
		const found = await pack.analyzer.analyzeStack([named("a", { connection }), named("b", { connection: other })]);
		expect(found).toMatchObject([{ message: sameName("a") }]);
	});
});
