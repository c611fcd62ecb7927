import { describe, expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import { fingerprintOf } from "../../provider/lifecycle/oauth-client/secret-rotation";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { type Properties, unknownValue } from "../../provider/lifecycle/properties";
import { check as checkPair } from "../../provider/lifecycle/rotating-oauth-client/check";
import { paths } from "./support/client-requests";
import { laterRun, type LifecycleRun, service, startLifecycle, stateAfter, webApp } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { createSink, type TestSink } from "./support/secret-sinks";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const inTurn = (program: Properties, turn: number): Properties => ({
	...program,
	secretRotation: { rotateWhenChanged: { turn } },
});
const renewed = ({ simulator }: Pick<LifecycleRun, "simulator">) =>
	simulator.requests.count({ method: "POST", template: paths.secret });

async function start(declared: Properties = service) {
	const run = await startLifecycle();
	const sink = createSink();
	const kept = { ...declared, secretSink: sink.module };
	return { run, sink, kept, program: { ...kept, keepSecretInState: false } };
}

/** The secret that the sink has, and whether it is the client's; state has none of it. */
function holds({ simulator }: Pick<LifecycleRun, "simulator">, sink: TestSink, id: string, state: Properties): boolean {
	const secret = sink.stored().findLast(({ clientId }) => clientId === id)?.clientSecret ?? "";
	expect(JSON.stringify(state)).not.toContain(secret);
	return simulator.organization.checkSecret(id, secret);
}

/** Whether the sink has the secrets of both clients. */
const isWhole = (api: Awaited<ReturnType<typeof startSimulatedApi>>, sink: TestSink, outs: Properties) =>
	[outs["clientId"], outs["previousClientId"]].every((id) => holds(api, sink, String(id), outs));

const pairIn = (quarter: string, sink: TestSink): Properties => ({
	...service,
	rotation: { rotateWhenChanged: { quarter } },
	secretSink: sink.module,
	keepSecretInState: false,
});

const faultsOf = (change: Properties) =>
	check({ ...service, keepSecretInState: false, ...change }).failures.map(({ property }) => property);

describe("a secret that the state doesn't keep", () => {
	test.each([
		["a service", service],
		["a web app", webApp],
	])("of %s is in the sink alone; state has its fingerprint, version and date", async (_, declared) => {
		const { run, sink, program } = await start(declared);
		const { id, outs } = await run.create(program);
		expect(holds(run, sink, id, outs)).toBe(true);
		const clientSecret = sink.stored()[0]?.clientSecret ?? "";
		expect(outs).toMatchObject({
			clientSecret: "",
			secretVersion: 1,
			secretFingerprint: fingerprintOf(clientSecret),
			secretRotatedAt: outs["dateCreated"],
		});
		expect(run.diff(outs, program)).toMatchObject({ changes: false, notices: [] });
		const changed = await run.update(id, outs, { ...program, description: "New" });
		expect(changed["secretFingerprint"]).toBe(outs["secretFingerprint"]);
		expect((await run.read(id, changed)).props).toEqual(changed);
		expect(sink.calls()).toBe(1);
	});

	test("is rotated, tried, and handed over, with the next version", async () => {
		const { run, sink, program } = await start();
		const { id, outs } = await run.create(inTurn(program, 1));
		const logins = run.logins();
		const updated = await laterRun(run).update(id, outs, inTurn(program, 2));
		expect(run.logins() - logins).toBe(2);
		expect(updated).toMatchObject({ clientSecret: "", secretVersion: 2 });
		expect(sink.stored().at(-1)).toMatchObject({ secretVersion: 2 });
		expect(holds(run, sink, id, updated)).toBe(true);
		expect(run.diff(updated, inTurn(program, 2)).changes).toBe(false);
	});

	test.each([
		["the first one", 0],
		["a rotated one", 1],
	])(
		"is lost when the sink fails: of %s nothing gets into the state, and the next run makes another",
		async (_, turns) => {
			const { run, sink, program } = await start();
			const made = turns === 0 ? undefined : await run.create(inTurn(program, 0));
			sink.setBroken(true);
			const failure = await failureOf<PartialFailure>(
				made === undefined ? run.create(inTurn(program, 1)) : run.update(made.id, made.outs, inTurn(program, 1)),
			);
			const { id, properties } = failure;
			expect(failure.message).toContain("the state doesn't keep the secret, and secretSink");
			expect(failure.message).toContain("makes a new one");
			expect(properties).toMatchObject({ clientSecret: "", secretFingerprint: "", pendingSecretSteps: ["renew"] });
			sink.setBroken(false);
			const again = laterRun(run);
			expect(again.diff(properties, inTurn(program, 1)).notices.join()).toContain("nobody may have the current one");
			const outs = await again.update(id, properties, inTurn(program, 1));
			expect(outs).toMatchObject({ clientSecret: "", secretVersion: turns + 2 });
			expect(holds(run, sink, id, outs)).toBe(true);
			expect(again.diff(outs, inTurn(program, 1)).changes).toBe(false);
		},
	);

	test("is in no state of a create whose later step fails either", async () => {
		const { run, sink, program } = await start(webApp);
		const inactive = { ...program, state: "inactive" };
		run.fault("PUT", paths.client, { kind: "status", status: 403 });
		const { id, properties } = await failureOf<PartialFailure>(run.create(inactive));
		expect(properties).toMatchObject({ clientSecret: "", pendingSecretSteps: ["renew"] });
		const outs = await laterRun(run).update(id, properties, inactive);
		expect(holds(run, sink, id, outs)).toBe(true);
	});

	test("is in the sink also if no login can try it; the failed run leaves nothing to do", async () => {
		const { run, sink, program } = await start();
		const { id, outs } = await run.create(inTurn(program, 1));
		run.fault("POST", paths.login, {
			kind: "status",
			status: 400,
			code: "invalid_request",
			message: "x",
			times: "always",
		});
		const failure = await failureOf<PartialFailure>(run.update(id, outs, inTurn(program, 2)));
		expect(failure.message).toContain("secretSink has the new secret, but it couldn't be verified by a login");
		run.simulator.faults.clear();
		expect(holds(run, sink, id, failure.properties)).toBe(true);
		expect(failure.properties).not.toHaveProperty("pendingSecretSteps");
		expect(run.diff(failure.properties, inTurn(program, 2)).changes).toBe(false);
	});

	test("leaves a state that had it, without a call, if the sink has it", async () => {
		const { run, sink, kept, program } = await start();
		const { id, outs } = await run.create(kept);
		run.simulator.requests.clear();
		expect(run.diff(outs, program)).toMatchObject({ changes: true, notices: [] });
		const updated = await run.update(id, outs, program);
		expect(run.simulator.requests.count()).toBe(0);
		expect(sink.calls()).toBe(1);
		expect(updated).toMatchObject({ clientSecret: "", secretVersion: 1, secretFingerprint: outs["secretFingerprint"] });
		expect(holds(run, sink, id, updated)).toBe(true);
	});

	test("leaves a state that had it only once the sink has it", async () => {
		const { run, sink, program } = await start();
		const { id, outs } = await run.create(service);
		sink.setBroken(true);
		const { properties, message } = await failureOf<PartialFailure>(run.update(id, outs, program));
		expect(message).toContain("the secret is in state, but secretSink");
		expect(properties).toMatchObject({ clientSecret: outs["clientSecret"], pendingSecretSteps: ["store"] });
		sink.setBroken(false);
		const updated = await laterRun(run).update(id, properties, program);
		expect(updated).toMatchObject({ clientSecret: "", secretVersion: 1 });
		expect(holds(run, sink, id, updated)).toBe(true);
		expect(renewed(run)).toBe(0);
	});

	test("comes back with the next rotation: until then each run says that clientSecret is empty", async () => {
		const { run, kept, program } = await start();
		const { id, outs } = await run.create(inTurn(program, 1));
		const back = await run.update(id, outs, inTurn(kept, 1));
		expect(back).toMatchObject({ clientSecret: "", secretVersion: 1 });
		const { changes, notices } = run.diff(back, inTurn(kept, 1));
		expect(changes).toBe(false);
		expect(notices.join()).toContain("stays empty until the next rotation: keepSecretInState was false");
		const rotated = await laterRun(run).update(id, back, inTurn(kept, 2));
		expect(run.simulator.organization.checkSecret(id, String(rotated["clientSecret"]))).toBe(true);
		expect(run.diff(rotated, inTurn(kept, 2)).notices).toEqual([]);
	});

	test("isn't there for a new sink, which gets the next one: the preview says so", async () => {
		const { run, program } = await start();
		const { id, outs } = await run.create(inTurn(program, 1));
		const other = createSink();
		const moved = { ...program, secretSink: other.module };
		expect(run.diff(outs, inTurn(moved, 1)).notices.join()).toContain("gets the next secret");
		const updated = await run.update(id, outs, inTurn(moved, 1));
		expect([other.calls(), renewed(run)]).toEqual([0, 0]);
		const rotated = await laterRun(run).update(id, updated, inTurn(moved, 2));
		expect(holds(run, other, id, rotated)).toBe(true);
	});

	test("can't be tried by a refresh, which says what to do if a run was killed", async () => {
		const { run, program } = await start();
		const { id, outs } = await run.create(program);
		run.clock.advance(60_000);
		await run.api.postOauthClientSecret(id);
		const { props } = await run.read(id, outs);
		expect(run.notices.join()).toContain(`pulumi up once with GENESYSCLOUD_ROTATE=${id}@<an order's name of your own>`);
		expect(props).toMatchObject({ clientSecret: "", secretVersion: 1 });
	});

	test("is known to be none in the preview, of a new client and an existing one", async () => {
		const { run, program } = await start();
		const { client, oauthClient } = startOperations(run);
		expect((await client("app").previewNew(program))["clientSecret"]).toBe("");
		const unsure = { ...program, keepSecretInState: unknownValue };
		expect((await client("app").previewNew(unsure))["clientSecret"]).toBe(unknownValue);
		const { id, outs } = await run.create(inTurn(program, 1));
		const preview = await oauthClient.preview("urn:test", inTurn(program, 2), { id, olds: outs });
		expect(preview).toMatchObject({ clientSecret: "", secretVersion: unknownValue });
	});
});

test("a sink that is added in a run whose PUT gets no answer is called by the next run", async () => {
	const { run, sink, kept } = await start();
	const { id, outs } = await run.create(service);
	run.fault("PUT", paths.client, { kind: "cut", times: "always", when: "after" });
	const program = { ...kept, description: "New" };
	const state = await stateAfter(run.update(id, outs, program), outs);
	run.simulator.faults.clear();
	expect(state["secretSink"]).toBe(sink.module);
	await laterRun(run).update(id, state, program);
	expect(sink.stored()).toMatchObject([{ clientSecret: outs["clientSecret"], secretVersion: 1 }]);
});

describe("of a pair that keeps no secret in the state", () => {
	const hasNone = { clientSecret: "", previousClientSecret: "" };
	test("the sink has both secrets, and a rotation hands over the next one", async () => {
		const api = await startSimulatedApi();
		const sink = createSink();
		const entry = await startOperations(api).pair("crm").create(pairIn("Q1", sink));
		expect(entry.outs).toMatchObject({ ...hasNone, generation: 0 });
		expect(isWhole(api, sink, entry.outs)).toBe(true);
		const { id, outs } = await startOperations(api).pair("crm").up(pairIn("Q2", sink), entry);
		expect(outs).toMatchObject({ ...hasNone, generation: 1, clientId: entry.outs["previousClientId"] });
		expect(isWhole(api, sink, outs)).toBe(true);
		expect(renewed(api)).toBe(1);
		const { compare } = startOperations(api).pair("crm");
		expect((await compare(pairIn("Q2", sink), { id, outs })).changes).toBe(false);
	});

	test("a sink that fails in a rotation leaves the secret in use as it is; the next run finishes the rotation", async () => {
		const api = await startSimulatedApi();
		const sink = createSink();
		const entry = await startOperations(api).pair("crm").create(pairIn("Q1", sink));
		sink.setBroken(true);
		const { properties } = await failureOf<PartialFailure>(
			startOperations(api).pair("crm").up(pairIn("Q2", sink), entry),
		);
		expect(properties).toMatchObject({ ...hasNone, generation: 0, clientId: entry.outs["clientId"] });
		expect(holds(api, sink, String(entry.outs["clientId"]), properties)).toBe(true);
		sink.setBroken(false);
		const { outs } = await startOperations(api).pair("crm").up(pairIn("Q2", sink), { id: entry.id, outs: properties });
		expect(outs).toMatchObject({ ...hasNone, generation: 1 });
		expect(isWhole(api, sink, outs)).toBe(true);
	});

	test("a sink that fails when the pair is made gets other secrets from the next run, and nothing rotates", async () => {
		const api = await startSimulatedApi();
		const sink = createSink();
		sink.setBroken(true);
		const { id, properties } = await failureOf<PartialFailure>(
			startOperations(api).pair("crm").create(pairIn("Q1", sink)),
		);
		sink.setBroken(false);
		const { outs } = await startOperations(api).pair("crm").up(pairIn("Q1", sink), { id, outs: properties });
		expect(outs).toMatchObject({ ...hasNone, generation: 0 });
		expect(isWhole(api, sink, outs)).toBe(true);
	});

	test("a change of settings replaces no secret", async () => {
		const api = await startSimulatedApi();
		const sink = createSink();
		const entry = await startOperations(api).pair("crm").create(pairIn("Q1", sink));
		const changed = { ...pairIn("Q1", sink), description: "New" };
		const { outs } = await startOperations(api).pair("crm").up(changed, entry);
		expect(renewed(api)).toBe(0);
		expect(isWhole(api, sink, outs)).toBe(true);
		const { rotatingOAuthClient } = startOperations(api);
		const preview = await rotatingOAuthClient.preview("urn:test", pairIn("Q2", sink), { id: entry.id, olds: outs });
		expect(preview).toMatchObject(hasNone);
	});
});

test("a secret that isn't kept needs a sink, and excludes what needs it in the state", () => {
	const { module } = createSink();
	expect(faultsOf({})).toEqual(["keepSecretInState"]);
	expect(faultsOf({ secretSink: module })).toEqual([]);
	expect(faultsOf({ secretSink: module, detectSecretReset: true })).toEqual(["detectSecretReset"]);
	const adopt = { clientId: "x", clientSecret: "a-secret" };
	expect(faultsOf({ secretSink: module, adopt })).toEqual(["keepSecretInState"]);
	const pair = { ...service, rotation: { periodDays: 30 }, keepSecretInState: false, adopt: { b: adopt } };
	expect(checkPair({ ...pair, secretSink: module }).failures.map(({ property }) => property)).toEqual([
		"keepSecretInState",
	]);
});
