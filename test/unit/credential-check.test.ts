import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/integration-credential/check";
import { unknownValue } from "../../provider/lifecycle/properties";

const credential = { name: "CRM", fields: { clientId: "c", clientSecret: "s" } };

test("of a mistyped argument the check names that one alone, and suggests none that only the class sets", () => {
	const added = { clientDeletionGuard: { clientId: "c", inUseWithinDays: 7 }, plainFields: ["clientSecret"] };
	const { failures } = check({ ...credential, ...added, plainField: true });
	expect(failures).toEqual([
		{
			property: "plainField",
			reason: expect.stringMatching(
				/^is not an argument of IntegrationCredential; (?!.*(plainFields|clientDeletionGuard))/,
			),
		},
	]);
});

test.each<[unknown, string, string]>([
	[7, "clientDeletionGuard", "must be an object with clientId and inUseWithinDays"],
	[{ clientId: "c" }, "clientDeletionGuard.inUseWithinDays", "is required"],
	[{ inUseWithinDays: 7 }, "clientDeletionGuard.clientId", "is required"],
	[{ clientId: "", inUseWithinDays: 7 }, "clientDeletionGuard.clientId", "must not be empty"],
	[{ clientId: unknownValue, inUseWithinDays: 0 }, "clientDeletionGuard.inUseWithinDays", "must be at least 1 day"],
	[{ clientId: "c", inUseWithinDays: "7" }, "clientDeletionGuard.inUseWithinDays", "must be a number of days"],
])("the deletion guard of the client in it can't be %j", (clientDeletionGuard, property, reason) => {
	expect(check({ ...credential, clientDeletionGuard }).failures).toEqual([{ property, reason }]);
});

test("the deletion guard of the client in it may be unknown, as a whole or in part", () => {
	for (const guard of [unknownValue, { clientId: unknownValue, inUseWithinDays: unknownValue }])
		expect(check({ ...credential, clientDeletionGuard: guard }).failures).toEqual([]);
});

test("an OAuth client's id or secret with a character that OAuth doesn't allow is refused; a password may have any", () => {
	const reason = "contains a line break, so it can't be right: set it again without it";
	expect(check({ ...credential, fields: { clientId: "c\n", clientSecret: "a-secret\n" } }).failures).toEqual(
		["clientId", "clientSecret"].map((name) => ({ property: `fields.${name}`, reason })),
	);
	const basic = { ...credential, type: "basicAuth", fields: { userName: "jürgen", password: "a\npassword" } };
	expect(check(basic).failures).toEqual([]);
});
