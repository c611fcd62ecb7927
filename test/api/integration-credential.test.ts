import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { ROLE_IDS } from "../../simulator";
import { clientId, fields, listing, one, program, startCredentialRun } from "./support/credential-run";
import { failureOf } from "./support/simulated-api";

describe("create", () => {
	test("is one POST after one listing, and keeps fingerprints in place of the values", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		expect(run.calls()).toEqual([listing, "POST /integrations/credentials 200"]);
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
		expect(outs).toMatchObject({ credentialId: id, name: "CRM sync", type: "pureCloudOAuthClient" });
		expect(JSON.stringify(outs)).not.toContain(fields.clientSecret);
		expect(await run.diff(id, outs, program)).toMatchObject({ changes: false });
	});

	test("of another type sends its fields", async () => {
		const run = await startCredentialRun();
		const basic = { name: "b", type: "basicAuth", fields: { userName: "u", password: "a-password-of-the-tests" } };
		const { id, outs } = await run.create(basic);
		expect(run.simulator.organization.checkCredential(id, basic.fields)).toBe(true);
		expect(outs["type"]).toBe("basicAuth");
	});

	test("with allowSameName lists nothing", async () => {
		const run = await startCredentialRun();
		await run.create({ ...program, allowSameName: true });
		expect(run.calls()).toEqual(["POST /integrations/credentials 200"]);
	});

	test("with checkType asks for the types, and refuses one that the organization hasn't", async () => {
		const run = await startCredentialRun();
		await run.create({ ...program, checkType: true, allowSameName: true });
		expect(run.calls()).toEqual(["GET /integrations/credentials/types 200", "POST /integrations/credentials 200"]);
		const wrong = { ...program, type: "pureCloudOauthClient", checkType: true, allowSameName: true };
		const { message } = await failureOf(run.create(wrong));
		expect(message).toMatch(/no type of integration credentials named "pureCloudOauthClient": use one of pureCloud/);
		expect(run.simulator.organization.credentials()).toHaveLength(1);
	});

	test("without an answer finds the credential, and sends its fields again", async () => {
		const run = await startCredentialRun();
		run.fault("POST", "/api/v2/integrations/credentials", { kind: "cut", when: "after" });
		const { id, outs } = await run.create({ ...program, allowSameName: true });
		expect(run.calls()).toEqual(["POST /integrations/credentials cut", listing, `PUT ${one} 200`]);
		expect(run.simulator.organization.credentials()).toHaveLength(1);
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
		expect(await run.diff(id, outs, program)).toMatchObject({ changes: false });
		expect(run.notices).toEqual([expect.stringContaining("the create request got no response")]);
	});

	test("that fails after it was found keeps it in state, and the next run finishes", async () => {
		const run = await startCredentialRun();
		run.fault("POST", "/api/v2/integrations/credentials", { kind: "cut", when: "after" });
		run.fault("PUT", "/api/v2/integrations/credentials/{credentialId}", { kind: "status", status: 400 });
		const failure = await failureOf<PartialFailure>(run.create(program));
		const [{ id } = { id: "" }] = run.simulator.organization.credentials();
		expect(failure).toMatchObject({ id, properties: { credentialId: id } });
		expect(failure.reasons[0]).toMatch(/The credential exists .* run pulumi up again to finish$/);
		expect(JSON.stringify(failure)).not.toContain(fields.clientSecret);
		expect(await run.diff(id, failure.properties, program)).toMatchObject({ changes: true, replaces: [] });
		await run.update(id, failure.properties, program);
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
		expect(run.simulator.organization.credentials()).toHaveLength(1);
	});

	test("without an answer never repeats the POST, and says so when nothing was created", async () => {
		const run = await startCredentialRun();
		run.fault("POST", "/api/v2/integrations/credentials", { kind: "cut" });
		const { message } = await failureOf(run.create(program));
		expect(message).toMatch(
			/a second credential\. No credential named "CRM sync" is visible yet: run pulumi up again in a minute/,
		);
		expect(run.calls().filter((call) => call.startsWith("POST"))).toHaveLength(1);
	});

	test("beside one of the same name, made lately and in no entry, is refused with both ways on", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "CRM sync" });
		const { message } = await failureOf(run.create(program));
		expect(message).toMatch(/may already have created this credential \(same name, same type, not in state\)/);
		expect(message).toContain(`GENESYSCLOUD_TAKE_OVER=${id}`);
		expect(message).toContain(`GENESYSCLOUD_ALLOW_SAME_NAME=${id}`);
		expect(run.simulator.organization.credentials()).toHaveLength(1);

		const other = run.later({ GENESYSCLOUD_ALLOW_SAME_NAME: id });
		expect((await other.create(program)).id).not.toBe(id);
		expect(other.notices).toEqual([expect.stringContaining(`is created beside ${id}`)]);
	});

	test("takes over what an interrupted run left, with its fields", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "CRM sync" });
		const taking = run.later({ GENESYSCLOUD_TAKE_OVER: id });
		expect((await taking.create(program)).id).toBe(id);
		expect(run.calls()).toEqual([listing, `PUT ${one} 200`]);
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
		expect(taking.notices).toEqual([
			expect.stringMatching(/^the environment variable GENESYSCLOUD_TAKE_OVER is set/),
			expect.stringMatching(/is taken over, as set by .*; its fields are replaced$/),
		]);
	});

	test.each([
		["an old one", { createdDate: "2020-01-01T00:00:00Z" }],
		["one of another type", { type: "basicAuth" }],
		["one that was changed later", { createdDate: "1970-01-01T00:00:00Z", modifiedDate: "1970-01-01T00:10:00Z" }],
	])("ignores %s of the same name", async (_, seed) => {
		const run = await startCredentialRun();
		run.simulator.organization.addCredential({ name: "CRM sync", ...seed });
		await run.create(program);
		expect(run.simulator.organization.credentials()).toHaveLength(2);
	});

	test.each([
		[{ name: "x", fields: { clientId } }, /fields\.clientSecret is required for the type pureCloudOAuthClient/],
		[{ name: "x", fields: { ...fields, clientSecret: "" } }, /empty secret is never sent: .*adopt\.rotateSecret/],
		[{ name: "x", type: "basicAuth", fields: { userName: "" } }, /fields\.userName must not be empty/],
		[{ name: "x", type: "basicAuth", fields: {} }, /fields needs at least one field/],
		[{ name: "", fields }, /name must not be empty/],
		[{ name: "x", fields, adopt: {} }, /adopt set either credentialId or name/],
		[
			{ name: "x", fields, titel: "y" },
			/titel is not an argument of IntegrationCredential; use one of name, type, fields/,
		],
		[
			{ name: "x", fields, deletionGuard: { unlessUnused: "yes" } },
			/deletionGuard\.unlessUnused must be true or false/,
		],
		[{ name: "x", fields, connection: { region: "STAGING_REGION" } }, /connection must also name oauthClientId/],
	])("%j is refused without a call", async (wrong, reason) => {
		const run = await startCredentialRun();
		const { message } = await failureOf(run.create(wrong));
		expect(message).toMatch(reason);
		expect(message).not.toContain(fields.clientSecret);
		expect(run.calls()).toEqual([]);
	});
});

