import { describe, expect, test } from "vitest";
import { absentId, paths } from "./support/client-requests";
import { service, startLifecycle } from "./support/lifecycle-run";
import { failureOf } from "./support/simulated-api";

/** A run in an organization whose list holds a client of the program's name, of which the API tells no more than this. */
async function withNamesake(told: (now: string) => object) {
	const run = await startLifecycle();
	const entities = [{ id: absentId, name: service["name"], ...told(new Date(run.clock.now()).toISOString()) }];
	run.fault("GET", paths.clients, { kind: "status", status: 200, body: { entities } });
	return run;
}

const inactive = (dateCreated: string) => ({ dateCreated, state: "inactive" });

describe("a client of the same name, made today", () => {
	test("is asked about when the API doesn't tell who made it", async () => {
		const run = await withNamesake((now) => ({ dateCreated: now }));
		const { message } = await failureOf(run.create(service));
		expect(message).toContain(`GENESYSCLOUD_TAKE_OVER=${absentId}`);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("is no question while it is inactive, unless the program makes an inactive one", async () => {
		const program = { ...service, state: "inactive" };
		const run = await withNamesake(inactive);
		const { id } = await run.create(service);
		expect(run.simulator.organization.client(id)).toBeDefined();
		const other = await withNamesake(inactive);
		expect((await failureOf(other.create(program))).message).toContain(absentId);
	});
});

test("a client of the same name is no question when the API doesn't tell when it was made", async () => {
	const run = await withNamesake(() => ({}));
	const { id } = await run.create(service);
	expect(run.simulator.organization.client(id)).toBeDefined();
});
