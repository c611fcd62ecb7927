import { describe, expect, test } from "vitest";
import { ROLE_IDS } from "../../simulator";
import { secretOf, start } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

describe("invoke", () => {
	test("runs a lookup", async () => {
		const { invoke } = await start();
		expect(await invoke("getAuthorizationRole", { name: "employee" })).toMatchObject({ id: ROLE_IDS.employee });
	});

	test("takes the lists that the schema has where the npm package also takes one value", async () => {
		const { invoke } = await start();
		const names = async (state: string[]) => {
			const filters = { authorizedGrantType: ["CLIENT-CREDENTIALS", "CODE"], state };
			const { clients } = (await invoke("getOAuthClients", filters)) as { clients: { name: string }[] };
			return clients.map(({ name }) => name);
		};
		expect(await names(["active", "inactive"])).toEqual(["Administrator"]);
		expect(await names(["disabled"])).toEqual([]);
	});

	test("marks all that it found by a secret argument, and hides that in its error", async () => {
		const { invoke } = await start();
		expect(await invoke("getAuthorizationRole", { name: secretOf("employee") })).toMatchObject({
			id: secretOf(ROLE_IDS.employee),
		});
		const { details } = await failureOf(invoke("getOAuthClient", { name: secretOf("hidden-name-of-it") }));
		expect(details).toContain("looking up OAuth client");
		expect(details).not.toContain("hidden-name-of-it");
	});

	test("of a function that it doesn't have fails", async () => {
		const { invoke } = await start();
		expect((await failureOf(invoke("getNothing", {}))).details).toContain("genesyscloud-oauth has no function");
	});
});
