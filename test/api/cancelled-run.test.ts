import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { createOAuthApi } from "../../provider/api/genesys-cloud-api";
import { paths } from "./support/client-requests";
import { service } from "./support/lifecycle-run";
import { type Resource, startOperations } from "./support/operations-run";
import { byValue, current, logsIn } from "./support/pair-run";
import { failureOf, type FaultKind, type SimulatedApiOptions, startSimulatedApi } from "./support/simulated-api";

const credentials = "/api/v2/integrations/credentials";
/** What the API says when it wants a pause of 40 seconds. */
const paused: FaultKind = { kind: "status", status: 429, retryAfterSeconds: 40 };
const turn = (value: number, more: Properties = {}) => ({
	...service,
	...more,
	secretRotation: { rotateWhenChanged: { value } },
});

/** An organization, a run on it that can be cancelled, and further runs, for which waits take no time. */
async function startCancellable(options: SimulatedApiOptions = {}) {
	const simulated = await startSimulatedApi({ ...options, autoAdvance: false });
	const { clock, simulator } = simulated;
	const quick = {
		...simulated,
		ourClock: { now: () => clock.now(), sleep: async (milliseconds: number) => clock.advance(milliseconds) },
	};
	const controller = new AbortController();
	const cancel = () => controller.abort();
	return {
		...simulated,
		cancelled: controller.signal,
		run: startOperations(simulated, { cancelled: controller.signal }),
		/** Another run. */
		another: (environment: Record<string, string> = {}) => startOperations(quick, { environment }),
		cancel,
		/** What work comes to that is cancelled while it waits; the wait itself must not end. */
		cancelledInWait: async <T>(work: Promise<T>): Promise<T> => {
			work.catch(() => undefined);
			const before = clock.now();
			await clock.whenSleeping();
			cancel();
			await work.catch(() => undefined);
			expect(clock.now()).toBe(before);
			return work;
		},
		/** What work comes to that is cancelled while a call of it is under way, which is then answered. */
		cancelledDuring: async <T>(method: string, template: string, start: () => Promise<T>, skip = 0): Promise<T> => {
			simulated.fault(method, template, { kind: "hang", skip });
			const before = simulator.requests.count({ method, template });
			const work = start();
			const state = { isOver: false };
			const over = () => (state.isOver = true);
			work.then(over, over);
			await simulator.requests.whenReceived({ method, template }, before + skip + 1);
			cancel();
			while (!state.isOver) {
				simulator.faults.release();
				await setImmediate();
			}
			return work;
		},
	};
}

const partial = async (work: Promise<unknown>) => failureOf<PartialFailure>(work);
const entryOf = ({ id, properties }: PartialFailure) => ({ id, outs: properties as Properties });
const writesOf = (calls: string[]) => calls.filter((call) => !call.startsWith("GET "));

/** Whether an organization has just one client, of which state has the secret. */
function hasOne({ simulator }: Pick<Awaited<ReturnType<typeof startCancellable>>, "simulator">, outs: Properties) {
	const [client, ...others] = simulator.organization.clients();
	const isRight = simulator.organization.checkSecret(client?.id ?? "", String(outs["clientSecret"]));
	return others.length === 0 && isRight && client?.state === "active";
}

