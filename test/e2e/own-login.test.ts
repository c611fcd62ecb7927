import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

test("a destroy leaves Pulumi's own login alone, in state and in the organization", async () => {
	const stack = await startStack();
	const roleDivisions = [{ roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.home }];
	stack.declare({ own: service({ name: "Pulumi", roleDivisions }), app: webApp() });
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["own"]!;
	Object.assign(stack.environment, { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret });
	expect(await stack.fails("destroy", "--continue-on-error")).toContain(
		`deleting OAuth client "Pulumi" (${id}): Pulumi logs in with this client (${id}), so it isn't deleted. To keep it, run pulumi state delete for it`,
	);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "active" }]);
	expect(await stack.resource("own")).toMatchObject({ id });
});
