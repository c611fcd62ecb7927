import { describe, expect, test } from "vitest";
import { type RunOptions, service, startLifecycle, startRun } from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

const turn = (value: number) => ({ ...service, secretRotation: { rotateWhenChanged: { value } } });

/** A run that is given a ready token, and what the API answers when it is asked whose that is. */
async function withToken(answer: FaultKind, options: RunOptions = {}) {
	const { simulator, fault, ourClock } = await startLifecycle();
	const token = simulator.organization.issueToken(simulator.administrator.clientId);
	fault("GET", "/api/v2/tokens/me", { ...answer, times: "always" });
	const run = startRun({ simulator, ourClock }, { ...options, environment: { GENESYSCLOUD_ACCESS_TOKEN: token } });
	return { simulator, run: { ...run, ourClock } };
}

describe("a ready token", () => {
	test("of a person is known by the organization: the client in it is the vendor's", async () => {
		const body = {
			organization: { id: "ours" },
			OAuthClient: { id: "web", organization: { id: "purecloud-builtin" } },
		};
		const { run } = await withToken({ kind: "status", status: 200, body });
		expect((await run.create(service)).outs["loginClientId"]).toBe("ours");
	});

	test("that may not say whose it is does its work; a client that is gone then is kept, for nobody knows whose it was", async () => {
		const { run, simulator } = await withToken({ kind: "status", status: 403 });
		const { id, outs } = await run.create(service);
		expect(outs["loginClientId"]).toBeUndefined();
		simulator.organization.removeClient(id);
		const { message } = await failureOf(run.read(id, outs));
		expect(message).toContain(
			"the login that created or last changed it (unknown), so Pulumi may be logged in to another organization (as an unknown client)",
		);
	});

	test("makes nothing when its time is up while the question whose it is hangs", async () => {
		const [time, source] = [new AbortController(), "the time that the test gives"];
		const deadlineIn = () => ({ signal: time.signal, source });
		const { run, simulator } = await withToken({ kind: "hang" }, { deadlineIn });
		const creating = failureOf(run.create(service));
		await simulator.requests.whenReceived({ method: "GET", template: "/api/v2/tokens/me" }, 1);
		time.abort();
		expect((await creating).message).toContain(`get_tokens_me failed: timed out after ${source}`);
		expect(simulator.organization.clients()).toEqual([]);
	});

	test("makes nothing while the question whose it is fails", async () => {
		const { run, simulator } = await withToken({ kind: "status", status: 400 });
		expect((await failureOf(run.create(service))).message).toContain("get_tokens_me failed: 400");
		expect(simulator.organization.clients()).toEqual([]);
	});

	test("renews and changes nothing while the question whose it is fails: no new secret is lost to it", async () => {
		const { simulator, run } = await withToken({ kind: "status", status: 400 });
		const { id, outs } = await startRun({ simulator, ourClock: run.ourClock }).create(turn(1));
		for (const program of [turn(2), { ...turn(1), description: "Changed" }]) {
			expect((await failureOf(run.update(id, outs, program))).message).toContain("get_tokens_me failed: 400");
		}
		expect(simulator.organization.checkSecret(id, outs["clientSecret"] as string)).toBe(true);
		expect(simulator.organization.client(id)?.description ?? "").toBe("");
	});
});
