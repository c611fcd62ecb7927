import { describe, expect, test } from "vitest";
import { driftBetween } from "../../examples/pipeline/src/field-changes";
import type { Properties } from "../../provider/lifecycle/properties";
import { resourceFields } from "../../provider/resource-fields";
import { paths } from "./support/client-requests";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "./support/lifecycle-run";
import type { FaultKind } from "./support/simulated-api";

const watched: Properties = { ...service, detectSecretReset: true };

async function withWatched(program: Properties = watched) {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.simulator.requests.clear();
	return { run, id, outs };
}

/** A client whose secret somebody else has made anew by the API, which dates it. */
async function withModified(program: Properties) {
	const watch = await withWatched(program);
	watch.run.clock.advance(60_000);
	await watch.run.api.postOauthClientSecret(watch.id);
	watch.run.simulator.requests.clear();
	return watch;
}

/** What the login answers to a wrong secret. */
const wrongSecret = { kind: "status", status: 400, code: "invalid_client", message: "authentication failed" } as const;

describe("a refresh with detectSecretReset", () => {
	test("tries the secret with one login, and finds nothing when it works", async () => {
		const { run, id, outs } = await withWatched();
		expect(await run.read(id, outs)).toEqual({ id, props: outs });
		expect(run.logins()).toBe(1);
		expect(run.notices).toEqual([]);
	});

	test("finds a secret that somebody reset; the next run makes one that is known", async () => {
		const { run, id, outs } = await withWatched();
		run.simulator.organization.regenerateSecret(id);
		const { props } = await run.read(id, outs);
		expect(run.notices.join()).toContain("was reset outside Pulumi");
		const { changes, notices } = run.diff({ ...props }, watched);
		expect(changes).toBe(true);
		expect(notices.join()).toContain("login rejected the one in state, which was reset outside Pulumi");
		const updated = await laterRun(run).update(id, { ...props }, watched);
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
		expect(await run.read(id, updated)).toEqual({ id, props: updated });
		expect(run.diff(updated, watched).changes).toBe(false);
	});

	test("is a drift of the secret for the example's pipeline", async () => {
		const { run, id, outs } = await withWatched();
		run.simulator.organization.regenerateSecret(id);
		const { props } = await run.read(id, outs);
		const state = { urn: "", id, type: "", parent: "", provider: "", inputs: {} };
		const drift = driftBetween(
			resourceFields.OAuthClient,
			{ ...state, outputs: outs },
			{ ...state, outputs: { ...props } },
		);
		expect(drift).toEqual([{ field: "clientSecret" }]);
	});

	test("says so once, however often it is run before that", async () => {
		const { run, id, outs } = await withWatched();
		run.simulator.organization.regenerateSecret(id);
		const { props } = await run.read(id, outs);
		const again = await run.read(id, { ...props });
		expect(again.props?.pendingSecretSteps).toEqual(["renew after reset"]);
		expect(run.notices).toHaveLength(1);
	});

	test("forgets what it found when the secret logs in after all: one that works isn't renewed", async () => {
		const { run, id, outs } = await withWatched();
		run.fault("POST", paths.login, { ...wrongSecret, times: 5 });
		const { props } = await run.read(id, outs);
		expect(run.diff({ ...props }, watched).changes).toBe(true);
		const again = await run.read(id, { ...props });
		expect(run.diff({ ...again.props }, watched).changes).toBe(false);
	});

	test("takes no single refusal for a reset: one that lasts less than a minute is a login that lags", async () => {
		const { run, id, outs } = await withWatched();
		run.fault("POST", paths.login, { ...wrongSecret, times: 4 });
		const { props } = await run.read(id, outs);
		expect(run.diff({ ...props }, watched).changes).toBe(false);
	});

	const unclear: [string, FaultKind][] = [
		["doesn't know the client", { ...wrongSecret, message: "client not found" }],
		["is closed to this address", { ...wrongSecret, message: "ip address not allowed" }],
		["is throttled", { kind: "status", status: 400, times: "always" }],
		["is throttled in the API's own way", { kind: "status", status: 429, retryAfterSeconds: 3600 }],
		["is down", { kind: "status", status: 503, times: 5 }],
		["is cut", { kind: "cut", times: 5 }],
		["answers with a page", { kind: "html", status: 400 }],
		["answers with a page and 401", { kind: "html", status: 401 }],
		["answers with broken JSON", { kind: "malformed" }],
		["answers without a token", { kind: "status", status: 200, body: {} }],
		["says something else", { kind: "status", status: 400, code: "unsupported_grant_type", message: "no" }],
	];
	test.each(unclear)(
		"takes no reset from a login that %s: that it wasn't tried is told, and the next up tries it",
		async (_, fault) => {
			const { run, id, outs } = await withWatched();
			run.fault("POST", paths.login, fault);
			const { props } = await run.read(id, outs);
			expect(props).toEqual({ ...outs, pendingSecretSteps: ["verify"] });
			expect(run.notices.join()).toContain("couldn't check whether the secret of");
			expect(run.notices.join()).not.toContain(outs["clientSecret"]);
			expect(run.diff({ ...props }, watched).notices.join()).toContain("pulumi up tries the secret of");
			run.simulator.faults.clear();
			expect(await laterRun(run).update(id, { ...props }, watched)).toEqual(outs);
			expect(run.calls()).toEqual(["GET /clients/{clientId} 200"]);
		},
	);

	test("tries nothing of a client that nobody can log in with now", async () => {
		const { run, id, outs } = await withWatched();
		run.simulator.organization.disableClient(id);
		const { props } = await run.read(id, outs);
		run.simulator.organization.changeClient(id, { state: "inactive" });
		await run.read(id, { ...props });
		expect(run.logins()).toBe(0);
		expect(run.diff({ ...props }, watched).changes).toBe(false);
	});

	test("tries nothing where no secret is known", async () => {
		const { run, id, outs } = await withWatched();
		await run.read(id, { ...outs, clientSecret: "", secretVersion: 0 });
		expect(run.logins()).toBe(0);
	});
});

