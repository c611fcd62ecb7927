import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { secretsOf } from "../../provider/lifecycle/argument-table";
import { clientTable } from "../../provider/lifecycle/oauth-client/arguments";
import { serializedProvider } from "../../provider/serialized-provider";
import { ROLE_IDS, type Simulator, startSimulator } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import {
	type DynamicProvider,
	type GrpcError,
	initFailureOf,
	type Properties,
	spawnDynamicProvider,
	startDynamicProvider,
	withProvider,
} from "./support/provider-process";
import { configFor, environmentFor } from "./support/simulator-connection";
import { failureOf } from "./support/simulated-api";

const changed = { none: 1, some: 2 };
const webApp: Properties = withProvider({
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/cb"],
});
const service: Properties = withProvider({
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee }],
});

async function startOrganization(): Promise<Simulator> {
	const simulator = await startSimulator();
	onTestFinished(async () => simulator.close());
	return simulator;
}

let shared: Promise<DynamicProvider> | undefined;
afterAll(async () => (await shared)?.end());

/** A provider process in a run of its own on an organization of its own. */
async function start(): Promise<{ provider: DynamicProvider; simulator: Simulator }> {
	const simulator = await startOrganization();
	const provider = await (shared ??= spawnDynamicProvider());
	await provider.startRun({}, environmentFor(simulator));
	return { provider, simulator };
}

/** What a user sees on stderr, line by line; a line of a stack or with a secret fails the test. */
function linesOf(stderr: string, secrets: string[] = []): string[] {
	const lines = stderr.trimEnd().split("\n");
	const wrong = lines.filter(
		(line) => /^\s|\bat .*:\d+:\d+/.test(line) || secrets.some((secret) => line.includes(secret)),
	);
	if (wrong.length > 0) throw new Error(`stderr holds what no user should see: ${wrong.join("\n")}`);
	return lines;
}

test("the package is built: these tests run what users run", () => {
	expect(existsSync(join(__dirname, "..", "..", "dist", "provider", "dynamic-provider.js"))).toBe(true);
});

test("three creates at once all see the configuration: one login, one look-up of the home division", async () => {
	const simulator = await startOrganization();
	const provider = await startDynamicProvider();
	await provider.configure(configFor(simulator));
	const made = await Promise.all(["a", "b", "c"].map(async (name) => provider.create({ ...service, name })));
	expect(new Set(made.map(({ id }) => id)).size).toBe(3);
	for (const { id, properties } of made) {
		expect(properties).toMatchObject({ clientId: id, __provider: serializedProvider });
		expect(simulator.organization.checkSecret(id, properties["clientSecret"] as string)).toBe(true);
	}
	expect(simulator.requests.count({ kind: "token" })).toBe(1);
	expect(simulator.requests.count({ template: paths.home })).toBe(1);
	expect(simulator.requests.count({ method: "POST", template: paths.clients })).toBe(3);
	expect(await provider.printed()).toBe("");
});

test("the environment goes before the configuration, which may be the last run's", async () => {
	const simulator = await startOrganization();
	const provider = await startDynamicProvider(environmentFor(simulator));
	await provider.configure({ ...configFor(simulator), "genesyscloud:oauthClientSecret": "stale" });
	expect((await provider.create(webApp)).id).not.toBe("");
});

test("a whole life: check, create, diff, update, read and delete", async () => {
	const { provider, simulator } = await start();
	const { inputs, failures } = await provider.check(webApp);
	expect(failures).toEqual([]);
	const { id, properties } = await provider.create(inputs);
	expect(await provider.diff(id, properties, inputs)).toEqual({ changes: changed.none, replaces: [] });
	const news = { ...inputs, name: "Other" };
	expect(await provider.diff(id, properties, news)).toEqual({ changes: changed.some, replaces: [] });
	const updated = await provider.update(id, properties, news);
	expect(updated).toMatchObject({
		name: "Other",
		clientSecret: properties["clientSecret"],
		__provider: serializedProvider,
	});
	expect(await provider.read(id, { properties: updated, inputs: news })).toEqual({
		id,
		properties: updated,
		inputs: undefined,
	});
	expect((await provider.diff(id, updated, { ...service })).replaces).toEqual(["authorizedGrantType"]);
	await provider.delete(id, updated);
	expect(simulator.organization.clients()).toEqual([]);
	expect(simulator.requests.filter({ kind: "api" }).map(({ method }) => method)).toEqual([
		"GET",
		"POST",
		"GET",
		"PUT",
		"GET",
		"PUT",
		"DELETE",
	]);
	expect(await provider.printed()).toBe("");
});

