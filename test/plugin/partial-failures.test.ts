import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { plain, secretIn, secretOf, service, start, withClient } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

/** What the engine saves of a resource whose create or update failed. */
async function savedBy(call: Promise<unknown>) {
	const { metadata } = await failureOf(call);
	const [bytes] = metadata.get("grpc-status-details-bin");
	const [any] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
	return proto.ErrorResourceInitFailed.deserializeBinary(any!.getValue_asU8());
}

test("a create that fails after the client was made carries all that is known, its secret marked", async () => {
	const { create, simulator } = await start();
	simulator.faults.add({ kind: "status", method: "PUT", path: paths.client, status: 400, code: "bad.request" });
	const saved = await savedBy(create({ ...service, state: "inactive" }));
	const [made] = simulator.organization.clients();
	expect(saved.getId()).toBe(made?.id);
	expect(
		simulator.organization.checkSecret(saved.getId(), secretIn(plain(saved.getProperties())["clientSecret"])),
	).toBe(true);
	expect(plain(saved.getInputs())).toEqual({ ...service, state: "inactive" });
	expect(saved.getReasonsList().join()).toContain("was saved in state; run pulumi up again to finish");
});

test("an update that fails after the secret was rotated carries the new secret, marked", async () => {
	const { id, outputs, inputs, update, simulator } = await withClient();
	const turn = (value: number) => ({ ...inputs, secretRotation: { rotateWhenChanged: { value } } });
	const before = await update(id, outputs, turn(1));
	simulator.faults.add({ kind: "status", method: "POST", path: paths.login, status: 403 });
	const saved = await savedBy(update(id, before, turn(2)));
	expect(saved.getId()).toBe(id);
	const { clientSecret, secretVersion, pendingSecretSteps } = plain(saved.getProperties());
	expect(simulator.organization.checkSecret(id, secretIn(clientSecret))).toBe(true);
	expect(clientSecret).not.toEqual(before["clientSecret"]);
	expect([secretVersion, pendingSecretSteps]).toEqual([2, ["verify", "store"]]);
	expect(plain(saved.getInputs())).toEqual(turn(2));
});

test("settings that this version doesn't know are secrets, as their content is unknown", async () => {
	const { id, outputs, inputs, read, simulator } = await withClient({ extraProperties: ["allowedIpAddresses"] });
	simulator.organization.changeClient(id, { extra: { allowedIpAddresses: ["198.51.100.7"] } });
	const { outputs: found } = await read(id, outputs, inputs);
	expect(found["unmanagedSettings"]).toEqual(secretOf({ allowedIpAddresses: ["198.51.100.7"] }));
});
