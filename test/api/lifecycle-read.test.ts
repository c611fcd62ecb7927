import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { type ClientChange, DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import { inputsOf, service, startLifecycle, webApp } from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

async function withClient(program: Properties) {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.simulator.requests.clear();
	return { run, id, outs, secret: outs["clientSecret"] as string };
}

describe("read of what hasn't changed", () => {
	test.each<[string, Properties]>([
		["a web app", webApp],
		["a service with the home division", service],
		["a service by role ids", { ...service, roleDivisions: undefined, roleIds: [ROLE_IDS.employee] }],
		[
			"a web app with every setting",
			{ ...webApp, description: "d", accessTokenValiditySeconds: 600, state: "inactive" },
		],
		[
			"defaults spelt out",
			{ ...webApp, description: "", accessTokenValiditySeconds: 86_400, state: "active", roleIds: [] },
		],
	])("%s: one GET, the same state, no inputs", async (_, program) => {
		const { run, id, outs } = await withClient(program);
		expect(await run.read(id, outs)).toEqual({ id, props: outs });
		expect(run.calls()).toEqual(["GET /clients/{clientId} 200"]);
	});
});

test("a read of a client whose grant brings a secret by now notes that the stack needs one, unless it has one", async () => {
	const { run, id, outs } = await withClient({ ...webApp, authorizedGrantType: "TOKEN" });
	run.simulator.organization.changeClient(id, { authorizedGrantType: "CODE" });
	const { props } = await run.read(id, outs);
	expect(props).toMatchObject({ clientSecret: "", pendingSecretSteps: ["renew"] });
	const kept = await run.read(id, { ...outs, clientSecret: "known" });
	expect(kept.props).toMatchObject({ clientSecret: "known" });
	expect(kept.props?.pendingSecretSteps ?? []).toEqual([]);
});

describe("read of drift", () => {
	test.each<[string, Properties, ClientChange, Properties]>([
		["a name", webApp, { name: "by hand" }, { name: "by hand" }],
		["a description that nobody declared", webApp, { description: "by hand" }, { description: "by hand" }],
		["scopes", webApp, { scope: ["users"] }, { scope: ["users"] }],
		["no redirect", webApp, { registeredRedirectUri: [] }, { registeredRedirectUri: [] }],
		["seconds", webApp, { accessTokenValiditySeconds: 300 }, { accessTokenValiditySeconds: 300 }],
		["a state", webApp, { state: "inactive" }, { state: "inactive" }],
		[
			"another role",
			service,
			{ roleDivisions: [{ roleId: ROLE_IDS.communicateUser, divisionId: DIVISION_IDS.home }] },
			{ roleDivisions: [{ roleId: ROLE_IDS.communicateUser }] },
		],
		[
			"another division",
			service,
			{ roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }] },
			{ roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }] },
		],
	])("%s: tells the inputs of today, and the next diff finds it", async (_, program, change, told) => {
		const { run, id, outs, secret } = await withClient(program);
		run.simulator.organization.changeClient(id, change);
		const { props, inputs } = await run.read(id, outs);
		expect(inputs).toEqual({ ...inputsOf(program), ...told });
		expect(props).toMatchObject({ clientId: id, clientSecret: secret });
		expect(run.diff({ ...props }, program).changes).toBe(true);
	});

	test("that only the vendor's support can put right is told, and isn't tried", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.simulator.organization.disableClient(id);
		const { props } = await run.read(id, outs);
		expect(props?.state).toBe("disabled");
		expect(run.notices.join()).toContain("disabled by Genesys Cloud support");
		expect(run.diff({ ...props }, webApp).changes).toBe(false);
	});

	test("put right by an update leaves no standing diff", async () => {
		const { run, id, outs, secret } = await withClient(service);
		run.simulator.organization.changeClient(id, { name: "by hand", description: "by hand" });
		const { props } = await run.read(id, outs);
		const updated = await run.update(id, { ...props }, service);
		expect(updated).toMatchObject({ name: "CRM sync", description: "", clientSecret: secret });
		expect(run.diff(updated, service).changes).toBe(false);
		expect(await run.read(id, updated)).toEqual({ id, props: updated });
	});

	test("that the program takes over leaves no standing diff either", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.simulator.organization.changeClient(id, { name: "by hand" });
		const { props } = await run.read(id, outs);
		expect(run.diff({ ...props }, { ...webApp, name: "by hand" }).changes).toBe(false);
	});

	test("of what isn't the program's business is no drift", async () => {
		const { run, id, outs } = await withClient(service);
		run.simulator.organization.changeClient(id, {
			dateToDelete: "2026-02-01T00:00:00Z",
			scope: ["users"],
			roleIds: [ROLE_IDS.employee],
			extra: { allowedIps: [] },
		});
		const result = await run.read(id, outs);
		expect(result).not.toHaveProperty("inputs");
		expect(result.props).toMatchObject({ unmanagedSettings: { allowedIps: [] } });
		expect(run.diff({ ...result.props }, service).changes).toBe(false);
	});
});

