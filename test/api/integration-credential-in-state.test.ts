import { describe, expect, test } from "vitest";
import type { IntegrationSeed } from "../../simulator";
import { clientId, fields, one, program, startCredentialRun } from "./support/credential-run";
import { failureOf } from "./support/simulated-api";

const users = "GET /integrations 200";

const usedBy = (id: string): IntegrationSeed => ({ name: "Data actions", credentialIds: [id] });

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

	test("takes no redacted client id for another client", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		const body = {
			id,
			name: "CRM sync",
			type: { name: "pureCloudOAuthClient" },
			credentialFields: { clientId: "****" },
		};
		run.fault("GET", "/api/v2/integrations/credentials/{credentialId}", { kind: "status", status: 200, body });
		expect((await run.read(id, outs)).props).toEqual(outs);
		expect(run.notices).toEqual([]);
	});

	test("of one that was changed since state was saved lets the next up send its fields", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.clock.advance(60_000);
		run.simulator.organization.changeCredential(id, { fields: { clientId, clientSecret: "by-hand-of-the-tests" } });
		const later = run.later();
		const { props = {} } = await later.read(id, outs);
		expect(await later.diff(id, props, program)).toMatchObject({ changes: true });
		await later.update(id, props, program);
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