describe("update", () => {
	test("of an unchanged credential takes no call, of a new secret a GET and a PUT", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		const later = run.later();
		run.simulator.requests.clear();
		expect(await later.diff(id, outs, program)).toMatchObject({ changes: false });
		const rotated = { ...program, fields: { ...fields, clientSecret: "the-next-secret-of-the-tests" } };
		expect(await later.diff(id, outs, rotated)).toMatchObject({ changes: true, replaces: [] });
		expect(later.notices).toEqual([expect.stringMatching(/sends the fields of .*: clientSecret changed$/)]);
		const updated = await later.update(id, outs, rotated);
		expect(run.calls()).toEqual([`GET ${one} 200`, `PUT ${one} 200`]);
		expect(run.simulator.organization.checkCredential(id, rotated.fields)).toBe(true);
		expect(await later.diff(id, updated, rotated)).toMatchObject({ changes: false });
	});

	test("of the name sends all fields with it", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		await run.update(id, outs, { ...program, name: "CRM" });
		expect(run.simulator.organization.credential(id)).toMatchObject({ name: "CRM" });
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
	});

	test("by another login is recorded: that login tells later whose organization it is", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		const { administrator, organization } = run.simulator;
		expect(outs["loginClientId"]).toBe(administrator.clientId);
		const { client, secret = "" } = organization.addClient({
			name: "Another pipeline",
			roleDivisions: [{ roleId: ROLE_IDS.masterAdmin, divisionId: "*" }],
		});
		const login = { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret };
		const renamed = { ...program, name: "CRM" };
		expect(await run.later(login).update(id, outs, renamed)).toMatchObject({ loginClientId: client.id });
	});

	test("of a new secret is sent, though the program says of now on that an adopted one has its fields", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		const rotated = { ...fields, clientSecret: "the-next-secret-of-the-tests" };
		await run.update(id, outs, { ...program, fields: rotated, adopt: { credentialId: id, sendFields: false } });
		expect(run.simulator.organization.checkCredential(id, rotated)).toBe(true);
	});

	test("of an option alone takes no call", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.simulator.requests.clear();
		const guarded = { ...program, deletionGuard: { unlessUnused: true } };
		expect(await run.diff(id, outs, guarded)).toMatchObject({ changes: true });
		expect(await run.update(id, outs, guarded)).toMatchObject({ deletionGuard: { unlessUnused: true } });
		expect(run.calls()).toEqual([]);
	});

	test("of the type is a replacement", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		const other = { name: "CRM sync", type: "basicAuth", fields: { userName: "u", password: "p" } };
		expect(await run.diff(id, outs, other)).toMatchObject({ changes: true, replaces: ["type"] });
	});

	test("of a deleted credential says what to do", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.simulator.organization.removeCredential(id);
		run.clock.advance(60_000);
		const { message } = await failureOf(run.update(id, outs, { ...program, name: "x" }));
		expect(message).toMatch(/The credential was deleted outside Pulumi: run pulumi refresh, then pulumi up/);
	});

	test("that fails says what came back, and keeps the fingerprints", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.fault("PUT", "/api/v2/integrations/credentials/{credentialId}", { kind: "status", status: 400 });
		const next = { ...program, fields: { ...fields, clientSecret: "the-next-secret-of-the-tests" } };
		const { message } = await failureOf(run.update(id, outs, next));
		expect(message).toMatch(/put_integrations_credential.*400 bad\.request.*correlation id/);
		expect(message).not.toContain("the-next-secret");
	});
});
