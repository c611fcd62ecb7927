import { describe, expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import type { Seed } from "../../simulator";
import { paths } from "./support/client-requests";
import { startCredentialRun } from "./support/credential-run";
import {
	hasWorkingSecret,
	laterRun,
	type LifecycleRun,
	service,
	startLifecycle,
	stateAfter,
	webApp,
} from "./support/lifecycle-run";
import { byValue, current, logsIn } from "./support/pair-run";
import { startOperations } from "./support/operations-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

/** How long the API lags in these tests: longer than was once waited for, shorter than the vendor's own tests wait. */
const lagMs = 12_000;
const rotating = (quarter: string): Properties => ({ ...service, secretRotation: { rotateWhenChanged: { quarter } } });
const secretPosts = ({ simulator }: Pick<LifecycleRun, "simulator">) =>
	simulator.requests.count({ template: paths.secret });

/** A client in state that everybody has seen by now; what comes then is otherwise than assumed. */
async function withClient(program: Properties, reading: Seed) {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.clock.advance(120_000);
	run.simulator.organization.changeSettings(reading);
	run.simulator.requests.clear();
	return { run, id, outs, live: () => run.simulator.organization.client(id) };
}

describe("a login that knows a new secret after 12 seconds", () => {
	test.each([false, true])(
		"accepts the one of a rotation, which was tried in time (refusals are cached: %s)",
		async (refusalsAreCached) => {
			const { run, id, outs } = await withClient(rotating("Q1"), { lag: { secretByLogin: lagMs, refusalsAreCached } });
			const updated = await run.update(id, outs, rotating("Q2"));
			expect(updated["pendingSecretSteps"]).toBeUndefined();
			expect(hasWorkingSecret(run, id, updated)).toBe(true);
			expect(secretPosts(run)).toBe(1);
		},
	);
});

test("a new secret that leaves the client's date as it was counts from now: the next run doesn't rotate it again", async () => {
	const aging = { ...service, secretRotation: { maxAgeDays: 30 } };
	const run = await startLifecycle({ seed: { assumptions: { newSecretSetsDateModified: false } } });
	const { id, outs } = await run.create(aging);
	run.clock.advance(31 * 86_400_000);
	const updated = await run.update(id, outs, aging);
	expect(updated).toMatchObject({ secretVersion: 2, dateModified: outs["dateModified"] });
	expect(run.diff(updated, aging).changes).toBe(false);
});

describe("a login that is closed to this address, whatever the secret,", () => {
	test("doesn't make a refresh take the secret for a reset one", async () => {
		const { run, id, outs } = await withClient({ ...service, detectSecretReset: true }, {});
		run.simulator.organization.changeClient(id, { addressIsDenied: true });
		const { props } = await run.read(id, outs);
		expect(props?.pendingSecretSteps).toEqual(["verify"]);
		await failureOf(run.update(id, { ...props }, { ...service, detectSecretReset: true }));
		expect(secretPosts(run)).toBe(0);
	});

	test("doesn't make each run rotate it again", async () => {
		const { run, id, outs } = await withClient(rotating("Q1"), {});
		run.simulator.organization.changeClient(id, { addressIsDenied: true });
		const failed = await stateAfter(run.update(id, outs, rotating("Q2")));
		expect(hasWorkingSecret(run, id, failed)).toBe(true);
		const again = await stateAfter(laterRun(run).update(id, failed, rotating("Q2")), failed);
		expect(again["clientSecret"]).toBe(failed["clientSecret"]);
		expect(secretPosts(run)).toBe(1);
	});
});

test("a client that support has disabled since the last refresh gets one new secret, in whatever words the login refuses it", async () => {
	const refusalOfDisabledClient = { error: "invalid_client", description: "authentication failed" };
	const { run, id, outs } = await withClient(rotating("Q1"), { assumptions: { refusalOfDisabledClient } });
	run.simulator.organization.disableClient(id);
	const failure = await failureOf(run.update(id, outs, rotating("Q2")));
	expect(failure.message).toContain("the client is disabled");
	const state = await stateAfter(Promise.reject(failure));
	await stateAfter(laterRun(run).update(id, state, rotating("Q2")));
	expect(hasWorkingSecret(run, id, state)).toBe(true);
	expect(secretPosts(run)).toBe(1);
});

describe("a client whose POST got no answer is found", () => {
	const lost: [string, Seed][] = [
		["in a list that has it after 12 seconds", { lag: { clientInList: lagMs } }],
		["in a list that has it after 30 seconds", { lag: { clientInList: 30_000 } }],
		["when the API names a user as its author", { assumptions: { createdBy: "user" } }],
		["when the API names no author", { assumptions: { createdBy: "absent" } }],
		["when its date is 5 minutes early", { assumptions: { creationDateIsAheadMs: -300_000 } }],
		["when its date is 5 minutes late", { assumptions: { creationDateIsAheadMs: 300_000 } }],
	];
	test.each(lost)("%s", async (_, reading) => {
		const run = await startLifecycle({ seed: { clients: [{ name: "Other" }], ...reading } });
		run.fault("POST", paths.clients, { kind: "cut", when: "after" });
		const { id, outs } = await run.create(webApp);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(run.simulator.organization.clients().filter(({ name }) => name === webApp["name"])).toHaveLength(1);
	});

	test("and saved, with the advice to wait, where it can't be read by its id yet: a second one is never made", async () => {
		const run = await startLifecycle({ seed: { lag: { clientById: lagMs } } });
		run.fault("POST", paths.clients, { kind: "cut", when: "after" });
		const failure = await failureOf(run.create(webApp));
		expect(failure.message).toContain("may not be visible yet: run again in a minute");
		expect(failure.message).not.toContain("deleted outside Pulumi");
		const state = await stateAfter(Promise.reject(failure));
		run.clock.advance(60_000);
		const updated = await laterRun(run).update(String(state["clientId"]), state, webApp);
		expect(hasWorkingSecret(run, String(state["clientId"]), updated)).toBe(true);
	});
});

test.each(["user", "absent"] as const)(
	"a run asks about the client of a killed run also where the API says of its author: %s",
	async (createdBy) => {
		const run = await startLifecycle({ seed: { assumptions: { createdBy } } });
		await run.create(webApp);
		const { message } = await failureOf(laterRun(run).create(webApp));
		expect(message).toContain("an interrupted run may already have created this client");
	},
);

test("a create whose login was just given a role says that it may not count yet", async () => {
	const run = await startLifecycle({ seed: { lag: { roleGrant: lagMs } } });
	const role = run.simulator.organization.addRole({ name: "New" });
	const { message } = await failureOf(run.create({ ...service, roleDivisions: [{ roleId: role.id }] }));
	expect(message).toMatch(/bad\.client\.role.*(minute|yet)/);
});

test("an update and a deletion of a client with a property that is refused in a PUT succeed", async () => {
	const { run, id, outs, live } = await withClient(service, { assumptions: { unknownProperties: "refused" } });
	run.simulator.organization.changeClient(id, { extra: { organizationId: "o1" } });
	const updated = await run.update(id, outs, { ...service, description: "New" });
	expect(live()?.description).toBe("New");
	await run.delete(id, updated);
	expect(live()).toBeUndefined();
});

describe("a 404 of something younger than a minute", () => {
	/** How long after its POST it is seen, by id and in the list. */
	const lag = { clientById: lagMs, clientInList: lagMs, credentialById: lagMs, credentialInList: lagMs };
	const seed: Seed = { lag };

	test("doesn't make a refresh forget a client that lives", async () => {
		const run = await startLifecycle({ seed });
		const { id, outs } = await run.create(webApp);
		expect((await failureOf(run.read(id, outs))).message).toContain("still listed, so it was kept in state; run again");
		expect(await run.read(id, outs)).toEqual({ id, props: outs });
	});

	test("doesn't make a deletion leave a client that lives", async () => {
		const run = await startLifecycle({ seed });
		const { id, outs } = await run.create(webApp);
		await failureOf(run.delete(id, outs));
		expect(run.simulator.organization.client(id)?.state).toBe("active");
		await run.delete(id, outs);
		expect(run.simulator.organization.client(id)).toBeUndefined();
	});

	test("is no reason for an update to advise a second one", async () => {
		const run = await startLifecycle({ seed });
		const { id, outs } = await run.create(webApp);
		const { message } = await failureOf(run.update(id, outs, { ...webApp, name: "New" }));
		expect(message).toContain("may not be visible yet: run again in a minute");
	});

	test("isn't believed at once either where the answer to its POST told no more than its id", async () => {
		const id = "11111111-0000-4000-8000-000000000000";
		const unusable = { kind: "status", status: 200, when: "after", body: { id, name: 5 } } as const;
		const run = await startLifecycle();
		run.fault("POST", paths.clients, unusable);
		await run.delete(id, await stateAfter(run.create(webApp).then(({ outs }) => outs)));
		expect(run.waits).toEqual([60_000]);
		const other = await startCredentialRun();
		other.fault("POST", "/api/v2/integrations/credentials", unusable);
		const created = other.create({ name: "CRM sync", fields: { clientId: id, clientSecret: "a-secret-of-the-tests" } });
		await other.delete(id, await stateAfter(created.then(({ outs }) => outs)));
		expect(other.waits).toEqual([60_000]);
	});

	test("keeps both clients of a pair in state, and in the organization", async () => {
		const simulated = await startSimulatedApi({ seed });
		const pair = startOperations(simulated).pair("crm");
		const entry = await pair.create(byValue("Q1"));
		await failureOf(pair.refresh(entry));
		expect(await pair.refresh(entry)).toEqual(entry);
		expect(logsIn(simulated, current(entry))).toBe(true);
	});

	test("keeps a credential in state, and its deletion leaves none behind", async () => {
		const run = await startCredentialRun(seed);
		const fields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "a-secret-of-the-tests" };
		const { id, outs } = await run.create({ name: "CRM sync", fields });
		await failureOf(run.read(id, outs));
		run.simulator.organization.removeCredential(id);
		const { id: young, outs: ofYoung } = await run.later().create({ name: "CRM sync 2", fields });
		await failureOf(run.later().delete(young, ofYoung));
		await run.later().delete(young, ofYoung);
		expect(run.simulator.organization.credentials()).toEqual([]);
	});

	test("counts when it has lasted: what somebody deleted meanwhile is gone", async () => {
		const run = await startLifecycle({ seed });
		const { id, outs } = await run.create(webApp);
		run.simulator.organization.removeClient(id);
		expect((await run.read(id, outs)).id).toBe("");
		expect(run.waits).toEqual([60_000]);
	});
});

