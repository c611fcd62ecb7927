import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { laterRun, service, startLifecycle } from "../api/support/lifecycle-run";
import { failureOf } from "../api/support/simulated-api";

// dynatrace-oss/terraform-provider-dynatrace 758: a deletion that was refused because the credential was in use was reported as done.

const guarded = { ...service, deletionGuard: { inUseWithinDays: 7 } };
const summary = "/api/v2/oauth/clients/{clientId}/usage/summary";

test("a client that the first up made and nobody has used may be deleted by the next", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(guarded);
	await laterRun(run).delete(id, outs);
	expect(run.simulator.organization.clients()).toEqual([]);
});

test("one in use isn't, and isn't reported as deleted", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(guarded);
	run.simulator.organization.addUsage({
		clientId: id,
		date: "2026-01-14",
		templateUri: "/api/v2/users",
		httpMethod: "GET",
		status200: 1,
	});
	expect((await failureOf(run.delete(id, outs))).message).toContain("the client is in use, so it wasn't deleted");
	expect(run.simulator.organization.client(id)?.state).toBe("active");
});

test("nor is one whose use can't be found out; the override that the error names deletes it", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(guarded);
	run.fault("GET", summary, { kind: "status", status: 503, times: "always" });
	const { message } = await failureOf(run.delete(id, outs));
	const [, variable = "", value = ""] = /run once with (\w+)=(\S+)$/.exec(message) ?? [];
	expect(run.simulator.requests.count({ method: "PUT", template: paths.client })).toBe(0);
	await laterRun(run, { environment: { [variable]: value } }).delete(id, outs);
	expect(run.simulator.organization.clients()).toEqual([]);
});
