import { describe, expect, test } from "vitest";
import type { SimulatedApi } from "./support/simulated-api";
import { paths } from "./support/client-requests";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { byValue, current, day, logsIn, previous, withPair } from "./support/pair-run";
import { failureOf } from "./support/simulated-api";

const guarded = { ...byValue("Q1"), deletionGuard: { inUseWithinDays: 7 } };

/** Lets a client make requests, yesterday. */
const use = ({ simulator, clock }: SimulatedApi, clientId: string) =>
	simulator.organization.addUsage({
		clientId,
		date: new Date(clock.now() - day).toISOString().slice(0, 10),
		templateUri: "/api/v2/users",
		httpMethod: "GET",
		status200: 5,
	});

describe.each(["current", "standby"])("with the %s client in use", (which) => {
	/** A guarded pair. */
	async function withUsedPair() {
		const { simulated, entry } = await withPair(guarded);
		use(simulated, (which === "current" ? current : previous)(entry).id);
		return { simulated, entry };
	}

	test("the guard keeps both", async () => {
		const { simulated, entry } = await withUsedPair();
		const error = await failureOf(startOperations(simulated).pair("crm").delete(entry));
		expect(error.message).toContain("in use");
		expect([current(entry), previous(entry)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
	});

	test("a replacement is refused in its preview", async () => {
		const { simulated, entry } = await withUsedPair();
		const replacing = { ...guarded, roleDivisions: undefined, authorizedGrantType: "CODE", scope: ["users"] };
		const error = await failureOf(startOperations(simulated).pair("crm").compare(replacing, entry));
		expect(error.message).toContain("in use");
	});
});

test("the guard of the client that goes is asked where another resource of the run has the other one", async () => {
	const { simulated, entry } = await withPair(guarded);
	use(simulated, current(entry).id);
	const run = startOperations(simulated);
	await run.client("copy").create({ ...service, adopt: { clientId: previous(entry).id } });
	const replacing = { ...guarded, roleDivisions: undefined, authorizedGrantType: "CODE", scope: ["users"] };
	expect((await failureOf(run.pair("crm").compare(replacing, entry))).message).toContain("in use");
});

test("the guard asks once for each client", async () => {
	const { simulated, entry } = await withPair(guarded);
	await startOperations(simulated).pair("crm").delete(entry);
	const asked = simulated.calls().filter((call) => call.includes("/usage/summary"));
	expect(asked).toEqual(["GET /clients/{clientId}/usage/summary 202", "GET /clients/{clientId}/usage/summary 202"]);
});

test("the client in use is deleted last: a deletion that fails before leaves it as it is", async () => {
	const { simulated, entry } = await withPair();
	simulated.fault("DELETE", paths.client, { kind: "status", status: 403 });
	await failureOf(startOperations(simulated).pair("crm").delete(entry));
	const written = simulated.simulator.requests.all().filter(({ method }) => method === "PUT" || method === "DELETE");
	expect(new Set(written.map(({ path }) => path))).toEqual(new Set([`/api/v2/oauth/clients/${previous(entry).id}`]));
	expect(logsIn(simulated, current(entry))).toBe(true);
});

test("a pair whose deletion deactivates leaves both clients, inactive", async () => {
	const { simulated, entry } = await withPair({ ...byValue("Q1"), deletion: "deactivate" });
	await startOperations(simulated).pair("crm").delete(entry);
	const clients = simulated.simulator.organization.clients();
	expect(clients.map(({ state }) => state)).toEqual(["inactive", "inactive"]);
	expect(clients.map(({ id }) => id).toSorted()).toEqual(entry.id.split(",").toSorted());
});
