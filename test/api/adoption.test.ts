import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import {
	hasWorkingSecret,
	laterRun,
	ownerOf,
	service,
	startLifecycle,
	stateAfter,
	webApp,
} from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

/** The settings that `service` leads to. */
const there: ClientSeed = {
	name: "CRM sync",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
};
const get = "GET /clients/{clientId} 200";
const put = "PUT /clients/{clientId} 200";
const home = "GET /api/v2/authorization/divisions/home 200";

async function withStranger(change: Partial<ClientSeed> = {}) {
	const run = await startLifecycle();
	const { client, secret = "" } = run.simulator.organization.addClient({ ...there, ...change });
	return { run, id: client.id, secret, adopting: { ...service, adopt: { clientId: client.id } } };
}

test("adopting with a new secret is refused where another resource of the stack hands out the present one", async () => {
	const { run, id, secret, adopting } = await withStranger();
	const other = laterRun(run, { readEntries: async () => new Map([[id, ownerOf("other")]]) });
	const { message } = await failureOf(other.create({ ...adopting, adopt: { clientId: id, rotateSecret: true } }));
	expect(message).toContain(`this stack has the client ${id} already, under the resource other`);
	expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
});

test("the secret of an adopted client never gets too old: nobody here knows it, nor its age", async () => {
	const { run, id, secret, adopting } = await withStranger();
	const aging = { ...adopting, secretRotation: { maxAgeDays: 30 } };
	const { outs } = await run.create(aging);
	run.clock.advance(90 * 86_400_000);
	expect(run.diff(outs, aging)).toMatchObject({ changes: false, notices: [] });
	await run.update(id, outs, { ...aging, description: "New" });
	expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
});

describe("adopting", () => {
	test("by id reads, and changes nothing when nothing differs; the secret stays, unknown here", async () => {
		const { run, id, secret, adopting } = await withStranger();
		const made = await run.create(adopting);
		expect(run.calls()).toEqual([home, get]);
		expect(made).toMatchObject({
			id,
			outs: { clientId: id, clientSecret: "", secretVersion: 0, secretFingerprint: "" },
		});
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
		expect(run.diff(made.outs, adopting)).toMatchObject({ changes: false, replaces: [] });
	});

	test("by name finds it in the list, also on a later page, and with its case", async () => {
		const { run, id } = await withStranger();
		run.simulator.organization.addClient({ ...there, name: "crm sync" });
		run.simulator.organization.changeSettings({ clientsPerPage: 1 });
		const { id: found, outs } = await run.create({ ...service, adopt: { name: "CRM sync" } });
		expect(found).toBe(id);
		expect(run.calls().filter((call) => !call.startsWith("GET"))).toEqual([]);
		expect(run.diff(outs, { ...service, adopt: { name: "CRM sync" } }).changes).toBe(false);
	});

	test("changes what differs with one PUT, and carries what nobody knows yet", async () => {
		const { run, id, secret, adopting } = await withStranger({ extra: { allowedIps: ["10.0.0.0/8"] } });
		const { outs } = await run.create({ ...adopting, name: "Renamed", accessTokenValiditySeconds: 600 });
		expect(run.calls()).toEqual([home, get, put]);
		expect(run.simulator.organization.client(id)).toMatchObject({
			name: "Renamed",
			accessTokenValiditySeconds: 600,
			extra: { allowedIps: ["10.0.0.0/8"] },
		});
		expect(outs["unmanagedSettings"]).toEqual({ allowedIps: ["10.0.0.0/8"] });
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
	});

	test("brings back one that is inactive", async () => {
		const { run, id, secret, adopting } = await withStranger({
			state: "inactive",
			dateToDelete: "2026-01-20T00:00:00.000Z",
		});
		const { outs } = await run.create(adopting);
		expect(run.simulator.organization.client(id)?.state).toBe("active");
		expect(outs).not.toHaveProperty("dateToDelete");
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
	});

	test("of another grant in place, where the program asks for that, is done by the same PUT", async () => {
		const { run, id } = await withStranger();
		const program = { ...webApp, replaceOnGrantTypeChange: false, adopt: { clientId: id } };
		const { outs } = await run.create(program);
		expect(run.simulator.organization.client(id)?.authorizedGrantType).toBe("CODE");
		expect(run.diff(outs, program).changes).toBe(false);
	});

	test("another client later replaces the resource; another name for the same one doesn't", async () => {
		const { run, id, adopting } = await withStranger();
		const { outs } = await run.create(adopting);
		expect(run.diff(outs, { ...adopting, adopt: { clientId: absentId } }).replaces).toEqual(["adopt"]);
		expect(run.diff(outs, { ...adopting, adopt: { name: "CRM sync" } }).replaces).toEqual([]);
		expect(run.diff(outs, service).replaces).toEqual([]);
		const updated = await run.update(id, outs, service);
		expect(run.diff(updated, service).changes).toBe(false);
	});
});

