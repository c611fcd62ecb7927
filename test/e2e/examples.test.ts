import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

test("the quickstart makes its two clients, with secrets that Pulumi keeps secret", async () => {
	const stack = await startStack({ project: "examples/quickstart" });
	await stack.pulumi("config", "set", "serviceRole", "employee");
	await stack.run("up");
	expect(stack.simulator.organization.clientsByName("CRM sync")[0]?.roleDivisions).toEqual([
		{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home },
	]);
	expect(
		stack.simulator.organization
			.clients()
			.map(({ authorizedGrantType }) => authorizedGrantType)
			.toSorted(),
	).toEqual(["CLIENT-CREDENTIALS", "CODE"]);
	const outputs = (await stack.outputs()) as unknown as Record<string, string>;
	expect(await stack.canLogIn(outputs["serviceClientId"]!, outputs["serviceClientSecret"]!)).toBe(true);
});
