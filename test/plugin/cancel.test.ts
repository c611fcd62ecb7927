import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { savedBy, secretIn, service, start, withClient } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

test("Cancel ends a wait of 40 seconds for the rate limit, and nothing was made", async () => {
	const { create, plugin, simulator } = await start();
	simulator.faults.add({ kind: "status", method: "POST", path: paths.clients, status: 429, retryAfterSeconds: 40 });
	const failure = failureOf(create(service));
	await simulator.requests.whenReceived({ method: "POST", template: paths.clients });
	await plugin.call("cancel", new Empty());
	expect((await failure).details).toContain("post_oauth_clients failed: the run was cancelled: run again");
	expect(simulator.organization.clients()).toEqual([]);
});

test("what Cancel stops after a new secret was made is a partial failure with that secret, marked", async () => {
	const { id, outputs, inputs, update, plugin, simulator } = await withClient();
	const turn = (value: number) => ({ ...inputs, secretRotation: { rotateWhenChanged: { value } } });
	const before = await update(id, outputs, turn(1));
	const work = savedBy(update(id, before, turn(2)));
	// Its trial comes after a pause of ten seconds.
	await simulator.requests.whenReceived({ method: "POST", template: paths.secret });
	await plugin.call("cancel", new Empty());
	const { properties } = await work;
	expect(simulator.organization.checkSecret(id, secretIn(properties["clientSecret"]))).toBe(true);
	expect(properties).toMatchObject({ secretVersion: 2, pendingSecretSteps: ["verify"] });
});