test("check tells all failures at once, in preview, without a login", async () => {
	const { provider, simulator } = await start();
	const { failures } = await provider.check(
		withProvider({ authorizedGrantType: "CODE", scopes: ["users"], nmae: "x" }),
	);
	// Pulumi would print the value of a property that is named apart: so the name stands in the text.
	expect(failures.every(({ property }) => property === "")).toBe(true);
	expect(failures.map(({ reason }) => reason.replace(/ .*/, "")).toSorted()).toEqual([
		"name",
		"nmae",
		"scope",
		"scopes",
	]);
	expect(simulator.requests.count()).toBe(0);
});

test.each(secretsOf(clientTable).outputs)(
	"without the input that makes a secret of %s, check says so, and nothing is read, created or changed",
	async (name) => {
		const { provider, simulator } = await start();
		const { [name]: _, ...inputs } = webApp;
		const { failures } = await provider.check(inputs);
		expect(failures).toEqual([{ property: "", reason: expect.stringContaining(`${name} would be in plain text`) }]);
		for (const work of [
			() => provider.create(inputs),
			() => provider.update(absentId, {}, inputs),
			() => provider.read(absentId, { properties: inputs, inputs }),
		]) {
			const { details } = await failureOf<GrpcError>(work());
			expect(details).toContain(`${name} would be in plain text`);
		}
		expect(simulator.requests.count()).toBe(0);
	},
);

test("a create that fails after the POST carries id, secret and the serialised provider", async () => {
	const { provider, simulator } = await start();
	simulator.faults.add({ method: "PUT", path: paths.client, kind: "status", status: 403 });
	const inputs = { ...webApp, state: "inactive" };
	const error = await failureOf<GrpcError>(provider.create(inputs));
	const failure = initFailureOf(error);
	const [client] = simulator.organization.clients();
	if (failure === undefined || client === undefined) throw new Error("nothing would be kept");
	const secret = failure.properties["clientSecret"] as string;
	expect(failure.id).toBe(client.id);
	expect(failure.properties).toMatchObject({ clientId: client.id, __provider: serializedProvider });
	expect(simulator.organization.checkSecret(client.id, secret)).toBe(true);
	expect(failure.reasons.join()).toContain("run pulumi up again");
	expect(`${failure.reasons.join()}${error.details}${await provider.printed()}`).not.toContain(secret);
	expect(`${failure.reasons.join()}${error.details}`).not.toContain("\n");

	const { properties } = await provider.read(client.id, { properties: failure.properties, inputs });
	expect(properties["clientSecret"]).toBe(secret);
	expect(await provider.update(client.id, failure.properties, inputs)).toMatchObject({
		state: "inactive",
		clientSecret: secret,
	});
	await provider.delete(client.id, failure.properties);
	expect(simulator.organization.clients()).toEqual([]);
});

test("an update that fails after its PUT carries the serialised provider, the resource's present name and what isn't certain", async () => {
	const { provider, simulator } = await start();
	const { id, properties } = await provider.create(service);
	simulator.faults.add({ method: "PUT", path: paths.client, kind: "malformed", when: "after", times: 5 });
	const { __owner: owner } = withProvider({}, "renamed");
	const news = { ...service, description: "New", __owner: owner };
	const failure = initFailureOf(await failureOf<GrpcError>(provider.update(id, properties, news)));
	expect(failure).toMatchObject({
		id,
		properties: {
			...properties,
			declared: ["description", "roleDivisions"],
			__owner: owner,
			unconfirmedSettings: ["description"],
		},
	});
});

test("an answer to the POST that nobody can use keeps the client: it can be read, updated and deleted", async () => {
	const { provider, simulator } = await start();
	const declared = { ...webApp, allowSameName: true };
	const { client } = simulator.organization.addClient({ name: "n", authorizedGrantType: "CODE", scope: ["users"] });
	const body = { id: client.id, name: "n", authorizedGrantType: "CODE", secret: "the-only-copy", scope: 5 };
	simulator.faults.add({ method: "POST", path: paths.clients, kind: "status", status: 200, body });
	const failure = initFailureOf(await failureOf<GrpcError>(provider.create(declared)));
	expect(failure).toMatchObject({
		id: client.id,
		properties: { clientSecret: "the-only-copy", __provider: serializedProvider },
	});
	const state = failure?.properties ?? {};
	expect((await provider.read(client.id, { properties: state, inputs: declared })).id).toBe(client.id);
	expect((await provider.update(client.id, state, declared))["clientSecret"]).toBe("the-only-copy");
	await provider.delete(client.id, state);
	expect(simulator.organization.clients()).toEqual([]);
});

