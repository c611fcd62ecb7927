import { expect, test } from "vitest";
import { connectOfficialSdk, type ErrorBody } from "./support/official-sdk";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const type = { name: "pureCloudOAuthClient" };
const credentialFields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "not-a-real-secret" };

async function start() {
	const { simulator } = await startSimulatedApi();
	const sdk = connectOfficialSdk(simulator.url);
	await sdk.logIn(simulator.administrator);
	return { organization: simulator.organization, integrations: sdk.integrations };
}

test("the SDK makes a credential, reads it without its secret, changes and deletes it", async () => {
	const { organization, integrations } = await start();
	const made = await integrations.postIntegrationsCredentials({ body: { name: "CRM", type, credentialFields } });
	const id = made.id!;
	expect(made).toMatchObject({ name: "CRM", type });
	const read = await integrations.getIntegrationsCredential(id);
	expect(read).toMatchObject({ id, name: "CRM", type, credentialFields: { clientId: credentialFields.clientId } });
	expect(JSON.stringify([made, read])).not.toContain(credentialFields.clientSecret);
	const changed = { ...credentialFields, clientSecret: "another" };
	await integrations.putIntegrationsCredential(id, { body: { name: "CRM 2", type, credentialFields: changed } });
	expect(organization.checkCredential(id, changed)).toBe(true);
	await integrations.deleteIntegrationsCredential(id);
	expect(organization.credentials()).toEqual([]);
	expect((await failureOf<Error & ErrorBody>(integrations.getIntegrationsCredential(id))).code).toBe("not.found");
});

test("the SDK goes through the credentials by cursor and by page, and through their types", async () => {
	const { organization, integrations } = await start();
	const names = Array.from({ length: 130 }, (_, index) => `c${index}`);
	for (const name of names) organization.addCredential({ name });
	const found: (string | undefined)[] = [];
	let after: string | undefined;
	do {
		const page = await integrations.getIntegrationsCredentialsListing({
			pageSize: "50",
			...(after === undefined ? {} : { after }),
		});
		found.push(...(page.entities ?? []).map(({ name }) => name));
		after = new URL(page.nextUri ?? "", "https://unused").searchParams.get("after") ?? undefined;
	} while (after !== undefined);
	expect(found).toEqual(names);
	const page = await integrations.getIntegrationsCredentials({ pageSize: 100, pageNumber: 2 });
	expect(page).toMatchObject({ total: 130, pageCount: 2 });
	expect(page.entities).toHaveLength(30);
	expect((await integrations.getIntegrationsCredentialsTypes()).map(({ name }) => name)).toContain(type.name);
});

test("the SDK finds the integrations that use a credential", async () => {
	const { organization, integrations } = await start();
	const { id } = organization.addCredential({ name: "c" });
	const user = organization.addIntegration({ name: "Data actions", credentialIds: [id] });
	organization.addIntegration({ name: "Bot" });
	const { entities } = await integrations.getIntegrations({ credentialId: id });
	expect(entities?.map(({ name }) => name)).toEqual(["Data actions"]);
	expect((await integrations.getIntegrationConfigCurrent(user.id)).credentials).toMatchObject({ [type.name]: { id } });
	organization.changeSettings({ assumptions: { integrationsFilterByCredential: false } });
	expect((await integrations.getIntegrations({ credentialId: id })).entities).toHaveLength(2);
});
