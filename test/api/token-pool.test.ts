import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Credentials, TokenSource } from "../../provider/api/token-source";
import { TokenPool, type RequestPermit } from "../../provider/api/token-pool";
import { Transport } from "../../provider/api/transport";
import { createManualClock } from "../../simulator";
import { paths } from "./support/client-requests";
import { atOnce, startPacedRun } from "./support/paced-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

const scope = "/api/v2/oauth/scopes/{scopeId}";

describe("another token", () => {
	test("is fetched when the windows of those there are used up and calls wait, and no sooner", async () => {
		const run = await startPacedRun({ allowed: 10, concurrency: 5, tokens: 3 });
		const call = async () => run.api.getOauthScope("users");
		await atOnce(10, call);
		expect(run.logins()).toBe(1);
		await call();
		expect(run.logins()).toBe(2);
		await atOnce(9, call);
		expect(run.logins()).toBe(2);
		await atOnce(20, call);
		expect([run.logins(), run.refused(), run.waits.length]).toEqual([3, 0, 1]);
	});

	test("isn't fetched for a wait of a few seconds", async () => {
		const run = await startPacedRun({ allowed: 10, concurrency: 5, tokens: 3 });
		const call = async () => run.api.getOauthScope("users");
		await call();
		await run.clock.sleep(56_000);
		await atOnce(19, call);
		expect([run.logins(), run.refused(), run.waits]).toEqual([1, 0, []]);
		expect(run.elapsed()).toBe(60);
	});

	test("is kept: many minutes of work take no more logins", async () => {
		const run = await startPacedRun({ allowed: 10, concurrency: 5, tokens: 2 });
		await atOnce(200, async () => run.api.getOauthScope("users"));
		expect([run.logins(), run.refused()]).toEqual([2, 0]);
		expect(run.elapsed()).toBe(540);
	});

	test.each<[string, FaultKind]>([
		["is throttled, which the vendor says with a 400", { kind: "status", status: 400 }],
		["is refused", { kind: "status", status: 400, code: "invalid_client", message: "authentication failed" }],
		["meets a fault", { kind: "status", status: 503 }],
		["is cut off", { kind: "cut" }],
		["is answered with a page", { kind: "html" }],
	])("whose login %s is done without: calls wait for the first one's minute", async (_, fault) => {
		const run = await startPacedRun({ allowed: 10, concurrency: 5, tokens: 3 });
		run.simulator.faults.add({ method: "POST", path: paths.login, skip: 1, times: "always", ...fault });
		await atOnce(25, async () => run.api.getOauthScope("users"));
		expect(run.refused()).toBe(0);
		expect(run.elapsed()).toBe(120);
		// One try a minute, not repeated.
		expect(run.logins()).toBe(3);
		expect(run.waits.map(({ tokens, isPoolFull }) => [tokens, isPoolFull])).toEqual([
			[1, false],
			[1, false],
		]);
	});

	test("whose login hangs is done without too", async () => {
		// The login's own limit is five real seconds.
		const timeouts = { connect: 10_000, request: 2000 };
		const run = await startPacedRun({ allowed: 10, concurrency: 5, tokens: 3, timeouts });
		run.simulator.faults.add({ method: "POST", path: paths.login, kind: "hang", skip: 1, times: "always" });
		await atOnce(15, async () => run.api.getOauthScope("users"));
		expect([run.logins(), run.refused(), run.elapsed()]).toEqual([2, 0, 60]);
	});

	test("that can't be renewed is done without", async () => {
		const seed = { administrator: { accessTokenValiditySeconds: 200 } };
		const run = await startPacedRun({ allowed: 10, concurrency: 5, tokens: 2, seed });
		const call = async () => run.api.getOauthScope("users");
		await atOnce(20, call);
		await run.clock.sleep(150_000);
		run.simulator.faults.add({
			method: "POST",
			path: paths.login,
			kind: "status",
			status: 400,
			skip: 1,
			times: "always",
		});
		await atOnce(30, call);
		expect(run.simulator.requests.count({ kind: "api", status: 200 })).toBe(50);
		expect(run.elapsed()).toBe(150 + 120);
	});

	test("isn't fetched for a ready access token", async () => {
		const run = await startPacedRun({
			allowed: 10,
			tokens: 3,
			concurrency: 5,
			credentials: ({ organization, administrator }) => ({
				accessToken: organization.issueToken(administrator.clientId),
			}),
		});
		await atOnce(25, async () => run.api.getOauthScope("users"));
		expect([run.logins(), run.refused(), run.elapsed()]).toEqual([0, 0, 120]);
	});
});

