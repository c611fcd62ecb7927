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
	expect([secretVersion, pendingSecretSteps]).toEqual([2, ["verify"]]);
	expect(plain(saved.getInputs())).toEqual(turn(2));
});

test("an update whose answer was lost carries the client: its id, its secret marked, what is unconfirmed, and why", async () => {
	const { id, outputs, inputs, diff, update, simulator } = await withClient();
	const changed = { ...inputs, description: secretOf("Changed") };
	simulator.faults.add({ kind: "html", method: "PUT", path: paths.client, status: 200, when: "after" });
	const saved = await savedBy(update(id, outputs, changed));
	expect(saved.getId()).toBe(id);
	const properties = plain(saved.getProperties());
	expect(properties).toMatchObject({
		clientId: id,
		clientSecret: outputs["clientSecret"],
		description: secretOf(""),
		unconfirmedSettings: ["description"],
	});
	expect(plain(saved.getInputs())).toEqual(changed);
	expect(saved.getReasonsList().join()).toMatch(/put_oauth_client failed: .* run pulumi up again to finish/);
	// The program has gone back.
	expect((await diff(id, properties, changed, inputs)).changes).toBe(true);
	await update(id, properties, inputs);
	expect(simulator.organization.client(id)?.description).toBe("");
});

test("an update of a credential whose answer was lost carries the credential, without its fields", async () => {
	const type = "IntegrationCredential";
	const { check, create, update, simulator } = await start();
	const declare = async (password: string) =>
		(await check({ name: "CRM", type: "basicAuth", fields: { userName: "u", password: secretOf(password) } }, type))
			.inputs;
	const { id, outputs } = await create(await declare("first"), { type });
	const changed = await declare("second");
	const path = "/api/v2/integrations/credentials/{credentialId}";
	simulator.faults.add({ kind: "html", method: "PUT", path, status: 200, when: "after" });
	const saved = await savedBy(update(id, outputs, changed, { type }));
	expect(saved.getId()).toBe(id);
	expect(plain(saved.getProperties())).toMatchObject({
		credentialId: id,
		name: "",
		type: "basicAuth",
		fieldFingerprints: {},
	});
	expect(JSON.stringify([plain(saved.getProperties()), saved.getReasonsList()])).not.toMatch(/first|second/);
	expect(plain(saved.getInputs())).toEqual(changed);
	expect(saved.getReasonsList().join()).toContain("put_integrations_credential failed");
});

test("settings that this version doesn't know are secrets, as their content is unknown", async () => {
	const { id, outputs, inputs, read, simulator } = await withClient({ extraProperties: ["allowedIpAddresses"] });
	simulator.organization.changeClient(id, { extra: { allowedIpAddresses: ["198.51.100.7"] } });
	const { outputs: found } = await read(id, outputs, inputs);
	expect(found["unmanagedSettings"]).toEqual(secretOf({ allowedIpAddresses: ["198.51.100.7"] }));
});
