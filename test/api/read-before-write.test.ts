import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS, type Seed } from "../../simulator";
import { paths } from "./support/client-requests";
import { startCredentialRun } from "./support/credential-run";
import { hasWorkingSecret, laterRun, service, startLifecycle, stateAfter, webApp } from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

const get = "GET /clients/{clientId} 200";
const put = "PUT /clients/{clientId} 200";
const rotating = (value: number) => ({ ...service, secretRotation: { rotateWhenChanged: { value } } });
const role = (roleId: string) => ({ roleId, divisionId: DIVISION_IDS.home });
const [employee, other] = [ROLE_IDS.employee, ROLE_IDS.communicateUser];

async function withClient(program: Properties, seed: Seed = {}) {
	const run = await startLifecycle({ seed });
	const { id, outs } = await run.create(program);
	run.clock.advance(60_000);
	run.simulator.requests.clear();
	return { run, id, outs, live: () => run.simulator.organization.client(id) };
}

describe("what was changed elsewhere, and stays in the program as state has it,", () => {
	const changes: [string, Properties, Partial<ClientSeed>, string][] = [
		["a role that somebody granted", service, { roleDivisions: [employee, other].map(role) }, "roleDivisions"],
		["a role that somebody granted by its id", service, { roleIds: [other] }, ""],
		[
			"a role that somebody granted with a division to a client with role ids",
			{ ...service, roleDivisions: undefined, roleIds: [employee] },
			{ roleDivisions: [role(other)] },
			"",
		],
		["a deactivation", service, { state: "inactive" }, "state"],
		["a scope", webApp, { scope: ["users", "routing", "users:readonly"] }, "scope"],
		["a redirect URI", webApp, { registeredRedirectUri: ["https://c.example.com/cb"] }, "registeredRedirectUri"],
		["a name", webApp, { name: "by hand" }, "name"],
		["a number of seconds", webApp, { accessTokenValiditySeconds: 600 }, "accessTokenValiditySeconds"],
		["a field that this version doesn't know", webApp, { extra: { allowedIps: ["10.0.0.0/8"] } }, ""],
	];
	test.each(changes)(
		"stays in the first and in the tenth update, and state says nothing of it: %s",
		async (_, program, change, name) => {
			// Some of the changes are to one list of roles alone.
			const { run, id, outs, live } = await withClient(program, { assumptions: { clientsHaveBothRoleForms: false } });
			run.simulator.organization.changeClient(id, change);
			let [state, notices] = [outs, run.notices];
			for (let turn = 1; turn <= 10; turn += 1) {
				const next = laterRun(run);
				const news = { ...program, description: `turn ${turn}` };
				state = await next.update(id, state, news);
				({ notices } = next);
				expect(live()).toMatchObject({ ...change, description: `turn ${turn}` });
				expect(next.diff(state, news).changes).toBe(false);
			}
			expect(run.calls()).toEqual(Array.from({ length: 10 }, () => [get, put]).flat());
			const { description: _new, modifiedBy: _by, dateModified: _date, unmanagedSettings: _fields, ...kept } = state;
			expect(outs).toMatchObject({ ...kept, declared: outs["declared"] });
			if (name === "") return;
			expect(notices).toEqual([
				expect.stringMatching(new RegExp(`changed outside Pulumi, and this update leaves that as it is \\(${name}\\)`)),
			]);
		},
	);

	test("is put right by an up with a refresh before it", async () => {
		const { run, id, outs, live } = await withClient(service);
		run.simulator.organization.changeClient(id, { roleDivisions: [employee, other].map(role), state: "inactive" });
		const { props } = await run.read(id, outs);
		const updated = await run.update(id, { ...props }, { ...service, description: "New" });
		expect(live()).toMatchObject({ roleDivisions: [role(employee)], state: "active", description: "New" });
		expect(run.diff(updated, { ...service, description: "New" }).changes).toBe(false);
	});
});

describe("an update", () => {
	test("changes what was changed elsewhere too, where the program changes it", async () => {
		const { run, id, outs, live } = await withClient(webApp);
		run.simulator.organization.changeClient(id, { scope: ["users"], name: "by hand" });
		await run.update(id, outs, { ...webApp, scope: ["presence"] });
		expect(live()).toMatchObject({ scope: ["presence"], name: "by hand" });
	});

	test("is sent also where the client seems to have it already: what was read may be outdated", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.simulator.organization.changeClient(id, { name: "New" });
		const updated = await run.update(id, outs, { ...webApp, name: "New" });
		expect(run.calls()).toEqual([get, put]);
		expect(run.diff(updated, { ...webApp, name: "New" }).changes).toBe(false);
	});

	test("of a credential's fields leaves the name that somebody gave it", async () => {
		const { run, id, outs, named } = await withCredential();
		run.simulator.organization.changeCredential(id, { name: "by hand" });
		const news = { ...credential, fields: changedFields };
		const updated = await run.later().update(id, outs, news);
		expect(named(id)).toBe("by hand");
		expect(run.simulator.organization.checkCredential(id, changedFields)).toBe(true);
		expect(await run.later().diff(id, updated, news)).toMatchObject({ changes: false });
	});
});

