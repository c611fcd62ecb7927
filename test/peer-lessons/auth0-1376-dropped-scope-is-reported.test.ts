import { expect, test } from "vitest";
import { ROLE_IDS, DIVISION_IDS } from "../../simulator";
import { paths } from "../api/support/client-requests";
import { laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";

// auth0/terraform-provider-auth0 1376: the API took a grant and left out some of its scopes, and nobody was told.

const wider = { ...webApp, scope: ["users:readonly", "routing", "presence"] };

test("a scope that an update lost is told, and the next preview shows it", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(webApp);
	run.fault("PUT", paths.client, {
		kind: "status",
		status: 200,
		body: { ...(await run.api.getOauthClient(id)), scope: ["routing", "users:readonly"] },
	});
	const updated = await run.update(id, outs, wider);
	expect(run.notices.join()).toContain("didn't apply the declared scope");
	expect(run.notices.join()).toContain('["routing","users:readonly"]');
	expect(updated["scope"]).toEqual(["routing", "users:readonly"]);
	expect(run.diff(updated, wider).changes).toBe(true);
	const next = laterRun(run);
	expect(next.diff(await next.update(id, updated, wider), wider).changes).toBe(false);
	expect(next.notices).toEqual([]);
});

test("a scope that the creation lost is told too; the client and its secret are kept", async () => {
	const run = await startLifecycle();
	const { client } = run.simulator.organization.addClient({ name: "Agent desktop", scope: ["users"] });
	const made = { ...(await run.api.getOauthClient(client.id)), authorizedGrantType: "CODE", scope: ["routing"] };
	run.fault("POST", paths.clients, { kind: "status", status: 200, body: { ...made, secret: "the-only-copy" } });
	const { id, outs } = await run.create({ ...wider, allowSameName: true });
	expect([id, outs["clientSecret"]]).toEqual([client.id, "the-only-copy"]);
	expect(run.notices.join()).toContain("didn't apply the declared scope");
	expect(run.notices.join()).not.toContain("the-only-copy");
});

test("a role that an adoption lost is told too", async () => {
	const run = await startLifecycle();
	const { client } = run.simulator.organization.addClient({ name: "old" });
	run.fault("PUT", paths.client, {
		kind: "status",
		status: 200,
		body: { ...(await run.api.getOauthClient(client.id)), name: "CRM sync" },
	});
	await run.create({ ...service, adopt: { clientId: client.id } });
	expect(run.notices.join()).toContain("it now has []");
});

test("what the API adds of its own beside what was declared is told as well: nobody asked for it", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(service);
	const extra = { roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.home };
	const answer = await run.api.getOauthClient(id);
	run.fault("PUT", paths.client, {
		kind: "status",
		status: 200,
		body: { ...answer, name: "Renamed", roleDivisions: [...(answer.roleDivisions ?? []), extra] },
	});
	await run.update(id, outs, { ...service, name: "Renamed" });
	expect(run.notices.join()).toContain(ROLE_IDS.masterAdmin);
});

test("an answer that is as declared is told nothing of, in whatever order and however often it lists", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(webApp);
	const scope = ["presence", "users:readonly", "routing", "presence"];
	run.fault("PUT", paths.client, {
		kind: "status",
		status: 200,
		body: { ...(await run.api.getOauthClient(id)), scope },
	});
	const updated = await run.update(id, outs, wider);
	expect(run.notices).toEqual([]);
	expect(run.diff(updated, wider).changes).toBe(false);
});
