import { describe, expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import type { ClientSeed } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import {
	type LifecycleRun,
	hasWorkingSecret,
	laterRun,
	startLifecycle,
	webApp as usualApp,
} from "./support/lifecycle-run";
import { connection, stagingEnvironment } from "./support/second-organization";
import { startOperations } from "./support/operations-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const hour = 3_600_000;
/** Its namesakes here are no clients of interrupted runs: it doesn't ask about them. */
const webApp = { ...usualApp, allowSameName: true };
/** The settings that `webApp` leads to, for a client that somebody else makes. */
const namesake: ClientSeed = {
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly", "routing"],
	registeredRedirectUri: ["https://b.example.com/cb", "https://a.example.com/cb"],
};
const otherProgram = { ...webApp, name: "Something else" };

/** A run whose next POST is carried out and gets no answer; a namesake may be made in the same moment. */
async function withLostPost(options: Parameters<typeof startLifecycle>[0] = {}, when: "before" | "after" = "after") {
	const run = await startLifecycle(options);
	run.fault("POST", paths.clients, { kind: "cut", when });
	return run;
}

const secretPosts = ({ simulator }: LifecycleRun) => simulator.requests.count({ template: paths.secret });

describe("a client whose making got no answer is found", () => {
	test.each([-48, -5, -0.01, 0.01, 5, 48])("when this machine's clock is %d hours off the server's", async (hours) => {
		const run = await withLostPost({ clockAhead: hours * hour });
		run.simulator.organization.addClient({
			...namesake,
			dateCreated: new Date(run.clock.now() - 60_000).toISOString(),
		});
		const { id, outs } = await run.create(webApp);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(run.simulator.organization.clients().at(-1)?.id).toBe(id);
	});

	test("and gets a new secret also where the list shows one: that may be cut", async () => {
		const run = await withLostPost();
		const { faults, organization, requests } = run.simulator;
		run.fault("GET", paths.clients, { kind: "hang" });
		run.fault("POST", paths.secret, { kind: "hang" });
		const making = run.create(webApp);
		await requests.whenReceived({ method: "GET", template: paths.clients });
		const [{ id } = { id: "" }] = organization.clients();
		organization.changeClient(id, { extra: { secret: "abcd****" } });
		faults.release();
		await requests.whenReceived({ method: "POST", template: paths.secret });
		organization.changeClient(id, { extra: {} });
		faults.release();
		const { outs } = await making;
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});

	test("when the list shows it most of a minute late", async () => {
		const run = await withLostPost();
		run.fault("GET", paths.clients, { kind: "status", status: 200, body: { entities: [] }, times: 6 });
		const { id, outs } = await run.create(webApp);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		// The last one is before the trial of its new secret.
		expect(run.waits).toEqual([2000, 5000, 8000, 10_000, 10_000, 10_000, 10_000]);
	});

	test("when it stands on the last page of the list", async () => {
		const clients = Array.from({ length: 7 }, (_, n) => ({ name: `other ${n}`, scope: ["users"] }));
		const run = await withLostPost({ seed: { clients, clientsPerPage: 3 } });
		const { id, outs } = await run.create(webApp);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});

	test("and has no secret to renew, when its grant has none", async () => {
		const run = await withLostPost();
		const { outs } = await run.create({ ...webApp, authorizedGrantType: "TOKEN" });
		expect(outs).toMatchObject({ clientSecret: "", secretVersion: 0 });
		expect(secretPosts(run)).toBe(0);
	});

	test("and made inactive, when it is declared so", async () => {
		const run = await withLostPost();
		const { id, outs } = await run.create({ ...webApp, state: "inactive" });
		expect(run.simulator.organization.client(id)?.state).toBe("inactive");
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});

	test("in each of two organizations, whoever made the clients of the other", async () => {
		const staging = await startLifecycle();
		const run = await startLifecycle({ environment: stagingEnvironment(staging) });
		await run.create(otherProgram);
		staging.fault("POST", paths.clients, { kind: "cut", when: "after" });
		const { id, outs } = await run.create({ ...webApp, connection });
		expect(hasWorkingSecret(staging, id, outs)).toBe(true);
		expect(staging.simulator.organization.clients()).toHaveLength(1);
	});
});

describe("nobody else's client is taken for it, nor gets a new secret:", () => {
	const strangers: [string, (run: LifecycleRun) => Partial<ClientSeed>][] = [
		["one made a minute before", ({ clock }) => ({ dateCreated: new Date(clock.now() - 60_000).toISOString() })],
		["one of another name", () => ({ name: "agent desktop" })],
		["one that is deleted", () => ({ extra: { state: "deleted" } })],
	];
	test.each(strangers)("%s", async (_, change) => {
		const run = await withLostPost({}, "before");
		const { client, secret } = run.simulator.organization.addClient({ ...namesake, ...change(run) });
		expect((await failureOf(run.create(webApp))).message).toContain("No client named");
		expect(run.simulator.organization.checkSecret(client.id, secret ?? "")).toBe(true);
		expect(secretPosts(run)).toBe(0);
	});

	test("one of some minutes ago that the run has listed, and doesn't ask about", async () => {
		const run = await withLostPost({}, "before");
		const { organization } = run.simulator;
		const author = organization.addClient({ name: "Another pipeline" }).client.id;
		const dateCreated = new Date(run.clock.now() - 300_000).toISOString();
		const theirs = organization.addClient({ ...namesake, createdBy: { id: author }, dateCreated });
		expect((await failureOf(run.create(usualApp))).message).toContain("No client named");
		expect(organization.checkSecret(theirs.client.id, theirs.secret ?? "")).toBe(true);
		expect(secretPosts(run)).toBe(0);
	});

	test("one whose making has no date", async () => {
		const run = await withLostPost({}, "before");
		const entities = [{ ...namesake, id: absentId, state: "active" }];
		run.fault("GET", paths.clients, { kind: "status", status: 200, body: { entities }, times: "always" });
		expect((await failureOf(run.create(webApp))).message).toContain("No client named");
		expect(secretPosts(run)).toBe(0);
	});

	test("one that somebody else made in the same moment, as the API tells", async () => {
		const run = await startLifecycle();
		await run.create(otherProgram);
		run.fault("POST", paths.clients, { kind: "cut" });
		const { client, secret } = run.simulator.organization.addClient({ ...namesake, createdBy: { id: absentId } });
		await failureOf(run.create(webApp));
		expect(run.simulator.organization.checkSecret(client.id, secret ?? "")).toBe(true);
	});

	test("one with other settings, made in the same moment; the error names it, and doesn't say that nothing was made", async () => {
		const run = await withLostPost({}, "before");
		const { client, secret } = run.simulator.organization.addClient({ ...namesake, scope: ["users:readonly"] });
		const { message } = await failureOf(run.create(webApp));
		expect(message).toContain(client.id);
		expect(message).not.toContain("No client named");
		expect(message).not.toContain("\n");
		expect(run.simulator.organization.checkSecret(client.id, secret ?? "")).toBe(true);
		expect(secretPosts(run)).toBe(0);
	});

	test("several of the same moment: the error lists them all, and says what to do", async () => {
		const run = await withLostPost();
		const others = [1, 2].map(() => run.simulator.organization.addClient(namesake));
		const { message } = await failureOf(run.create(webApp));
		const ids = run.simulator.organization.clients().map(({ id }) => id);
		expect(ids).toHaveLength(3);
		for (const id of ids) expect(message).toContain(id);
		expect(message).toContain("adopt.clientId");
		for (const { client, secret } of others) {
			expect(run.simulator.organization.checkSecret(client.id, secret ?? "")).toBe(true);
		}
		expect(secretPosts(run)).toBe(0);
	});

	test("one of the stack's own, that this run has refreshed", async () => {
		const first = await startLifecycle();
		const { id, outs } = await first.create(webApp);
		const run = laterRun(first);
		await run.read(id, outs);
		run.fault("POST", paths.clients, { kind: "cut" });
		await failureOf(run.create(webApp));
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});
});

describe("a create that is answered about a client of before, as by a gateway that repeats an answer,", () => {
	test.each([
		["whole", {}],
		["unusable", { name: 5 }],
	])("takes its own, and leaves that one its secret (%s)", async (_, change) => {
		const run = await startLifecycle();
		const before = await run.create(otherProgram);
		const body = { ...(await run.api.getOauthClient(before.id)), secret: before.outs["clientSecret"], ...change };
		run.fault("POST", paths.clients, { kind: "status", status: 200, body, when: "after" });
		const made = await run.create(webApp);
		expect(run.simulator.organization.clients().map(({ id }) => id)).toEqual([before.id, made.id]);
		for (const { id, outs } of [before, made]) expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});
});

describe("two creates of one name at once", () => {
	test.each([0, 1])("of which number %d gets no answer, make two clients, each with its own secret", async (skip) => {
		const run = await startLifecycle();
		run.fault("POST", paths.clients, { kind: "cut", when: "after", skip });
		const made = await Promise.all([run.create(webApp), run.create(webApp)]);
		expect(new Set(made.map(({ id }) => id)).size).toBe(2);
		expect(run.simulator.organization.clients()).toHaveLength(2);
		for (const { id, outs } of made) expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});

	test("that are both lost are told apart too", async () => {
		const run = await startLifecycle();
		run.fault("POST", paths.clients, { kind: "cut", when: "after", times: 2 });
		const made = await Promise.all([run.create(webApp), run.create(webApp)]);
		expect(new Set(made.map(({ id }) => id)).size).toBe(2);
		for (const { id, outs } of made) expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});
});

test("a scope that the API dropped in the lost POST is no reason to make a second client unawares", async () => {
	const run = await withLostPost();
	const program: Properties = { ...webApp, scope: ["users:readonly", "routing"] };
	// What the POST makes is changed before anybody looks: to us as if the API had dropped a scope.
	run.fault("GET", paths.clients, { kind: "hang" });
	const making = run.create(program);
	await run.simulator.requests.whenReceived({ method: "GET", template: paths.clients });
	for (const { id } of run.simulator.organization.clients()) {
		run.simulator.organization.changeClient(id, { scope: ["routing"] });
	}
	run.simulator.faults.release();
	const { message } = await failureOf(making);
	expect(message).toContain(run.simulator.organization.clients()[0]?.id);
	expect(message).not.toContain("No client named");
});

test("a list of integration credentials says nothing about clients: a namesake of a few minutes ago isn't taken, nor gets a new secret", async () => {
	const simulated = await startSimulatedApi();
	const run = startOperations(simulated);
	simulated.simulator.organization.addCredential({ name: "another" });
	const dateCreated = new Date(simulated.clock.now() - 300_000).toISOString();
	const { client, secret } = simulated.simulator.organization.addClient({ ...namesake, dateCreated });
	await run
		.credential("crm")
		.create({ name: "CRM sync", fields: { clientId: absentId, clientSecret: "a-secret-of-the-tests" } });
	simulated.fault("POST", paths.clients, { kind: "cut", when: "before" });
	expect((await failureOf(run.client("app").create(webApp))).message).toContain("No client named");
	expect(simulated.simulator.organization.checkSecret(client.id, secret ?? "")).toBe(true);
	expect(simulated.simulator.requests.count({ template: paths.secret })).toBe(0);
});
