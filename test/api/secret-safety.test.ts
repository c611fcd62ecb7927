import { describe, expect, test } from "vitest";
import { secretsOf } from "../../provider/lifecycle/argument-table";
import { clientKind } from "../../provider/lifecycle/oauth-client/kind";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { pairTable } from "../../provider/lifecycle/rotating-oauth-client/arguments";
import { RunRegistry } from "../../provider/lifecycle/run-registry";
import { Session } from "../../provider/lifecycle/session";
import { paths } from "./support/client-requests";
import { type LifecycleRun, service, startLifecycle, startRun, webApp } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { type FaultKind, failureOf, startSimulatedApi } from "./support/simulated-api";

const day = 86_400_000;
const rotating: Properties = { ...webApp, secretRotation: { maxAgeDays: 30 } };
const oddAnswer = { name: "Other", authorizedGrantType: "CODE", scope: "no list" };

/** A client whose secret is due, on the organization that it is in. */
async function withDueSecret(program: Properties = rotating) {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.clock.advance(31 * day);
	run.simulator.requests.clear();
	return { run, id, outs, secret: outs["clientSecret"] as string };
}

function works({ simulator }: LifecycleRun, id: string, settings: Properties): boolean {
	return simulator.organization.checkSecret(id, settings["clientSecret"] as string);
}

/** The same organization in a later run of Pulumi. */
const later = (run: LifecycleRun): LifecycleRun => ({ ...run, ...startRun(run) });

describe("state", () => {
	test.each<[string, Properties, Properties]>([
		["nothing", rotating, rotating],
		["an option", webApp, { ...webApp, timeouts: { create: 60 } }],
		["a renewed secret", rotating, { ...rotating, secretRotation: { maxAgeDays: 5 } }],
	])(
		"holds the secret once, and no field of its own among the API's, after an update of %s",
		async (_, before, after) => {
			const { run, id, outs } = await withDueSecret(before);
			const updated = await run.update(id, outs, after);
			expect(updated["unmanagedSettings"]).toEqual({});
			const secret = updated["clientSecret"] as string;
			expect(JSON.stringify(updated).split(secret)).toHaveLength(2);
			expect(works(run, id, updated)).toBe(true);
		},
	);

	test("is never sent to the API, not even by the update after the next", async () => {
		const { run, id, outs } = await withDueSecret(webApp);
		const first = await run.update(id, outs, { ...webApp, timeouts: { create: 60 } });
		const second = await run.update(id, first, { ...webApp, name: "Other" });
		// The simulator refuses properties that a request doesn't have.
		expect(second["name"]).toBe("Other");
		expect(run.simulator.organization.client(id)?.extra).toEqual({});
	});
});

describe("a renewed secret", () => {
	test("is kept when the answer to the PUT before it is of no use", async () => {
		const { run, id, outs, secret } = await withDueSecret();
		run.fault("PUT", paths.client, { kind: "status", status: 200, body: { id, ...oddAnswer } });
		const failure = await failureOf<PartialFailure>(run.update(id, outs, { ...rotating, name: "Other" }));
		const known = failure.properties ?? outs;
		expect(works(run, id, known)).toBe(true);
		expect(`${failure.message}${failure.stack}`).not.toContain(known["clientSecret"]);
		const updated = await later(run).update(id, known, { ...rotating, name: "Other" });
		expect(works(run, id, updated)).toBe(true);
		expect([secret, updated["name"]]).toEqual([expect.any(String), "Other"]);
	});

	test.each<[string, FaultKind]>([
		["a cut after it", { kind: "cut", when: "after" }],
		["an answer that can't be read", { kind: "malformed", when: "after" }],
		["a 500", { kind: "status", status: 500, when: "after" }],
	])("whose answer is lost by %s is renewed once more, and the one that arrives works", async (_, fault) => {
		const { run, id, outs } = await withDueSecret();
		run.fault("POST", paths.secret, fault);
		const updated = await run.update(id, outs, rotating);
		expect(works(run, id, updated)).toBe(true);
		expect(run.simulator.requests.count({ template: paths.secret })).toBe(2);
	});

	test("whose answers are all lost is told, and made good by the next run", async () => {
		const { run, id, outs } = await withDueSecret();
		run.fault("POST", paths.secret, { kind: "cut", when: "after", times: 2 });
		const failure = await failureOf<PartialFailure>(run.update(id, outs, rotating));
		expect(failure.id).toBe(id);
		expect(run.diff(failure.properties, rotating).changes).toBe(true);
		const updated = await later(run).update(id, failure.properties, rotating);
		expect(works(run, id, updated)).toBe(true);
		expect(run.diff(updated, rotating).changes).toBe(false);
	});

	test.each<[string, FaultKind]>([
		["a missing permission", { kind: "status", status: 403 }],
		["the rate limit", { kind: "status", status: 429, retryAfterSeconds: 3600 }],
		["a role that the caller lacks", { kind: "status", status: 400, code: "bad.client.role" }],
	])("that is refused by %s leaves the old one, which still works", async (_, fault) => {
		const { run, id, outs } = await withDueSecret();
		run.fault("POST", paths.secret, fault);
		const failure = await failureOf<Partial<PartialFailure> & Error>(run.update(id, outs, rotating));
		const known = failure.properties ?? outs;
		expect(works(run, id, known)).toBe(true);
		expect(run.diff(known, rotating).changes).toBe(true);
	});
});

