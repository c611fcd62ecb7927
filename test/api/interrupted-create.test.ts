import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BegunCreates, pulumiHome } from "../../provider/lifecycle/begun-creates";
import type { Settings } from "../../provider/lifecycle/settings";
import { ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import {
	hasWorkingSecret,
	type LifecycleRun,
	service,
	startLifecycle,
	startRun,
	webApp,
} from "./support/lifecycle-run";
import { failureOf } from "./support/simulated-api";

function emptyHome(): string {
	const home = mkdtempSync(join(tmpdir(), "pulumi-home-"));
	onTestFinished(() => rmSync(home, { recursive: true, force: true }));
	return home;
}

const notesIn = (home: string) => readdirSync(join(home, "genesyscloud-oauth", "creates"));

/** An organization, and a run on a machine whose Pulumi home is kept from run to run. */
async function startMachine(): Promise<{ run: LifecycleRun; home: string; nextRun: () => LifecycleRun }> {
	const home = emptyHome();
	const simulated = await startLifecycle();
	const nextRun = () => ({ ...simulated, ...startRun(simulated, { environment: { PULUMI_HOME: home } }) });
	return { run: nextRun(), home, nextRun };
}

/** A create that was begun by a process that is no more; its POST made the client, or didn't. */
async function killed(options: { program?: Settings; made?: boolean } = {}) {
	const { program = service, made = true } = options;
	const machine = await startMachine();
	const { simulator, clock } = machine.run;
	const organization = `${simulator.url} as ${simulator.administrator.clientId}`;
	const begun = new BegunCreates({ organization, home: machine.home, now: () => clock.now() });
	begun.begin(String(program["name"]), 600).leave();
	clock.advance(3000);
	// A run with no home of its own: it leaves no notes.
	const lost = made ? await startRun(machine.run).create(program) : undefined;
	clock.advance(3_600_000);
	simulator.requests.clear();
	return { ...machine, lostId: lost?.id ?? "" };
}

const post = "POST /clients 200";
const list = "GET /clients 200";
const renewal = "POST /clients/{clientId}/secret 200";

describe("a create", () => {
	test("costs one call and leaves no note", async () => {
		const { run, home } = await startMachine();
		await run.create(webApp);
		expect(run.calls()).toEqual([post]);
		expect(notesIn(home)).toEqual([]);
	});

	test("is noted while it is under way, without a secret, for nobody else to read", async () => {
		const { run, home, nextRun } = await startMachine();
		run.fault("POST", paths.clients, { kind: "hang" });
		const making = run.create(webApp);
		await run.simulator.requests.whenReceived({ method: "POST", template: paths.clients });
		const [note = ""] = notesIn(home);
		const text = readFileSync(join(home, "genesyscloud-oauth", "creates", note), "utf8");
		expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual([
			"endsAt",
			"name",
			"organization",
			"process",
			"startedAt",
		]);
		expect(text).not.toContain(run.simulator.administrator.clientSecret);
		run.simulator.faults.release();
		await making;
		expect(notesIn(home)).toEqual([]);
		expect((await nextRun().create(webApp)).id).not.toBe("");
	});

	test("that is refused, or fails after its POST, leaves no note", async () => {
		const { run, home } = await startMachine();
		run.fault("POST", paths.clients, { kind: "status", status: 403 });
		await failureOf(run.create(webApp));
		run.fault("PUT", paths.client, { kind: "status", status: 403 });
		await failureOf(run.create({ ...webApp, state: "inactive" }));
		expect(notesIn(home)).toEqual([]);
	});

	test("works where no notes can be written", async () => {
		const simulated = await startLifecycle();
		const run = startRun(simulated, { environment: { PULUMI_HOME: "/dev/null/nowhere" } });
		expect((await run.create(webApp)).id).not.toBe("");
	});

	test("whose POST acts after everybody has given up is found by the next run", async () => {
		const { run, nextRun } = await startMachine();
		run.fault("POST", paths.clients, { kind: "cut" });
		expect((await failureOf(run.create(service))).message).toContain("so it wasn't made; run pulumi up again");
		const { id } = await startRun(run).create(service);
		const again = await nextRun().create(service);
		expect(again.id).toBe(id);
		expect(run.simulator.organization.clients()).toHaveLength(1);
	});
});

describe("a client that a killed run has made", () => {
	test.each<[string, Settings]>([
		["a service", service],
		["a web app", webApp],
	])("is taken with a new secret by the next run, and a second is not made: %s", async (_, program) => {
		const { nextRun, lostId, run } = await killed({ program });
		const next = nextRun();
		const { id, outs } = await next.create(program);
		expect(id).toBe(lostId);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(run.simulator.organization.clients()).toHaveLength(1);
		expect(run.calls().filter((call) => !call.includes("divisions"))).toEqual([list, renewal]);
		expect(next.notices.join("\n")).toContain(
			`an earlier run was ended while it made OAuth client "${String(program["name"])}": the client had been made, was found (${id}) and gets a new secret`,
		);
	});

	test("is looked for once: later creates of that name make clients of their own", async () => {
		const { nextRun, run, home } = await killed();
		await nextRun().create(service);
		run.simulator.requests.clear();
		await nextRun().create(service);
		expect(run.calls()).toContain(post);
		expect(run.calls()).not.toContain(list);
		expect(notesIn(home)).toEqual([]);
	});

	test("becomes inactive when the program says so", async () => {
		const program = { ...webApp, state: "inactive" };
		const { nextRun, run } = await killed({ program: webApp });
		await nextRun().create(program);
		expect(run.simulator.organization.clients()).toMatchObject([{ state: "inactive" }]);
	});

	test("whose id it had noted is taken as it is, and gets the settings that are declared now", async () => {
		const { nextRun, run, home, lostId } = await killed();
		const { simulator, clock } = run;
		const organization = `${simulator.url} as ${simulator.administrator.clientId}`;
		const begun = new BegunCreates({ organization, home, now: () => clock.now() - 3_600_000 }).takeOver("CRM sync");
		begun?.made(lostId);
		simulator.organization.addClient({ name: "CRM sync", roleIds: [ROLE_IDS.employee] });
		const { id, outs } = await nextRun().create({ ...service, description: "now" });
		expect(id).toBe(lostId);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(simulator.organization.client(id)?.description).toBe("now");
	});

	test("and that was adopted meanwhile is forgotten, and not taken twice", async () => {
		const { nextRun, run, lostId } = await killed();
		await nextRun().create({ ...service, adopt: { clientId: lostId } });
		expect((await nextRun().create(service)).id).not.toBe(lostId);
		expect(run.simulator.organization.clients()).toHaveLength(2);
	});

	test("is asked for by one list, however many creates were under way", async () => {
		const { nextRun, run, home } = await killed({ made: false });
		const { simulator, clock } = run;
		const organization = `${simulator.url} as ${simulator.administrator.clientId}`;
		const begun = new BegunCreates({ organization, home, now: () => clock.now() });
		for (const name of ["a", "b", "c"]) begun.begin(name, 600).leave();
		const next = nextRun();
		await Promise.all(["a", "b", "c"].map(async (name) => next.create({ ...webApp, name })));
		expect(run.calls().filter((call) => call === list)).toHaveLength(1);
		expect(simulator.organization.clients()).toHaveLength(3);
	});
});

test("when a killed run has made nothing, the next run makes the client", async () => {
	const { nextRun, run, home } = await killed({ made: false });
	await nextRun().create(service);
	expect(run.calls()).toEqual(expect.arrayContaining([list, post]));
	expect(run.simulator.organization.clients()).toHaveLength(1);
	expect(notesIn(home)).toEqual([]);
});

type Change = (machine: Awaited<ReturnType<typeof killed>>) => void;

test.each<[string, Change]>([
	[
		"one with other settings",
		({ run, lostId }) => {
			const { dateModified } = run.simulator.organization.client(lostId)!;
			run.simulator.organization.changeClient(lostId, { description: "other", dateModified });
		},
	],
	[
		"either of two",
		({ run, lostId }) => {
			const { name, authorizedGrantType, roleDivisions, dateCreated } = run.simulator.organization.client(lostId)!;
			const dates = { dateCreated, dateModified: dateCreated };
			run.simulator.organization.addClient({ name, authorizedGrantType, roleDivisions, ...dates });
		},
	],
	[
		"one that was made minutes later",
		({ run, lostId }) => {
			const { dateCreated } = run.simulator.organization.client(lostId)!;
			const later = new Date(Date.parse(dateCreated) + 300_000).toISOString();
			run.simulator.organization.changeClient(lostId, { dateCreated: later, dateModified: later });
		},
	],
])("%s isn't taken for the client of a killed run: the user is told once, with the way out", async (_, change) => {
	const machine = await killed();
	change(machine);
	const { message } = await failureOf(machine.nextRun().create(service));
	expect(message).toContain('an earlier run was ended while it made OAuth client "CRM sync", and it may have made');
	expect(message).toContain(`adopt: { clientId: "${machine.lostId}", rotateSecret: true }`);
	expect(message).not.toContain("\n");
	const before = machine.run.simulator.organization.clients().length;
	await machine.nextRun().create(service);
	expect(machine.run.simulator.organization.clients()).toHaveLength(before + 1);
});

test.each<[string, Change]>([
	[
		"has been changed since: somebody may have adopted it",
		({ run, lostId }) => void run.simulator.organization.changeClient(lostId, {}),
	],
	[
		"was there before",
		({ run, lostId }) => {
			const longAgo = "2020-01-01T00:00:00.000Z";
			run.simulator.organization.changeClient(lostId, { dateCreated: longAgo, dateModified: longAgo });
		},
	],
	[
		"was made an hour later",
		({ run, lostId }) => {
			const later = new Date(run.clock.now()).toISOString();
			run.simulator.organization.changeClient(lostId, { dateCreated: later, dateModified: later });
		},
	],
])("a client isn't taken for that of a killed run, and another is made, when it %s", async (_, change) => {
	const machine = await killed();
	change(machine);
	const { id } = await machine.nextRun().create(service);
	expect(id).not.toBe(machine.lostId);
});

test("a list that can't be had fails the create and says what to look for; the next run looks again", async () => {
	const { nextRun, run, lostId } = await killed();
	run.fault("GET", paths.clients, { kind: "status", status: 503, times: 5 });
	const { message } = await failureOf(nextRun().create(service));
	expect(message).toContain("whether it was made couldn't be found out (get_oauth_clients failed: 503");
	expect((await nextRun().create(service)).id).toBe(lostId);
});

test("whoever may not list clients is told once, and then goes on", async () => {
	const { nextRun, run, lostId } = await killed();
	run.fault("GET", paths.clients, { kind: "status", status: 403 });
	expect((await failureOf(nextRun().create(service))).message).toContain("get_oauth_clients failed: 403");
	expect((await nextRun().create(service)).id).not.toBe(lostId);
});

test("a create that another process is still at is left alone", async () => {
	const { run, home, nextRun } = await startMachine();
	const { simulator, clock } = run;
	const organization = `${simulator.url} as ${simulator.administrator.clientId}`;
	const begun = new BegunCreates({ organization, home, now: () => clock.now() });
	// This very process counts as an earlier one of the same id: the one above it is another, and alive.
	begun.begin("CRM sync", 600);
	const [note = ""] = notesIn(home);
	const file = join(home, "genesyscloud-oauth", "creates", note);
	writeFileSync(file, readFileSync(file, "utf8").replace(`"process":${process.pid}`, `"process":${process.ppid}`));
	await nextRun().create(service);
	expect(run.calls()).not.toContain(list);
	expect(notesIn(home)).toEqual([note]);
});

test.each<[Record<string, string>, string | undefined]>([
	[{ PULUMI_HOME: "/somewhere", HOME: "/home/me" }, "/somewhere"],
	[{ HOME: "/home/me" }, join("/home/me", ".pulumi")],
	[{ USERPROFILE: "/users/me" }, join("/users/me", ".pulumi")],
	[{}, undefined],
])("Pulumi's home in %j is %s", (environment, home) => {
	expect(pulumiHome(environment)).toBe(home);
});
