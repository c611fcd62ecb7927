import { describe, expect, test } from "vitest";
import { createOAuthApi } from "../../provider/api/genesys-cloud-api";
import { paths } from "./support/client-requests";
import { laterRun, service, startLifecycle } from "./support/lifecycle-run";
import { type FaultKind, failureOf, type SimulatedApi, startSimulatedApi } from "./support/simulated-api";

const put = "PUT /clients/{clientId}";
const refused = (property: string, object = "OAuthClientRequest"): FaultKind => ({
	kind: "status",
	status: 400,
	code: "invalid.property",
	message: `Value [${property}] is not a valid property for object [${object}]`,
});

/** An API whose clients have two fields that nobody here knows. */
async function start() {
	const simulated = await startSimulatedApi();
	const told: string[] = [];
	const api = createOAuthApi({
		hosts: simulated.hosts,
		credentials: simulated.simulator.administrator,
		clock: simulated.ourClock,
		onReadOnlyField: (field) => told.push(field),
	});
	return { ...simulated, api, told };
}

function addClient({ simulator }: Pick<SimulatedApi, "simulator">) {
	const extra = { lastUsed: "2026-01-01", allowedIps: ["10.0.0.0/8"] };
	const { id } = simulator.organization.addClient({
		name: "a",
		authorizedGrantType: "CODE",
		scope: ["users"],
		extra,
	}).client;
	return { id, live: () => simulator.organization.client(id) };
}

describe("a PUT that is refused for a field that only the API knows", () => {
	test("is sent once more without that field, and no further PUT has it", async () => {
		const run = await start();
		const [one, other] = [addClient(run), addClient(run)];
		run.fault("PUT", paths.client, refused("lastUsed"));
		const rename = async (id: string) =>
			run.api.putOauthClient(id, { ...(await run.api.getOauthClient(id)), name: "b" });
		expect(await rename(one.id)).toMatchObject({ name: "b" });
		await rename(other.id);
		for (const { live } of [one, other])
			expect(live()).toMatchObject({ name: "b", extra: { allowedIps: ["10.0.0.0/8"] } });
		for (const { live } of [one, other]) expect(live()?.extra).not.toHaveProperty("lastUsed");
		expect(run.calls().filter((call) => call.startsWith("PUT"))).toEqual([`${put} 400`, `${put} 200`, `${put} 200`]);
		expect(run.told).toEqual(["lastUsed"]);
	});

	test("is sent with that field by a program that declares it", async () => {
		const run = await start();
		const [one, other] = [addClient(run), addClient(run)];
		run.fault("PUT", paths.client, refused("lastUsed"));
		await run.api.putOauthClient(one.id, { ...(await run.api.getOauthClient(one.id)), name: "b" });
		await run.api.putOauthClient(other.id, { ...(await run.api.getOauthClient(other.id)), name: "b" }, ["lastUsed"]);
		expect(other.live()?.extra).toMatchObject({ lastUsed: "2026-01-01" });
	});

	test("is sent as often as there are such fields", async () => {
		const run = await start();
		const { id, live } = addClient(run);
		for (const field of ["lastUsed", "allowedIps"]) run.fault("PUT", paths.client, refused(field));
		await run.api.putOauthClient(id, { ...(await run.api.getOauthClient(id)), name: "b" });
		expect(live()).toMatchObject({ name: "b", extra: {} });
		expect(run.told).toEqual(["lastUsed", "allowedIps"]);
	});

	test("by another deadline of the same API has it no more either", async () => {
		const run = await start();
		const { id } = addClient(run);
		run.fault("PUT", paths.client, refused("lastUsed"));
		const { signal } = new AbortController();
		const client = await run.api.getOauthClient(id);
		await run.api.until({ signal, source: "a test" }).putOauthClient(id, client);
		await run.api.until({ signal, source: "another" }).putOauthClient(id, client);
		expect(run.calls().filter((call) => call.startsWith("PUT"))).toEqual([`${put} 400`, `${put} 200`, `${put} 200`]);
	});
});

test.each<[string, FaultKind]>([
	["for a setting", refused("description")],
	["for a property of another object", refused("roleId", "RoleDivision")],
	["for a field that it doesn't have", refused("neverSent")],
	[
		"for another reason",
		{ kind: "status", status: 400, code: "bad.request", message: "Value [lastUsed] is not valid" },
	],
	["in other words", { kind: "status", status: 400, code: "invalid.property", message: "lastUsed?" }],
])("a PUT that is refused %s is sent once", async (_, fault) => {
	const run = await start();
	const { id } = addClient(run);
	run.fault("PUT", paths.client, fault);
	const client = await run.api.getOauthClient(id);
	const { message } = await failureOf(run.api.putOauthClient(id, { ...client, description: "d" }));
	expect(message).toContain("put_oauth_client failed: 400");
	expect(run.calls().filter((call) => call.startsWith("PUT"))).toEqual([`${put} 400`]);
	expect(run.told).toEqual([]);
});

test("an update and a deletion go through, and one line says what was left out", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(service);
	run.simulator.organization.changeClient(id, { extra: { lastUsed: "2026-01-01", other: 1 } });
	run.fault("PUT", paths.client, refused("lastUsed"));
	const updated = await run.update(id, outs, { ...service, name: "New" });
	expect(run.simulator.organization.client(id)).toMatchObject({ name: "New", extra: { other: 1 } });
	const line =
		'Genesys Cloud shows the field "lastUsed" of OAuth clients, and refuses it in a change: it was left out, as a read-only field that this version of pulumi-genesyscloud-oauth doesn\'t know';
	expect(run.notices.filter((notice) => notice.includes("lastUsed"))).toEqual([line]);

	run.simulator.organization.changeClient(id, { extra: { lastUsed: "2026-01-02", other: 1 } });
	const later = laterRun(run);
	const { props = {} } = await later.read(id, updated);
	run.fault("PUT", paths.client, refused("lastUsed"));
	await later.delete(id, { ...props });
	expect(run.simulator.organization.clients()).toEqual([]);
	expect(later.notices.filter((notice) => notice.includes("lastUsed"))).toEqual([line]);
});
