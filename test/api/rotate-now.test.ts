import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { byPeriod, byValue, current, day, type Entry, later, logsIn, previous, withPair } from "./support/pair-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const ordering = (order: string) => ({ GENESYSCLOUD_ROTATE: order });
const turn = (value: number) => ({ ...service, secretRotation: { rotateWhenChanged: { value } } });
const pairArgs = { ...byValue("Q1"), name: "Pair" };

/** A stack with a client and a pair, and a later run of it with `GENESYSCLOUD_ROTATE`. */
async function withClientAndPair() {
	const simulated = await startSimulatedApi();
	const run = startOperations(simulated);
	const first = { client: await run.client("app").create(service), pair: await run.pair("crm").create(pairArgs) };
	return {
		simulated,
		first,
		rerun: async (order: string, before: { client: Entry; pair: Entry } = first) => {
			simulated.simulator.requests.clear();
			const { notices, ...next } = startOperations(simulated, { environment: ordering(order) });
			const foretold = [
				await next.client("app").compare(service, before.client),
				await next.pair("crm").compare(pairArgs, before.pair),
			].filter(({ changes }) => changes).length;
			const client = await next.client("app").up(service, before.client);
			const pair = await next.pair("crm").up(pairArgs, before.pair);
			const rotated = simulated.calls().filter((call) => call.startsWith("POST /clients/{clientId}/secret")).length;
			expect(foretold).toBe(rotated);
			return { notices, client, pair, rotated };
		},
	};
}

test("GENESYSCLOUD_ROTATE=all rotates each client and pair", async () => {
	const { first, rerun } = await withClientAndPair();
	const { pair, rotated, notices } = await rerun("all@INC-4711");
	expect(rotated).toBe(2);
	expect(pair.outs).toMatchObject({ generation: 1, previousClientSecret: first.pair.outs["clientSecret"] });
	// Of the pair's clients only the standby one is said to get a new secret.
	expect(notices.filter((line) => line.startsWith("pulumi up rotates the secret of"))).toEqual([
		expect.stringContaining('OAuth client "CRM sync" ('),
	]);
	expect(notices[0]).toBe(
		"the environment variable GENESYSCLOUD_ROTATE is set: the order INC-4711 rotates the secrets of all clients and pairs, each once",
	);
	expect(notices.join("\n")).toContain(": as set by the environment variable GENESYSCLOUD_ROTATE, order INC-4711");
});

test.each(["clientId", "previousClientId"])("GENESYSCLOUD_ROTATE with a pair's %s rotates it", async (name) => {
	const { first, rerun } = await withClientAndPair();
	const { pair, rotated } = await rerun(` ${String(first.pair.outs[name]).toUpperCase()} , @ INC-4711 `);
	expect(rotated).toBe(1);
	expect(pair.outs).toMatchObject({ generation: 1, previousClientSecret: first.pair.outs["clientSecret"] });
});

test("GENESYSCLOUD_ROTATE with an id that the stack doesn't have rotates nothing, and the run says what is set", async () => {
	const { first, rerun } = await withClientAndPair();
	const { pair, rotated, notices } = await rerun("one-of-another-stack@INC-4711");
	expect(rotated).toBe(0);
	expect(pair.outs).toBe(first.pair.outs);
	expect(notices).toEqual([
		"the environment variable GENESYSCLOUD_ROTATE is set: the order INC-4711 rotates the secrets of one-of-another-stack, if this stack has them, each once",
	]);
});