const fields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "a-secret-of-the-tests" };
const changedFields = { ...fields, clientSecret: "the-next-secret-of-the-tests" };
const credential = { name: "CRM sync", fields };
const credentialPath = "/api/v2/integrations/credentials/{credentialId}";

async function withCredential() {
	const run = await startCredentialRun();
	const { id, outs } = await run.create(credential);
	run.clock.advance(60_000);
	run.simulator.requests.clear();
	const named = (one: string) => run.simulator.organization.credentials().find((found) => found.id === one)?.name;
	return { run, id, outs, named };
}

const acted: [string, FaultKind][] = [
	["cut", { kind: "cut", when: "after", times: 5 }],
	["502", { kind: "status", status: 502, when: "after", times: 5 }],
	["a page of a proxy", { kind: "html", status: 200, when: "after", times: 5 }],
	["broken JSON", { kind: "malformed", when: "after", times: 5 }],
];

describe("after a PUT that acted and whose answer was lost", () => {
	const changed = { ...service, name: "New", description: "New" };

	test.each(acted)(
		"(%s) state says which settings may have changed, and keeps their former values",
		async (_, fault) => {
			const { run, id, outs, live } = await withClient(service);
			run.fault("PUT", paths.client, fault);
			const failure = await failureOf<PartialFailure>(run.update(id, outs, changed));
			expect(failure).toMatchObject({
				id,
				reasons: [expect.stringMatching(/^updating .* run pulumi up again to finish$/)],
			});
			expect(failure.properties).toEqual({
				...outs,
				declared: ["description", "roleDivisions"],
				unconfirmedSettings: ["name", "description"],
			});
			expect(live()).toMatchObject({ name: "New", description: "New" });
		},
	);

	test.each(acted)("(%s) the next up makes it as declared, also where the commit was taken back", async (_, fault) => {
		for (const program of [service, changed, { ...service, name: "Another" }]) {
			const { run, id, outs, live } = await withClient(service);
			run.fault("PUT", paths.client, fault);
			const state = await stateAfter(run.update(id, outs, changed), outs);
			run.simulator.faults.clear();
			const next = laterRun(run);
			expect(next.diff(state, program)).toMatchObject({ changes: true, replaces: [] });
			const updated = await next.update(id, state, program);
			expect(live()).toMatchObject({ name: program["name"], description: program["description"] ?? "" });
			expect(updated).not.toHaveProperty("unconfirmedSettings");
			expect(updated["clientSecret"]).toBe(outs["clientSecret"]);
			expect(laterRun(run).diff(updated, program).changes).toBe(false);
		}
	});

	test("a refresh finds what there is, and the next up makes it as declared", async () => {
		const { run, id, outs, live } = await withClient(service);
		run.fault("PUT", paths.client, { kind: "cut", when: "after", times: 5 });
		const state = await stateAfter(run.update(id, outs, changed), outs);
		run.simulator.faults.clear();
		const { props } = await run.read(id, state);
		expect(props).toMatchObject({ name: "New", description: "New" });
		expect(props).not.toHaveProperty("unconfirmedSettings");
		await run.update(id, { ...props }, service);
		expect(live()).toMatchObject({ name: "CRM sync", description: "" });
	});

	test.each(["before", "after"])("what else was changed elsewhere %s it stays in the next up", async (when) => {
		const { run, id, outs, live } = await withClient(service);
		const change = () => run.simulator.organization.changeClient(id, { accessTokenValiditySeconds: 600 });
		if (when === "before") change();
		run.fault("PUT", paths.client, { kind: "cut", when: "after", times: 5 });
		const state = await stateAfter(run.update(id, outs, changed), outs);
		run.simulator.faults.clear();
		if (when === "after") change();
		await laterRun(run).update(id, state, service);
		expect(live()).toMatchObject({ name: "CRM sync", accessTokenValiditySeconds: 600 });
	});

	test("the secret of a client that was to lose it stays in state", async () => {
		const program = { ...webApp, replaceOnGrantTypeChange: false };
		const { run, id, outs } = await withClient(program);
		run.fault("PUT", paths.client, { kind: "cut", when: "before", times: "always" });
		const state = await stateAfter(run.update(id, outs, { ...program, authorizedGrantType: "TOKEN" }), outs);
		expect(hasWorkingSecret(run, id, state)).toBe(true);
	});

	test("a secret that one has ended is made anew, though the PUT that took that back got no answer either", async () => {
		const program = { ...service, replaceOnGrantTypeChange: false };
		const token = { ...webApp, name: service["name"], authorizedGrantType: "TOKEN", replaceOnGrantTypeChange: false };
		const { run, id, outs } = await withClient(program);
		let state = outs;
		for (const declared of [token, program]) {
			run.fault("PUT", paths.client, { kind: "cut", when: "after", times: "always" });
			state = await stateAfter(laterRun(run).update(id, state, declared), state);
			run.simulator.faults.clear();
		}
		// The API may end the secret with the grant, other than the simulator.
		run.simulator.organization.regenerateSecret(id);
		expect(hasWorkingSecret(run, id, await laterRun(run).update(id, state, program))).toBe(true);
	});

	test("a PUT that the API refused leaves no mark: state stays, and the commit may be taken back", async () => {
		const { run, id, outs } = await withClient(service);
		run.fault("PUT", paths.client, { kind: "status", status: 403 });
		const failure = await failureOf<Partial<PartialFailure> & Error>(run.update(id, outs, changed));
		expect(failure.properties).toBeUndefined();
		expect(run.diff(outs, service).changes).toBe(false);
	});

	test.each(acted)(
		"(%s) a credential is sent again, also where the commit was taken back, with a refresh or without",
		async (_, fault) => {
			for (const isRefreshed of [false, true]) {
				for (const program of [credential, { name: "New", fields: changedFields }]) {
					const { run, id, outs, named } = await withCredential();
					run.fault("PUT", credentialPath, fault);
					const state = await stateAfter(run.update(id, outs, { name: "New", fields: changedFields }), outs);
					expect([state["fieldFingerprints"], state["name"]]).toEqual([{}, ""]);
					run.simulator.faults.clear();
					const next = run.later();
					const { props = state } = isRefreshed ? await next.read(id, state) : {};
					expect(await next.diff(id, props, program)).toMatchObject({ changes: true, replaces: [] });
					const updated = await next.update(id, props, program);
					expect(run.simulator.organization.checkCredential(id, program.fields)).toBe(true);
					expect(named(id)).toBe(program.name);
					expect(await run.later().diff(id, updated, program)).toMatchObject({ changes: false });
				}
			}
		},
	);
});

