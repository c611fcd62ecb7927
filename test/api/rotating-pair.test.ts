import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { PairClients } from "../../provider/lifecycle/rotating-oauth-client/arguments";
import type { Properties } from "../../provider/lifecycle/properties";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { byPeriod, byValue, current, day, later, logsIn, previous, withPair } from "./support/pair-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

test("a pair is created with two calls, and the list", async () => {
	const simulated = await startSimulatedApi();
	const { id, outs } = await startOperations(simulated).pair("crm").create(byValue("Q1"));
	expect(simulated.calls().toSorted()).toEqual([
		"GET /api/v2/authorization/divisions/home 200",
		"GET /clients 200",
		"POST /clients 200",
		"POST /clients 200",
	]);
	expect(outs).toMatchObject({
		name: "CRM sync",
		generation: 0,
		rotatedAt: new Date(simulated.clock.now()).toISOString(),
	});
	const { a, b } = outs["clients"] as Required<PairClients>;
	expect(id).toBe(`${a.clientId},${b.clientId}`);
	expect([outs["clientId"], outs["previousClientId"]]).toEqual([a.clientId, b.clientId]);
	expect(
		simulated.simulator.organization
			.clients()
			.map(({ name }) => name)
			.toSorted(),
	).toEqual(["CRM sync (A)", "CRM sync (B)"]);
});

test("an unchanged pair takes no call", async () => {
	const { simulated, entry, program } = await withPair();
	const again = await startOperations(simulated).pair("crm").up(program, entry);
	expect(again).toBe(entry);
	expect(simulated.calls()).toEqual([]);
});

