import { describe, expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { unknownValue, type Properties } from "../../provider/lifecycle/properties";
import { check as checkPair } from "../../provider/lifecycle/rotating-oauth-client/check";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { paths } from "./support/client-requests";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { createSink } from "./support/secret-sinks";
import { failureOf } from "./support/simulated-api";
import { environmentFor } from "./support/simulator-connection";

const there: ClientSeed = {
	name: "CRM sync",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
};
const desktop: ClientSeed = { ...(webApp as unknown as ClientSeed), roleDivisions: [] };
const wrong = "not-the-secret-of-this-client-at-all";
const put = "PUT /clients/{clientId} 200";
const writes = (calls: string[]) => calls.filter((call) => /^(POST|PUT|DELETE) \/(clients|api)/.test(call));

const turn = (value: number) => ({ secretRotation: { rotateWhenChanged: { value } } });
const pairOf = (adopt: Properties): Properties => ({ ...service, rotation: { rotateWhenChanged: { q: 1 } }, adopt });

async function withStranger(seed: ClientSeed = there, program: Properties = service) {
	const run = await startLifecycle();
	const { client, secret = "" } = run.simulator.organization.addClient(seed);
	const adopting = (clientSecret: unknown = secret, change: Properties = {}): Properties => ({
		...program,
		adopt: { clientId: client.id, clientSecret },
		...change,
	});
	run.simulator.requests.clear();
	return { run, id: client.id, secret, adopting };
}

/** An adopted client whose secret the stack doesn't know. */
async function withUnknown(seed: ClientSeed = there, program: Properties = service) {
	const stranger = await withStranger(seed, program);
	const before = { ...program, adopt: { clientId: stranger.id } };
	const { outs } = await stranger.run.create(before);
	stranger.run.simulator.requests.clear();
	return { ...stranger, before, outs };
}

describe("an adoption that brings the secret along", () => {
	test("tries it by one login, and has it as version 1; nothing is written when nothing differs", async () => {
		const { run, id, secret, adopting } = await withStranger();
		const { outs } = await run.create(adopting());
		expect(outs).toMatchObject({ clientSecret: secret, secretVersion: 1 });
		expect(outs["secretFingerprint"]).toHaveLength(12);
		expect(outs).not.toHaveProperty("pendingSecretSteps");
		expect(run.logins()).toBe(2);
		expect(writes(run.calls())).toEqual([]);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(run.diff(outs, adopting()).changes).toBe(false);
	});

	test("counts the secret's age from then: nobody can tell how old it is", async () => {
		const { run, adopting } = await withStranger();
		run.clock.advance(400 * 86_400_000);
		const program = adopting(undefined, { secretRotation: { maxAgeDays: 90 } });
		const { outs } = await run.create(program);
		expect(Date.parse(String(outs["secretRotatedAt"]))).toBeGreaterThan(Date.parse(String(outs["dateCreated"])));
		expect(run.diff(outs, program).changes).toBe(false);
		run.clock.advance(90 * 86_400_000);
		expect(laterRun(run).diff(outs, program).notices.join()).toContain("maxAgeDays: 90");
	});

	test("has no copy of the argument in the outputs: whatever becomes of it later is no change", async () => {
		const { run, id, secret, adopting } = await withStranger();
		const { outs } = await run.create(adopting());
		expect(JSON.stringify({ ...outs, clientSecret: "" })).not.toContain(secret);
		expect(outs["adopt"]).toEqual({ clientId: id });
		for (const later of [adopting(wrong), adopting(unknownValue), { ...service, adopt: { clientId: id } }])
			expect(run.diff(outs, later)).toMatchObject({ notices: [], replaces: [] });
		expect(run.diff(outs, adopting(wrong)).changes).toBe(false);
		run.simulator.requests.clear();
		expect(await run.update(id, outs, adopting(wrong))).toEqual(outs);
		expect(run.calls()).toEqual([]);
	});

	test("fails with a wrong one, before any write, without showing it; the same run may try again", async () => {
		const { run, id, adopting } = await withStranger();
		const change = { description: "Adopted" };
		const failure = await failureOf<Partial<PartialFailure> & Error>(run.create(adopting(wrong, change)));
		expect(failure.message).toContain("login rejected adopt.clientSecret");
		expect(failure.message).toContain("Nothing was changed");
		expect(failure.message).not.toContain(wrong);
		expect(failure.message).not.toContain("\n");
		expect(failure.id).toBeUndefined();
		expect(writes(run.calls())).toEqual([]);
		expect((await run.create(adopting(undefined, change))).id).toBe(id);
	});

	test("goes on when a login that is behind learns of the secret within a minute", async () => {
		const { run, id, secret, adopting } = await withStranger();
		await run.read(id, {});
		run.fault("POST", paths.login, {
			kind: "status",
			status: 400,
			code: "invalid_client",
			message: "authentication failed",
			times: 2,
		});
		expect((await run.create(adopting())).outs["clientSecret"]).toBe(secret);
	});

	test("fails, before any write, when login says nothing about the secret", async () => {
		const { run, id, adopting } = await withStranger();
		await run.read(id, {});
		run.fault("POST", paths.login, {
			kind: "status",
			status: 400,
			code: "invalid_request",
			message: "address",
			times: "always",
		});
		const { message } = await failureOf(run.create(adopting(undefined, { description: "Adopted" })));
		expect(message).toContain("adopt.clientSecret couldn't be tried by a login");
		expect(message).toContain("The credentials came from adopt.clientSecret");
		expect(writes(run.calls())).toEqual([]);
	});

	test.each([
		["right", (secret: string) => secret, ""],
		["that login rejects, which says nothing yet", () => wrong, "was taken untried"],
	])("of a web app takes a secret that is %s", async (_, given, told) => {
		const { run, secret, adopting } = await withStranger(desktop, webApp);
		const { outs } = await run.create(adopting(given(secret)));
		expect(outs).toMatchObject({ clientSecret: given(secret), secretVersion: 1 });
		expect(outs["triedGrant"]).toBe(told === "" ? "CODE" : undefined);
		expect(run.notices.filter((notice) => notice.includes("taken untried"))).toHaveLength(told === "" ? 0 : 1);
		expect(run.notices.join()).not.toContain(given(secret));
	});

	test("of a client that it activates tries the secret afterwards", async () => {
		const { run, id, secret, adopting } = await withStranger({ ...there, state: "inactive" });
		expect((await run.create(adopting())).outs).toMatchObject({ clientSecret: secret, secretVersion: 1 });
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});

	test("of a client that it activates keeps it, without the secret, when that is wrong; the next run takes the right one", async () => {
		const { run, id, secret, adopting } = await withStranger({ ...there, state: "inactive" });
		const failure = await failureOf<PartialFailure>(run.create(adopting(wrong)));
		expect(failure).toMatchObject({ id, properties: { clientSecret: "", secretVersion: 0 } });
		expect(failure.message).not.toContain(wrong);
		expect(run.simulator.organization.checkSecret(id, secret)).toBe(true);
		const outs = await laterRun(run).update(id, failure.properties, adopting());
		expect(outs).toMatchObject({ clientSecret: secret, secretVersion: 1 });
	});

	test("of a client that stays inactive takes the secret once it is active", async () => {
		const inactive = { state: "inactive" };
		const { run, id, secret, adopting } = await withStranger({ ...there, state: "inactive" });
		const { outs } = await run.create(adopting(undefined, inactive));
		expect(outs).toMatchObject({ clientSecret: "", secretVersion: 0 });
		expect(run.diff(outs, adopting(undefined, inactive)).changes).toBe(false);
		expect(await laterRun(run).update(id, outs, adopting())).toMatchObject({ clientSecret: secret, secretVersion: 1 });
	});

	test("hands it to the sink, as a new secret is", async () => {
		const { run, id, secret, adopting } = await withStranger();
		const sink = createSink();
		const { outs } = await run.create(adopting(undefined, { secretSink: sink.module }));
		expect(sink.stored()).toEqual([{ name: "CRM sync", clientId: id, clientSecret: secret, secretVersion: 1 }]);
		expect(run.diff(outs, adopting(undefined, { secretSink: sink.module })).changes).toBe(false);
	});

	test("may be of the client that Pulumi logs in with: its login stays as it is", async () => {
		const { run, id, secret, adopting } = await withStranger({
			...there,
			roleDivisions: [{ roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.home }],
		});
		const login = { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret };
		const own = laterRun(run, { environment: { ...environmentFor(run.simulator), ...login } });
		const program = adopting(undefined, { roleDivisions: [{ roleId: ROLE_IDS.masterAdmin }] });
		expect((await own.create(program)).outs).toMatchObject({ clientSecret: secret, secretVersion: 1 });
	});

	test("says so in the preview, and shows nothing of the secret; also of one that isn't known yet", async () => {
		const { run, secret, adopting } = await withStranger();
		for (const given of [secret, unknownValue]) {
			const { client, notices } = startOperations(run);
			const outputs = await client("app").previewNew(adopting(given));
			expect(notices.join()).toContain(
				"keeps its secret, which is taken from adopt.clientSecret once login accepts it",
			);
			expect(JSON.stringify([notices, outputs])).not.toContain(secret);
			expect(outputs).toMatchObject({ clientSecret: unknownValue, secretVersion: unknownValue });
		}
	});
});

describe("a secret that is supplied later", () => {
	test("is tried and taken into the state: no PUT and no rotation", async () => {
		const { run, id, secret, outs, adopting } = await withUnknown();
		const { changes, notices, replaces } = run.diff(outs, adopting());
		expect({ changes, replaces }).toEqual({ changes: true, replaces: [] });
		expect(notices.join()).toContain("takes the secret of OAuth client");
		expect(notices.join()).not.toContain(secret);
		const updated = await run.update(id, outs, adopting());
		expect(updated).toEqual({
			...outs,
			clientSecret: secret,
			secretVersion: 1,
			secretFingerprint: expect.any(String) as string,
			secretRotatedAt: expect.any(String) as string,
		});
		expect(run.calls()).toEqual([]);
		expect(run.logins()).toBe(1);
		expect(run.diff(updated, adopting()).changes).toBe(false);
	});

	test("also by a name, and for a client that was imported: without adopt in state", async () => {
		const { run, id, secret } = await withUnknown();
		const { props } = await run.read(id, {});
		const program = { ...service, adopt: { name: "CRM sync", clientSecret: secret } };
		expect(await run.update(id, { ...props }, program)).toMatchObject({ clientSecret: secret, secretVersion: 1 });
		expect(writes(run.calls())).toEqual([]);
	});

	test("that is wrong fails, and changes nothing, also no setting", async () => {
		const { run, id, outs, adopting } = await withUnknown();
		const failure = await failureOf<Partial<PartialFailure> & Error>(
			run.update(id, outs, adopting(wrong, { description: "New" })),
		);
		expect(failure.message).toContain("login rejected adopt.clientSecret");
		expect(failure.properties).toBeUndefined();
		expect(writes(run.calls())).toEqual([]);
	});

	test("is known only after the run: its outputs are unknown in the preview", async () => {
		const { run, id, outs, adopting } = await withUnknown();
		const { oauthClient } = startOperations(run);
		const preview = await oauthClient.preview("urn:test", adopting(), { id, olds: outs });
		expect(preview).toMatchObject({ clientSecret: unknownValue, secretVersion: unknownValue });
		expect(preview["adopt"]).toEqual({ clientId: id });
	});

	test("is needless where the run rotates", async () => {
		const { run, id, secret, outs } = await withUnknown();
		const state = await run.update(id, outs, { ...service, adopt: { clientId: id }, ...turn(1) });
		const program = { ...service, adopt: { clientId: id, clientSecret: wrong }, ...turn(2) };
		const updated = await run.update(id, state, program);
		expect(updated).toMatchObject({ secretVersion: 1 });
		expect(updated["clientSecret"]).not.toBe(secret);
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
	});

	test("is saved when the sink fails, and handed over by the next run", async () => {
		const { run, id, secret, outs, adopting } = await withUnknown();
		const sink = createSink();
		sink.setBroken(true);
		const program = adopting(undefined, { secretSink: sink.module });
		const failure = await failureOf<PartialFailure>(run.update(id, outs, program));
		expect(failure.properties).toMatchObject({ clientSecret: secret, secretVersion: 1 });
		sink.setBroken(false);
		await laterRun(run).update(id, failure.properties, program);
		expect(sink.stored()).toMatchObject([{ clientSecret: secret, secretVersion: 1 }]);
	});
});

describe("of a pair", () => {
	test("both clients bring their secrets along, or one later", async () => {
		const { run, id: a, secret } = await withStranger();
		const { client, secret: second = "" } = run.simulator.organization.addClient({ ...there, name: "Spare" });
		const b = client.id;
		const { pair } = startOperations(run);
		const entry = await pair("crm").create(
			pairOf({ a: { clientId: a, clientSecret: secret }, b: { clientId: b, clientSecret: second } }),
		);
		const known = { clientId: a, clientSecret: secret, previousClientId: b, previousClientSecret: second };
		expect(entry.outs).toMatchObject(known);
		expect(entry.outs["adopt"]).toEqual({ a: { clientId: a }, b: { clientId: b } });
		expect(run.simulator.organization.checkSecret(b, second)).toBe(true);
	});

	test("a secret is supplied later: no PUT and no rotation", async () => {
		const { run, id, secret } = await withStranger();
		const before = pairOf({ a: { clientId: id } });
		const entry = await startOperations(run).pair("crm").create(before);
		run.simulator.requests.clear();
		const program = pairOf({ a: { clientId: id, clientSecret: secret } });
		const { pair, notices, rotatingOAuthClient } = startOperations(run);
		const preview = await rotatingOAuthClient.preview("urn:test", program, { id: entry.id, olds: entry.outs });
		expect(preview["clientSecret"]).toBe(unknownValue);
		const { id: same, outs } = await pair("crm").up(program, entry);
		expect(notices.join()).toContain("takes the secret of OAuth client");
		expect({ same, outs }).toMatchObject({ same: entry.id, outs: { clientSecret: secret, generation: 0 } });
		expect(writes(run.calls())).toEqual([]);
		expect((await startOperations(run).pair("crm").compare(program, { id: same, outs })).changes).toBe(false);
	});

	test("a wrong one fails before any write of that client, without showing it", async () => {
		const { run, id } = await withStranger();
		const failure = await failureOf(
			startOperations(run)
				.pair("crm")
				.create(pairOf({ a: { clientId: id, clientSecret: wrong } })),
		);
		expect(failure.message).toContain("login rejected adopt.clientSecret");
		expect(failure.message).not.toContain(wrong);
		expect(run.calls()).not.toContain(put);
	});
});

test("a rotation and a secret that is brought along exclude each other, and a TOKEN client has none", () => {
	const both = { clientId: "x", rotateSecret: true, clientSecret: wrong };
	const told = check({ ...service, adopt: both }).failures;
	expect(told).toEqual([
		{ property: "adopt.clientSecret", reason: "is kept, and rotateSecret replaces the secret: set one of them" },
	]);
	const pair = { ...service, rotation: { periodDays: 30 }, adopt: { a: both } };
	expect(checkPair(pair).failures.map(({ property }) => property)).toEqual(["adopt.a.clientSecret"]);
	const implicit = { ...webApp, authorizedGrantType: "TOKEN", adopt: { clientId: "x", clientSecret: wrong } };
	expect(
		check(implicit)
			.failures.map(({ reason }) => reason)
			.join(),
	).toContain("have no secret");
	const exported = { ...service, adopt: { clientId: "x", rotateSecret: false, clientSecret: wrong } };
	expect(check(exported).failures).toEqual([]);
});