describe("after a run that was killed before Pulumi saved what it changed, up with a refresh cures with the program as before:", () => {
	test("an update", async () => {
		const { run, id, outs, live } = await withClient(service);
		await run.update(id, outs, { ...service, description: "of the killed run" });
		const next = laterRun(run);
		const { props } = await next.read(id, outs);
		expect(next.diff({ ...props }, service).changes).toBe(true);
		const updated = await next.update(id, { ...props }, service);
		expect(live()?.description).toBe("");
		expect(next.diff(updated, service).changes).toBe(false);
		expect(run.simulator.organization.checkSecret(id, String(updated["clientSecret"]))).toBe(true);
	});

	test("a rotation, by one login and a new secret", async () => {
		const [before, after] = [rotating(1), rotating(2)];
		const { run, id, outs } = await withClient(before);
		await run.update(id, outs, after);
		const next = laterRun(run);
		run.simulator.requests.clear();
		const { props } = await next.read(id, outs);
		// The provider's own login, and the trial, whose refusal has lasted.
		expect(run.logins()).toBe(6);
		expect(next.notices.join()).toContain("was reset outside Pulumi: login rejected the one in state");
		expect(next.diff({ ...props }, before).changes).toBe(true);
		const updated = await next.update(id, { ...props }, before);
		expect(run.simulator.organization.checkSecret(id, String(updated["clientSecret"]))).toBe(true);
		const again = await next.read(id, updated);
		expect(next.diff({ ...again.props }, before).changes).toBe(false);
	});

	test("an update of a credential, whose fields nobody can read: they are sent again", async () => {
		const { run, id, outs } = await withCredential();
		await run.update(id, outs, { ...credential, fields: changedFields });
		const next = run.later();
		const { props = {} } = await next.read(id, outs);
		expect(next.notices.join()).toContain("was changed since state was saved, and its fields can't be read");
		expect(await next.diff(id, props, credential)).toMatchObject({ changes: true });
		const updated = await next.update(id, props, credential);
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
		const after = run.later();
		const { props: again = {} } = await after.read(id, updated);
		expect([after.notices, await after.diff(id, again, credential)]).toMatchObject([[], { changes: false }]);
	});
});