test("a rotation takes one call and a login: the standby client is current with a new secret, and the former one stays valid", async () => {
	const { simulated, entry } = await withPair();
	const logins = simulated.logins();
	const run = startOperations(simulated);
	const rotated = await run.pair("crm").up(byValue("Q2"), entry);
	expect(simulated.calls()).toEqual(["POST /clients/{clientId}/secret 200"]);
	// One is Pulumi's own.
	expect(simulated.logins() - logins).toBe(2);
	expect(rotated.outs).toMatchObject({ generation: 1, previousClientId: entry.outs["clientId"] });
	expect(current(rotated).id).toBe(previous(entry).id);
	expect(previous(rotated)).toEqual(current(entry));
	expect([current(rotated), previous(rotated)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
	expect(run.notices.filter((line) => line.includes("current"))).toHaveLength(2);
});

test("a period rotates once, says when it will, and sets the previous client to inactive in between", async () => {
	const program = byPeriod(30, { deactivatePreviousAfterDays: 25 });
	const { simulated, entry } = await withPair(program);
	expect(await later(simulated, 0).pair("crm").up(program, entry)).toBe(entry);
	const due = Date.parse(entry.outs["rotatesAt"] as string);
	const toDue = (due - simulated.clock.now()) / day;
	expect(
		await later(simulated, toDue - 0.001)
			.pair("crm")
			.compare(program, entry),
	).toMatchObject({ changes: false });
	const rotated = await later(simulated, 0.001).pair("crm").up(program, entry);
	expect(rotated.outs["generation"]).toBe(1);
	expect([current(rotated), previous(rotated)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
	const run = later(simulated, 25);
	const retired = await run.pair("crm").up(program, rotated);
	expect(run.notices.join("\n")).toContain("to inactive until the next rotation");
	expect(simulated.calls()).toEqual(["GET /clients/{clientId} 200", "PUT /clients/{clientId} 200"]);
	expect([current(retired), previous(retired)].map((one) => logsIn(simulated, one))).toEqual([true, false]);
	const again = await later(simulated, 5).pair("crm").up(program, retired);
	expect(again.outs["generation"]).toBe(2);
	expect([current(again), previous(again)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
});

test("a clock that is 60 days ahead, and right again, never ends the secret in use", async () => {
	const program = byPeriod(30);
	const { simulated, entry } = await withPair(program);
	let state = entry;
	for (const ahead of [60, 0, 60, 0, 31, 91, 31]) {
		const inUse = current(state);
		const clock = {
			now: () => simulated.ourClock.now() + ahead * day,
			sleep: async (ms: number) => simulated.ourClock.sleep(ms),
		};
		state = await startOperations({ ...simulated, ourClock: clock })
			.pair("crm")
			.up(program, state);
		expect(logsIn(simulated, inUse)).toBe(true);
		expect(logsIn(simulated, current(state))).toBe(true);
	}
});

test("a forced replacement makes a new pair before the old one goes, and asks no question", async () => {
	const { simulated, entry, program } = await withPair();
	const run: ReturnType<typeof startOperations> = startOperations(simulated, {
		readEntries: async () => new Map(entry.id.split(",").map((id) => [id, run.pair("crm").owner])),
	});
	const made = await run.pair("crm").create(program);
	expect([entry, made].flatMap((one) => [current(one), previous(one)]).map((one) => logsIn(simulated, one))).toEqual([
		true,
		true,
		true,
		true,
	]);
	await run.pair("crm").delete(entry);
	expect(
		simulated.simulator.organization
			.clients()
			.map(({ id }) => id)
			.toSorted(),
	).toEqual(made.id.split(",").toSorted());
});

describe("a rotation that the user orders", () => {
	test.each(["the current client", "the standby client", "all"])("for %s rotates the pair once", async (which) => {
		const { simulated, entry, program } = await withPair();
		const id = { "the current client": current(entry).id, "the standby client": previous(entry).id }[which] ?? which;
		const run = later(simulated, 0, { GENESYSCLOUD_ROTATE: `${id}@INC-4711` });
		const rotated = await run.pair("crm").up(program, entry);
		expect(rotated.outs["generation"]).toBe(1);
		expect(logsIn(simulated, current(entry))).toBe(true);
		expect(run.notices.join("\n")).toContain("as set by the environment variable GENESYSCLOUD_ROTATE");
		expect(await later(simulated, 0).pair("crm").up(program, rotated)).toBe(rotated);
	});

	test.each(["its id", "all"])("by %s rotates a client", async (which) => {
		const simulated = await startSimulatedApi();
		const entry = await startOperations(simulated).client("app").create(service);
		const environment = { GENESYSCLOUD_ROTATE: `${which === "all" ? "all" : entry.id}@INC-4711` };
		const rotated = await later(simulated, 0, environment).client("app").up(service, entry);
		expect(rotated.outs["secretVersion"]).toBe(2);
		expect(simulated.simulator.organization.checkSecret(entry.id, rotated.outs["clientSecret"] as string)).toBe(true);
		expect(await later(simulated, 0).client("app").up(service, rotated)).toBe(rotated);
	});

	test("is for nothing else", async () => {
		const { simulated, entry, program } = await withPair();
		const environment = { GENESYSCLOUD_ROTATE: "11111111-1111-4111-8111-111111111111@INC-4711" };
		expect(await later(simulated, 0, environment).pair("crm").up(program, entry)).toBe(entry);
	});
});

describe("a client that was deleted outside Pulumi", () => {
	test.each(["current", "previous"] as const)(
		"when it is the %s one, comes back, and the other's secret stays",
		async (which) => {
			const { simulated, entry, program } = await withPair();
			const [lost, kept] = which === "current" ? [current(entry), previous(entry)] : [previous(entry), current(entry)];
			simulated.simulator.organization.removeClient(lost.id);
			const refreshed = await startOperations(simulated).pair("crm").refresh(entry);
			expect(refreshed.id).toBe(kept.id);
			const made = await startOperations(simulated).pair("crm").up(program, refreshed);
			expect(logsIn(simulated, kept)).toBe(true);
			expect([current(made), previous(made)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
			expect(simulated.simulator.organization.clients()).toHaveLength(2);
			expect(await startOperations(simulated).pair("crm").up(program, made)).toBe(made);
		},
	);

	test("with the other one, takes the pair out of state", async () => {
		const { simulated, entry } = await withPair();
		for (const id of entry.id.split(",")) simulated.simulator.organization.removeClient(id);
		expect((await startOperations(simulated).pair("crm").refresh(entry)).id).toBe("");
	});
});

test("a secret that was reset outside Pulumi is a reason to rotate, and is itself left alone", async () => {
	const program = { ...byValue("Q1"), detectSecretReset: true };
	const { simulated, entry } = await withPair(program);
	simulated.simulator.organization.regenerateSecret(current(entry).id);
	const refreshed = await later(simulated, 0).pair("crm").refresh(entry);
	simulated.simulator.requests.clear();
	const rotated = await startOperations(simulated).pair("crm").up(program, refreshed);
	const secrets = simulated.simulator.requests.all().filter(({ path }) => path.endsWith("/secret"));
	expect(secrets.map(({ path }) => path)).toEqual([`/api/v2/oauth/clients/${previous(entry).id}/secret`]);
	expect(rotated.outs["generation"]).toBe(1);
	expect(await startOperations(simulated).pair("crm").up(program, rotated)).toBe(rotated);
});

test("a change of a setting is one read and one write for each client, and rotates nothing", async () => {
	const { simulated, entry, program } = await withPair();
	const changed = await later(simulated, 0)
		.pair("crm")
		.up({ ...program, name: "CRM", description: "d" }, entry);
	expect(simulated.calls().toSorted()).toEqual([
		"GET /clients/{clientId} 200",
		"GET /clients/{clientId} 200",
		"PUT /clients/{clientId} 200",
		"PUT /clients/{clientId} 200",
	]);
	expect(
		simulated.simulator.organization
			.clients()
			.map(({ name }) => name)
			.toSorted(),
	).toEqual(["CRM (A)", "CRM (B)"]);
	expect([current(changed), previous(changed)]).toEqual([current(entry), previous(entry)]);
});

test("drift of either client is shown, and put right", async () => {
	const { simulated, entry, program } = await withPair();
	for (const id of entry.id.split(",")) {
		simulated.simulator.organization.changeClient(id, { description: "by hand" });
		const refreshed = await startOperations(simulated).pair("crm").refresh(entry);
		const found = await startOperations(simulated).pair("crm").compare(program, refreshed);
		expect(found).toMatchObject({ changes: true, changed: ["description"] });
		await startOperations(simulated).pair("crm").up(program, refreshed);
		expect(simulated.simulator.organization.client(id)).toMatchObject({ description: "" });
	}
});

test("outputs name the settings in which the previous client isn't as the current one, until an update makes them as declared", async () => {
	const { simulated, entry, program } = await withPair();
	const [a = "", b = ""] = entry.id.split(",");
	const differenceIn = ({ outs }: typeof entry) => (outs["clients"] as Required<PairClients>).b.differsIn;
	const refreshed = async () => startOperations(simulated).pair("crm").refresh(entry);
	expect(differenceIn(await refreshed())).toBeUndefined();
	simulated.simulator.organization.changeClient(b, { description: "by hand", accessTokenValiditySeconds: 600 });
	const drifted = await refreshed();
	expect(differenceIn(drifted)).toEqual(["description", "accessTokenValiditySeconds"]);
	expect(differenceIn(await startOperations(simulated).pair("crm").up(program, drifted))).toBeUndefined();
	simulated.simulator.organization.changeClient(a, { name: "Somebody's" });
	expect(differenceIn(await refreshed())).toEqual(["name"]);
});

/** An organization with clients made by hand. */
async function withClients(...names: string[]) {
	const simulated = await startSimulatedApi();
	const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];
	const made = names.map((name) => simulated.simulator.organization.addClient({ name, roleDivisions }));
	return { simulated, ids: made.map(({ client }) => client.id), secrets: made.map(({ secret }) => secret) };
}

describe("an adoption", () => {
	test("of both clients takes them over as they are, and says so before", async () => {
		const { simulated, ids } = await withClients("CRM sync (A)", "CRM sync (B)");
		const [a = "", b = ""] = ids;
		const program = { ...byValue("Q1"), adopt: { a: { clientId: a }, b: { name: "CRM sync (B)" } } };
		const run = startOperations(simulated);
		await run.pair("crm").previewNew(program);
		expect(run.notices.filter((line) => line.includes("will adopt"))).toHaveLength(2);
		const entry = await startOperations(simulated).pair("crm").create(program);
		expect(entry.id).toBe(`${a},${b}`);
		expect(entry.outs).toMatchObject({ clientId: a, clientSecret: "", previousClientId: b, generation: 0 });
		expect(simulated.calls().filter((call) => !call.startsWith("GET"))).toEqual([]);
	});

	test("of the client in use makes the other one, and the first rotation leaves the secret in use", async () => {
		const { simulated, ids, secrets } = await withClients("crm-legacy");
		const [id = ""] = ids;
		const adopting = (quarter: string) => ({ ...byValue(quarter), adopt: { a: { clientId: id } } });
		const entry = await startOperations(simulated).pair("crm").create(adopting("Q1"));
		expect(simulated.simulator.organization.clients().map(({ name }) => name)).toEqual([
			"CRM sync (A)",
			"CRM sync (B)",
		]);
		const rotated = await later(simulated, 0).pair("crm").up(adopting("Q2"), entry);
		expect(logsIn(simulated, { id, secret: secrets[0] ?? "" })).toBe(true);
		expect(logsIn(simulated, current(rotated))).toBe(true);
	});

	test("of one client twice is refused", async () => {
		const { simulated, ids } = await withClients("CRM sync");
		const adopt = { a: { clientId: ids[0] }, b: { name: "CRM sync" } };
		const pair = startOperations(simulated).pair("crm");
		const error = await failureOf(pair.create({ ...byValue("Q1"), adopt }));
		expect(error.message).toContain("twice");
		expect(simulated.simulator.organization.clients()).toHaveLength(1);
	});

	test.each(["first", "second"])(
		"of a client that a pair holds is refused, with the pair declared %s",
		async (order) => {
			const { simulated, entry, program } = await withPair();
			const run = startOperations(simulated);
			const adopting = { ...service, adopt: { clientId: current(entry).id } };
			const steps = [
				async () => run.pair("crm").compare(program, entry),
				async () => run.client("copy").create(adopting),
			];
			const [one, other] = order === "first" ? steps : steps.toReversed();
			await one?.().catch(() => undefined);
			const error = await failureOf(Promise.resolve(other?.()));
			expect(error.message).toContain("two resources of this stack would manage");
		},
	);
});

test("a pair made in part says so, and the next run makes the rest", async () => {
	const simulated = await startSimulatedApi();
	simulated.fault("POST", paths.clients, { kind: "status", status: 400, skip: 1 });
	const failed = await failureOf<PartialFailure>(startOperations(simulated).pair("crm").create(byValue("Q1")));
	expect(failed.message).toContain("The pair exists");
	const [made] = simulated.simulator.organization.clients();
	expect(failed.id).toBe(made?.id);
	const entry = { id: failed.id, outs: failed.properties };
	const whole = await startOperations(simulated).pair("crm").up(byValue("Q1"), entry);
	expect(simulated.simulator.organization.clients()).toHaveLength(2);
	expect([current(whole), previous(whole)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
});

test.each<[string, Properties, string]>([
	["no rotation", { ...service }, "rotation"],
	["two ways to rotate", { ...service, rotation: { periodDays: 30, rotateWhenChanged: {} } }, "set either"],
	["an inactive client for too long", byPeriod(30, { deactivatePreviousAfterDays: 5 }), "must be at least 24"],
	["a start that is no date", byPeriod(30, { startingAt: "soon" }), "ISO 8601"],
	["a grant without secrets", { ...byValue("Q1"), authorizedGrantType: "TOKEN" }, "TOKEN"],
	["an adoption of nothing", { ...byValue("Q1"), adopt: {} }, "set a, b, or both"],
	["an adoption by id and name", { ...byValue("Q1"), adopt: { a: { clientId: "x", name: "y" } } }, "adopt.a"],
	["a state", { ...byValue("Q1"), state: "inactive" }, "is not an argument of RotatingOAuthClient"],
])("%s is refused", async (_what, program, reason) => {
	const simulated = await startSimulatedApi();
	const error = await failureOf(startOperations(simulated).pair("crm").check(program));
	expect(error.message).toContain(reason);
});
