import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const roleDivisions = [{ roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.home }];
const rotated = (value: number) =>
	service({ name: "Pulumi", roleDivisions, secretRotation: { rotateWhenChanged: { value } } });

test("Pulumi's own login is rotated only when the user allows it, and a destroy leaves it alone, in state and in the organization", async () => {
	const stack = await startStack();
	const others = { app: webApp(), other: webApp({ name: "Other" }) };
	stack.declare({ own: rotated(1), ...others });
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["own"]!;
	Object.assign(stack.environment, { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret });

	stack.declare({ own: rotated(2), ...others });
	expect(await stack.fails("preview")).toContain(`run once with GENESYSCLOUD_CHANGE_OWN_LOGIN=${id}`);
	stack.environment["GENESYSCLOUD_CHANGE_OWN_LOGIN"] = id;
	expect((await stack.run("up")).output).toContain("give Pulumi the new clientSecret before the next run");
	delete stack.environment["GENESYSCLOUD_CHANGE_OWN_LOGIN"];
	stack.environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] = (await stack.outputs())["own"]!.secret;

	const output = await stack.fails("destroy", "--continue-on-error");
	expect(output).toContain(
		`deleting OAuth client "Pulumi" (${id}): Pulumi logs in with this client (${id}), so it isn't deleted. To keep it, run pulumi state delete for it`,
	);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "active" }]);
	const { urn } = (await stack.resource("own"))!;
	expect(await stack.pulumi("state", "delete", urn, "--yes")).toMatchObject({ code: 0 });
	stack.declare({ own: service({ name: "Pulumi", roleDivisions, adopt: { clientId: id, rotateSecret: true } }) });
	expect(await stack.fails("preview")).toContain("so it isn't given a new secret");
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "active" }]);
});