describe("a client that is gone", () => {
	test.each<[string, Properties]>([
		["a web app", webApp],
		["a service", service],
	])("gives an empty id, when the vendor's own 404 and its list say so: %s", async (_, program) => {
		const { run, id, outs } = await withClient(program);
		run.simulator.organization.removeClient(id);
		expect(await run.read(id, outs)).toEqual({ id: "" });
		expect(run.notices.join()).toContain("was deleted outside Pulumi");
	});

	test("gives an empty id, when the vendor says that its state is deleted", async () => {
		const { run, id, outs } = await withClient(webApp);
		const deleted = { id, name: "n", authorizedGrantType: "CODE", state: "deleted" };
		run.fault("GET", paths.client, { kind: "status", status: 200, body: deleted });
		run.fault("GET", paths.clients, { kind: "status", status: 200, body: { entities: [deleted] } });
		expect(await run.read(id, outs)).toEqual({ id: "" });
	});

	test("is never taken from a 404 that the list of clients contradicts", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.fault("GET", paths.client, { kind: "status", status: 404, code: "client.not.found" });
		expect((await failureOf(run.read(id, outs))).message).toContain("the client is still listed");
	});

	test("is never taken from another organization", async () => {
		const { run, id, outs } = await withClient(service);
		run.simulator.organization.removeClient(id);
		const elsewhere = { ...outs, loginClientId: absentId };
		expect((await failureOf(run.read(id, elsewhere))).message).toContain("Check the region and the credentials");
	});

	test.each<[string, FaultKind]>([
		["a page with 404", { kind: "html", status: 404 }],
		["a 404 of another make", { kind: "status", status: 404, body: { error: "no such route" } }],
		["a 404 with another code", { kind: "status", status: 404, code: "feature.not.enabled" }],
		["an empty 404", { kind: "status", status: 404, body: "" }],
		["401", { kind: "status", status: 401, times: 2 }],
		["403", { kind: "status", status: 403 }],
		["408", { kind: "status", status: 408, times: 5 }],
		["410", { kind: "status", status: 410, code: "client.not.found" }],
		["500", { kind: "status", status: 500, times: 5 }],
		["a redirect", { kind: "status", status: 302, headers: { location: "/" } }],
		["cuts", { kind: "cut", times: 5 }],
		["an empty answer", { kind: "status", status: 204 }],
		["broken JSON", { kind: "malformed" }],
		["a page with 200", { kind: "html", status: 200 }],
		["JSON of something else", { kind: "status", status: 200, body: { entities: [] } }],
	])("is never taken from %s: that throws, and state stays", async (_, fault) => {
		const { run, id, outs } = await withClient(webApp);
		run.fault("GET", paths.client, fault);
		const error = await failureOf(run.read(id, outs));
		expect(error.message).toContain("get_oauth_client");
		expect(error.message).not.toContain("\n");
	});

	test("is never taken from a server that isn't there", async () => {
		const { run, id, outs } = await withClient(webApp);
		await run.simulator.close();
		expect((await failureOf(run.read(id, outs))).name).toBe("ConnectionError");
	});
});

describe("OAuthClient.get", () => {
	test("reads a client with nothing in state, its secret empty", async () => {
		const { run, id } = await withClient(service);
		const result = await run.read(id, {});
		expect(result).not.toHaveProperty("inputs");
		expect(result.props).toMatchObject({ clientId: id, name: "CRM sync", clientSecret: "" });
	});

	test("throws for a client that isn't there", async () => {
		const run = await startLifecycle();
		const { message } = await failureOf(run.read(absentId, {}));
		expect(message).toContain(`no OAuth client has the id ${absentId}`);
	});
});

describe("state of a part-made client", () => {
	test("is filled in by a refresh, and still finished by the next update", async () => {
		const run = await startLifecycle();
		const program = { ...webApp, state: "inactive" };
		run.fault("PUT", paths.client, { kind: "status", status: 403 });
		const { id, properties } = await failureOf<PartialFailure>(run.create(program));
		const { props, inputs } = await run.read(id, properties);
		expect(inputs).toBeUndefined();
		expect(props?.clientSecret).toBe(properties["clientSecret"]);
		expect(run.diff({ ...props }, program).changes).toBe(true);
		expect((await run.update(id, { ...props }, program))["state"]).toBe("inactive");
	});

	test("with the least that it can hold is no lookup: a client that is gone is gone", async () => {
		const run = await startLifecycle();
		const loginClientId = run.simulator.administrator.clientId;
		const least = { clientId: absentId, clientSecret: "s", declared: [], name: "made", loginClientId };
		expect(await run.read(absentId, least)).toEqual({ id: "" });
	});
});
