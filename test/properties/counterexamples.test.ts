import { expect, test, vi } from "vitest";
import { diff } from "../../provider/lifecycle/oauth-client/diff";
import { carriedStateOf, toOutputs } from "../../provider/lifecycle/oauth-client/state";
import { dueAt } from "../../provider/lifecycle/rotating-oauth-client/rotation";
import { preview } from "../../provider/lifecycle/oauth-client/preview";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { type Properties, unknownValue } from "../../provider/lifecycle/properties";
import { clientOf } from "../../provider/lifecycle/oauth-client/settings";
import { paths } from "../api/support/client-requests";
import { hasWorkingSecret, inputsOf, laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";
import { withProvider } from "../api/support/provider-process";
import { type FaultKind, failureOf } from "../api/support/simulated-api";
import { configFor } from "../api/support/simulator-connection";
import { occasionAt } from "../occasion";

// What the properties have found, each as a test of its own.

test("a client that got a grant with a secret by a PUT that nobody answered has its secret after a refresh and an up", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create({ ...webApp, authorizedGrantType: "TOKEN" });
	const program: Properties = { ...service, replaceOnGrantTypeChange: false };
	run.fault("PUT", paths.client, { kind: "status", status: 503, when: "after", times: 5 });
	await failureOf(run.update(id, outs, program));
	const { props } = await laterRun(run).read(id, outs);
	expect(laterRun(run).diff({ ...props }, program).changes).toBe(true);
	const updated = await laterRun(run).update(id, { ...props }, program);
	expect(updated["pendingSecretSteps"]).toBeUndefined();
	expect(hasWorkingSecret(run, id, updated)).toBe(true);
});

test("a PUT that acted, whose answer was lost and whose repetition was refused, leaves its settings unconfirmed", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(service);
	run.fault("PUT", paths.client, { kind: "cut", when: "after" });
	run.fault("PUT", paths.client, { kind: "status", status: 403 });
	const changed: Properties = { ...service, description: "Changed" };
	const { properties } = await failureOf<PartialFailure>(run.update(id, outs, changed));
	expect(properties["unconfirmedSettings"]).toEqual(["description"]);
	expect(laterRun(run).diff(properties, service).changes).toBe(true);
	await laterRun(run).update(id, properties, service);
	expect(run.simulator.organization.client(id)?.description).toBe("");
});

test("scopes that went with a grant are back when the program goes back, though nobody answered the PUT", async () => {
	const run = await startLifecycle();
	const inPlace = { replaceOnGrantTypeChange: false };
	const { id, outs } = await run.create({ ...webApp, ...inPlace });
	run.fault("PUT", paths.client, { kind: "cut", when: "after", times: 5 });
	const { properties } = await failureOf<PartialFailure>(run.update(id, outs, { ...service, ...inPlace }));
	expect(run.simulator.organization.client(id)?.scope).toEqual([]);
	await laterRun(run).update(id, properties, { ...webApp, ...inPlace });
	expect(run.simulator.organization.client(id)?.scope.toSorted()).toEqual(["routing", "users:readonly"]);
});

test.each([
	["acted, so that it may have ended the secret", { kind: "cut", when: "after", times: 5 }, 2],
	["didn't act", { kind: "cut", times: 5 }, 1],
] satisfies [string, FaultKind, number][])(
	"a client that a PUT without an answer was to take the secret from has one that works when the program goes back; the PUT %s",
	async (_, fault, secretVersion) => {
		for (const program of [service, webApp]) {
			const before: Properties = { ...program, replaceOnGrantTypeChange: false };
			const run = await startLifecycle();
			const { id, outs } = await run.create(before);
			run.fault("PUT", paths.client, fault);
			const implicit = { ...webApp, authorizedGrantType: "TOKEN", replaceOnGrantTypeChange: false };
			const { properties } = await failureOf<PartialFailure>(run.update(id, outs, implicit));
			expect(properties["clientSecret"]).toBe(outs["clientSecret"]);
			expect(preview(inputsOf(before), occasionAt(run.clock.now()), properties)["clientSecret"]).toBe(unknownValue);
			const updated = await laterRun(run).update(id, properties, before);
			expect([updated["pendingSecretSteps"], updated["secretVersion"]]).toEqual([undefined, secretVersion]);
			expect(hasWorkingSecret(run, id, updated)).toBe(true);
		}
	},
);

test.each(["by this run", "by somebody before it"])(
	"scopes that went with a grant are gone from state in the same run, and unknown in its preview; they went %s",
	async (by) => {
		const run = await startLifecycle();
		const inPlace = { replaceOnGrantTypeChange: false };
		const { id, outs } = await run.create({ ...webApp, ...inPlace });
		const program = { ...service, ...inPlace };
		if (by !== "by this run") await run.update(id, outs, program);
		expect(preview(inputsOf(program), occasionAt(run.clock.now()), outs)["scope"]).toBe(unknownValue);
		const updated = await laterRun(run).update(id, outs, program);
		expect(updated["scope"]).toEqual([]);
		expect((await laterRun(run).read(id, updated)).props).toEqual(updated);
	},
);

test("an entry that adopted a client is deleted from state alone while another resource, which no longer says so, manages the client", async () => {
	const { simulator } = await startLifecycle();
	const program = { ...service, adopt: { clientId: simulator.organization.addClient({ name: "CRM sync" }).client.id } };
	const config: Record<string, string> = configFor(simulator);
	const startProcess = async () => {
		vi.resetModules();
		const lifecycle = await import("../../provider/dynamic-provider.js");
		await lifecycle.configure({ config: { get: (key) => config[key] } });
		return lifecycle;
	};
	const { id, outs } = await (await startProcess()).create(withProvider(inputsOf(program)));
	// Another run has handed the client to another resource, and has failed before this entry was deleted.
	const other = await (await startProcess()).create(withProvider(inputsOf(program)));
	const { outs: managed } = await (await startProcess()).update(id, { ...other.outs }, withProvider(inputsOf(service)));
	const last = await startProcess();
	await last.check({}, withProvider(inputsOf(service)));
	expect((await last.diff(id, { ...managed }, withProvider(inputsOf(service)))).replaces).toEqual([]);
	await last.delete(id, { ...outs });
	expect(simulator.organization.client(id)?.state).toBe("active");
});

test("more days than a date can hold make no secret due, and no state unreadable", () => {
	const olds: Properties = {
		clientId: "c1",
		secretVersion: 1,
		secretRotatedAt: "2026-01-15T12:00:00.000Z",
		secretRotation: { maxAgeDays: 1e9 },
	};
	expect(toOutputs(clientOf(olds), carriedStateOf(olds)).secretRotatesAt).toBeUndefined();
	expect(diff("c1", olds, olds, occasionAt(Date.UTC(2026, 6, 1))).notices).toEqual([]);
});

test("a pair's rotation is due to the millisecond, whatever its period is in binary", () => {
	// In binary a hundredth of a day is a little more or less than that.
	const rotation = { periodDays: 0.010_000_000_000_000_002 };
	const due = dueAt(new Date(Date.UTC(2026, 0, 15, 12)).toISOString(), rotation) ?? 0;
	expect(Number.isInteger(due)).toBe(true);
	expect(dueAt(new Date(due).toISOString(), rotation)).toBeGreaterThan(due);
});
