import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { savedBy, secretIn, secretOf, service, start, withClient } from "./support/engine-calls";

test("a create that fails after the client was made carries all that is known, its secret marked", async () => {
	const { create, simulator } = await start();
	simulator.faults.add({ kind: "status", method: "PUT", path: paths.client, status: 400, code: "bad.request" });
	// The error cuts the name in the emoji.
	const program = { ...service, name: `${"ab ".repeat(33)}😀`, state: "inactive" };
	const saved = await savedBy(create(program));
	const [made] = simulator.organization.clients();
	expect(saved.id).toBe(made?.id);
	expect(simulator.organization.checkSecret(saved.id, secretIn(saved.properties["clientSecret"]))).toBe(true);
	expect(saved.inputs).toEqual(program);
	expect(saved.reasons.join()).toContain('ab …": put_oauth_client failed');
	expect(saved.reasons.join()).toContain("was saved in state; run pulumi up again to finish");
});

test("an update that fails after the secret was rotated carries the new secret, marked", async () => {
	const { id, outputs, inputs, update, simulator } = await withClient();
	const turn = (value: number) => ({ ...inputs, secretRotation: { rotateWhenChanged: { value } } });
	const before = await update(id, outputs, turn(1));
	simulator.faults.add({ kind: "status", method: "POST", path: paths.login, status: 403 });
	const saved = await savedBy(update(id, before, turn(2)));
	expect(saved.id).toBe(id);
	const { clientSecret, secretVersion, pendingSecretSteps } = saved.properties;
	expect(simulator.organization.checkSecret(id, secretIn(clientSecret))).toBe(true);
	expect(clientSecret).not.toEqual(before["clientSecret"]);
	expect([secretVersion, pendingSecretSteps]).toEqual([2, ["verify"]]);
	expect(saved.inputs).toEqual(turn(2));
});

test("an update whose answer was lost carries the client: its id, its secret marked, what is unconfirmed, and why", async () => {
	const { id, outputs, inputs, diff, update, simulator } = await withClient();
	const changed = { ...inputs, description: secretOf("Changed") };
	simulator.faults.add({ kind: "html", method: "PUT", path: paths.client, status: 200, when: "after" });
	const saved = await savedBy(update(id, outputs, changed));
	expect(saved.id).toBe(id);
	const properties = saved.properties;
	expect(properties).toMatchObject({
		clientId: id,
		clientSecret: outputs["clientSecret"],
		description: secretOf(""),
		unconfirmedSettings: ["description"],
	});
	expect(saved.inputs).toEqual(changed);
	expect(saved.reasons.join()).toMatch(/put_oauth_client failed: .* run pulumi up again to finish/);
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
	expect(saved.id).toBe(id);
	expect(saved.properties).toMatchObject({
		credentialId: id,
		name: "",
		type: "basicAuth",
		fieldFingerprints: {},
	});
	expect(JSON.stringify([saved.properties, saved.reasons])).not.toMatch(/first|second/);
	expect(saved.inputs).toEqual(changed);
	expect(saved.reasons.join()).toContain("put_integrations_credential failed");
});

test("settings that this version doesn't know are secrets, as their content is unknown", async () => {
	const { id, outputs, inputs, read, simulator } = await withClient({
		seed: { extraProperties: ["allowedIpAddresses"] },
	});
	simulator.organization.changeClient(id, { extra: { allowedIpAddresses: ["198.51.100.7"] } });
	const { outputs: found } = await read(id, outputs, inputs);
	expect(found["unmanagedSettings"]).toEqual(secretOf({ allowedIpAddresses: ["198.51.100.7"] }));
});
