import { expect, test } from "vitest";
import { validateOAuthClient, validateRotatingOAuthClient } from "../../provider";
import { service } from "./check-program";

test("arguments that are right have no mistakes", async () => {
	expect(await validateOAuthClient(service)).toEqual([]);
	expect(await validateRotatingOAuthClient({ ...service, rotation: { periodDays: 30 } })).toEqual([]);
});

test("every mistake is told at once, with the path of its argument and without its value", async () => {
	const found = await validateOAuthClient({ ...service, name: "", scopes: ["hidden"], roleDivisions: [{ roleId: 7 }] });
	expect(found.map(({ property }) => property).toSorted()).toEqual(["name", "roleDivisions[0].roleId", "scopes"]);
	expect(found.find(({ property }) => property === "scopes")?.reason).toContain("did you mean scope?");
	expect(JSON.stringify(found)).not.toContain("hidden");
});

test("a pair is checked by its own rules", async () => {
	const rotation = { periodDays: 30, rotateWhenChanged: { quarter: 1 }, deactivatePreviousAfterDays: 7 };
	const found = await validateRotatingOAuthClient({ ...service, secretRotation: { maxAgeDays: 30 }, rotation });
	expect(found).toEqual([
		{
			property: "secretRotation",
			reason: expect.stringContaining("is not an argument of RotatingOAuthClient") as string,
		},
		{
			property: "rotation.deactivatePreviousAfterDays",
			reason:
				"must be at least 24 with a period of 30 days: Genesys Cloud deletes clients that are inactive for 7 days",
		},
		{ property: "rotation", reason: "set either periodDays or rotateWhenChanged" },
	]);
	expect(
		await validateRotatingOAuthClient({
			...service,
			rotation: { rotateWhenChanged: {}, deactivatePreviousAfterDays: 7 },
		}),
	).toEqual([{ property: "rotation.deactivatePreviousAfterDays", reason: "needs periodDays" }]);
});