describe("one token of several that the API no longer takes", () => {
	test("is renewed alone, and the others stay", async () => {
		const run = await startPacedRun({ allowed: 10, concurrency: 5, tokens: 2 });
		const call = async () => run.api.getOauthScope("users");
		await atOnce(15, call);
		run.simulator.faults.add({ method: "GET", path: scope, kind: "status", status: 401 });
		await call();
		expect(run.logins()).toBe(3);
		// The new token has a whole window; the first token's minute isn't over.
		await atOnce(9, call);
		expect([run.logins(), run.refused(), run.elapsed()]).toEqual([3, 0, 0]);
	});

	test("leaves no minute to wait for: the new one has its own", async () => {
		const run = await startPacedRun({ allowed: 10, concurrency: 5 });
		const call = async () => run.api.getOauthScope("users");
		await atOnce(9, call);
		run.simulator.organization.revokeTokens();
		await atOnce(10, call);
		expect([run.logins(), run.refused(), run.elapsed()]).toEqual([2, 0, 0]);
	});
});

/** Three tokens, each with a fresh minute. */
async function startWithThree(refusals = 1) {
	const run = await startPacedRun({ allowed: 10, concurrency: 2, tokens: 4 });
	const call = async () => run.api.getOauthScope("users");
	await atOnce(30, call);
	await run.clock.sleep(60_000);
	run.simulator.requests.clear();
	run.simulator.faults.add({
		method: "GET",
		path: scope,
		kind: "status",
		status: 429,
		retryAfterSeconds: 20,
		times: refusals,
	});
	return { run, call };
}

describe("a refusal that the token's own count doesn't explain", () => {
	test("lets all tokens wait, since the limit is the client's or the organization's", async () => {
		const { run, call } = await startWithThree();
		await atOnce(5, call);
		// The second was under way when the first was refused.
		expect(run.times()).toEqual([60, 60, 80, 80, 80, 80]);
	});

	test("ends the fetching of tokens, and leaves one fewer", async () => {
		const { run, call } = await startWithThree();
		await atOnce(41, call);
		expect([run.logins(), run.refused()]).toEqual([0, 1]);
		expect(run.waits.at(-1)).toMatchObject({ tokens: 2, isPoolFull: false });
	});

	test("that two calls under way meet leaves one fewer too, not two", async () => {
		const { run, call } = await startWithThree(2);
		await atOnce(41, call);
		expect([run.logins(), run.refused()]).toEqual([0, 2]);
		expect(run.waits.at(-1)).toMatchObject({ tokens: 2, isPoolFull: false });
	});
});

/** A pool of one token, by a clock that stands: a ready one, or one that a login gives. */
function startPool(login: { loginUrl: string; credentials: Credentials } = ready) {
	const clock = createManualClock();
	const transport = new Transport({ clock, timeouts: { connect: 10_000, request: 30_000 }, connections: 1 });
	const first = new TokenSource({ transport, clock, ...login });
	return { clock, pool: new TokenPool({ clock, first, size: 1, onWait: () => undefined }) };
}
const ready = { loginUrl: "http://localhost", credentials: { accessToken: "ready" } };
const answer = (allowed: number, count: number, reset = 60) => ({
	reading: { allowed, count, reset },
	refused: false,
});