describe("a client whose making got no answer", () => {
	test.each<[string, FaultKind]>([
		["is refused", { kind: "status", status: 403 }],
		["gets no answer", { kind: "cut", when: "after", times: 2 }],
	])("and whose first secret %s gets one in the next run", async (_, fault) => {
		const run = await startLifecycle();
		run.fault("POST", paths.clients, { kind: "cut", when: "after" });
		run.fault("POST", paths.secret, fault);
		const failure = await failureOf<PartialFailure>(run.create(service));
		const [made] = run.simulator.organization.clients();
		expect(failure.id).toBe(made?.id);
		expect(failure.properties).toMatchObject({ clientSecret: "" });
		expect(run.diff(failure.properties, service).changes).toBe(true);
		const outs = await later(run).update(failure.id, failure.properties, service);
		expect(works(run, failure.id, outs)).toBe(true);
	});

	test("isn't taken for one that was there before, of the same name and settings", async () => {
		const run = await startLifecycle();
		const { id, outs } = await run.create(webApp);
		run.clock.advance(60_000);
		const other = later(run);
		other.fault("POST", paths.clients, { kind: "cut" });
		await failureOf(other.create(webApp));
		expect(works(run, id, outs)).toBe(true);
	});

	test("isn't taken for another of this run, made at the same moment", async () => {
		const run = await startLifecycle();
		run.fault("POST", paths.clients, { kind: "cut", skip: 1, when: "after" });
		const made = await Promise.all([run.create(webApp), run.create(webApp), run.create(webApp)]);
		expect(new Set(made.map(({ id }) => id)).size).toBe(3);
		for (const { id, outs } of made) expect(works(run, id, outs)).toBe(true);
		expect(run.simulator.organization.clients()).toHaveLength(3);
	});

	test("is told from others made meanwhile: none of them gets a new secret", async () => {
		const run = await startLifecycle();
		const other = later(run);
		const theirs = await other.create(webApp);
		run.fault("POST", paths.clients, { kind: "cut", when: "after" });
		const { message } = await failureOf(run.create(webApp));
		expect(message).toContain(theirs.id);
		expect(works(run, theirs.id, theirs.outs)).toBe(true);
		expect(run.simulator.requests.count({ template: paths.secret })).toBe(0);
	});
});

async function withStranger() {
	const run = await startLifecycle();
	const { client } = run.simulator.organization.addClient({
		name: "Agent desktop",
		authorizedGrantType: "CODE",
		registeredRedirectUri: ["https://old.example.com"],
		scope: ["users"],
	});
	return { run, id: client.id, program: { ...webApp, adopt: { clientId: client.id, rotateSecret: true } } };
}

