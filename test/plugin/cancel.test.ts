import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { savedBy, secretIn, service, start, withClient } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

test("Cancel ends a wait of 40 seconds for the rate limit, and nothing was made", async () => {
	const { create, plugin, simulator } = await start({ isAlone: true });
	simulator.faults.add({ kind: "status", method: "POST", path: paths.clients, status: 429, retryAfterSeconds: 40 });
	const failure = failureOf(create(service));
	await simulator.requests.whenReceived({ method: "POST", template: paths.clients });
	await plugin.call("cancel", new Empty());
	expect((await failure).details).toContain("post_oauth_clients failed: the run was cancelled: run again");
	expect(simulator.organization.clients()).toEqual([]);
});

test("what Cancel stops in the trial of a new secret is a partial failure with that secret, marked", async () => {
	const { id, outputs, inputs, update, plugin, simulator } = await withClient({ isAlone: true });
	const turn = (value: number) => ({ ...inputs, secretRotation: { rotateWhenChanged: { value } } });
	const before = await update(id, outputs, turn(1));
	const trial = { method: "POST", template: paths.login };
	const logins = simulator.requests.count(trial);
	simulator.faults.add({ kind: "hang", method: trial.method, path: trial.template });
	const work = savedBy(update(id, before, turn(2)));
	await simulator.requests.whenReceived(trial, logins + 1);
	await plugin.call("cancel", new Empty());
	const { properties } = await work;
	expect(simulator.organization.checkSecret(id, secretIn(properties["clientSecret"]))).toBe(true);
	expect(properties).toMatchObject({ secretVersion: 2, pendingSecretSteps: ["verify"] });
});
