import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "./support/client-requests";
import { hasWorkingSecret, laterRun, service, startLifecycle, stateAfter, webApp } from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

const withTurn = (program: Properties, turn: number): Properties => ({
	...program,
	secretRotation: { rotateWhenChanged: { turn } },
});
/** A rotation and a new name in one run: a PUT, a POST of the secret, and a login. */
const before = withTurn(service, 1);
const after = { ...withTurn(service, 2), name: "Renamed" };

async function withClient(program: Properties = before) {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.clock.advance(60_000);
	run.simulator.requests.clear();
	return { run, id, outs, secret: outs["clientSecret"] as string };
}

test("a rotation before which the login of the run gets no answer has made nothing: state stays as it is", async () => {
	const { run, id, outs, secret } = await withClient();
	run.fault("POST", paths.login, { kind: "cut", times: "always" });
	const failure = await failureOf<Partial<PartialFailure> & Error>(
		laterRun(run).update(id, outs, withTurn(service, 2)),
	);
	expect(failure.properties).toBeUndefined();
	expect(failure.message).not.toContain("may have stopped working");
	expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
});

const steps = [
	["the PUT", "PUT", paths.client],
	["the POST of the secret", "POST", paths.secret],
	["the login with the new secret", "POST", paths.login],
] as const;
const faults: [string, FaultKind][] = [
	["a cut before it", { kind: "cut", times: 5 }],
	["a cut after it", { kind: "cut", when: "after", times: 5 }],
	["one cut after it", { kind: "cut", when: "after" }],
	["500", { kind: "status", status: 500, times: 5 }],
	["500 after it", { kind: "status", status: 500, when: "after", times: 5 }],
	["503", { kind: "status", status: 503, times: 5 }],
	["504 after it", { kind: "status", status: 504, when: "after", times: 5 }],
	["408 after it", { kind: "status", status: 408, when: "after", times: 5 }],
	["400", { kind: "status", status: 400, code: "bad.client.role", times: 4 }],
	["401", { kind: "status", status: 401, times: 5 }],
	["403", { kind: "status", status: 403, times: 5 }],
	["the vendor's 404", { kind: "status", status: 404, code: "not.found", times: 5 }],
	["429 for an hour", { kind: "status", status: 429, retryAfterSeconds: 3600, times: 5 }],
	["broken JSON", { kind: "malformed", when: "after", times: 5 }],
	["a page of a proxy", { kind: "html", times: 5 }],
	["a page of a proxy with 200", { kind: "html", status: 200, when: "after", times: 5 }],
	["an empty answer", { kind: "status", status: 204, body: "", when: "after", times: 5 }],
	["an answer without what it is for", { kind: "status", status: 200, body: {}, when: "after", times: 5 }],
];
const table = steps.flatMap(([step, method, path]) =>
	faults.map(([name, fault]) => ({ step, name, method, path, fault })),
);

describe("after any failure of a rotation", () => {
	test.each(table)(
		"by $name at $step, state either has the secret that works or knows that it may not; the next run ends it",
		async ({ method, path, fault }) => {
			const { run, id, outs } = await withClient();
			run.fault(method, path, fault);
			const state = await stateAfter(run.update(id, outs, after), outs);
			run.simulator.faults.clear();
			const pending = (state["pendingSecretSteps"] ?? []) as string[];
			const isMarked = pending.includes("renew") || pending.includes("verify");
			expect(isMarked || hasWorkingSecret(run, id, state)).toBe(true);

			const next = laterRun(run);
			const outputs = next.diff(state, after).changes ? await next.update(id, state, after) : state;
			expect(hasWorkingSecret(run, id, outputs)).toBe(true);
			expect(outputs).toMatchObject({ clientId: id, name: "Renamed" });
			expect(outputs).not.toHaveProperty("pendingSecretSteps");
			expect(outputs["secretVersion"]).toBeGreaterThanOrEqual(2);
			expect(next.diff(outputs, after).changes).toBe(false);
			expect(run.simulator.organization.clients()).toHaveLength(1);
		},
	);

	test.each(table)(
		"by $name at $step, nothing that a user or a log sees holds a secret",
		async ({ method, path, fault }) => {
			const { run, id, outs, secret } = await withClient();
			run.fault(method, path, fault);
			let told = "";
			const state = await stateAfter(
				run.update(id, outs, after).catch((error: Partial<PartialFailure> & Error) => {
					told = `${error.toString()} ${error.message} ${error.stack} ${JSON.stringify(error.reasons)}`;
					throw error;
				}),
				outs,
			);
			for (const hidden of [secret, state["clientSecret"] as string, run.simulator.administrator.clientSecret]) {
				expect(told + run.notices.join()).not.toContain(hidden);
				expect(told + run.notices.join()).not.toContain(Buffer.from(`${id}:${hidden}`).toString("base64"));
			}
		},
	);
});

