import { expect, test } from "vitest";
import { type ClientFilter, selectClients, selectCredentials } from "../../cli/export/selection";
import type { OAuthClient } from "../../provider/api/models";

const context = { ownClientId: undefined, includeOwn: false, managed: new Map<string, string>(), terraform: undefined };
const client = (name: string, more: Partial<OAuthClient> = {}) =>
	({ id: name, name, authorizedGrantType: "CODE", state: "active", ...more }) as OAuthClient;
const all = [
	client("CRM sync"),
	client("Old CRM sync"),
	client("CRM sync 2"),
	client("C.M"),
	client("Gone", { state: "deleted" }),
];
const selected = (filter: ClientFilter) => selectClients(all, filter, context).selected.map(({ name }) => name);

test("a name is the whole name, in which only * means any text", () => {
	expect(selected({ name: ["CRM sync"] })).toEqual(["CRM sync"]);
	expect(selected({ name: ["*sync"] })).toEqual(["CRM sync", "Old CRM sync"]);
	expect(selected({ name: ["C.M*", "Old*"] })).toEqual(["Old CRM sync", "C.M"]);
	const credentials = all.map(({ id, name }) => ({ id, name }));
	expect(selectCredentials(credentials, { name: ["CRM*"] }, context).selected.map(({ name }) => name)).toEqual([
		"CRM sync",
		"CRM sync 2",
	]);
});

test("a deleted client, which the API may list, is neither selected nor left out for a reason", () => {
	expect(selectClients(all, {}, context).leftOut).toEqual([]);
	expect(selected({})).not.toContain("Gone");
});
