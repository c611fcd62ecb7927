import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { eachPipeline } from "./support/pipeline-run";

const start = eachPipeline();

const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];
const service = { name: "CRM sync", authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions };
/** Without policies, where a test isn't about them: a pack takes seconds to start. */
const bare = "--no-policy-pack";

test("the secrets of an up are outputs of the stack, and they log in", async () => {
	const { stack, checkout } = await start();
	checkout.declare({ "crm-sync": service });
	const { code, lines } = await checkout.run(["up", bare]);
	const [client] = stack.simulator.organization.clients();
	expect(code).toBe(0);
	expect(lines).toEqual([`created: crm-sync "CRM sync" (${client!.id})`, "test: changed (create 1)"]);
	const { clientIds, clientSecrets } = (await stack.outputs()) as unknown as Record<string, Record<string, string>>;
	expect(clientIds).toEqual({ "crm-sync": client!.id });
	expect(await stack.canLogIn(client!.id, clientSecrets!["crm-sync"]!)).toBe(true);
	// The same program, by Pulumi's own command.
	writeFileSync(join(stack.project, "oauth-clients.yaml"), checkout.read("oauth-clients.yaml"));
	await stack.run("up", "--expect-no-changes");
});
