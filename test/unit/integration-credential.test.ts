import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { IntegrationCredential, type IntegrationCredentialArgs } from "../../provider";
import { check } from "../../provider/lifecycle/integration-credential/check";
import type { Properties } from "../../provider/lifecycle/properties";

/** What a class sends to Pulumi's engine, for which Pulumi's own stand-in is here. */
async function inputsOf(args: IntegrationCredentialArgs): Promise<Properties> {
	const sent = Promise.withResolvers<Properties>();
	const newResource = ({ inputs }: pulumi.runtime.MockResourceArgs) => {
		sent.resolve(inputs as Properties);
		return { id: "", state: {} };
	};
	await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "infra", "dev", true);
	expect(new IntegrationCredential("crm", args)).toBeInstanceOf(IntegrationCredential);
	return sent.promise;
}

test.each([
	[{ inUseWithinDays: 7 }, []],
	[
		{ inUseWithinDay: 7 },
		[
			"inUseWithinDays is required",
			"inUseWithinDay is not a property of clientDeletionGuard; did you mean inUseWithinDays?",
		],
	],
	[7, ["inUseWithinDays is required"]],
])("the deletion guard %j of a client that the program describes itself is checked", async (deletionGuard, told) => {
	const client = { clientId: "c", clientSecret: "s", deletionGuard };
	const inputs = await inputsOf({ name: "CRM", client } as IntegrationCredentialArgs);
	const failures = check(inputs).failures.filter(({ property }) => property.startsWith("clientDeletionGuard"));
	expect(failures.map(({ property, reason }) => `${property.replace("clientDeletionGuard.", "")} ${reason}`)).toEqual(
		told,
	);
});