describe("an adopted client", () => {
	test("with rotateSecret gets a secret that works", async () => {
		const { run, id, program } = await withStranger();
		const { outs } = await run.create(program);
		expect(works(run, id, outs)).toBe(true);
		expect(run.simulator.requests.count({ method: "POST", template: paths.clients })).toBe(0);
	});

	test("keeps its new secret when the answer to the PUT before it is of no use", async () => {
		const { run, id, program } = await withStranger();
		run.fault("PUT", paths.client, { kind: "status", status: 200, body: { id, ...oddAnswer } });
		const failure = await failureOf<PartialFailure>(run.create(program));
		expect(failure).toMatchObject({ id, properties: { clientId: id } });
		const updated = await later(run).update(id, failure.properties, program);
		expect(works(run, id, updated)).toBe(true);
	});

	test("that can't be given a secret yet gets one in the next run", async () => {
		const { run, id, program } = await withStranger();
		run.fault("POST", paths.secret, { kind: "status", status: 403 });
		const failure = await failureOf<PartialFailure>(run.create(program));
		expect(failure).toMatchObject({ id, properties: { clientId: id } });
		expect(run.diff(failure.properties, program).changes).toBe(true);
		const updated = await later(run).update(id, failure.properties, program);
		expect(works(run, id, updated)).toBe(true);
	});
});

test("a notice shows nothing of a secret argument, not even what of it is too short to be hidden as a word", async () => {
	const run = await startLifecycle();
	const scope = ["users", "routing:readonly", "presence"];
	const program = { ...webApp, name: "Project Zeus", scope, secretInputs: ["scope", "name"] };
	const { id, outs } = await run.create(program);
	const answer = { ...(await run.api.getOauthClient(id)), scope: scope.slice(0, 2) };
	run.fault("PUT", paths.client, { kind: "status", status: 200, body: answer });
	await run.update(id, outs, { ...program, description: "d" });
	expect(run.notices.join()).toContain(
		`Genesys Cloud didn't apply the declared scope of OAuth client (${id}): it now has another value`,
	);
	expect(run.notices.join()).not.toMatch(/users|routing|presence|Zeus/);
});

test("whatever an operation says in a notice, the secret arguments of its resource are hidden", () => {
	const said: string[] = [];
	const environment = { GENESYSCLOUD_REGION: "mypurecloud.de", GENESYSCLOUD_ACCESS_TOKEN: "token" };
	const session = new Session({ environment, say: (text) => said.push(text) });
	const settings = { description: "hidden-text", secretInputs: ["description"] };
	const about = { owner: "urn", run: new RunRegistry(clientKind) };
	session.context(settings, "read", about).notice("about hidden-text", "once more: hidden-text");
	expect(said).toEqual(["about [secret]\n    once more: [secret]"]);
});

describe("an argument that is a secret no more", () => {
	const [before, now] = ["analytics:readonly", "routing:readonly"];
	const given = { ...webApp, scope: [before] };

	/** A client that was made with a secret scope, and its update to a plain one, whose PUT is answered in some way. */
	async function withOldSecret(status: number, answer: (client: object) => object) {
		const simulated = await startSimulatedApi();
		const entry = await startOperations(simulated)
			.client("app")
			.create({ ...given, secretInputs: ["scope"] });
		const body = answer(await simulated.api.getOauthClient(entry.id));
		simulated.fault("PUT", paths.client, { kind: "status", status, body });
		const run = startOperations(simulated);
		return { update: async () => run.client("app").up({ ...given, scope: [now] }, entry), notices: run.notices };
	}

	test("is in no error of the update", async () => {
		const { update } = await withOldSecret(400, () => ({ code: "bad.request", message: `not after ${before}` }));
		const { message } = await failureOf(update());
		expect(message).toContain("not after [secret]");
	});

	test("is in no notice of the update", async () => {
		const { update, notices } = await withOldSecret(200, (client) => client);
		await update();
		expect(notices.join()).toContain("didn't apply the declared scope");
		expect(notices.join()).not.toContain(before);
	});
});

/** A pair that rotates by value, and the secrets that it hands out. */
const inQuarter = (quarter: string): Properties => ({ ...service, rotation: { rotateWhenChanged: { quarter } } });
const secretsIn = (outs: Properties) => [outs["clientSecret"], outs["previousClientSecret"]] as string[];

