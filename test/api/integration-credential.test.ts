import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { IntegrationSeed } from "../../simulator";
import { startCredentialRun } from "./support/credential-run";
import { failureOf } from "./support/simulated-api";

const clientId = "1d0c0000-0000-4000-8000-000000000001";
const fields = { clientId, clientSecret: "a-secret-of-the-tests" };
const program = { name: "CRM sync", fields };
const listing = "GET /integrations/credentials/listing 200";
const one = "/integrations/credentials/{credentialId}";
const users = "GET /integrations 200";

const usedBy = (id: string): IntegrationSeed => ({ name: "Data actions", credentialIds: [id] });

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

describe("adoption", () => {
	test.each(["id", "name"])("by %s takes the credential with its fields, in one PUT", async (by) => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "By hand" });
		const adopt = by === "id" ? { credentialId: id } : { name: "By hand" };
		const { id: adopted, outs } = await run.create({ ...program, adopt });
		expect(adopted).toBe(id);
		expect(run.calls()).toEqual([...(by === "id" ? [] : [listing]), `GET ${one} 200`, `PUT ${one} 200`]);
		expect(run.simulator.organization.credential(id)).toMatchObject({ name: "CRM sync" });
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
		expect(await run.diff(id, outs, { ...program, adopt })).toMatchObject({ changes: false });
	});

	test("of a name that two have lists both", async () => {
		const run = await startCredentialRun();
		const ids = [1, 2].map(() => run.simulator.organization.addCredential({ name: "Twin" }).id);
		const { message } = await failureOf(run.create({ ...program, adopt: { name: "Twin" } }));
		expect(message).toContain(ids.join(", "));
	});

	test.each([
		[{ credentialId: "none" }, /no integration credential with the id none/],
		[{ name: "none" }, /no integration credential named "none"/],
	])("of %j fails, and makes nothing", async (adopt, reason) => {
		const run = await startCredentialRun();
		expect((await failureOf(run.create({ ...program, adopt }))).message).toMatch(reason);
		expect(run.simulator.organization.credentials()).toEqual([]);
	});

	test("of another type is refused", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "B", type: "basicAuth" });
		const { message } = await failureOf(run.create({ ...program, adopt: { credentialId: id } }));
		expect(message).toMatch(/has the type basicAuth, but the program declares pureCloudOAuthClient/);
	});

	test("that doesn't send the fields records them as they are, without a write, also over refreshes", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "CRM sync", fields });
		const news = { ...program, adopt: { credentialId: id, sendFields: false } };
		const { outs } = await run.create(news);
		expect(run.calls()).toEqual([`GET ${one} 200`, listing]);
		expect(await run.diff(id, outs, news)).toMatchObject({ changes: false });
		const { props } = await run.read(id, outs);
		expect(props).toEqual(outs);
		expect(run.notices).toEqual([]);
		const later = { ...news, fields: { ...fields, clientSecret: "the-next-secret-of-the-tests" } };
		expect(await run.diff(id, outs, later)).toMatchObject({ changes: true });
		await run.update(id, outs, later);
		expect(run.simulator.organization.checkCredential(id, later.fields)).toBe(true);
	});

	test("by name that doesn't send the fields reads the credential, and knows its dates, which only the list shows", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "CRM sync", fields });
		const { outs } = await run.create({ ...program, adopt: { name: "CRM sync", sendFields: false } });
		expect(run.calls()).toEqual([listing, `GET ${one} 200`]);
		expect(outs).toMatchObject({
			credentialId: id,
			createdDate: expect.stringMatching(/Z$/),
			modifiedDate: outs["createdDate"],
		});
	});

	test("that doesn't send the fields is refused where the credential shows another client", async () => {
		const run = await startCredentialRun();
		const other = { ...fields, clientId: "1d0c0000-0000-4000-8000-000000000002" };
		const { id } = run.simulator.organization.addCredential({ name: "CRM sync", fields: other });
		const adopt = { credentialId: id, sendFields: false };
		const { message } = await failureOf(run.create({ ...program, adopt }));
		expect(message).toContain(`contains another OAuth client (${other.clientId}) than fields.clientId`);
		expect(run.simulator.organization.checkCredential(id, other)).toBe(true);
		expect(await run.create({ ...program, fields: other, adopt })).toMatchObject({ id });
	});

	test("that doesn't send the fields sends them with another name, since a PUT has all", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "By hand" });
		await run.create({ ...program, adopt: { credentialId: id, sendFields: false } });
		expect(run.calls()).toEqual([`GET ${one} 200`, `PUT ${one} 200`]);
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
	});

	test("of an imported credential records the fields without a write, and only once", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "CRM sync", fields });
		const { props = {} } = await run.read(id, {});
		const news = { ...program, adopt: { credentialId: id, sendFields: false } };
		expect(await run.diff(id, props, news)).toMatchObject({ changes: true, changed: ["adopt"], replaces: [] });
		const outs = await run.update(id, props, news);
		expect(run.calls()).toEqual([`GET ${one} 200`, `GET ${one} 200`, listing]);
		expect(run.notices).toEqual([]);
		expect(await run.diff(id, outs, news)).toMatchObject({ changes: false });
		expect((await run.read(id, outs)).props).toEqual(outs);
		// What a refresh doesn't know any more is sent.
		expect(await run.diff(id, { ...outs, fieldFingerprints: {} }, news)).toMatchObject({ changed: ["fields"] });
	});

	test("of another id later is a replacement", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		const other = run.simulator.organization.addCredential({ name: "Other" }).id;
		const news = { ...program, adopt: { credentialId: other } };
		expect(await run.diff(id, outs, news)).toMatchObject({ replaces: ["adopt"] });
	});
});

