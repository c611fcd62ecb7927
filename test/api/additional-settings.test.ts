import { expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const declaring = (additionalSettings: Properties): Properties => ({ ...service, additionalSettings });
const addresses = { allowedIps: ["10.0.0.0/8", "192.0.2.1"] };

/** An organization whose API has settings that this version has no argument for, and a client with one of them. */
async function withAdditional() {
	const simulated = await startSimulatedApi({ seed: { extraProperties: ["allowedIps", "level"] } });
	const entry = await startOperations(simulated).client("app").create(declaring(addresses));
	const extraOf = () => simulated.simulator.organization.client(entry.id)?.extra;
	const put = async (program: Properties, from = entry) => {
		simulated.simulator.requests.clear();
		return startOperations(simulated).client("app").up(program, from);
	};
	return { simulated, entry, extraOf, put };
}

test("a setting that this version has no argument for is sent with the create, and asks for nothing more", async () => {
	const { simulated, entry, extraOf, put } = await withAdditional();
	expect(extraOf()).toEqual(addresses);
	expect(simulated.calls().filter((call) => call.startsWith("PUT"))).toEqual([]);
	expect(await put(declaring({ allowedIps: addresses.allowedIps.toReversed() }))).toMatchObject({ id: entry.id });
	expect(await put(declaring(addresses))).toBe(entry);
	expect(simulated.calls()).toEqual([]);
});

test("its new value is one read and one write, and leaves all other settings", async () => {
	const { simulated, extraOf, put } = await withAdditional();
	const changed = await put(declaring({ allowedIps: ["192.0.2.1"], level: 3 }));
	expect(simulated.calls()).toEqual(["GET /clients/{clientId} 200", "PUT /clients/{clientId} 200"]);
	expect(extraOf()).toEqual({ allowedIps: ["192.0.2.1"], level: 3 });
	await put({ ...declaring({ allowedIps: ["192.0.2.1"], level: 3 }), description: "d" }, changed);
	expect(extraOf()).toEqual({ allowedIps: ["192.0.2.1"], level: 3 });
});

test("one that is removed from the program is no longer sent; another that only the API has stays", async () => {
	const { simulated, entry, extraOf, put } = await withAdditional();
	simulated.simulator.organization.changeClient(entry.id, { extra: { ...addresses, level: 3 } });
	const refreshed = await startOperations(simulated).client("app").refresh(entry);
	const without = await put(service, refreshed);
	expect(extraOf()).toEqual({ level: 3 });
	expect(await put(service, without)).toBe(without);
});

test("a change without an answer to what somebody else has made of it already is sent again, and leaves nothing to do", async () => {
	const { simulated, entry, put } = await withAdditional();
	simulated.simulator.organization.changeClient(entry.id, { extra: { allowedIps: ["192.0.2.1"] } });
	simulated.fault("PUT", paths.client, { kind: "cut", when: "before", times: "always" });
	const failure = await failureOf<PartialFailure>(put(declaring({ allowedIps: ["192.0.2.1"] })));
	simulated.simulator.faults.clear();
	const next = await put(declaring({ allowedIps: ["192.0.2.1"] }), { ...entry, outs: failure.properties });
	expect(simulated.calls()).toEqual(["GET /clients/{clientId} 200", "PUT /clients/{clientId} 200"]);
	expect(await put(declaring({ allowedIps: ["192.0.2.1"] }), next)).toBe(next);
});

test("what somebody else made of it is shown by a refresh, and put right; without one it is left alone", async () => {
	const { simulated, entry, extraOf, put } = await withAdditional();
	simulated.simulator.organization.changeClient(entry.id, { extra: { allowedIps: [] } });
	const described = await put({ ...declaring(addresses), description: "d" });
	expect(extraOf()).toEqual({ allowedIps: [] });
	const refreshed = await startOperations(simulated).client("app").refresh(described);
	const program = { ...declaring(addresses), description: "d" };
	expect(await startOperations(simulated).client("app").compare(program, refreshed)).toMatchObject({
		changed: ["additionalSettings"],
	});
	await put(program, refreshed);
	expect(extraOf()).toEqual(addresses);
});

test("one that the API refuses is an error, never left out", async () => {
	const simulated = await startSimulatedApi();
	const entry = await startOperations(simulated).client("app").create(service);
	const { message } = await failureOf(startOperations(simulated).client("app").up(declaring(addresses), entry));
	expect(message).toContain("allowedIps");
	expect(message).not.toContain("192.0.2.1");
});

test("a pair has them too", async () => {
	const simulated = await startSimulatedApi({ seed: { extraProperties: ["allowedIps"] } });
	const program = { ...declaring(addresses), rotation: { periodDays: 30 } };
	await startOperations(simulated).pair("crm").create(program);
	expect(simulated.simulator.organization.clients().map(({ extra }) => extra)).toEqual([addresses, addresses]);
});

test.each([
	["name", "use the argument name"],
	["dateModified", "is set by Genesys Cloud"],
])("%s is none of them: %s", async (name, reason) => {
	const simulated = await startSimulatedApi();
	const check = startOperations(simulated)
		.client("app")
		.check(declaring({ [name]: ROLE_IDS.employee }));
	const { message } = await failureOf(check);
	expect(message).toContain(reason);
	expect(message).not.toContain(ROLE_IDS.employee);
});