describe("an API that shows a change after 12 seconds", () => {
	const lag = { lag: { clientChangeById: lagMs } };

	test("gets a description that goes there and back", async () => {
		const { run, id, outs, live } = await withClient({ ...service, description: "A" }, lag);
		const there = await run.update(id, outs, { ...service, description: "B" });
		await run.update(id, there, { ...service, description: "A" });
		expect(live()?.description).toBe("A");
	});

	test.each([
		["right", 0],
		["two days ahead", 2],
	])("gets no setting back that the update before has replaced, with this machine's clock %s", async (_, days) => {
		const { run: first, id, outs, live } = await withClient(service, lag);
		const run = laterRun(first, { clockAhead: days * 86_400_000 });
		const renamed = await run.update(id, outs, { ...service, name: "New" });
		const described = await run.update(id, renamed, { ...service, name: "New", description: "B" });
		expect(live()).toMatchObject({ name: "New", description: "B" });
		expect(run.diff(described, { ...service, name: "New", description: "B" }).changes).toBe(false);
	});

	test("gets no setting back by a deletion that deactivates, either", async () => {
		const { run, id, outs, live } = await withClient({ ...service, deletion: "deactivate" }, lag);
		const renamed = await run.update(id, outs, { ...service, deletion: "deactivate", name: "New" });
		await run.delete(id, renamed);
		expect(live()).toMatchObject({ name: "New", state: "inactive" });
	});

	test("is read again by a refresh, which keeps what was changed a moment ago", async () => {
		const { run, id, outs } = await withClient(service, lag);
		const renamed = await run.update(id, outs, { ...service, name: "New" });
		expect(await run.read(id, renamed)).toEqual({ id, props: renamed });
	});

	test("isn't waited for longer than a minute: an older date that lasts is the client's", async () => {
		const { run, id, outs, live } = await withClient(service, {});
		const ahead = { ...outs, dateModified: new Date(run.clock.now()).toISOString() };
		await run.update(id, ahead, { ...service, description: "B" });
		expect(run.waits).toEqual([5000, 10_000, 15_000, 15_000, 15_000]);
		expect(live()?.description).toBe("B");
	});

	test("sends what an update without an answer may have changed, also where the client seems to have it", async () => {
		const { run, id, outs, live } = await withClient({ ...service, description: "A" }, lag);
		run.fault("PUT", paths.client, { kind: "cut", when: "after", times: "always" });
		const state = await stateAfter(run.update(id, outs, { ...service, description: "B" }), outs);
		run.simulator.faults.clear();
		await laterRun(run).update(id, state, { ...service, description: "A" });
		expect(live()?.description).toBe("A");
	});
});

test("on an API that doesn't lag nothing waits but a rotation, for ten seconds", async () => {
	const run = await startLifecycle();
	const made = await Promise.all(["a", "b"].map(async (name) => run.create({ ...rotating("Q1"), name })));
	const changed = await Promise.all(
		made.map(async ({ id, outs }) =>
			run.update(id, outs, { ...rotating("Q1"), name: String(outs["name"]), description: "d" }),
		),
	);
	for (const [index, { id }] of made.entries()) await run.read(id, changed[index] ?? {});
	expect(run.waits).toEqual([]);
	const [first, second] = made;
	const rotated = await run.update(first?.id ?? "", changed[0] ?? {}, {
		...rotating("Q2"),
		name: "a",
		description: "d",
	});
	expect(run.waits).toEqual([10_000]);
	await run.delete(first?.id ?? "", rotated);
	await run.delete(second?.id ?? "", changed[1] ?? {});
	expect(run.waits).toEqual([10_000]);
});
