import { describe, expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import { type LifecycleRun, laterRun, service, startLifecycle, webApp } from "./support/lifecycle-run";
import { failureOf } from "./support/simulated-api";

async function withClient(program: Properties, options: Parameters<typeof startLifecycle>[0] = {}) {
	const run = await startLifecycle(options);
	const { id, outs } = await run.create(program);
	run.simulator.requests.clear();
	return { run, id, outs, secret: outs["clientSecret"] as string };
}

describe("update", () => {
	test.each<[string, Properties, Properties]>([
		["name", webApp, { name: "Other" }],
		["description", webApp, { description: "what it is for" }],
		["accessTokenValiditySeconds", webApp, { accessTokenValiditySeconds: 600 }],
		["registeredRedirectUri", webApp, { registeredRedirectUri: ["https://c.example.com/cb"] }],
		["scope", webApp, { scope: ["presence"] }],
		["state", webApp, { state: "inactive" }],
		["roleDivisions", service, { roleDivisions: [{ roleId: ROLE_IDS.communicateUser }] }],
		["roleDivisions to another division", service, { roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }] }],
		["roleIds for roleDivisions", service, { roleDivisions: undefined, roleIds: [ROLE_IDS.communicateUser] }],
		["the grant, in place", webApp, { ...service, ...noApp(), replaceOnGrantTypeChange: false }],
	])("of %s is one PUT; the secret stays, and nothing is left to do", async (_, program, change) => {
		const { run, id, outs, secret } = await withClient(program);
		const changed = { ...program, ...change };
		expect(run.diff(outs, changed)).toMatchObject({ changes: true, replaces: [] });
		const updated = await run.update(id, outs, changed);
		expect(run.simulator.requests.filter({ method: "PUT" })).toHaveLength(1);
		expect(run.simulator.requests.filter({ method: "POST", kind: "api" })).toEqual([]);
		expect(updated).toMatchObject({ clientId: id, clientSecret: secret });
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
		expect(run.diff(updated, changed)).toMatchObject({ changes: false });
	});

	test("costs a GET and a PUT: the home division is known from the create", async () => {
		const { run, id, outs } = await withClient(service);
		await run.update(id, outs, { ...service, name: "Other" });
		expect(run.calls()).toEqual(["GET /clients/{clientId} 200", "PUT /clients/{clientId} 200"]);
	});

	test("by another login is recorded: that login tells later whose organization it is", async () => {
		const { run, id, outs } = await withClient(service);
		const { administrator, organization } = run.simulator;
		expect(outs["loginClientId"]).toBe(administrator.clientId);
		const { client, secret } = organization.addClient({
			name: "Another pipeline",
			roleDivisions: [ROLE_IDS.masterAdmin, ROLE_IDS.employee].map((roleId) => ({ roleId, divisionId: "*" })),
		});
		const other = laterRun(run, {
			environment: { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret! },
		});
		expect(await other.update(id, outs, { ...service, name: "Other" })).toMatchObject({ loginClientId: client.id });
	});

	test("of what is as it should be costs no call, and keeps everything", async () => {
		const { run, id, outs } = await withClient(service);
		expect(await run.update(id, outs, service)).toEqual(outs);
		expect(run.calls()).toEqual([]);
	});

	test("a setting that the program no longer mentions goes back to its default", async () => {
		const { run, id, outs } = await withClient({ ...webApp, description: "text", accessTokenValiditySeconds: 600 });
		const updated = await run.update(id, outs, webApp);
		expect(updated).toMatchObject({ description: "", accessTokenValiditySeconds: 86_400 });
		expect(run.simulator.organization.client(id)).toMatchObject({
			description: "",
			accessTokenValiditySeconds: 86_400,
		});
	});

	test("fields that nobody knows yet survive", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.simulator.organization.changeClient(id, { extra: { allowedIps: ["10.0.0.0/8"] } });
		const { props } = await run.read(id, outs);
		const updated = await run.update(id, { ...props }, { ...webApp, name: "Other" });
		expect(run.simulator.organization.client(id)?.extra).toEqual({ allowedIps: ["10.0.0.0/8"] });
		expect(updated["unmanagedSettings"]).toEqual({ allowedIps: ["10.0.0.0/8"] });
	});

	test("a division left to the default is looked up when state doesn't know it", async () => {
		const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }];
		const { run, id, outs } = await withClient({ ...service, roleDivisions });
		const updated = await run.update(id, outs, service);
		expect(run.calls()).toEqual([
			"GET /api/v2/authorization/divisions/home 200",
			"GET /clients/{clientId} 200",
			"PUT /clients/{clientId} 200",
		]);
		expect(updated["homeDivisionId"]).toBe(DIVISION_IDS.home);
		expect(run.diff(updated, service).changes).toBe(false);
	});

	test("a division left to the default, where it is the home division already, needs no PUT", async () => {
		const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];
		const { run, id, outs, secret } = await withClient({ ...service, roleDivisions });
		const updated = await run.update(id, outs, service);
		expect(run.calls()).toEqual(["GET /api/v2/authorization/divisions/home 200"]);
		expect(updated).toMatchObject({ homeDivisionId: DIVISION_IDS.home, clientSecret: secret });
		expect(run.diff(updated, service).changes).toBe(false);
	});
});