/** What the login says of a wrong secret. */
const wrongSecret = "authentication failed";

describe("a rotation", () => {
	test("is one POST of the secret and one login; the id, and all else, stays", async () => {
		const { run, id, outs, secret } = await withClient();
		const updated = await run.update(id, outs, withTurn(service, 2));
		expect(run.calls()).toEqual(["POST /clients/{clientId}/secret 200"]);
		expect(run.logins()).toBe(1);
		const { clientSecret, secretVersion, secretRotatedAt, secretFingerprint, secretRotation, dateModified, ...others } =
			updated;
		expect(outs).toMatchObject(others);
		expect([secretVersion, clientSecret === secret]).toEqual([2, false]);
		expect(secretFingerprint).not.toBe(outs["secretFingerprint"]);
		// The new secret is tried after ten seconds.
		expect(run.waits).toEqual([10_000]);
		expect(Date.parse(secretRotatedAt as string)).toBe(run.clock.now() - 10_000);
		expect([secretRotation, typeof dateModified]).toEqual([{ rotateWhenChanged: { turn: 2 } }, "string"]);
	});

	test("of a run that was killed before the engine saved is made again by the next, whose secret works", async () => {
		const { run, id, outs } = await withClient();
		const unsaved = await run.update(id, outs, withTurn(service, 2));
		const updated = await laterRun(run).update(id, outs, withTurn(service, 2));
		expect(updated["clientSecret"]).not.toBe(unsaved["clientSecret"]);
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
		expect(run.calls()).toEqual(["POST /clients/{clientId}/secret 200", "POST /clients/{clientId}/secret 200"]);
	});

	test("of a client that users log in with is one POST and one login too: what it refuses tells that the secret is right", async () => {
		const { run, id, outs } = await withClient(withTurn(webApp, 1));
		const updated = await run.update(id, outs, withTurn(webApp, 2));
		expect(run.calls()).toEqual(["POST /clients/{clientId}/secret 200"]);
		expect(run.logins()).toBe(1);
		expect(updated["triedGrant"]).toBe("CODE");
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
	});

	test("that the login needs a moment to learn of is tried again, and succeeds", async () => {
		const { run, id, outs } = await withClient();
		run.fault("POST", paths.login, {
			kind: "status",
			status: 400,
			code: "invalid_client",
			message: wrongSecret,
			times: 3,
		});
		const updated = await run.update(id, outs, withTurn(service, 2));
		expect(run.waits).toEqual([10_000, 15_000, 15_000, 15_000]);
		expect(updated).not.toHaveProperty("pendingSecretSteps");
		expect(run.simulator.requests.count({ template: paths.secret })).toBe(1);
	});

	test("whose secret the login refuses is marked for another; one that couldn't be tried is only tried", async () => {
		const refused = await withClient();
		refused.run.fault("POST", paths.login, {
			kind: "status",
			status: 400,
			code: "invalid_client",
			message: wrongSecret,
			times: 4,
		});
		const failure = await failureOf<PartialFailure>(refused.run.update(refused.id, refused.outs, withTurn(service, 2)));
		expect(failure.properties["pendingSecretSteps"]).toEqual(["renew"]);

		const untried = await withClient();
		untried.run.fault("POST", paths.login, { kind: "status", status: 503, times: 5 });
		const other = await failureOf<PartialFailure>(untried.run.update(untried.id, untried.outs, withTurn(service, 2)));
		expect(other.properties["pendingSecretSteps"]).toContain("verify");
		expect(other.properties["pendingSecretSteps"]).not.toContain("renew");
		untried.run.simulator.requests.clear();
		const outs = await laterRun(untried.run).update(untried.id, other.properties, withTurn(service, 2));
		expect(untried.run.simulator.requests.count({ template: paths.secret })).toBe(0);
		expect(outs).toMatchObject({ clientSecret: other.properties["clientSecret"], secretVersion: 2 });
	});

	test("of a client that support disabled is refused before anything is sent", async () => {
		const { run, id, outs, secret } = await withClient();
		run.simulator.organization.disableClient(id);
		const { props } = await run.read(id, outs);
		run.simulator.requests.clear();
		expect((await failureOf(run.update(id, { ...props }, withTurn(service, 2)))).message).toContain("only they can");
		expect(run.calls()).toEqual([]);
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
	});

	test("that is asked for while the client is inactive is done: its old secret must not wake up with it", async () => {
		const { run, id, outs, secret } = await withClient();
		const asleep = { ...withTurn(service, 2), state: "inactive" };
		const updated = await run.update(id, outs, asleep);
		expect(run.logins()).toBe(0);
		expect(run.diff(updated, asleep).changes).toBe(false);
		const awake = await run.update(id, updated, withTurn(service, 2));
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(false);
		expect(hasWorkingSecret(run, id, awake)).toBe(true);
	});

	test("by age waits while the client is inactive, and is done when it is active again", async () => {
		const aging = { ...service, secretRotation: { maxAgeDays: 7 } };
		const { run, id, outs, secret } = await withClient(aging);
		run.clock.advance(30 * 86_400_000);
		const asleep = await run.update(id, outs, { ...aging, state: "inactive" });
		expect(asleep["clientSecret"]).toBe(secret);
		expect(run.diff(asleep, { ...aging, state: "inactive" }).changes).toBe(false);
		const awake = await run.update(id, asleep, aging);
		expect(awake["clientSecret"]).not.toBe(secret);
		expect(hasWorkingSecret(run, id, awake)).toBe(true);
	});
});

