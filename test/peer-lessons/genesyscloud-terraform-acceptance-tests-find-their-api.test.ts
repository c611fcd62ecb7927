import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIVISION_IDS, startSimulator } from "../../simulator/index";
import type { Simulator } from "../../simulator/index";
import { administratorToken, call, type HttpResponse } from "../api/simulator/api-caller";

// The acceptance tests of genesyscloud/terraform-provider-genesyscloud run against a real organization: each call that those of OAuth clients
// and of integration credentials make, in their order and as the vendor's SDK for Go puts it, has its place here.

const clientsPath = "/api/v2/oauth/clients";
const credentialsPath = "/api/v2/integrations/credentials";
const fields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "not-a-real-secret" };

let simulator: Simulator;
let token: string;
beforeEach(async () => {
	simulator = await startSimulator();
	token = await administratorToken(simulator);
});
afterEach(async () => {
	await simulator.close();
});

const ask = async (method: string, path: string, json?: unknown): Promise<HttpResponse> =>
	call(simulator, method, path, json === undefined ? { token } : { token, json });

/** A call that must succeed, and its answer. */
async function done(method: string, path: string, json?: unknown): Promise<HttpResponse["body"]> {
	const { status, body } = await ask(method, path, json);
	expect([status, body?.message]).toEqual([method === "DELETE" ? 204 : 200, undefined]);
	return body;
}

/** Destroys a client: inactive with all its settings, away, and read until it is gone. Returns the status of that read. */
async function destroyed(id: string, settings: object): Promise<number> {
	await done("PUT", `${clientsPath}/${id}`, { ...settings, state: "inactive" });
	await done("DELETE", `${clientsPath}/${id}`);
	return (await ask("GET", `${clientsPath}/${id}`)).status;
}

/**
 * Creates, changes, reads after each as Terraform does, and destroys. Returns the status of the reads after that: that of the resource, and
 * CheckDestroy's.
 */
async function lived(
	type: string,
	steps: { name: string; credentialFields: Record<string, string> }[],
): Promise<number[]> {
	const [first, ...changes] = steps.map((step) => ({ ...step, type: { name: type } }));
	const { id } = await done("POST", credentialsPath, first);
	for (const change of [first, ...changes]) {
		if (change !== first) await done("PUT", `${credentialsPath}/${id}`, change);
		const read = await done("GET", `${credentialsPath}/${id}`);
		expect(read).toMatchObject({ id, name: change?.name, type: { name: type } });
		expect(simulator.organization.checkCredential(id, change?.credentialFields ?? {})).toBe(true);
	}
	await done("DELETE", `${credentialsPath}/${id}`);
	const reads = [await ask("GET", `${credentialsPath}/${id}`), await ask("GET", `${credentialsPath}/${id}`)];
	return reads.map(({ status }) => status);
}

/** The data source of a role, then the home division, where a role without a division is granted. */
async function adminRole(): Promise<{ roleId: string; divisionId: string }> {
	const added = simulator.organization.addRole({ name: "admin", permissions: "all" });
	const { entities } = await done(
		"GET",
		"/api/v2/authorization/roles?pageSize=100&pageNumber=1&name=admin&userCount=false",
	);
	const roleId = entities.find(({ name }: { name: string }) => name === "admin").id as string;
	expect(roleId).toBe(added.id);
	const divisionId = (await done("GET", "/api/v2/authorization/divisions/home")).id as string;
	expect(divisionId).toBe(DIVISION_IDS.home);
	return { roleId, divisionId };
}

const service = (roleDivision: object) => ({
	name: "terraform1",
	description: "terraform test client1",
	accessTokenValiditySeconds: 300,
	authorizedGrantType: "CLIENT-CREDENTIALS",
	state: "active",
	registeredRedirectUri: ["https://example.com/auth1"],
	scope: [],
	roleDivisions: [roleDivision],
});

