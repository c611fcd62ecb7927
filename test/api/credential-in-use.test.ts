import { describe, expect, test } from "vitest";
import type { Seed } from "../../simulator";
import { startCredentialRun } from "./support/credential-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

const fields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "a-secret-of-the-tests" };
const guarded = { name: "CRM sync", fields, deletionGuard: { unlessUnused: true } };
const list = "GET /integrations 200";
const configuration = "GET /integrations/{integrationId}/config/current";
const removal = "DELETE /integrations/credentials/{credentialId}";

/** A credential in state, in an organization with integrations that use another one. */
async function startWith({ others, seed = {} }: { others: number; seed?: Seed }) {
	const run = await startCredentialRun(seed);
	const { organization } = run.simulator;
	const { id: other } = organization.addCredential({ name: "Theirs" });
	for (let nth = 1; nth <= others; nth += 1) {
		organization.addIntegration({ name: `Other ${nth}`, credentialIds: nth === 1 ? [] : [other] });
	}
	const { id, outs } = await run.create(guarded);
	run.simulator.requests.clear();
	return {
		...run,
		organization,
		id,
		outs,
		use: () => organization.addIntegration({ name: "Data actions", credentialIds: [id] }),
	};
}

const isThere = ({ organization, id }: Awaited<ReturnType<typeof startWith>>) =>
	organization.credentials().some((credential) => credential.id === id);

describe("an API that doesn't know the list's filter", () => {
	const seed = { assumptions: { integrationsFilterByCredential: false } };

	test("doesn't keep an unused credential from being deleted: a call for each integration says that it isn't used", async () => {
		const run = await startWith({ others: 3, seed });
		await run.delete(run.id, run.outs);
		expect(run.calls()).toEqual([list, ...Array.from({ length: 3 }, () => `${configuration} 200`), `${removal} 204`]);
		expect(isThere(run)).toBe(false);
		expect(run.notices).toEqual([]);
	});

	test("has the guard refuse for what uses the credential, and name nothing else", async () => {
		const run = await startWith({ others: 3, seed });
		run.use();
		const { message } = await failureOf(run.delete(run.id, run.outs));
		expect(message).toContain("integrations use the credential, so it wasn't deleted: Data actions. Give them");
		expect(isThere(run)).toBe(true);
	});

	test.each([
		["as its second credential", (id: string) => id],
		["by its id in capital letters", (id: string) => id.toUpperCase()],
	])("has the guard refuse for what uses the credential %s", async (_, written) => {
		const run = await startWith({ others: 1, seed });
		const body = { credentials: { basic: { id: "another" }, oauth: { id: written(run.id) } } };
		run.fault("GET", "/api/v2/integrations/{integrationId}/config/current", { kind: "status", status: 200, body });
		expect((await failureOf(run.delete(run.id, run.outs))).message).toContain("integrations use the credential");
		expect(isThere(run)).toBe(true);
	});

	test("has the notice of a deletion without guard name only what used the credential", async () => {
		const run = await startWith({ others: 3, seed });
		run.use();
		const { deletionGuard: _, ...outs } = run.outs;
		await run.delete(run.id, outs);
		expect(run.notices).toEqual([expect.stringMatching(/these integrations used it: Data actions$/)]);
	});
});

test("an API that knows the filter costs a call for each integration that uses the credential", async () => {
	const run = await startWith({ others: 3 });
	run.use();
	await failureOf(run.delete(run.id, run.outs));
	expect(run.calls()).toEqual([list, `${configuration} 200`]);
});

test.each<[string, FaultKind]>([
	["fails", { kind: "status", status: 400, times: "always" }],
	// An integration that was deleted meanwhile isn't in the list of the next run.
	["isn't found", { kind: "status", status: 404, times: "always" }],
	["names credentials without id", { kind: "status", status: 200, body: { credentials: { basicAuth: {} } } }],
])("a configuration that %s makes the guard refuse", async (_, fault) => {
	const run = await startWith({ others: 0 });
	run.use();
	run.fault("GET", "/api/v2/integrations/{integrationId}/config/current", fault);
	const { message } = await failureOf(run.delete(run.id, run.outs));
	expect(message).toContain("deletionGuard couldn't check which integrations use the credential, so it wasn't deleted");
	expect(isThere(run)).toBe(true);
});

test("an API that refuses to delete a credential in use leaves it, and the error says what to do", async () => {
	const run = await startWith({ others: 0, seed: { integrationCredentials: { usedOnesCanBeDeleted: false } } });
	run.use();
	const { deletionGuard: _, ...outs } = run.outs;
	const { message } = await failureOf(run.delete(run.id, outs));
	expect(message).toMatch(/409 request\.conflict/);
	expect(message).toContain(
		"Integrations use the credential: Data actions. Give them another one, or delete them, then run again",
	);
	expect(isThere(run)).toBe(true);
});
