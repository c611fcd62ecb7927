import { expect, test, vi } from "vitest";
import { diff } from "../../provider/lifecycle/oauth-client/diff";
import { carriedStateOf, toOutputs } from "../../provider/lifecycle/oauth-client/state";
import { currentRotation } from "../../provider/lifecycle/rotating-oauth-client/client-rotation";
import type { Properties } from "../../provider/lifecycle/properties";
import { clientOf } from "../../provider/lifecycle/oauth-client/settings";
import { paths } from "../api/support/client-requests";
import { hasWorkingSecret, inputsOf, laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";
import { withProvider } from "../api/support/provider-process";
import { failureOf } from "../api/support/simulated-api";
import { configFor } from "../api/support/simulator-connection";

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

test("an entry that adopted a client is deleted from state alone while another resource, which no longer says so, manages the client", async () => {
	const { simulator } = await startLifecycle();
	const program = { ...service, adopt: { clientId: simulator.organization.addClient({ name: "CRM sync" }).client.id } };
	const config: Record<string, string> = configFor(simulator);
	const startProcess = async () => {
		vi.resetModules();
		const lifecycle = await import("../../provider/lifecycle/index.js");
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
	expect(diff(olds, olds, Date.UTC(2026, 6, 1)).notices).toEqual([]);
});

test("a turn that begins with its period, to the millisecond, says rightly when it is over", () => {
	// In binary a hundredth of a day is a little more or less than that.
	const inputs = { periodDays: 0.010_000_000_000_000_002, startingAt: "2020-01-01T00:00:00Z" };
	const rotation = currentRotation({}, inputs, Date.UTC(2026, 0, 15, 12));
	const due = Date.parse(rotation.nextRotationAt ?? "");
	expect(currentRotation({ ...rotation, ...inputs }, inputs, due + 1).generation).toBe(1);
	expect(currentRotation({ ...rotation, ...inputs }, inputs, due - 2).generation).toBe(0);
});