describe("genesyscloud_oauth_client", () => {
	test("TestAccResourceOAuthClient: a credential with it, both bounds of the token's life, inactive, another grant, import", async () => {
		const role = await adminRole();
		const first = service(role);
		const client = await done("POST", clientsPath, first);
		const credentialFields = { clientId: client.id, clientSecret: client.secret };
		const credential = await done("POST", credentialsPath, {
			name: "terraform3",
			type: { name: "pureCloudOAuthClient" },
			credentialFields,
		});
		expect(simulator.organization.checkCredential(credential.id, credentialFields)).toBe(true);
		expect(await done("GET", `${clientsPath}/${client.id}`)).toMatchObject(first);
		// Its name is gone from the program: the client first, then its credential.
		const second = {
			...first,
			name: "terraform2",
			description: "terraform test client2",
			accessTokenValiditySeconds: 172_800,
			state: "inactive",
			registeredRedirectUri: ["https://example.com/auth2"],
		};
		await done("PUT", `${clientsPath}/${client.id}`, second);
		await done("DELETE", `${credentialsPath}/${credential.id}`);
		expect(await done("GET", `${clientsPath}/${client.id}`)).toMatchObject(second);
		const third = { ...first, authorizedGrantType: "CODE", scope: ["oauth"], roleDivisions: [] };
		await done("PUT", `${clientsPath}/${client.id}`, third);
		const imported = await done("GET", `${clientsPath}/${client.id}`);
		expect(imported).toMatchObject({ ...third, id: client.id });
		expect(imported).not.toHaveProperty("secret");
		// Older versions ask for the credential by the client's id, and go on when there is none.
		expect((await ask("GET", `${credentialsPath}/${client.id}`)).status).toBe(404);
		expect(await destroyed(client.id, third)).toBe(404);
	});

	test("TestAccDataSourceOAuthClient: all clients, the first one of the name that isn't deleted", async () => {
		const settings = service(await adminRole());
		const client = await done("POST", clientsPath, settings);
		await done("GET", `${clientsPath}/${client.id}`);
		const { entities, pageCount } = await done("GET", clientsPath);
		expect(pageCount).toBe(1);
		const found = (entities as { id: string; name: string; state: string }[]).find(
			({ name, state }) => name === settings.name && state !== "deleted",
		);
		expect(found?.id).toBe(client.id);
		expect(await destroyed(client.id, settings)).toBe(404);
	});

	test("integration_credential_name: an update sends the credential again without its secret; a second deletion finds none", async () => {
		const settings = {
			...service({}),
			authorizedGrantType: "CODE",
			scope: ["users"],
			roleDivisions: [],
		};
		const client = await done("POST", clientsPath, settings);
		const sent = { clientId: client.id, clientSecret: client.secret };
		const body = { name: "CRM", type: { name: "pureCloudOAuthClient" }, credentialFields: sent };
		const credential = await done("POST", credentialsPath, body);
		await done("PUT", `${clientsPath}/${client.id}`, settings);
		await done("PUT", `${credentialsPath}/${credential.id}`, {
			...body,
			credentialFields: { ...sent, clientSecret: "" },
		});
		await done("DELETE", `${credentialsPath}/${credential.id}`);
		// Its error is ignored.
		expect((await ask("DELETE", `${credentialsPath}/${credential.id}`)).status).toBe(404);
		expect(await destroyed(client.id, settings)).toBe(404);
	});
});

describe("genesyscloud_integration_credential", () => {
	test("TestAccResourceCredential: basicAuth with userName alone, another one, then with two passwords", async () => {
		expect(
			await lived("basicAuth", [
				{ name: "one", credentialFields: { userName: "someUserName" } },
				{ name: "two", credentialFields: { userName: "otherUserName" } },
				{ name: "two", credentialFields: { userName: "someUserName", password: "not-a-real-password" } },
				{ name: "two", credentialFields: { userName: "someUserName", password: "not-a-real-password-either" } },
			]),
		).toEqual([404, 404]);
	});

	test("TestAccResourceCredential: callJourney, and another name", async () => {
		expect(
			await lived("callJourney", [
				{ name: "one", credentialFields: { authToken: "not-a-real-token" } },
				{ name: "two", credentialFields: { authToken: "not-a-real-token" } },
			]),
		).toEqual([404, 404]);
	});

	test("TestAccGenesysCloudOAuthResourceCredential: with id and secret of a client of the same run", async () => {
		const settings = service(await adminRole());
		const client = await done("POST", clientsPath, settings);
		await done("GET", `${clientsPath}/${client.id}`);
		const credentialFields = { clientId: client.id, clientSecret: client.secret };
		expect(await lived("pureCloudOAuthClient", [{ name: "one", credentialFields }])).toEqual([404, 404]);
		expect(await destroyed(client.id, settings)).toBe(404);
	});

	test("TestAccGenesysCloudOAuthResourceCredentialWithSecret: with an id and a secret of no client", async () => {
		expect(await lived("pureCloudOAuthClient", [{ name: "one", credentialFields: fields }])).toEqual([404, 404]);
	});

	test("TestAccDataSourceIntegrationCredential and the export: the last id as the cursor until a page is empty, past those without a name", async () => {
		const { id } = await done("POST", credentialsPath, {
			name: "one",
			type: { name: "basicAuth" },
			credentialFields: { userName: "someUserName" },
		});
		simulator.organization.addCredential({ fields });
		for (let index = 0; index < 248; index += 1) simulator.organization.addCredential({ name: `c${index}`, fields });
		const found: { id: string; name?: string }[] = [];
		let pages = 0;
		for (let after = ""; ; after = found.at(-1)?.id ?? "") {
			const { entities } = await done("GET", `${credentialsPath}/listing?before=&after=${after}&pageSize=200`);
			pages += 1;
			if (entities.length === 0) break;
			found.push(...entities);
		}
		expect([found.length, new Set(found.map((each) => each.id)).size, pages]).toEqual([250, 250, 3]);
		expect(found.find(({ name }) => name === "one")?.id).toBe(id);
		// Older versions page by number, until a page is empty.
		const sizes: number[] = [];
		for (let page = 1; page <= 4; page += 1)
			sizes.push((await done("GET", `${credentialsPath}?pageNumber=${page}&pageSize=100`)).entities.length);
		expect(sizes).toEqual([100, 100, 50, 0]);
		await done("DELETE", `${credentialsPath}/${id}`);
	});

	test("the export asks which integrations use a credential", async () => {
		const { id } = simulator.organization.addCredential({ name: "c", fields });
		const integration = simulator.organization.addIntegration({ name: "i", credentialIds: [id] });
		expect(await done("GET", `/api/v2/integrations?pageSize=100&pageNumber=1&credentialId=${id}`)).toMatchObject({
			pageCount: 1,
			entities: [{ name: "i", integrationType: { id: "purecloud-data-actions" } }],
		});
		const { credentials } = await done("GET", `/api/v2/integrations/${integration.id}/config/current`);
		expect(credentials).toMatchObject({ pureCloudOAuthClient: { id, name: "c" } });
	});
});