/** Lets everything run that can run without the clock. */
const settle = async () => new Promise<void>((resolve) => void setImmediate(resolve));

describe("permits", () => {
	test("are given in the order in which they are asked for", async () => {
		const { clock, pool } = startPool();
		const order: number[] = [];
		(await pool.permit()).end(answer(2, 2));
		const all = atOnce(9, async (index) => {
			const permit = await pool.permit();
			order.push(index);
			permit.end(answer(2, (index % 2) + 1));
		});
		while (order.length < 9) {
			if (clock.sleeping > 0) clock.advance(60_000);
			await settle();
		}
		await all;
		expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
	});

	test("that are given up, or fail, while the login is under way leave nothing counted", async () => {
		const { simulator } = await startPacedRun();
		const { pool } = startPool({ loginUrl: simulator.url, credentials: simulator.administrator });
		const controller = new AbortController();
		simulator.faults.add({ method: "POST", path: paths.login, kind: "hang" });
		const permit = failureOf(pool.permit(controller.signal));
		await simulator.requests.whenReceived({ template: paths.login });
		expect(pool.underWay).toBe(1);
		controller.abort();
		simulator.faults.release();
		expect((await permit).name).toBe("AbortError");
		expect(pool.underWay).toBe(0);

		const { pool: other } = startPool({
			loginUrl: simulator.url,
			credentials: { ...simulator.administrator, clientSecret: "wrong" },
		});
		expect((await failureOf(other.permit())).name).toBe("AuthenticationError");
		expect(other.underWay).toBe(0);
	});

	test("whatever is asked for, ended and given up in whatever order: nothing stays counted, and nobody waits for ever", async () => {
		const step = fc.oneof(
			fc.constant({ kind: "ask" } as const),
			fc.record({ kind: fc.constant("end" as const), which: fc.nat(9), answered: fc.boolean(), refused: fc.boolean() }),
			fc.record({ kind: fc.constant("abort" as const), which: fc.nat(9) }),
			fc.record({ kind: fc.constant("advance" as const), milliseconds: fc.nat(90_000) }),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), async (steps, allowed) => {
				const { clock, pool } = startPool();
				const asked: { controller: AbortController; permit?: RequestPermit; isOver: boolean }[] = [];
				let window = { begun: clock.now(), count: 0 };
				const end = (permit: RequestPermit, answered = true, refused = false) => {
					if (clock.now() - window.begun >= 60_000) window = { begun: clock.now(), count: 0 };
					window.count += 1;
					const reading = {
						allowed,
						count: window.count,
						reset: Math.ceil((window.begun + 60_000 - clock.now()) / 1000),
					};
					permit.end(answered ? { reading, refused, retryAfter: refused ? 7000 : undefined } : undefined);
				};
				for (const each of steps) {
					const one = "which" in each ? asked[each.which % Math.max(asked.length, 1)] : undefined;
					if (each.kind === "ask") {
						const call: (typeof asked)[number] = { controller: new AbortController(), isOver: false };
						asked.push(call);
						void pool.permit(call.controller.signal).then(
							(permit) => (call.permit = permit),
							() => (call.isOver = true),
						);
					} else if (each.kind === "advance") clock.advance(each.milliseconds);
					else if (each.kind === "abort") one?.controller.abort();
					else if (one?.permit !== undefined) end(one.permit, each.answered, each.refused);
					await settle();
				}
				// All that was begun ends; so must all that waits.
				for (let round = 0; round < 200; round += 1) {
					for (const { permit } of asked) if (permit !== undefined) end(permit);
					if (clock.sleeping > 0) clock.advance(60_000);
					await settle();
				}
				expect(asked.filter(({ permit, isOver }) => permit === undefined && !isOver)).toEqual([]);
				expect([pool.underWay, pool.isWaiting]).toEqual([0, false]);
			}),
			{ numRuns: 200 },
		);
	});
});