describe("a create that is cancelled", () => {
	test("while it waits 40 seconds for the rate limit ends at once, and has made nothing", async () => {
		const organization = await startCancellable();
		organization.fault("POST", paths.clients, paused);
		const { message } = await failureOf(organization.cancelledInWait(organization.run.client("a").create(service)));
		expect(message).toBe(
			'creating OAuth client "CRM sync": post_oauth_clients failed: the run was cancelled: run again',
		);
		expect(organization.simulator.organization.clients()).toEqual([]);
		const { outs } = await organization.another().client("a").create(service);
		expect(hasOne(organization, outs)).toBe(true);
	});

	test("while its POST is under way gets the answer, and its secret", async () => {
		const organization = await startCancellable();
		const create = async () => organization.run.client("a").create(service);
		const { outs } = await organization.cancelledDuring("POST", paths.clients, create);
		expect(hasOne(organization, outs)).toBe(true);
	});

	test("before its PUT is a partial failure with id and secret, and the next run sends it", async () => {
		const organization = await startCancellable();
		const program = { ...service, state: "inactive" };
		const create = async () => organization.run.client("a").create(program);
		const failure = await partial(organization.cancelledDuring("POST", paths.clients, create));
		expect(failure.reasons.join()).toContain("put_oauth_client failed: the run was cancelled");
		expect(writesOf(organization.calls())).toEqual(["POST /clients 200"]);
		const { id, outs } = await organization.another().client("a").up(program, entryOf(failure));
		expect(organization.simulator.organization.client(id)?.state).toBe("inactive");
		expect(organization.simulator.organization.checkSecret(id, String(outs["clientSecret"]))).toBe(true);
	});

	test("before its POST, as another one is cancelled, sends nothing", async () => {
		const organization = await startCancellable();
		organization.cancel();
		const { message } = await failureOf(organization.run.client("a").create(service));
		expect(message).toContain("the run was cancelled");
		expect(organization.simulator.requests.all()).toEqual([]);
	});

	test("while it looks for what a lost POST has made ends at once; the next run finds the client and says how to take it over", async () => {
		const organization = await startCancellable();
		organization.fault("POST", paths.clients, { kind: "cut", when: "after" });
		organization.fault("GET", paths.clients, { kind: "status", status: 200, body: { entities: [] }, times: 2 });
		const { message } = await failureOf(organization.cancelledInWait(organization.run.client("a").create(service)));
		expect(message).toContain("run pulumi up again in a minute, which looks for it before it creates one");
		const [client] = organization.simulator.organization.clients();
		const variable = `GENESYSCLOUD_TAKE_OVER=${client?.id}`;
		const asked = await failureOf(organization.another().client("a").create(service));
		expect(asked.message).toContain(variable);
		const environment = { GENESYSCLOUD_TAKE_OVER: String(client?.id) };
		const { outs } = await organization.another(environment).client("a").create(service);
		expect(hasOne(organization, outs)).toBe(true);
	});

	test("while it lists what a lost POST has made takes the client with a new secret, which the next run tries", async () => {
		const organization = await startCancellable();
		organization.fault("POST", paths.clients, { kind: "cut", when: "after" });
		const create = async () => organization.run.client("a").create(service);
		// The first list is that of the run's start.
		const failure = await partial(organization.cancelledDuring("GET", paths.clients, create, 1));
		expect(hasOne(organization, failure.properties)).toBe(true);
		expect(failure.properties["pendingSecretSteps"]).toEqual(["verify"]);
		const { outs } = await organization.another().client("a").up(service, entryOf(failure));
		expect(outs["clientSecret"]).toBe(failure.properties["clientSecret"]);
	});

	test("of an integration credential while it waits has made nothing", async () => {
		const organization = await startCancellable();
		const program = { name: "CRM", type: "basicAuth", fields: { userName: "u", password: "p" } };
		organization.fault("POST", credentials, paused);
		const create = organization.run.credential("a").create(program);
		expect((await failureOf(organization.cancelledInWait(create))).message).toContain("the run was cancelled");
		await organization.another().credential("a").create(program);
		expect(organization.simulator.organization.credentials()).toHaveLength(1);
	});
});

/** A stack with a client, and its organization. */
async function withClient(program: Properties = service) {
	const organization = await startCancellable();
	const entry = await organization.another().client("a").create(program);
	organization.simulator.requests.clear();
	return {
		organization,
		entry,
		ours: organization.run.client("a"),
		theirs: (): Resource => organization.another().client("a"),
	};
}

describe("an update that is cancelled", () => {
	test("while its PUT is to be repeated saves what is unconfirmed, and the next run sends it again", async () => {
		const { organization, entry, ours, theirs } = await withClient();
		const changed = { ...service, description: "changed" };
		organization.fault("PUT", paths.client, { kind: "status", status: 503, when: "after" });
		const failure = await partial(organization.cancelledInWait(ours.up(changed, entry)));
		expect(failure.reasons.join()).toContain("The request may still have taken effect");
		expect(failure.properties["unconfirmedSettings"]).toEqual(["description"]);
		const { outs } = await theirs().up(service, entryOf(failure));
		expect(hasOne(organization, outs)).toBe(true);
		expect(organization.simulator.organization.clients()[0]?.description).toBe("");
	});

	test("while a new secret is under way saves it, and the next run tries it", async () => {
		const { organization, entry, ours, theirs } = await withClient(turn(1));
		const update = async () => ours.up(turn(2), entry);
		const failure = await partial(organization.cancelledDuring("POST", paths.secret, update));
		expect(failure.properties["pendingSecretSteps"]).toEqual(["verify"]);
		expect(hasOne(organization, failure.properties)).toBe(true);
		const { outs } = await theirs().up(turn(2), entryOf(failure));
		expect(outs["clientSecret"]).toBe(failure.properties["clientSecret"]);
		expect(outs["pendingSecretSteps"]).toEqual(undefined);
	});

	test("in the pause before the trial of a new secret saves it", async () => {
		const { organization, entry, ours } = await withClient(turn(1));
		const failure = await partial(organization.cancelledInWait(ours.up(turn(2), entry)));
		expect(hasOne(organization, failure.properties)).toBe(true);
		expect(failure.reasons.join()).toContain("couldn't be verified by a login, which the next pulumi up tries again");
	});

	test("after its PUT and before the rotation rotates with the next run", async () => {
		const { organization, entry, ours, theirs } = await withClient(turn(1));
		const changed = turn(2, { description: "changed" });
		const update = async () => ours.up(changed, entry);
		const failure = await partial(organization.cancelledDuring("PUT", paths.client, update));
		expect(hasOne(organization, failure.properties)).toBe(true);
		expect(writesOf(organization.calls())).toEqual(["PUT /clients/{clientId} 200"]);
		const { outs } = await theirs().up(changed, entryOf(failure));
		expect(outs).toMatchObject({ secretVersion: 2, description: "changed" });
		expect(hasOne(organization, outs)).toBe(true);
	});

	test("of a pair in the trial of the standby client's secret leaves the current one, and the next run goes on", async () => {
		const organization = await startCancellable();
		const entry = await organization.another().pair("crm").create(byValue("Q1"));
		const up = organization.run.pair("crm").up(byValue("Q2"), entry);
		const saved = entryOf(await partial(organization.cancelledInWait(up)));
		expect(current(saved)).toEqual(current(entry));
		expect(logsIn(organization, current(saved))).toBe(true);
		const next = await organization.another().pair("crm").up(byValue("Q2"), saved);
		expect(current(next).id).not.toBe(current(entry).id);
		expect([logsIn(organization, current(next)), logsIn(organization, current(entry))]).toEqual([true, true]);
		expect(organization.simulator.organization.clients()).toHaveLength(2);
	});
});

