import { describe, expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import type { LagSeed } from "../../simulator";
import { paths } from "./support/client-requests";
import { startCredentialRun } from "./support/credential-run";
import { hasWorkingSecret, laterRun, service, startLifecycle, startRun, webApp } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { byValue, current, logsIn, previous } from "./support/pair-run";
import { startSimulatedApi } from "./support/simulated-api";

const lagMs = 12_000;
const ofSecrets = { secretByLogin: lagMs, clientByLogin: lagMs };
const lags: [string, LagSeed][] = [
	["secrets", ofSecrets],
	["secrets, and a login that remembers refusals", { ...ofSecrets, refusalsAreCached: true }],
	["lists", { clientInList: lagMs, credentialInList: lagMs }],
	["changes", { clientChangeById: lagMs, clientChangeInList: lagMs }],
	[
		"all that an organization doesn't see at once but a new id",
		{
			...ofSecrets,
			refusalsAreCached: true,
			oldSecretByLogin: lagMs,
			clientInList: lagMs,
			credentialInList: lagMs,
			clientChangeById: lagMs,
			clientChangeInList: lagMs,
		},
	],
];

describe.each(lags)("on an API that lags 12 seconds with %s", (_, lag) => {
	const seed = { lag };
	const programs: [string, Properties][] = [
		["a service", service],
		["a web app", webApp],
	];

	describe.each(programs)("%s", (_name, program) => {
		test("is created, changed, rotated, and deleted, each at once after the one before", async () => {
			const run = await startLifecycle({ seed });
			const { id, outs } = await run.create(program);
			expect(hasWorkingSecret(run, id, outs)).toBe(true);
			const changed = { ...program, description: "New" };
			const updated = await run.update(id, outs, changed);
			const rotating = { ...changed, secretRotation: { rotateWhenChanged: { quarter: "Q1" } } };
			const begun = await laterRun(run).update(id, updated, rotating);
			const next = { ...changed, secretRotation: { rotateWhenChanged: { quarter: "Q2" } } };
			const rotated = await laterRun(run).update(id, begun, next);
			expect(rotated["pendingSecretSteps"]).toBeUndefined();
			expect(hasWorkingSecret(run, id, rotated)).toBe(true);
			expect(rotated["secretVersion"]).toBe(2);
			expect(run.simulator.organization.client(id)).toMatchObject({ description: "New", name: program["name"] });
			await run.delete(id, rotated);
			expect(run.simulator.organization.client(id)).toBeUndefined();
		});

		test("whose POST got no answer is found, and gets a secret that works", async () => {
			const run = await startLifecycle({ seed });
			run.fault("POST", paths.clients, { kind: "cut", when: "after" });
			const { id, outs } = await run.create(program);
			expect(outs["pendingSecretSteps"]).toBeUndefined();
			expect(hasWorkingSecret(run, id, outs)).toBe(true);
			expect(run.simulator.organization.clients()).toHaveLength(1);
		});

		test("keeps what each of four updates has changed, one at once after the other", async () => {
			const run = await startLifecycle({ seed });
			const { id, outs } = await run.create({ ...program, description: "A" });
			run.clock.advance(lagMs);
			let state = outs;
			const changes = [
				{ name: "New" },
				{ description: "B" },
				{ accessTokenValiditySeconds: 600 },
				{ description: "A" },
			];
			const declared: Properties = { ...program, description: "A" };
			for (const change of changes) {
				Object.assign(declared, change);
				state = await laterRun(run).update(id, state, { ...declared });
			}
			const expected = { name: "New", description: "A", accessTokenValiditySeconds: 600 };
			expect(run.simulator.organization.client(id)).toMatchObject(expected);
			expect(state).toMatchObject(expected);
		});

		test("is adopted with a new secret that works", async () => {
			const run = await startLifecycle({ seed });
			const { id } = await run.create(program);
			run.clock.advance(lagMs);
			const adopted = { ...program, adopt: { clientId: id, rotateSecret: true } };
			const { outs } = await laterRun(run).create(adopted);
			expect(outs["pendingSecretSteps"]).toBeUndefined();
			expect(hasWorkingSecret(run, id, outs)).toBe(true);
		});

		test("of a killed run is taken over with a new secret that works", async () => {
			const run = await startLifecycle({ seed });
			const { id } = await run.create(program);
			run.clock.advance(lagMs);
			const environment = { GENESYSCLOUD_TAKE_OVER: id };
			const { id: taken, outs } = await startRun(run, { environment }).create(program);
			expect(taken).toBe(id);
			expect(hasWorkingSecret(run, id, outs)).toBe(true);
		});

		test("is refreshed with detectSecretReset right after a rotation: its secret wasn't reset", async () => {
			const run = await startLifecycle({ seed });
			const watched = { ...program, detectSecretReset: true };
			const { id, outs } = await run.create({ ...watched, secretRotation: { rotateWhenChanged: { quarter: "Q1" } } });
			const next = { ...watched, secretRotation: { rotateWhenChanged: { quarter: "Q2" } } };
			const rotated = await run.update(id, outs, next);
			const { props } = await run.read(id, rotated);
			expect(props?.pendingSecretSteps).toBeUndefined();
			expect(run.diff({ ...props }, next).changes).toBe(false);
		});
	});

	test("a refresh right after a create finds no reset", async () => {
		const run = await startLifecycle({ seed });
		const { id, outs } = await run.create({ ...service, detectSecretReset: true });
		const { props } = await run.read(id, outs);
		expect(props?.pendingSecretSteps).toBeUndefined();
	});

	test("a pair hands out two secrets that work after each of three rotations, and is deleted", async () => {
		const simulated = await startSimulatedApi({ seed });
		const pair = () => startOperations(simulated).pair("crm");
		let entry = await pair().create(byValue("Q1"));
		for (const quarter of ["Q2", "Q3", "Q4"]) {
			const before = current(entry);
			entry = await pair().up(byValue(quarter), entry);
			expect(previous(entry)).toEqual(before);
			expect([current(entry), previous(entry)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
		}
		await pair().delete(entry);
		expect(simulated.simulator.organization.clients()).toEqual([]);
	});

	test("a credential is created, changed and deleted", async () => {
		const run = await startCredentialRun(seed);
		const fields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "a-secret-of-the-tests" };
		const { id, outs } = await run.create({ name: "CRM sync", fields });
		const changed = { ...fields, clientSecret: "the-next-secret-of-the-tests" };
		const updated = await run.update(id, outs, { name: "CRM sync", fields: changed });
		expect(run.simulator.organization.checkCredential(id, changed)).toBe(true);
		await run.delete(id, updated);
		expect(run.simulator.organization.credentials()).toEqual([]);
	});
});
