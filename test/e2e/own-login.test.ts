import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

test("a destroy leaves Pulumi's own login alone, in state and in the organization", async () => {
	const stack = await startStack();
	const roleDivisions = [{ roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.home }];
	// It is deleted before the client that it depends on: two would go side by side, and the refusal could come first.
	const app = { ...webApp(), opts: { dependsOn: ["own"] } };
	stack.declare({ own: service({ name: "Pulumi", roleDivisions }), app });
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["own"]!;
	Object.assign(stack.environment, { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret });
	expect(await stack.fails("destroy")).toContain(
		`deleting OAuth client "Pulumi" (${id}): Pulumi logs in with this client (${id}), so it isn't deleted. To keep it, run pulumi state delete for it`,
	);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "active" }]);
	expect(await stack.resource("own")).toMatchObject({ id });
});