describe("a delete that is cancelled", () => {
	test("after it has set the client to inactive sets it back to active, and the next one deletes it", async () => {
		const { organization, entry, ours, theirs } = await withClient();
		const remove = async () => ours.delete(entry);
		const { stack } = await failureOf(organization.cancelledDuring("PUT", paths.client, remove));
		expect(stack).toBe(
			"delete_oauth_client failed: the run was cancelled: run again. The client was set back to active",
		);
		expect(hasOne(organization, entry.outs)).toBe(true);
		await theirs().delete(entry);
		expect(organization.simulator.organization.clients()).toEqual([]);
	});

	test("after it has set the client to inactive doesn't wait to set it back, and says what it has left", async () => {
		const { organization, entry, ours, theirs } = await withClient();
		organization.fault("PUT", paths.client, { ...paused, skip: 1 });
		const remove = async () => ours.delete(entry);
		const { stack } = await failureOf(organization.cancelledDuring("PUT", paths.client, remove));
		expect(stack).toContain("The client is inactive now, and Genesys Cloud deletes it");
		expect(stack).toContain("put_oauth_client failed: the run was cancelled");
		await theirs().delete(entry);
		expect(organization.simulator.organization.clients()).toEqual([]);
	});

	test("while its DELETE is under way has deleted the client", async () => {
		const { organization, entry, ours } = await withClient();
		await organization.cancelledDuring("DELETE", paths.client, async () => ours.delete(entry));
		expect(organization.simulator.organization.clients()).toEqual([]);
	});

	test("in the wait for the rate limit before anything has done nothing", async () => {
		const { organization, entry, ours } = await withClient();
		organization.fault("PUT", paths.client, paused);
		const { stack } = await failureOf(organization.cancelledInWait(ours.delete(entry)));
		expect(stack).toContain("put_oauth_client failed: the run was cancelled");
		expect(hasOne(organization, entry.outs)).toBe(true);
	});

	test("of a client less than a minute old, while it waits for a 404 to last, keeps it in state", async () => {
		const { organization, entry, ours } = await withClient();
		organization.fault("PUT", paths.client, { kind: "status", status: 404, code: "client.not.found" });
		const { stack } = await failureOf(organization.cancelledInWait(ours.delete(entry)));
		expect(stack).toBe("the run was cancelled: run again");
		expect(hasOne(organization, entry.outs)).toBe(true);
	});

	test("while its guard waits for the result of a usage query deletes nothing", async () => {
		const { organization, entry, ours } = await withClient({ ...service, deletionGuard: { inUseWithinDays: 7 } });
		const { stack } = await failureOf(organization.cancelledInWait(ours.delete(entry)));
		expect(stack).toContain("couldn't check whether the client is in use, so it wasn't deleted");
		expect(hasOne(organization, entry.outs)).toBe(true);
	});
});

describe("calls that are cancelled", () => {
	test("end while they are under way if they only read, and state stays", async () => {
		const { organization, entry, ours } = await withClient();
		organization.fault("GET", paths.client, { kind: "hang" });
		const work = failureOf(ours.refresh(entry));
		await organization.simulator.requests.whenReceived({ method: "GET", template: paths.client });
		organization.cancel();
		expect((await work).stack).toContain("get_oauth_client failed: the run was cancelled");
	});

	test("end all at once when they wait for a token's window, behind one another, or for another one's login", async () => {
		const organization = await startCancellable({ seed: { limits: { requestsPerMinute: 3 } } });
		const { clock, ourClock, cancelled, hosts, simulator } = organization;
		const api = createOAuthApi({
			hosts,
			credentials: simulator.administrator,
			clock: ourClock,
			cancelled,
			tokenPoolSize: 1,
		});
		const before = clock.now();
		const calls = Promise.allSettled(Array.from({ length: 40 }, async () => api.getOauthScopes()));
		await clock.whenSleeping();
		organization.cancel();
		const results = await calls;
		expect(results.filter(({ status }) => status === "rejected").length).toBeGreaterThanOrEqual(37);
		expect(simulator.requests.count({ kind: "api" })).toBe(3);
		expect(clock.now()).toBe(before);
	});
});