describe("read", () => {
	test("is one GET, and finds nothing changed whatever the API redacts", async () => {
		for (const redaction of ["omitted", "masked", "empty"] as const) {
			for (const showsClientId of [true, false]) {
				const run = await startCredentialRun({ integrationCredentials: { redaction, showsClientId } });
				const { id, outs } = await run.create(program);
				run.simulator.requests.clear();
				const { props } = await run.read(id, outs);
				expect(run.calls()).toEqual([`GET ${one} 200`]);
				expect(props).toEqual(outs);
				expect(run.notices).toEqual([]);
			}
		}
	});

	test("finds a new name, and another client: the next up sends one PUT", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.simulator.organization.changeCredential(id, { name: "Renamed" });
		const renamed = await run.read(id, outs);
		expect(await run.diff(id, renamed.props ?? {}, program)).toMatchObject({ changes: true, replaces: [] });
		const other = "1d0c0000-0000-4000-8000-000000000002";
		run.simulator.organization.changeCredential(id, {
			name: "CRM sync",
			fields: { clientId: other, clientSecret: "x" },
		});
		const { props = {} } = await run.read(id, outs);
		expect(run.notices).toEqual([
			expect.stringContaining("has another name: it was changed outside Pulumi"),
			expect.stringContaining(`names another OAuth client (${other})`),
		]);
		expect(await run.diff(id, props, program)).toMatchObject({ changes: true, replaces: [] });
		await run.update(id, props, program);
		expect(run.simulator.organization.checkCredential(id, fields)).toBe(true);
	});

	test("of a deleted one drops it from state, once the listing agrees", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.simulator.organization.removeCredential(id);
		expect(await run.read(id, outs)).toEqual({ id: "" });
		expect(run.notices).toEqual([expect.stringContaining("was deleted outside Pulumi")]);
	});

	test("keeps one that the listing still has, and one that another organization's login can't see", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.fault("GET", "/api/v2/integrations/credentials/{credentialId}", { kind: "status", status: 404 });
		expect((await failureOf(run.read(id, outs))).message).toContain("the credential is still listed");
		run.simulator.organization.removeCredential(id);
		const foreign = { ...outs, loginClientId: "another" };
		expect((await failureOf(run.read(id, foreign))).message).toContain("may be logged in to another organization");
	});

	test("by id alone reads one that isn't managed, and fails without one", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "Theirs" });
		expect((await run.read(id, {})).props).toMatchObject({ credentialId: id, name: "Theirs" });
		expect((await failureOf(run.read("none", {}))).message).toMatch(
			/no integration credential has the id or the name "none"/,
		);
	});
});

