import { describe, expect, test } from "vitest";
import type { LookupError } from "../../provider/lookups/find/lookup-error";
import { findAuthorization, listAuthorizations } from "../../provider/lookups/find/oauth-authorizations";
import { findScope, listScopes } from "../../provider/lookups/find/oauth-scopes";
import { ROLE_IDS } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

describe("getOAuthScope and getOAuthScopes", () => {
	test("describe scopes in English, or in the language asked for", async () => {
		const { api } = await startSimulatedApi();
		expect(await findScope(() => api, { id: "users:readonly" })).toEqual({
			id: "users:readonly",
			description: "Read users and their profiles.",
			selfUri: "/api/v2/oauth/scopes/users:readonly",
		});
		expect(await findScope(() => api, { id: "users", acceptLanguage: "de" })).toMatchObject({
			description: "Lesen und ändern: Benutzer und ihre Profile.",
		});
		const { scopes } = await listScopes(() => api, { acceptLanguage: "de" });
		expect(scopes.map((scope) => scope.id)).toEqual(scopes.map((scope) => scope.id).toSorted());
		expect(scopes.find((scope) => scope.id === "all")?.description).toBe("Alle Bereiche.");
		expect((await listScopes(() => api, {})).scopes[0]?.description).toMatch(/^Read|^All/);
	});

	test("list scopes by id, in whatever order the API has them", async () => {
		const { api, fault } = await startSimulatedApi();
		const entities = [{ id: "users" }, { id: "all" }, { id: "groups", description: null }];
		fault("GET", paths.scopes, { kind: "status", status: 200, body: { entities } });
		expect((await listScopes(() => api, {})).scopes).toEqual([{ id: "all" }, { id: "groups" }, { id: "users" }]);
	});

	test("a scope like no other comes without a guess", async () => {
		const { api } = await startSimulatedApi();
		const error = await failureOf<LookupError>(findScope(() => api, { id: "zzzzzzzzzzzzzzzz" }));
		expect(error.message).toContain("no scope has this id");
		expect(error.message).not.toContain("did you mean");
	});

	test("a scope that isn't there comes with the nearest that is", async () => {
		const { api } = await startSimulatedApi();
		const error = await failureOf<LookupError>(findScope(() => api, { id: "user:readonly" }));
		expect(error.message).toMatch(
			/^looking up OAuth scope "user:readonly": no scope has this id \(get_oauth_scope failed: 404 not\.found.*did you mean "users:readonly"\?$/,
		);
		expect(error.cause).toMatchObject({ code: "not.found" });
	});
});

describe("getOAuthAuthorization and getOAuthAuthorizations", () => {
	const authorized = "a0740000-0000-4000-8000-000000000003";

	test("tell what a client may do, its description in English or in the language asked for", async () => {
		const { api } = await startSimulatedApi();
		const found = await findAuthorization(() => api, { clientId: authorized });
		expect(found).toMatchObject({
			client: { id: authorized, name: "Wall Board", description: "Shows queues on a screen." },
			state: "Authorized",
			pending: false,
			scope: ["analytics:readonly", "routing:readonly"],
			roles: [ROLE_IDS.employee],
		});
		const german = await findAuthorization(() => api, { clientId: authorized, acceptLanguage: "de" });
		expect(german.client.description).toBe("Zeigt Warteschlangen auf einem Bildschirm.");
	});

	test("list all four states, by the clients' ids", async () => {
		const { api } = await startSimulatedApi();
		const { authorizations } = await listAuthorizations(() => api, { acceptLanguage: "de" });
		expect(authorizations.map(({ state }) => state)).toEqual(["Unauthorized", "Requested", "Authorized", "Revoked"]);
		expect(authorizations.map(({ client }) => client.name)).toEqual([
			"Survey Suite",
			"Shift Planner",
			"Wall Board",
			"Old Dialer",
		]);
		expect(authorizations[0]?.client.description).toBe("Verschickt Umfragen nach einem Gespräch.");
	});

	test("list them by client in whatever order the API has them", async () => {
		const { api, fault } = await startSimulatedApi();
		const entities = ["c", "a", "b"].map((clientId) => ({ client: { id: clientId } }));
		fault("GET", "/api/v2/oauth/authorizations", { kind: "status", status: 200, body: { entities } });
		const { authorizations } = await listAuthorizations(() => api, {});
		expect(authorizations.map(({ client }) => client.id)).toEqual(["a", "b", "c"]);
	});

	test("list one whose client isn't told before the others", async () => {
		const { api, fault } = await startSimulatedApi();
		const entities = [{ client: { id: "a" } }, { state: "Requested" }, { client: { id: "b" } }];
		fault("GET", "/api/v2/oauth/authorizations", { kind: "status", status: 200, body: { entities } });
		const { authorizations } = await listAuthorizations(() => api, {});
		expect(authorizations.map(({ client }) => client.id)).toEqual([undefined, "a", "b"]);
	});

	test("a client's secret, and what isn't told of it, stay out of the result", async () => {
		const { api, fault } = await startSimulatedApi();
		const body = { client: { id: "c", name: "n", secret: "s3cret" }, state: "Requested", pending: true };
		fault("GET", "/api/v2/oauth/authorizations/{clientId}", { kind: "status", status: 200, body });
		expect(await findAuthorization(() => api, { clientId: "c" })).toEqual({
			client: { id: "c", name: "n" },
			state: "Requested",
			pending: true,
			scope: [],
			roles: [],
		});
	});

	test("a client that never asked is told as such", async () => {
		const { api } = await startSimulatedApi();
		const error = await failureOf(findAuthorization(() => api, { clientId: absentId }));
		expect(error.message).toContain(
			`looking up the authorization of OAuth client ${absentId}: this client never requested authorization from the organization`,
		);
	});
});