describe("a refresh without it", () => {
	test.each([
		["a service", service],
		["a web app", webApp],
	])("tries no secret of %s that nobody has changed since", async (_, program) => {
		const { run, id, outs } = await withWatched(program);
		run.simulator.organization.regenerateSecret(id);
		expect((await run.read(id, outs)).props).not.toHaveProperty("pendingSecretSteps");
		expect(run.logins()).toBe(0);
	});

	test("tries the secret of a service that was changed since state was saved", async () => {
		const { run, id, outs } = await withModified(service);
		const { props } = await run.read(id, outs);
		expect(props).toMatchObject({ pendingSecretSteps: ["renew after reset"] });
		// A refusal counts when it has lasted.
		expect([run.calls(), run.logins()]).toEqual([["GET /clients/{clientId} 200"], 5]);
		const updated = await run.update(id, { ...props }, service);
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
		run.simulator.requests.clear();
		await run.read(id, updated);
		expect(run.logins()).toBe(0);
	});

	test("leaves it to the next up when login can't be reached", async () => {
		const { run, id, outs } = await withModified(service);
		run.fault("POST", paths.login, { kind: "status", status: 503, times: 5 });
		const { props } = await run.read(id, outs);
		expect(props).toMatchObject({ pendingSecretSteps: ["verify"] });
		run.simulator.faults.clear();
		const again = await run.read(id, { ...props });
		expect(again.props).toMatchObject({ pendingSecretSteps: ["renew after reset"] });
		const updated = await run.update(id, { ...props }, service);
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
	});

	test("takes no refusal of a web app's secret for a reset, as long as login has told no right one", async () => {
		const { run, id, outs } = await withModified(webApp);
		expect((await run.read(id, outs)).props).not.toHaveProperty("pendingSecretSteps");
		expect(run.logins()).toBe(1);
		// What login tells of one grant says nothing about another.
		const moved = await run.read(id, { ...outs, triedGrant: "SAML2-BEARER" });
		expect(moved.props).not.toHaveProperty("pendingSecretSteps");
		const told = await run.read(id, { ...outs, triedGrant: "CODE" });
		expect(told.props).toMatchObject({ pendingSecretSteps: ["renew after reset"] });
	});
});

describe("strangers that a refresh finds:", () => {
	test("a disabled client is told, keeps its secret, and no run sends a PUT that would fail", async () => {
		const { run, id, outs } = await withWatched(webApp);
		run.simulator.organization.disableClient(id);
		const { props } = await run.read(id, outs);
		expect(run.notices.join()).toContain("disabled by Genesys Cloud support");
		expect(run.diff({ ...props }, webApp).changes).toBe(false);
		run.simulator.requests.clear();
		expect(await run.update(id, { ...props }, { ...webApp, timeouts: { read: 60 } })).toMatchObject({
			clientSecret: outs["clientSecret"],
		});
		expect(run.calls()).toEqual([]);
		run.simulator.organization.enableClient(id);
		const { props: enabled } = await run.read(id, { ...props });
		expect(run.diff({ ...enabled }, webApp).changes).toBe(false);
		expect(hasWorkingSecret(run, id, { ...enabled })).toBe(true);
	});

	test("a client marked for deletion is told with its date, and the next run takes the mark away", async () => {
		const { run, id, outs } = await withWatched(webApp);
		run.clock.advance(40 * 86_400_000);
		await run.api.putOauthClient(id, { ...(await run.api.getOauthClient(id)), state: "inactive" });
		const { props } = await run.read(id, outs);
		expect(run.notices.join()).toContain("is scheduled for deletion on 2026-03-03");
		expect(run.diff({ ...props }, webApp).notices.join()).toContain("pulumi up activates it");
		const updated = await run.update(id, { ...props }, webApp);
		expect(run.simulator.organization.client(id)).toMatchObject({ state: "active", dateToDelete: undefined });
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
	});
});
