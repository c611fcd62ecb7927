import { describe, expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import { laterRun, service, startLifecycle } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { failureOf } from "./support/simulated-api";

/** A run in an organization whose list holds a client of the program's name, of which the API tells no more than this. */
async function withNamesake(told: (now: string) => object) {
	const run = await startLifecycle();
	const entities = [{ id: absentId, name: service["name"], ...told(new Date(run.clock.now()).toISOString()) }];
	run.fault("GET", paths.clients, { kind: "status", status: 200, body: { entities } });
	return run;
}

const otherId = "22222222-2222-4222-8222-222222222222";
const inactive = (dateCreated: string) => ({ dateCreated, state: "inactive" });

describe("a client of the same name, made today", () => {
	test("is asked about when the API doesn't tell who made it", async () => {
		const run = await withNamesake((now) => ({ dateCreated: now }));
		const { message } = await failureOf(run.create(service));
		expect(message).toContain(`GENESYSCLOUD_TAKE_OVER=${absentId}`);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("is no question when another OAuth client has changed it, whoever made it", async () => {
		const run = await startLifecycle();
		const other = { id: otherId, name: "Another pipeline" };
		const namesake = { id: absentId, name: service["name"], dateCreated: new Date(run.clock.now()).toISOString() };
		const entities = [other, { ...namesake, modifiedBy: { id: otherId } }];
		run.fault("GET", paths.clients, { kind: "status", status: 200, body: { entities } });
		const { id } = await run.create(service);
		expect(run.simulator.organization.client(id)).toBeDefined();
	});

	test.each(["adopted", "imported and changed"])(
		"is no question when its author has made what the stack has %s",
		async (how) => {
			const run = await startLifecycle();
			const { organization } = run.simulator;
			const { client: author } = organization.addClient({ name: "Another pipeline" });
			const settings = {
				createdBy: { id: author.id },
				roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
			};
			const { client: old } = organization.addClient({ ...settings, name: "Old" });
			const first = startOperations(run).client("old");
			const program = { ...service, name: "Old", description: how === "adopted" ? "" : "New" };
			const entry =
				how === "adopted"
					? await first.create({ ...program, adopt: { clientId: old.id } })
					: await first.up(program, await first.refresh({ id: old.id, outs: {} }));
			organization.addClient({ ...settings, name: String(service["name"]) });
			const next = startOperations(run);
			await next.client("old").compare(program, entry);
			const { id } = await next.client("app").create(service);
			expect(organization.client(id)).toBeDefined();
		},
	);

	test("is no question when its author has made, as another login, what the stack has", async () => {
		const run = await startLifecycle();
		const { organization } = run.simulator;
		const roleDivisions = [ROLE_IDS.masterAdmin, ROLE_IDS.employee].map((roleId) => ({ roleId, divisionId: "*" }));
		const { client, secret = "" } = organization.addClient({ name: "Another pipeline", roleDivisions });
		const environment = { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret };
		const made = await startOperations(run, { environment })
			.client("old")
			.create({ ...service, name: "Old" });
		organization.addClient({ name: String(service["name"]), createdBy: { id: client.id } });
		const next = startOperations(run);
		await next.client("old").compare({ ...service, name: "Old" }, made);
		const { id } = await next.client("app").create(service);
		expect(organization.client(id)).toBeDefined();
	});

	test("is no question when another user than this login's has made it", async () => {
		const run = await startLifecycle({ seed: { assumptions: { createdBy: "user" } } });
		run.simulator.organization.addClient({ name: String(service["name"]), createdBy: { id: otherId } });
		await run.create({ ...service, name: "Other" });
		const { id } = await run.create(service);
		expect(run.simulator.organization.client(id)).toBeDefined();
	});

	test("of two is still asked about where the user allows another beside one of them", async () => {
		const run = await startLifecycle({ environment: { GENESYSCLOUD_ALLOW_SAME_NAME: absentId } });
		const dateCreated = new Date(run.clock.now()).toISOString();
		const entities = [absentId, otherId].map((id) => ({ id, name: service["name"], dateCreated }));
		run.fault("GET", paths.clients, { kind: "status", status: 200, body: { entities } });
		const { message } = await failureOf(run.create(service));
		expect(message).toContain(`GENESYSCLOUD_TAKE_OVER=${otherId}.`);
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

const hour = 3_600_000;

test.each([
	{ madeHoursAgo: 1, clockHoursAhead: 48, isAsked: true },
	{ madeHoursAgo: 30, clockHoursAhead: -48, isAsked: false },
])(
	"the 24 hours are the server's: made $madeHoursAgo hours ago, with this machine's clock $clockHoursAhead hours ahead",
	async ({ madeHoursAgo, clockHoursAhead, isAsked }) => {
		const organization = await withNamesake((now) => ({
			dateCreated: new Date(Date.parse(now) - madeHoursAgo * hour).toISOString(),
		}));
		const run = laterRun(organization, { clockAhead: clockHoursAhead * hour });
		const message = await run.create(service).then(
			() => "",
			(error: Error) => error.message,
		);
		expect(message.includes(`GENESYSCLOUD_TAKE_OVER=${absentId}`)).toBe(isAsked);
		expect(run.simulator.organization.clients()).toHaveLength(isAsked ? 0 : 1);
	},
);

test("a list of clients that the API refused once is asked for again by the next create of the run", async () => {
	const run = await startLifecycle();
	run.fault("GET", paths.clients, { kind: "status", status: 400, code: "bad.request" });
	expect((await failureOf(run.create(service))).message).toContain("get_oauth_clients failed: 400 bad.request");
	const { id } = await run.create({ ...service, name: "Other" });
	expect(run.simulator.organization.clients().map((client) => client.id)).toEqual([id]);
});