describe("a pair", () => {
	/** The outputs that Pulumi encrypts. */
	const encrypted = secretsOf(pairTable).outputs;
	const inClear = (outs: Properties) =>
		JSON.stringify(Object.entries(outs).filter(([name]) => !encrypted.includes(name)));

	/** A life with failures at every step: all that a user is shown, what state has in clear, and every secret there was. */
	async function live() {
		const simulated = await startSimulatedApi();
		const secrets = new Set<string>([simulated.simulator.administrator.clientSecret]);
		const shown: string[] = [];
		const states: string[] = [];
		const take = async (program: Properties, entry?: { id: string; outs: Properties }) => {
			const run = startOperations(simulated);
			const pair = run.pair("crm");
			const after = await (entry === undefined ? pair.create(program) : pair.up(program, entry)).catch(
				(error: PartialFailure) => {
					shown.push(error.message, String(error), error.stack ?? "", ...(error.reasons ?? []));
					return { id: error.id, outs: error.properties };
				},
			);
			shown.push(...run.notices);
			states.push(inClear(after.outs));
			for (const secret of secretsIn(after.outs)) if (secret !== "") secrets.add(secret);
			simulated.simulator.faults.clear();
			return after;
		};
		simulated.fault("POST", paths.clients, { kind: "status", status: 400 });
		let entry = await take(inQuarter("Q1"));
		entry = await take(inQuarter("Q1"), entry);
		// One is Pulumi's own login, the next ones are trials.
		simulated.fault("POST", paths.login, { kind: "status", status: 403, skip: 1, times: "always" });
		entry = await take(inQuarter("Q2"), entry);
		entry = await take(inQuarter("Q2"), entry);
		simulated.fault("POST", paths.secret, { kind: "cut", when: "after", times: "always" });
		entry = await take(inQuarter("Q3"), entry);
		entry = await take(inQuarter("Q3"), entry);
		simulated.fault("PUT", paths.client, { kind: "malformed", when: "after", times: "always" });
		entry = await take({ ...inQuarter("Q4"), description: "Changed" }, entry);
		const compared = await startOperations(simulated).pair("crm").compare(inQuarter("Q5"), entry);
		const run = startOperations(simulated);
		secrets.add(simulated.simulator.organization.regenerateSecret(String(entry.outs["clientId"])));
		entry = await run.pair("crm").refresh(entry);
		shown.push(JSON.stringify(compared), ...run.notices);
		states.push(inClear(entry.outs));
		simulated.fault("DELETE", paths.client, { kind: "status", status: 403 });
		const { message } = await failureOf(run.pair("crm").delete(entry));
		shown.push(message);
		return { shown, states, secrets: [...secrets], entry };
	}

	test("shows no secret through a life with failures at every step, and its state has none in clear", async () => {
		const { shown, states, secrets } = await live();
		expect(secrets.length).toBeGreaterThan(5);
		expect(shown.length).toBeGreaterThan(10);
		for (const secret of secrets) {
			for (const hidden of [secret, btoa(secret), encodeURIComponent(secret), secret.slice(0, 16), secret.slice(-16)]) {
				expect(shown.join("\n")).not.toContain(hidden);
				expect(states.join("\n")).not.toContain(hidden);
			}
		}
	});

	test("has each secret in its outputs twice: for the program, and in what is kept of the client", async () => {
		const simulated = await startSimulatedApi();
		const { outs } = await startOperations(simulated).pair("crm").create(inQuarter("Q1"));
		expect(encrypted.toSorted()).toEqual(["clientSecret", "clientStates", "previousClientSecret"]);
		for (const secret of secretsIn(outs)) {
			expect(JSON.stringify(outs).split(secret)).toHaveLength(3);
			expect(inClear(outs)).not.toContain(secret);
		}
	});

	test("shows no secret argument in an error of either client", async () => {
		const simulated = await startSimulatedApi();
		const message = "hidden-description isn't allowed";
		simulated.fault("POST", paths.clients, { kind: "status", status: 400, message, times: 2 });
		const program = { ...inQuarter("Q1"), description: "hidden-description", secretInputs: ["description"] };
		const failure = await failureOf(startOperations(simulated).pair("crm").create(program));
		expect(failure.message).toMatch(/\(A\).*\(B\)/);
		expect(`${failure.message}${failure.stack}`).not.toContain("hidden-description");
	});
});
