import { expect, test } from "vitest";
import { isLookupError } from "../../provider/lookups/find/lookup-error";
import { findClient } from "../../provider/lookups/find/oauth-client";
import { service, startLifecycle } from "../api/support/lifecycle-run";
import { failureOf } from "../api/support/simulated-api";

// genesyscloud/terraform-provider-genesyscloud: its data source takes the first client of a name, whichever that is.

test("a name that two clients have is an error for the lookup and for an adoption, in any order of the list", async () => {
	const run = await startLifecycle();
	const ids = [1, 2].map(() => run.simulator.organization.addClient({ name: "CRM sync" }).client.id);
	const lookup = await failureOf(findClient(() => run.api, { name: "CRM sync" }));
	const adoption = await failureOf(run.create({ ...service, adopt: { name: "CRM sync" } }));
	for (const { message } of [lookup, adoption]) for (const id of ids) expect(message).toContain(id);
	expect(isLookupError(lookup) && lookup.candidates?.toSorted()).toEqual(ids.toSorted());
	expect(run.simulator.requests.count({ method: "PUT" })).toBe(0);
});

test("one of them that is deleted makes the name no longer ambiguous", async () => {
	const run = await startLifecycle();
	const [kept, other] = [1, 2].map(() => run.simulator.organization.addClient({ name: "CRM sync" }).client.id);
	run.simulator.organization.changeClient(other ?? "", { extra: { state: "deleted" } });
	expect((await findClient(() => run.api, { name: "CRM sync" })).id).toBe(kept);
	expect((await run.create({ ...service, adopt: { name: "CRM sync" } })).id).toBe(kept);
});
