import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { deadlineIn } from "../../provider/api/deadline";
import { clientKind } from "../../provider/lifecycle/oauth-client/kind";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { TimeoutsInput } from "../../provider/lifecycle/shared-inputs";
import { RunRegistry } from "../../provider/lifecycle/run-registry";
import { Session } from "../../provider/lifecycle/session";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "./support/client-requests";
import { startHurriedRun } from "./support/hurried-run";
import { hasWorkingSecret, ownerOf, service, startLifecycle, webApp } from "./support/lifecycle-run";
import { environmentFor } from "./support/simulator-connection";
import { failureOf } from "./support/simulated-api";

const summary = "/api/v2/oauth/clients/{clientId}/usage/summary";
const timeIsUp = "timed out after the time that the test gives";
const turn = (program: Properties, value: number) => ({ ...program, secretRotation: { rotateWhenChanged: { value } } });

async function withClient(program: Properties = webApp) {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.simulator.requests.clear();
	const hurried = startHurriedRun(run);
	/** Lets a call hang for ever, and ends the time when it has arrived. */
	const hangAt = async <T>(
		method: string,
		template: string,
		work: () => Promise<T>,
		how: { when?: "before" | "after"; skip?: number } = {},
	): Promise<T> => {
		run.fault(method, template, { kind: "hang", times: "always", ...how });
		const working = work();
		working.catch(() => undefined);
		await run.simulator.requests.whenReceived({ method, template }, (how.skip ?? 0) + 1);
		hurried.endTime();
		return working;
	};
	return { run, id, outs, hurried, hangAt };
}

describe("an operation ends when its time is up:", () => {
	test("a read, and state stays", async () => {
		const { id, outs, hurried, hangAt } = await withClient();
		const { message } = await failureOf(hangAt("GET", paths.client, async () => hurried.read(id, outs)));
		expect(message).toContain(`get_oauth_client failed: ${timeIsUp}`);
	});

	test("a delete, and the next one finishes it", async () => {
		const { run, id, outs, hurried, hangAt } = await withClient();
		const work = async () => hurried.delete(id, outs);
		const { message } = await failureOf(hangAt("DELETE", paths.client, work));
		expect(message).toContain(`delete_oauth_client failed: ${timeIsUp}`);
		run.simulator.faults.clear();
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("the guard of a delete, which refuses then", async () => {
		const { run, id, outs, hurried, hangAt } = await withClient({ ...webApp, deletionGuard: { inUseWithinDays: 7 } });
		const { message } = await failureOf(hangAt("GET", summary, async () => hurried.delete(id, outs)));
		expect(message).toContain("couldn't check whether the client is in use, so it wasn't deleted");
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});

	test("an update, and the next one finishes it", async () => {
		const { run, id, outs, hurried, hangAt } = await withClient();
		const renamed = { ...webApp, name: "Renamed" };
		const work = async () => hurried.update(id, outs, renamed);
		const { message } = await failureOf(hangAt("PUT", paths.client, work, { when: "after" }));
		expect(message).toContain(`put_oauth_client failed: ${timeIsUp}`);
		run.simulator.faults.clear();
		expect(await run.update(id, outs, renamed)).toMatchObject({ name: "Renamed", clientSecret: outs["clientSecret"] });
	});

	test("a login that hangs before the call, which then hasn't been sent", async () => {
		const { run, hurried, hangAt } = await withClient();
		const { message } = await failureOf(hangAt("POST", paths.login, async () => hurried.create(webApp)));
		expect(message).toContain("Nothing was changed");
		expect(message).not.toContain("look for");
		expect(run.calls()).toEqual([]);
	});
});

describe("an operation whose time is up loses nothing:", () => {
	test("a create finds what its POST has made, and gives it a secret", async () => {
		const { run, hurried, hangAt } = await withClient();
		const work = async () => hurried.create({ ...webApp, name: "Second" });
		const { id, outs } = await hangAt("POST", paths.clients, work, { when: "after" });
		expect(hasWorkingSecret(run, id, { ...outs })).toBe(true);
		expect(run.simulator.organization.clients()).toHaveLength(2);
	});

	test("a rotation makes a second secret, whose answer arrives", async () => {
		const { run, id, outs, hurried } = await withClient(turn(webApp, 1));
		run.fault("POST", paths.secret, { kind: "hang", when: "after" });
		const working = hurried.update(id, outs, turn(webApp, 2));
		await run.simulator.requests.whenReceived({ template: paths.secret });
		hurried.endTime();
		expect(hasWorkingSecret(run, id, { ...(await working) })).toBe(true);
	});

	test("a rotation ends: its new secret is tried in time of its own", async () => {
		const { run, id, outs, hurried, hangAt } = await withClient(turn(service, 1));
		const work = async () => {
			const updating = hurried.update(id, outs, turn(service, 2));
			// The first login is the provider's own.
			await run.simulator.requests.whenReceived({ template: paths.login }, 2);
			hurried.endTime();
			run.simulator.faults.release();
			return updating;
		};
		const updated = await hangAt("POST", paths.login, work, { skip: 1 });
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
		expect(run.diff(updated, turn(service, 2)).changes).toBe(false);
	});

	test("a new secret whose trial hangs even then is kept, and tried by the next run", async () => {
		const { run, id, outs, hurried, hangAt } = await withClient(turn(service, 1));
		const work = async () => {
			const updating = hurried.update(id, outs, turn(service, 2));
			await run.simulator.requests.whenReceived({ template: paths.login }, 2);
			hurried.endLater();
			return updating;
		};
		const failure = await failureOf<PartialFailure>(hangAt("POST", paths.login, work, { skip: 1 }));
		expect(failure.message).toContain("login failed: timed out after the time after it");
		expect(failure.properties["pendingSecretSteps"]).toContain("verify");
		expect(hasWorkingSecret(run, id, failure.properties)).toBe(true);
		run.simulator.faults.clear();
		const { clientSecret } = failure.properties;
		expect(await run.update(id, failure.properties, turn(service, 2))).toMatchObject({ clientSecret });
	});

	test("a refresh whose trial of the secret hangs says that it wasn't tried, and ends", async () => {
		const { id, outs, hurried, hangAt } = await withClient({ ...service, detectSecretReset: true });
		const { props } = await hangAt("POST", paths.login, async () => hurried.read(id, outs), { skip: 1 });
		expect(props).toMatchObject({ clientSecret: outs["clientSecret"], pendingSecretSteps: ["verify"] });
	});
});

describe("how long an operation has", () => {
	test("is ten minutes without a word from the program, and its error says where to give more", async () => {
		const { run } = await withClient();
		const session = new Session({
			clock: run.ourClock,
			environment: environmentFor(run.simulator),
			say: () => undefined,
		});
		const about = { owner: ownerOf("app"), run: new RunRegistry(clientKind) };
		for (const operation of ["create", "read", "update", "delete"] satisfies (keyof TimeoutsInput)[]) {
			const given = (settings: Properties) => session.context(settings, operation, about).deadline.source;
			expect(given({})).toBe(`600 seconds (the default of timeouts.${operation})`);
			expect(given({ timeouts: { [operation]: 5 } })).toBe(`5 seconds (timeouts.${operation})`);
		}
	});

	test("is counted from its beginning", async () => {
		const { signal } = deadlineIn(0.01, "a moment");
		await once(signal, "abort");
		expect(signal.reason).toMatchObject({ name: "TimeoutError" });
	});
});
