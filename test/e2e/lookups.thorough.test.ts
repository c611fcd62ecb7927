import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

test("a client's role and division come from their names; a role of another name shows as a change of the client", async () => {
	const stack = await startStack();
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
		const genesys = require("pulumi-genesyscloud-oauth");
		const role = genesys.getAuthorizationRoleOutput({ name: new pulumi.Config().require("role") });
		const division = genesys.getAuthorizationDivisionOutput({ name: "Support" });
		new genesys.OAuthClient("service", {
			name: "Service",
			authorizedGrantType: "CLIENT-CREDENTIALS",
			roleDivisions: [{ roleId: role.id, divisionId: division.id }],
		});
	`,
	);
	await stack.pulumi("config", "set", "role", "employee");
	const { calls } = await stack.run("preview");
	expect(calls.toSorted()).toEqual([
		"GET /api/v2/authorization/divisions",
		"GET /api/v2/authorization/roles",
		"POST /oauth/token",
	]);
	await stack.run("up");
	const roleDivisions = () => stack.simulator.organization.clientsByName("Service")[0]?.roleDivisions;
	expect(roleDivisions()).toEqual([{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }]);
	await stack.run("preview", "--expect-no-changes");
	await stack.pulumi("config", "set", "role", "Communicate - User");
	await stack.run("up");
	expect(roleDivisions()).toEqual([{ roleId: ROLE_IDS.communicateUser, divisionId: DIVISION_IDS.support }]);
});
