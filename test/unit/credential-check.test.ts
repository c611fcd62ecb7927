import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/integration-credential/check";

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
