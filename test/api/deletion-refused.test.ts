import { describe, expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import { startHurriedRun } from "./support/hurried-run";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

async function withClient(program: Properties) {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.simulator.requests.clear();
	return { run, id, outs };
}

const get = "GET /clients/{clientId}";
const put = "PUT /clients/{clientId}";
const remove = "DELETE /clients/{clientId}";
const list = "GET /clients 200";
const day = 86_400_000;

const refusals: [string, FaultKind][] = [
	["refused (403)", { kind: "status", status: 403, times: "always" }],
	["refused (409)", { kind: "status", status: 409, code: "request.conflict", times: "always" }],
	["cut before it arrives", { kind: "cut", when: "before", times: "always" }],
	["answered by 503", { kind: "status", status: 503, times: "always" }],
	["answered by the vendor's 404 for a client that is listed", notFound("always")],
];

function notFound(times: number | "always"): FaultKind {
	return { kind: "status", status: 404, code: "client.not.found", times };
}

describe("a client whose DELETE is", () => {
	test.each(refusals)("%s is active again, with all it had, and the error says so", async (_, fault) => {
		const { run, id, outs } = await withClient(service);
		run.simulator.organization.changeClient(id, { extra: { allowedIps: ["10.0.0.0/8"] } });
		const { props } = await run.read(id, outs);
		const before = run.simulator.organization.client(id);
		run.fault("DELETE", paths.client, fault);
		const { message } = await failureOf(run.delete(id, { ...props }));
		expect(message).toContain(fault.kind === "status" && fault.status === 404 ? "still listed" : "delete_oauth_client");
		expect(message).toContain("The client was set back to active");
		const after = run.simulator.organization.client(id);
		expect(after).toEqual({ ...before, dateModified: after?.dateModified });
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(run.calls().at(-1)).toBe(`${put} 200`);
	});

	test("cut after it has arrived is deleted: setting it back finds nothing, and the list is asked", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.fault("DELETE", paths.client, { kind: "cut", when: "after" });
		// The repeated DELETE doesn't arrive.
		run.fault("DELETE", paths.client, { kind: "cut", when: "before", times: "always" });
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
		expect(run.calls().slice(-2)).toEqual([`${put} 404`, list]);
	});

	test("not answered in time is set back in a minute of its own", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.fault("DELETE", paths.client, { kind: "hang", times: "always" });
		const hurried = startHurriedRun(run);
		const deleting = failureOf(hurried.delete(id, outs));
		await run.simulator.requests.whenReceived({ method: "DELETE", template: paths.client }, 1);
		hurried.endTime();
		const { message } = await deleting;
		expect(message).toContain("delete_oauth_client failed: timed out");
		expect(message).toContain("The client was set back to active");
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});

	test("refused, after somebody has brought it back from inactive, is active again", async () => {
		const { run, id, outs } = await withClient({ ...webApp, state: "inactive" });
		run.simulator.organization.changeClient(id, { state: "active" });
		// The first one is the API's own refusal of an active client.
		run.fault("DELETE", paths.client, { kind: "status", status: 403, skip: 1, times: "always" });
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toContain("The client was set back to active");
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});

	test("refused stays inactive if it was so before: nothing is sent after the refusal", async () => {
		const { run, id, outs } = await withClient({ ...webApp, state: "inactive" });
		run.fault("DELETE", paths.client, { kind: "status", status: 403, times: "always" });
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).not.toContain("active again");
		expect(run.calls().every((call) => call.startsWith(remove))).toBe(true);
		expect(run.simulator.organization.client(id)?.state).toBe("inactive");
	});
});

/** The error of a deletion that is refused after a number of milliseconds, like setting the client back. */
async function stuck(age: number) {
	const { run, id, outs } = await withClient(webApp);
	run.clock.advance(age);
	run.fault("PUT", paths.client, { kind: "status", status: 403, skip: 1, times: "always" });
	run.fault("DELETE", paths.client, { kind: "status", status: 403, times: "always" });
	const { message } = await failureOf(run.delete(id, outs));
	return { run, id, message };
}

describe("a client that can't be set back to active", () => {
	test("is named as inactive, with the day of its deletion and the way back", async () => {
		const { run, id, message } = await stuck(40 * day);
		const date = String(run.simulator.organization.client(id)?.dateToDelete).slice(0, 10);
		expect(message).toContain(`The client is inactive now, and Genesys Cloud deletes it on ${date}`);
		expect(message).toContain("put_oauth_client failed: 403");
		expect(message).toContain("run pulumi refresh, then pulumi up");
	});

	test("is said to go after its grace period when the API names no day", async () => {
		const { message } = await stuck(0);
		expect(message).toContain("The client is inactive now, and Genesys Cloud deletes it after its grace period");
	});
});