describe("delete", () => {
	test("is one GET, one for each integration that uses it, and one DELETE, and says which did", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.simulator.organization.addIntegration(usedBy(id));
		run.simulator.requests.clear();
		await run.delete(id, outs);
		const configuration = "GET /integrations/{integrationId}/config/current 200";
		expect(run.calls()).toEqual([users, configuration, `DELETE ${one} 204`]);
		expect(run.notices).toEqual([expect.stringContaining("these integrations used it: Data actions")]);
		expect(run.simulator.organization.credentials()).toEqual([]);
	});

	test("without the permission to see integrations says so, and deletes", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.fault("GET", "/api/v2/integrations", { kind: "status", status: 403 });
		await run.delete(id, outs);
		expect(run.notices).toEqual([expect.stringContaining("couldn't check which integrations use")]);
		expect(run.simulator.organization.credentials()).toEqual([]);
	});

	test("of one that is gone succeeds, once the listing agrees", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.simulator.organization.removeCredential(id);
		await run.delete(id, outs);
		expect(run.calls()).toContain(`DELETE ${one} 404`);
	});

	test("with unlessUnused is refused while an integration uses it, and when that can't be asked", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create({ ...program, deletionGuard: { unlessUnused: true } });
		run.fault("GET", "/api/v2/integrations", { kind: "status", status: 403 });
		expect((await failureOf(run.delete(id, outs))).message).toMatch(
			/couldn't check which integrations use the credential/,
		);
		run.simulator.organization.addIntegration(usedBy(id));
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toMatch(/integrations use the credential, so it wasn't deleted: Data actions\./);
		expect(message).toContain(`GENESYSCLOUD_ALLOW_DELETION=${id}`);
		expect(run.simulator.organization.credentials()).toHaveLength(1);
		await run.later({ GENESYSCLOUD_ALLOW_DELETION: id }).delete(id, outs);
		expect(run.simulator.organization.credentials()).toEqual([]);
	});

	test("asks the client's guard before the credential goes", async () => {
		const run = await startCredentialRun();
		const { client } = run.simulator.organization.addClient({ id: clientId, name: "CRM" });
		const day = new Date(run.clock.now() - 86_400_000).toISOString().slice(0, 10);
		run.simulator.organization.addUsage({
			clientId: client.id,
			date: day,
			templateUri: "/api/v2/users",
			httpMethod: "GET",
			status200: 7,
		});
		const { id, outs } = await run.create({
			...program,
			clientDeletionGuard: { clientId: client.id, inUseWithinDays: 7 },
		});
		const refusal = /the credential wasn't deleted, since the deletion guard of its OAuth client .* made 7 requests/;
		expect((await failureOf(run.delete(id, outs))).message).toMatch(refusal);
		expect(run.simulator.organization.credentials()).toHaveLength(1);
		// A replacement ends with a deletion: its preview refuses it.
		const other = { name: "CRM sync", type: "basicAuth", fields: { userName: "u", password: "p" } };
		expect((await failureOf(run.diff(id, outs, other))).message).toMatch(refusal);
		await run.later({ GENESYSCLOUD_ALLOW_DELETION: client.id }).delete(id, outs);
		expect(run.simulator.organization.credentials()).toEqual([]);
	});

	test("asks for a client that is gone in vain, and goes on", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create({ ...program, clientDeletionGuard: { clientId, inUseWithinDays: 7 } });
		await run.delete(id, outs);
		expect(run.simulator.organization.credentials()).toEqual([]);
	});

	test("that ends a replacement is refused in the preview", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create({ ...program, deletionGuard: { unlessUnused: true } });
		run.simulator.organization.addIntegration(usedBy(id));
		const other = { name: "CRM sync", type: "basicAuth", fields: { userName: "u", password: "p" } };
		const { message } = await failureOf(run.diff(id, outs, other));
		expect(message).toMatch(/integrations use the credential/);
	});
});
