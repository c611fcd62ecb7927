import { describe, expect, test } from "vitest";
import { credentialsOfClients } from "../../provider/api/credentials-of-clients";
import { startCredentialRun } from "./support/credential-run";
import { failureOf } from "./support/simulated-api";

const fields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "a-secret-of-the-tests" };
const program = { name: "CRM sync", fields };
const one = "/api/v2/integrations/credentials/{credentialId}";
const listing = "/api/v2/integrations/credentials/listing";
const answer = (body: object) => ({ kind: "status", status: 200, body }) as const;

/** Answers that leave out what the vendor calls optional. */
const sparse: [string, object][] = [
	["only the id", {}],
	["null for everything else", { name: null, type: null, credentialFields: null, selfUri: null }],
	["a type without name", { type: { id: "x" }, credentialFields: {} }],
	["an empty type", { type: { name: "" } }],
];

describe.each(sparse)("an answer with %s", (_, rest) => {
	test("leaves name and type in state as they are", async () => {
		const run = await startCredentialRun();
		const { id, outs } = await run.create(program);
		run.fault("GET", one, answer({ id, ...rest }));
		const { props = {} } = await run.read(id, outs);
		expect(props).toEqual(outs);
		expect(run.notices).toEqual([]);
		expect(await run.diff(id, props, program)).toMatchObject({ changes: false, replaces: [] });
	});

	test("to a create or an update is taken for what was sent", async () => {
		const run = await startCredentialRun();
		const id = "5f0e0000-0000-4000-8000-000000000001";
		run.fault("POST", "/api/v2/integrations/credentials", answer({ id, ...rest }));
		const { outs } = await run.create(program);
		expect(outs).toMatchObject({ name: "CRM sync", type: "pureCloudOAuthClient" });
		const renamed = { ...program, name: "CRM" };
		run.fault("GET", one, answer({ id, ...rest }));
		run.fault("PUT", one, answer({ id, ...rest }));
		const updated = await run.update(id, outs, renamed);
		expect(await run.diff(id, updated, renamed)).toMatchObject({ changes: false, replaces: [] });
	});

	test("can be adopted by id, as what the program declares", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "By hand" });
		run.fault("GET", one, answer({ id, ...rest }));
		const adopting = { ...program, adopt: { credentialId: id } };
		const { id: adopted, outs } = await run.create(adopting);
		expect(adopted).toBe(id);
		expect(await run.diff(id, outs, adopting)).toMatchObject({ changes: false, replaces: [] });
	});

	test("in the list keeps nothing from being created, and hides no other", async () => {
		const run = await startCredentialRun();
		const { id } = run.simulator.organization.addCredential({ name: "Theirs", fields });
		const listed = answer({
			entities: [
				{ id: "5f0e0000-0000-4000-8000-000000000002", ...rest },
				{ id, name: "Theirs", type: { name: "pureCloudOAuthClient" } },
			],
		});
		run.fault("GET", listing, listed);
		await run.create(program);
		run.fault("GET", listing, listed);
		expect([...(await credentialsOfClients(run.api)).keys()]).toEqual([fields.clientId]);
	});
});

test("one of the same name that an interrupted run may have left is asked about, also if the list lacks its type", async () => {
	const run = await startCredentialRun();
	const { id, createdDate } = run.simulator.organization.addCredential({ name: "CRM sync" });
	run.fault("GET", listing, answer({ entities: [{ id, name: "CRM sync", createdDate }] }));
	expect((await failureOf(run.create(program))).message).toContain(`GENESYSCLOUD_TAKE_OVER=${id}`);
	expect(run.simulator.organization.credentials()).toHaveLength(1);
});

test("a credential of a type that nobody knows here is read, and stays as it is", async () => {
	const run = await startCredentialRun();
	const { id } = run.simulator.organization.addCredential({
		name: "Recorder",
		type: "audioHook",
		fields: { apiKey: "k" },
	});
	const { props } = await run.read(id, {});
	expect(props).toMatchObject({ credentialId: id, name: "Recorder", type: "audioHook" });
});

test("checkType says which fields the type names as required, and leaves the decision to the API", async () => {
	const run = await startCredentialRun();
	const types = [{ name: "pureCloudOAuthClient" }, { name: "basicAuth", required: ["userName", "password"] }];
	run.fault("GET", "/api/v2/integrations/credentials/types", answer(types));
	const id = "5f0e0000-0000-4000-8000-000000000003";
	run.fault("POST", "/api/v2/integrations/credentials", answer({ id }));
	const basic = { name: "b", type: "basicAuth", fields: { userName: "u" }, checkType: true };
	expect((await run.create(basic)).id).toBe(id);
	expect(run.notices).toEqual([
		'Genesys Cloud lists password as required for credentials of the type basicAuth, and integration credential "b" has no such field: it may refuse the credential',
	]);
});
