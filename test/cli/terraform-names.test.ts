import { expect, test } from "vitest";
import { terraformNames } from "../../cli/export/terraform-names";

const state = {
	clients: [
		{ id: "a", name: "crm", clientSecret: "secret of a" },
		{ id: "b", name: "wiki", clientSecret: undefined },
	],
	credentials: [
		{ id: "1", name: "whole.credential", fields: { clientId: "a", clientSecret: "secret of a" } },
		{ id: "2", name: "more.credential", fields: { clientId: "a", clientSecret: "secret of a", region: "eu" } },
		{ id: "3", name: "older.credential", fields: { clientId: "a", clientSecret: "an older one" } },
		{ id: "4", name: "untold.credential", fields: { clientId: undefined, clientSecret: undefined } },
		{ id: "5", name: "half.credential", fields: { clientId: "b", clientSecret: undefined } },
		{ id: "6", name: "tickets.credential", fields: { userName: "u", password: "p", tenant: "" } },
	],
	roles: new Map<string, string>(),
	divisions: new Map<string, string>(),
};

test("a credential takes both of its values from a client only if it has nothing else than that client's id and secret", () => {
	expect(terraformNames(state).contained).toEqual(new Map([["1", "a"]]));
});

test("a secret is asked for wherever something isn't public, is unknown, or isn't a client's own; nothing is for what is empty", () => {
	expect(terraformNames(state).secrets).toEqual([
		{ key: "crmClientSecret", value: "secret of a" },
		{ key: "moreCredentialClientSecret", value: "secret of a" },
		{ key: "moreCredentialRegion", value: "eu" },
		{ key: "olderCredentialClientSecret", value: "an older one" },
		{ key: "untoldCredentialClientId", value: undefined },
		{ key: "untoldCredentialClientSecret", value: undefined },
		{ key: "halfCredentialClientSecret", value: undefined },
		{ key: "ticketsCredentialUserName", value: "u" },
		{ key: "ticketsCredentialPassword", value: "p" },
	]);
});
