import * as proto from "@pulumi/pulumi/proto/provider_pb";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pageOf } from "../../plugin/lists";
import { type Properties, service, start, structOf, unknown } from "./support/engine-calls";
import { failureOf, type PluginProcess } from "./support/plugin-process";

const type = (name: string) => `genesyscloud-oauth:index:${name}`;

/** Lists resources as the engine does. */
async function list(
	{ stream }: PluginProcess,
	name: string,
	query: Properties = {},
	{ limit = 0, pageSize = 0, token = "" } = {},
) {
	const request = new proto.ListRequest();
	request.setToken(type(name));
	request.setQuery(structOf(query));
	request.setLimit(limit);
	request.setPageSize(pageSize);
	request.setContinuationToken(token);
	const responses = await stream<proto.ListResponse>("list", request);
	return {
		results: responses.flatMap((one) => one.getResult()?.toObject() ?? []),
		isComputed: responses.some((one) => one.hasComputed()),
		next: responses.map((one) => one.getContinuation()?.getContinuationToken() ?? "").join(""),
	};
}

async function withClients(...names: string[]) {
	const { plugin, simulator, read } = await start({ seed: { clientsPerPage: 2 } });
	for (const name of names) simulator.organization.addClient({ ...service, name });
	return { plugin, simulator, read };
}

describe("a list", () => {
	test("of clients has all of them, by name, each with an id that an import takes", async () => {
		const { plugin, read, simulator } = await withClients("c", "a", "b");
		const { results, next } = await list(plugin, "OAuthClient");
		expect([results.map(({ name }) => name), next]).toEqual([["Administrator", "a", "b", "c"], ""]);
		const ids = [simulator.administrator.clientId, ...simulator.organization.clients().map(({ id }) => id)];
		expect(results.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
		expect((await read(results[1]?.id ?? "")).inputs).toMatchObject({ name: "a" });
	});

	test("takes the filters of getOAuthClients, and says in one line what is wrong with one", async () => {
		const { plugin, simulator } = await withClients("CRM sync", "CRM import", "Other");
		simulator.organization.addClient({ name: "CRM app", authorizedGrantType: "SAML2-BEARER", scope: ["users"] });
		const query = { namePattern: "CRM*", authorizedGrantType: "CLIENT-CREDENTIALS" };
		const { results } = await list(plugin, "OAuthClient", query);
		expect(results.map(({ name }) => name)).toEqual(["CRM import", "CRM sync"]);
		const { details } = await failureOf(list(plugin, "OAuthClient", { olderThanDays: -1 }));
		expect(details).toBe("looking up OAuth clients: olderThanDays is -1: use a number of at least 0");
	});

	test("of credentials takes a pattern and a type, and shows no field of one", async () => {
		const { plugin, simulator } = await withClients();
		for (const [name, kind] of [
			["b", "basicAuth"],
			["a", "basicAuth"],
			["a", "userDefined"],
		] as const)
			simulator.organization.addCredential({ name, type: kind, fields: { password: "hidden-field" } });
		const { results } = await list(plugin, "IntegrationCredential", { type: "basicAuth", namePattern: "?" });
		expect(results.map(({ name }) => name)).toEqual(["a", "b"]);
		expect(JSON.stringify(results)).not.toContain("hidden-field");
	});

	test("of pairs is refused, since nothing tells which clients are one", async () => {
		const { plugin } = await withClients();
		expect((await failureOf(list(plugin, "RotatingOAuthClient"))).details).toBe(
			"genesyscloud-oauth:index:RotatingOAuthClient can't be listed: use one of OAuthClient, IntegrationCredential",
		);
	});

	test("with a filter that isn't known yet is unknown, without a call", async () => {
		const { plugin, simulator } = await withClients("a");
		const before = simulator.requests.count();
		expect(await list(plugin, "OAuthClient", { namePattern: unknown.string })).toMatchObject({
			results: [],
			isComputed: true,
		});
		expect(simulator.requests.count()).toBe(before);
	});

	test("comes in pages where the engine wants them, up to its limit", async () => {
		const { plugin, simulator } = await withClients("a", "b", "c", "d", "e");
		const query = { namePattern: "?" };
		const first = await list(plugin, "OAuthClient", query, { pageSize: 2, limit: 3 });
		expect(first.results.map(({ name }) => name)).toEqual(["a", "b"]);
		simulator.organization.removeClient(first.results[1]?.id ?? "");
		const second = await list(plugin, "OAuthClient", query, { pageSize: 2, limit: 3, token: first.next });
		expect([second.results.map(({ name }) => name), second.next]).toEqual([["c"], ""]);
	});
});

test("the pages of a list have each result once, and no more than the limit", () => {
	const names = fc.array(fc.constantFrom("a", "b", ""), { maxLength: 12 });
	fc.assert(
		fc.property(names, fc.integer({ min: -1, max: 5 }), fc.integer({ min: -1, max: 14 }), (some, pageSize, limit) => {
			const found = some
				.map((name, index) => ({ id: String.fromCodePoint(97 + index), name }))
				.toSorted((one, other) => `${one.name} ${one.id}`.localeCompare(`${other.name} ${other.id}`, "en"));
			const pages: string[][] = [];
			let token = "";
			do {
				const { page, next } = pageOf(found, { limit, pageSize, token });
				pages.push(page.map(({ id }) => id));
				token = next;
			} while (token !== "");
			expect(pages.flat()).toEqual(found.slice(0, limit < 1 ? found.length : limit).map(({ id }) => id));
			expect(pages.every(({ length }) => pageSize < 1 || length <= pageSize)).toBe(true);
		}),
	);
});
