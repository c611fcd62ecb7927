import { describe, expect, test } from "vitest";
import type { ConnectionError } from "../../provider/api/errors";
import { describeWait } from "../../provider/api/rate-limit-wait";
import { paths, serviceRequest } from "./support/client-requests";
import { createThousandInLeastTime, leastTime, startCreates } from "./support/paced-creates";
import { atOnce, startPacedRun } from "./support/paced-run";
import { failureOf } from "./support/simulated-api";

describe("1,000 creates against 300 requests a minute for one token", () => {
	test("with one token finish within 1.05 times the least possible time, and tell the user once for each minute what they wait for", async () => {
		const { logins, notices } = await createThousandInLeastTime(1);
		expect(logins()).toBe(1);
		const advice = "a larger tokenPoolSize (GENESYSCLOUD_TOKEN_POOL_SIZE) allows more tokens";
		expect(notices).toEqual(
			[300, 600, 900].map((done) => {
				const limit = "300 requests a minute for one token";
				return `waiting 59 s for Genesys Cloud's rate limit (${limit}): ${done} calls done, ${1002 - done} waiting; ${advice}`;
			}),
		);
	});

	test("take four tokens when nothing is set, and wait for no minute", async () => {
		const run = await createThousandInLeastTime();
		expect([run.logins(), run.refused(), run.notices]).toEqual([4, 0, []]);
		expect(run.elapsed()).toBeLessThan(10);
	});
});

test("600 creates keep to the limit when answers are slow and overtake each other", async () => {
	const run = await startCreates(1);
	// Counted in order, answered late: 30 of the first minute's calls, across its end.
	for (const skip of [20, 100, 285])
		run.simulator.faults.add({
			method: "POST",
			path: paths.clients,
			kind: "delay",
			when: "after",
			ms: 4000,
			times: 10,
			skip,
		});
	await run.createMany(600);
	expect(run.refused()).toBe(0);
	expect(run.elapsed() / leastTime(602, 1)).toBeLessThan(1.05);
});

test("300 calls take one login and no wait, and nothing is said; the next call takes a second login", async () => {
	const run = await startCreates(50);
	await run.createMany(298);
	expect([run.simulator.requests.count({ kind: "api" }), run.logins(), run.notices]).toEqual([300, 1, []]);
	await run.createMany(1, 298);
	expect([run.simulator.requests.count({ kind: "api" }), run.logins(), run.notices]).toEqual([301, 2, []]);
	expect(run.elapsed()).toBeLessThan(5);
});

describe("calls that wait for the rate limit", () => {
	test("go on in the order in which they came", async () => {
		const run = await startPacedRun({ allowed: 5, concurrency: 3 });
		await atOnce(23, async (index) => run.api.postOauthClients(serviceRequest({ name: `client ${index}` })));
		const made = run.simulator.organization.clients();
		for (const { name, dateCreated } of made) {
			const minute = Math.floor(Number(name.slice("client ".length)) / 5);
			expect(Date.parse(dateCreated)).toBe(Date.parse(made[0]?.dateCreated ?? "") + minute * 60_000);
		}
		expect([made.length, run.refused()]).toEqual([23, 0]);
	});

	test("with a ready access token get no other, nor the advice to have more", async () => {
		const run = await startPacedRun({
			allowed: 10,
			concurrency: 2,
			credentials: ({ organization, administrator }) => ({
				accessToken: organization.issueToken(administrator.clientId),
			}),
		});
		await atOnce(24, async () => run.api.getOauthScope("users"));
		expect([run.refused(), run.logins()]).toEqual([0, 0]);
		expect(run.waits.map(describeWait)).toEqual([
			"waiting 60 s for Genesys Cloud's rate limit (10 requests a minute for one token): 10 calls done, 14 waiting",
			"waiting 60 s for Genesys Cloud's rate limit (10 requests a minute for one token): 20 calls done, 4 waiting",
		]);
	});

	test("are told without a number when only one waits: the others haven't asked yet", () => {
		const wait = { milliseconds: 1500, allowed: 10, tokens: 1, isPoolFull: true, done: 10, waiting: 1 };
		expect(describeWait(wait)).toBe(
			"waiting 2 s for Genesys Cloud's rate limit (10 requests a minute for one token): 10 calls done; a larger tokenPoolSize (GENESYSCLOUD_TOKEN_POOL_SIZE) allows more tokens",
		);
	});

	test("are ended by a deadline, which says what they waited for; nothing is sent afterwards", async () => {
		const run = await startPacedRun({ allowed: 3, concurrency: 2 });
		const controller = new AbortController();
		const hurried = run.api.until({ signal: controller.signal, source: "5 seconds (timeouts.create)" });
		await atOnce(2, async () => run.api.getOauthScope("users"));
		run.waits.length = 0;
		const late = atOnce(6, async (index) =>
			failureOf<ConnectionError>(hurried.postOauthClients(serviceRequest({ name: `client ${index}` }))).catch(
				() => undefined,
			),
		);
		await run.whenWaiting();
		controller.abort();
		const errors = (await late).filter((error) => error !== undefined);
		expect(errors).toHaveLength(5);
		for (const error of errors) {
			expect(error).toMatchObject({ name: "ConnectionError", code: "DEADLINE", mayHaveActed: false });
			expect(error.message).toBe(
				"post_oauth_clients failed: timed out after 5 seconds (timeouts.create). It was waiting for Genesys Cloud's rate limit and wasn't carried out: run again, or raise the timeout",
			);
		}
		// The next goes on as if they had never been.
		await run.api.getOauthScope("users");
		expect(run.simulator.requests.filter({ kind: "api" }).map(({ method }) => method)).toEqual([
			"GET",
			"GET",
			"POST",
			"GET",
		]);
		expect(run.refused()).toBe(0);
	});

	test("because of a refusal let the others wait too", async () => {
		const run = await startPacedRun({ concurrency: 1 });
		run.simulator.faults.add({
			method: "GET",
			path: paths.client.replace("clients/{clientId}", "scopes/{scopeId}"),
			kind: "status",
			status: 429,
			retryAfterSeconds: 30,
		});
		await atOnce(4, async () => run.api.getOauthScope("users"));
		expect(run.times()).toEqual([0, 30, 30, 30, 30]);
		expect(run.waits.map(describeWait)).toEqual([
			"waiting 30 s, as Genesys Cloud requested (429): 0 calls done, 4 waiting",
		]);
	});

	test("that was refused has surely not acted: a deadline says so", async () => {
		const run = await startPacedRun();
		const controller = new AbortController();
		const hurried = run.api.until({ signal: controller.signal, source: "a test's time" });
		run.simulator.faults.add({
			method: "POST",
			path: paths.clients,
			kind: "status",
			status: 429,
			retryAfterSeconds: 120,
			times: "always",
		});
		const failure = failureOf<ConnectionError>(hurried.postOauthClients(serviceRequest()));
		await run.whenWaiting();
		controller.abort();
		expect(await failure).toMatchObject({ code: "DEADLINE", mayHaveActed: false });
		expect((await failure).message).toContain("It was waiting for Genesys Cloud's rate limit");
	});
});

test("what is left of the rate limit is what the latest answer said", async () => {
	const run = await startPacedRun();
	expect(run.api.rateLimit()).toBeUndefined();
	await run.api.getOauthScopes();
	await run.clock.sleep(10_000);
	await run.api.getOauthScopes();
	expect(run.api.rateLimit()).toEqual({ allowed: 300, count: 2, reset: 50 });
});