describe("adopting fails, and changes nothing,", () => {
	const refused: [string, Partial<ClientSeed>, (id: string) => Properties, string][] = [
		["when no client has the id", {}, () => ({ adopt: { clientId: absentId } }), "no OAuth client with the id"],
		["when no client has the name", {}, () => ({ adopt: { name: "crm sync" } }), "(case-sensitive)"],
		["when support disabled it", { state: "disabled" }, (id) => ({ adopt: { clientId: id } }), "only they can enable"],
		[
			"when it has another grant",
			{},
			(id) => ({ ...webApp, roleDivisions: undefined, adopt: { clientId: id } }),
			"replaceOnGrantTypeChange",
		],
	];
	test.each(refused)("%s", async (_, change, program, told) => {
		const { run, id, secret } = await withStranger(change);
		const failure = await failureOf<Partial<PartialFailure> & Error>(run.create({ ...service, ...program(id) }));
		expect(failure.message).toContain(told);
		expect(failure.message).not.toContain("\n");
		expect(failure.id).toBeUndefined();
		expect(run.calls().filter((call) => !call.startsWith("GET"))).toEqual([]);
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
	});

	test("when several have the name: the error lists the ids of all that live", async () => {
		const { run, id } = await withStranger();
		const second = run.simulator.organization.addClient(there).client.id;
		const { message } = await failureOf(run.create({ ...service, adopt: { name: "CRM sync" } }));
		expect(message).toContain("2 OAuth clients are named");
		for (const one of [id, second]) expect(message).toContain(one);
	});

	test.each<[string, FaultKind]>([
		["the read is refused", { kind: "status", status: 403 }],
		["the read finds a page", { kind: "html", status: 404 }],
		["the read is cut", { kind: "cut", times: 5 }],
	])("when %s; the same run may try again", async (_, fault) => {
		const { run, id, adopting } = await withStranger();
		run.fault("GET", paths.client, fault);
		await failureOf(run.create(adopting));
		expect((await run.create(adopting)).id).toBe(id);
	});

	test("when the PUT is refused; the same run may try again", async () => {
		const { run, id, adopting } = await withStranger();
		run.fault("PUT", paths.client, { kind: "status", status: 403 });
		await failureOf(run.create({ ...adopting, name: "Renamed" }));
		expect((await run.create({ ...adopting, name: "Renamed" })).id).toBe(id);
	});

	test("when the PUT is cut after it took effect: state keeps the client, which has another name now", async () => {
		const { run, id } = await withStranger();
		const renaming = { ...service, adopt: { name: "CRM sync" }, name: "Renamed" };
		run.fault("PUT", paths.client, { kind: "cut", times: "always", when: "after" });
		const failure = await failureOf<PartialFailure>(run.create(renaming));
		expect(failure).toMatchObject({
			id,
			reasons: [expect.stringMatching(/^adopting .* run pulumi up again to finish$/)],
		});
		run.simulator.faults.clear();
		const next = laterRun(run);
		expect(await next.update(id, failure.properties, renaming)).toMatchObject({ name: "Renamed", clientId: id });
	});
});

const withNew = (id: string, program = service) => ({ ...program, adopt: { clientId: id, rotateSecret: true } });