describe("an order", () => {
	test("that is repeated rotates nothing again, and its preview says so; another one does", async () => {
		const { first, simulated, rerun } = await withClientAndPair();
		const done = await rerun("all@INC-4711");
		const again = await rerun("all@INC-4711", done);
		expect(again).toMatchObject({ rotated: 0, client: done.client, pair: done.pair });
		const ids = [first.client.id, ...first.pair.id.split(",")].join();
		expect((await rerun(`${ids}@INC-4711`, done)).rotated).toBe(0);
		expect([current(first.pair), current(done.pair)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
		const next = await rerun("all@INC-4712", again);
		expect(next.rotated).toBe(2);
		expect(logsIn(simulated, current(done.pair))).toBe(true);
	});

	test("that a period's rotation has come after rotates the pair no more", async () => {
		const { simulated, entry, program } = await withPair(byPeriod(30));
		const ordered = await later(simulated, 0, ordering("all@INC-4711")).pair("crm").up(program, entry);
		const due = (Date.parse(String(ordered.outs["rotatesAt"])) - simulated.clock.now()) / day;
		const rotated = await later(simulated, due + 0.1)
			.pair("crm")
			.up(program, ordered);
		expect(rotated.outs["generation"]).toBe(2);
		expect(await later(simulated, 0, ordering("all@INC-4711")).pair("crm").up(program, rotated)).toBe(rotated);
	});

	test("that a changed value's rotation has come after rotates the client no more", async () => {
		const simulated = await startSimulatedApi();
		const entry = await startOperations(simulated).client("app").create(turn(1));
		const ordered = await later(simulated, 0, ordering("all@INC-4711")).client("app").up(turn(1), entry);
		const rotated = await later(simulated, 0).client("app").up(turn(2), ordered);
		expect(rotated.outs["secretVersion"]).toBe(3);
		expect(await later(simulated, 0, ordering("all@INC-4711")).client("app").up(turn(2), rotated)).toBe(rotated);
	});

	test("for all passes by an adopted client whose secret the stack doesn't know; one for its id rotates it", async () => {
		const simulated = await startSimulatedApi();
		const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];
		const { id } = simulated.simulator.organization.addClient({ name: "CRM sync", roleDivisions }).client;
		const program = { ...service, adopt: { clientId: id } };
		const entry = await startOperations(simulated).client("app").create(program);
		expect(await later(simulated, 0, ordering("all@INC-4711")).client("app").up(program, entry)).toBe(entry);
		const rotated = await later(simulated, 0, ordering(`${id}@INC-4711`))
			.client("app")
			.up(program, entry);
		expect(rotated.outs).toMatchObject({ secretVersion: 1 });
	});

	test("rotates none of what its run has made", async () => {
		const simulated = await startSimulatedApi();
		const run = later(simulated, 0, ordering("all@INC-4711"));
		const [client, pair] = [await run.client("app").create(service), await run.pair("crm").create(pairArgs)];
		const next = later(simulated, 0, ordering("all@INC-4711"));
		expect(await next.client("app").up(service, client)).toBe(client);
		expect(await next.pair("crm").up(pairArgs, pair)).toBe(pair);
	});

	test("rotates a pair whose standby client its run has made: the secret in use is older", async () => {
		const { simulated, entry, program } = await withPair();
		simulated.simulator.organization.removeClient(previous(entry).id);
		const refreshed = await later(simulated, 0).pair("crm").refresh(entry);
		const run = later(simulated, 0, ordering("all@INC-4711"));
		const rotated = await run.pair("crm").up(program, refreshed);
		expect(rotated.outs).toMatchObject({ generation: 1, previousClientId: current(entry).id });
		expect([current(rotated), previous(rotated)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
	});

	test.each(["client", "pair"] as const)(
		"whose rotation of a %s a run without it has finished rotates no more",
		async (kind) => {
			const { simulated, first } = await withClientAndPair();
			const program: Properties = kind === "client" ? service : pairArgs;
			const entry = first[kind];
			// The first login is Pulumi's own, the others try the new secret.
			simulated.fault("POST", paths.login, { kind: "status", status: 503, skip: 1, times: 5 });
			const run = later(simulated, 0, ordering("all@INC-4711"));
			const failed = await failureOf<PartialFailure>(run[kind]("app").up(program, entry));
			expect(failed.message).toContain("couldn't be verified by a login");
			simulated.simulator.faults.clear();
			const saved = { id: entry.id, outs: failed.properties };
			const done = await later(simulated, 0)[kind]("app").up(program, saved);
			const again = later(simulated, 0, ordering("all@INC-4711"));
			expect(await again[kind]("app").up(program, done)).toBe(done);
		},
	);

	test.each(["", "all", "all@", "@INC-4711", "all@INC-1,INC-2", "all@INC-1 and more", `all@${"x".repeat(101)}`])(
		"that isn't one (%j) fails the check of every resource, or is none",
		async (order) => {
			const simulated = await startSimulatedApi();
			const run = startOperations(simulated, { environment: ordering(order) });
			const entry = await startOperations(simulated).client("app").create(service);
			const { failures } = await run.oauthClient.check(run.client("app").owner, service, service);
			const reason = expect.stringMatching(
				/^the environment variable GENESYSCLOUD_ROTATE must be .*GENESYSCLOUD_ROTATE=<client ids, or all>@<order>/,
			) as string;
			expect(failures).toEqual(order === "" ? [] : [{ property: "", reason }]);
			// A refresh compares too.
			const diff = await run.oauthClient.diff(run.client("app").owner, entry.id, entry.outs, service);
			expect(diff.changes).toBe(false);
		},
	);
});