test("a create that made nothing keeps nothing", async () => {
	const { provider, simulator } = await start();
	simulator.faults.add({ method: "POST", path: paths.clients, kind: "status", status: 403 });
	const error = await failureOf<GrpcError>(provider.create({ ...webApp, name: "two\nlines" }));
	expect(initFailureOf(error)).toBeUndefined();
	expect(error.details).toContain('creating OAuth client "two lines": post_oauth_clients failed: 403');
	expect(error.details).not.toContain("\n");
});

test("an error that is cut where an emoji stands is answered: Pulumi would wait for it forever", async () => {
	const { provider, simulator } = await start();
	simulator.faults.add({ method: "POST", path: paths.clients, kind: "status", status: 403 });
	const name = `${"ab ".repeat(33)}😀`;
	const { details } = await failureOf<GrpcError>(provider.create({ ...webApp, name }));
	expect(details).toContain('ab …": post_oauth_clients failed: 403');
});

test("a client that is gone gives an empty id; one that was drifted gives today's inputs", async () => {
	const { provider, simulator } = await start();
	const { id, properties } = await provider.create(service);
	simulator.organization.changeClient(id, { name: "by hand" });
	const drifted = await provider.read(id, { properties, inputs: service });
	expect(drifted.inputs).toEqual({ ...service, name: "by hand" });
	expect(drifted.properties).toMatchObject({ name: "by hand", clientSecret: properties["clientSecret"] });
	simulator.organization.removeClient(id);
	expect((await provider.read(id, { properties, inputs: service })).id).toBe("");
});

test("a lookup reads by id alone, and fails for a client that isn't there", async () => {
	const { provider, simulator } = await start();
	const { client } = simulator.organization.addClient({ name: "theirs" });
	const found = await provider.read(client.id, { properties: withProvider({}), inputs: withProvider({}) });
	expect(found).toMatchObject({ id: client.id, properties: { name: "theirs", clientSecret: "" } });
	const error = await failureOf<GrpcError>(
		provider.read(absentId, { properties: withProvider({}), inputs: withProvider({}) }),
	);
	expect(error.details).toContain(`no OAuth client has the id ${absentId}`);
});

test("errors on stderr are single lines, without a stack or a secret", async () => {
	const { provider, simulator } = await start();
	const { id, properties } = await provider.create(webApp);
	const secrets = [simulator.administrator.clientSecret, properties["clientSecret"] as string];
	simulator.faults.add({ method: "*", path: paths.client, kind: "html", status: 404, times: 2 });
	// The PUT of a deletion is tried once more, with what is there.
	const message = `a\nb ${secrets.join(" ")}`;
	simulator.faults.add({
		method: "*",
		path: paths.client,
		kind: "status",
		status: 400,
		code: "bad.request",
		message,
		times: 2,
	});
	await failureOf(provider.read(id, { properties, inputs: webApp }));
	await failureOf(provider.delete(id, { ...properties, name: "two\nlines" }));
	await failureOf(provider.delete(id, properties));
	await failureOf(provider.read(absentId, { properties: withProvider({}), inputs: withProvider({}) }));
	expect(linesOf(await provider.printed(), secrets)).toHaveLength(4);
});

test("a notice on stderr is a single line too, whatever the client's name holds", async () => {
	const { provider, simulator } = await start();
	const { id, properties } = await provider.create({ ...webApp, name: "two\nlines" });
	simulator.organization.removeClient(id);
	await provider.read(id, { properties, inputs: webApp });
	expect(linesOf(await provider.printed())).toEqual([
		expect.stringContaining(`OAuth client "two lines" (${id}) was deleted outside Pulumi`),
	]);
});

test("without credentials every call says what is missing, the second like the first; nothing is sent", async () => {
	const simulator = await startOrganization();
	const provider = await (shared ??= spawnDynamicProvider());
	await provider.startRun({});
	for (const work of [
		() => provider.create(webApp),
		() => provider.update(absentId, {}, webApp),
		() => provider.read(absentId, { properties: { ...webApp, clientId: absentId }, inputs: webApp }),
		() => provider.delete(absentId, webApp),
		() => provider.create(webApp),
	]) {
		const { details } = await failureOf<GrpcError>(work());
		expect(details).toContain("GENESYSCLOUD_OAUTHCLIENT_ID (or genesyscloud:oauthClientId)");
	}
	expect(linesOf(await provider.printed())).toHaveLength(2);
	expect(simulator.requests.count()).toBe(0);
});