test("a mark that is left while the client is made inactive isn't lost with it", async () => {
	const { run, id, outs } = await withClient();
	run.fault("POST", paths.secret, { kind: "cut", when: "after", times: 2 });
	const marked = await stateAfter(run.update(id, outs, withTurn(service, 2)), outs);
	const asleep = await stateAfter(run.update(id, marked, { ...withTurn(service, 2), state: "inactive" }), marked);
	const awake = await run.update(id, asleep, withTurn(service, 2));
	expect(hasWorkingSecret(run, id, awake)).toBe(true);
	expect(run.diff(awake, withTurn(service, 2)).changes).toBe(false);
});

describe("a rotation whose answer was lost, twice,", () => {
	const [one, two] = [withTurn(service, 1), withTurn(service, 2)];

	/** @param when whether the API had made a new secret each time */
	async function withLostAnswer(when: "before" | "after") {
		const { run, id, outs, secret } = await withClient();
		run.fault("POST", paths.secret, { kind: "cut", when, times: when === "after" ? 2 : 10 });
		const state = await stateAfter(run.update(id, outs, two), outs);
		run.simulator.faults.clear();
		run.simulator.requests.clear();
		return { run: laterRun(run), id, state, secret };
	}

	test("leaves the secret to be tried, and the rotation due", async () => {
		for (const when of ["before", "after"] as const) {
			const { run, state, secret } = await withLostAnswer(when);
			expect(state).toMatchObject({
				clientSecret: secret,
				pendingSecretSteps: ["verify"],
				secretRotation: one["secretRotation"],
			});
			expect(run.diff(state, two).notices.join()).toContain("rotateWhenChanged has changed");
		}
	});

	test("is made by the next up, also where the old secret still works", async () => {
		for (const when of ["before", "after"] as const) {
			const { run, id, state, secret } = await withLostAnswer(when);
			const updated = await run.update(id, state, two);
			expect([hasWorkingSecret(run, id, updated), updated["clientSecret"] === secret]).toEqual([true, false]);
			expect(run.diff(updated, two).changes).toBe(false);
		}
	});

	test("is made where the commit was taken back only if login rejects the old secret", async () => {
		for (const when of ["before", "after"] as const) {
			const { run, id, state, secret } = await withLostAnswer(when);
			expect(run.diff(state, one)).toMatchObject({
				changes: true,
				notices: [expect.stringContaining("pulumi up tries the secret of")],
			});
			const updated = await run.update(id, state, one);
			expect([hasWorkingSecret(run, id, updated), updated["clientSecret"] === secret]).toEqual([
				true,
				when === "before",
			]);
			expect(run.simulator.requests.count({ template: paths.secret })).toBe(when === "before" ? 0 : 1);
			expect(run.diff(updated, one).changes).toBe(false);
		}
	});

	test("isn't forgotten while the client is inactive, when nobody can try the secret: that is done when it is active", async () => {
		const { run, id, state } = await withLostAnswer("after");
		const asleep = await run.update(id, state, { ...one, state: "inactive" });
		expect(asleep["pendingSecretSteps"]).toEqual(["verify"]);
		expect(run.diff(asleep, { ...one, state: "inactive" })).toMatchObject({ changes: false, notices: [] });
		const awake = await run.update(id, asleep, one);
		expect(hasWorkingSecret(run, id, awake)).toBe(true);
		expect(run.diff(awake, one).changes).toBe(false);
	});

	test("isn't tried while support has disabled the client, whose secret login rejects: it may be right", async () => {
		const { run, id, state, secret } = await withLostAnswer("before");
		run.simulator.organization.disableClient(id);
		const { props } = await run.read(id, state);
		expect(run.diff({ ...props }, one).changes).toBe(false);
		const updated = await run.update(id, { ...props }, { ...one, timeouts: { read: 60 } });
		expect(updated).toMatchObject({ clientSecret: secret, pendingSecretSteps: ["verify"] });
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
	});
});
