import { expect, test } from "vitest";
import { validateOAuthClient } from "../../provider";
import { service } from "./check-program";

test("arguments that are right have no mistakes", async () => {
	expect(await validateOAuthClient(service)).toEqual([]);
});

test("every mistake is told at once, with the path of its argument and without its value", async () => {
	const found = await validateOAuthClient({ ...service, name: "", scopes: ["hidden"], roleDivisions: [{ roleId: 7 }] });
	expect(found.map(({ property }) => property).toSorted()).toEqual(["name", "roleDivisions[0].roleId", "scopes"]);
	expect(found.find(({ property }) => property === "scopes")?.reason).toContain("did you mean scope?");
	expect(JSON.stringify(found)).not.toContain("hidden");
});