describe("adopting with a new secret", () => {
	test("gives one that is proven by a login; the old one is dead", async () => {
		const { run, id, secret } = await withStranger();
		const { outs } = await run.create(withNew(id));
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(false);
		expect(outs["secretVersion"]).toBe(1);
		// The provider's own login, and the proof.
		expect(run.logins()).toBe(2);
		expect(run.diff(outs, withNew(id)).changes).toBe(false);
		expect((await run.update(id, outs, withNew(id)))["clientSecret"]).toBe(outs["clientSecret"]);
	});

	const steps = [
		["POST", paths.secret],
		["POST", paths.login],
	] as const;
	const faults: [string, FaultKind][] = [
		["403", { kind: "status", status: 403, times: 5 }],
		["503", { kind: "status", status: 503, times: 5 }],
		["400", { kind: "status", status: 400, code: "invalid_client", message: "no", times: 5 }],
		["a cut after it", { kind: "cut", when: "after", times: 5 }],
		["a cut before it", { kind: "cut", times: 5 }],
		["broken JSON", { kind: "malformed", when: "after", times: 5 }],
		["429", { kind: "status", status: 429, retryAfterSeconds: 3600, times: 5 }],
	];
	test.each(steps.flatMap(([method, path]) => faults.map(([name, fault]) => ({ name, method, path, fault }))))(
		"that fails by $name at $path is finished by the next run: the secret that is then known works",
		async ({ method, path, fault }) => {
			const { run, id } = await withStranger();
			const step = path === paths.login ? { ...fault, skip: 1 } : fault;
			run.fault(method, path, step);
			const failure = await failureOf<PartialFailure>(run.create(withNew(id)));
			expect(failure).toMatchObject({ id, properties: { clientId: id } });
			const secret = (failure.properties["clientSecret"] as string) || "no secret is known";
			expect(`${failure.message}${failure.stack}${run.notices.join()}`).not.toContain(secret);
			run.simulator.faults.clear();
			const next = laterRun(run);
			expect(next.diff(failure.properties, withNew(id)).changes).toBe(true);
			const outs = await next.update(id, failure.properties, withNew(id));
			expect(hasWorkingSecret(run, id, outs)).toBe(true);
			expect(next.diff(outs, withNew(id)).changes).toBe(false);
		},
	);

	test("may be asked for after the adoption, as the warning about the empty secret says", async () => {
		const { run, id, adopting } = await withStranger();
		const { outs } = await run.create(adopting);
		const { changes, notices } = run.diff(outs, withNew(id));
		expect(changes).toBe(true);
		expect(notices.join()).toContain("pulumi up rotates the secret of");
		const updated = await run.update(id, outs, withNew(id));
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
		expect(updated["secretVersion"]).toBe(1);
		expect(run.diff(updated, withNew(id)).changes).toBe(false);
	});

	test("has nothing to give a client whose grant has no secret", async () => {
		const { run, id } = await withStranger({ authorizedGrantType: "TOKEN", scope: ["users"], roleDivisions: [] });
		const program = withNew(id, { ...webApp, authorizedGrantType: "TOKEN" });
		const { outs } = await run.create(program);
		expect(outs).toMatchObject({ clientSecret: "", secretVersion: 0 });
		expect(run.diff(outs, program).changes).toBe(false);
	});
});

describe("a client that the stack adopted", () => {
	test("is updated like any other, its unknown secret left alone", async () => {
		const { run, id, secret, adopting } = await withStranger();
		const { outs } = await run.create(adopting);
		const updated = await run.update(id, outs, { ...adopting, description: "by the stack" });
		expect(updated).toMatchObject({ clientSecret: "", secretVersion: 0 });
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
	});

	test("whose PUT gives no usable answer is in state all the same, or adopted by the next run", async () => {
		const { run, id, adopting } = await withStranger();
		const body = { id, name: "Renamed", authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions: [null] };
		run.fault("PUT", paths.client, { kind: "status", status: 200, body });
		const renamed = { ...adopting, name: "Renamed" };
		const state = await stateAfter(run.create(renamed).then(({ outs }) => outs));
		expect(state["clientId"]).toBe(id);
		expect(await laterRun(run).update(id, state, renamed)).toMatchObject({ name: "Renamed", clientId: id });
		expect(run.simulator.organization.client(id)?.name).toBe("Renamed");
	});
});