describe("an update that fails", () => {
	test("for a client deleted outside tells what to do", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.simulator.organization.removeClient(id);
		run.clock.advance(60_000);
		const { message } = await failureOf(run.update(id, outs, { ...webApp, name: "Other" }));
		expect(message).toContain("The client was deleted outside Pulumi");
		expect(message).toContain("pulumi refresh");
		expect(message).not.toContain("\n");
	});

	test.each(["GET", "PUT"])("by a page in between (%s) doesn't say that the client is gone", async (method) => {
		const { run, id, outs } = await withClient(webApp);
		// What is younger may not be visible yet, which would be said of it.
		run.clock.advance(60_000);
		run.fault(method, paths.client, { kind: "html", status: 404 });
		const { message } = await failureOf(run.update(id, outs, { ...webApp, name: "Other" }));
		expect(message).not.toContain("deleted outside Pulumi");
		expect(message).toContain("check the region and the gateway");
	});

	test("to the grant TOKEN makes no secret that an earlier run left to be made", async () => {
		const program = { ...webApp, replaceOnGrantTypeChange: false };
		const { run, id, outs } = await withClient(program);
		const token = { ...program, authorizedGrantType: "TOKEN" };
		const updated = await run.update(id, { ...outs, pendingSecretSteps: ["renew", "store"] }, token);
		expect(run.calls()).toEqual(["GET /clients/{clientId} 200", "PUT /clients/{clientId} 200"]);
		expect(updated).toMatchObject({ clientSecret: "", secretVersion: 0 });
		expect(run.diff(updated, token).changes).toBe(false);
	});

	test("for a disabled client says who can help", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.simulator.organization.disableClient(id);
		const { message } = await failureOf(run.update(id, outs, { ...webApp, name: "Other" }));
		expect(message).toContain("support has disabled");
	});

	test("on an answer nobody can use keeps what state has, the secret first", async () => {
		const { run, id, outs, secret } = await withClient(webApp);
		const body = { id, name: "Other", authorizedGrantType: "CODE", scope: "no list" };
		run.fault("PUT", paths.client, { kind: "status", status: 200, body });
		const changed = { ...webApp, name: "Other" };
		const { message } = await failureOf(run.update(id, outs, changed));
		expect(message).toContain(
			"put_oauth_client failed: 200, but the response isn't the expected JSON: scope is a text",
		);
		expect(message).not.toContain(secret);
		expect(run.diff(outs, changed).changes).toBe(true);
		expect(await run.update(id, outs, changed)).toMatchObject({ clientSecret: secret, name: "Other" });
	});

	test("is safe to run again after any cut", async () => {
		const { run, id, outs, secret } = await withClient(webApp);
		run.fault("PUT", paths.client, { kind: "cut", when: "after", times: 5 });
		const changed = { ...webApp, name: "Other" };
		await failureOf(run.update(id, outs, changed));
		expect(await run.update(id, outs, changed)).toMatchObject({ name: "Other", clientSecret: secret });
	});
});

test("an answer with a secret in it changes nothing about the one in state", async () => {
	const { run, id, outs, secret } = await withClient(webApp);
	const body = { ...(await fromApi(run, id)), name: "Other", secret: "not-the-real-one" };
	run.fault("PUT", paths.client, { kind: "status", status: 200, body });
	const updated = await run.update(id, outs, { ...webApp, name: "Other" });
	expect(updated["clientSecret"]).toBe(secret);
	expect(JSON.stringify(updated)).not.toContain("not-the-real-one");
});

async function fromApi(run: LifecycleRun, id: string): Promise<object> {
	return run.api.getOauthClient(id);
}

function noApp(): Properties {
	return { scope: undefined, registeredRedirectUri: undefined, name: "CRM sync" };
}