describe("a client whose PUT to inactive gets no answer", () => {
	test.each(["delete", "deactivate"])("is set back to active (deletion: %s)", async (deletion) => {
		const { run, id, outs } = await withClient({ ...webApp, deletion });
		run.fault("PUT", paths.client, { kind: "cut", when: "after" });
		run.fault("PUT", paths.client, { kind: "status", status: 503, times: 4 });
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toContain("put_oauth_client");
		expect(message).toContain("The client was set back to active");
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});
});

describe('a deletion that only deactivates (deletion: "deactivate")', () => {
	test("reads before it writes: what was changed outside, unknown fields and roles stay", async () => {
		const { run, id, outs } = await withClient({ ...service, deletion: "deactivate" });
		run.simulator.organization.changeClient(id, {
			description: "by hand",
			extra: { allowedIps: ["10.0.0.0/8"] },
			roleDivisions: [{ roleId: ROLE_IDS.communicateUser, divisionId: "*" }],
		});
		const before = run.simulator.organization.client(id);
		await run.delete(id, outs);
		expect(run.calls()).toEqual([`${get} 200`, `${put} 200`]);
		const after = run.simulator.organization.client(id);
		expect(after).toEqual({ ...before, state: "inactive", dateModified: after?.dateModified });
	});

	test("of a client that somebody has deactivated already sends nothing", async () => {
		const { run, id, outs } = await withClient({ ...webApp, deletion: "deactivate" });
		run.simulator.organization.changeClient(id, { state: "inactive" });
		await run.delete(id, outs);
		expect(run.calls()).toEqual([`${get} 200`]);
	});
});

describe("a client that has roles, divisions or scopes that don't exist any more", () => {
	const both = [ROLE_IDS.employee, ROLE_IDS.communicateUser].map((roleId) => ({ roleId, divisionId: "*" }));

	test.each([
		["one of its roles", { roleDivisions: both }],
		["its only role", service],
	])("is deleted (%s)", async (_, settings) => {
		const { run, id, outs } = await withClient({ ...service, ...settings });
		run.simulator.organization.removeRole(ROLE_IDS.employee);
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
		// Before its roles are given up it is certain that the API will delete it.
		expect(run.calls()).toEqual([
			`${put} 400`,
			`${get} 200`,
			`${put} 400`,
			`${remove} 400`,
			`${put} 200`,
			`${remove} 204`,
		]);
	});

	test("is deleted (a division)", async () => {
		const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }];
		const { run, id, outs } = await withClient({ ...service, roleDivisions });
		run.simulator.organization.removeDivision(DIVISION_IDS.support);
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("is deleted (a scope)", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.fault("PUT", paths.client, { kind: "status", status: 400, code: "invalid.value", times: 2 });
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("keeps all it has when the login may not delete it", async () => {
		const { run, id, outs } = await withClient({ ...service, roleDivisions: both });
		run.simulator.organization.removeRole(ROLE_IDS.employee);
		const before = run.simulator.organization.client(id);
		run.fault("DELETE", paths.client, { kind: "status", status: 403, times: "always" });
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toContain("delete_oauth_client failed: 403");
		expect(run.simulator.organization.client(id)).toEqual(before);
	});

	test("isn't said to be as before when its DELETE is refused after its roles were given up", async () => {
		const { run, id, outs } = await withClient({ ...service, roleDivisions: both });
		run.simulator.organization.removeRole(ROLE_IDS.employee);
		// The first one is the API's own refusal of an active client.
		run.fault("DELETE", paths.client, { kind: "status", status: 403, skip: 1, times: "always" });
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toContain("setting it back to active failed");
		expect(run.simulator.organization.client(id)?.state).toBe("inactive");
	});

	test("keeps its roles when it is only to be deactivated: the error names them", async () => {
		const { run, id, outs } = await withClient({ ...service, deletion: "deactivate" });
		run.simulator.organization.removeRole(ROLE_IDS.employee);
		const before = run.simulator.organization.client(id);
		expect((await failureOf(run.delete(id, outs))).message).toContain(ROLE_IDS.employee);
		expect(run.simulator.organization.client(id)).toEqual(before);
	});
});

test("a client with roles that the login lacks isn't deleted: the error names them", async () => {
	const { run, id, outs } = await withClient(service);
	const { client, secret } = run.simulator.organization.addClient({
		name: "deputy",
		permissions: "all",
		roleIds: [ROLE_IDS.communicateUser],
	});
	const environment = { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret ?? "" };
	const deputy = laterRun(run, { environment });
	const { message } = await failureOf(deputy.delete(id, outs));
	expect(message).toContain("bad.client.role");
	expect(message).toContain(`give the OAuth client that Pulumi logs in with ${ROLE_IDS.employee} and run again`);
	expect(run.simulator.organization.client(id)?.state).toBe("active");
});
