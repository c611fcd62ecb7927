import { describe, expect, test } from "vitest";
import { fields, listing, one, program, startCredentialRun } from "./support/credential-run";
import { failureOf } from "./support/simulated-api";

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
