import { describe, expect, test } from "vitest";
import type { Seed } from "../../simulator";
import { paths } from "../api/support/client-requests";
import { type Properties, savedBy, secretIn, secretOf, service, start, unknown, urnOf } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

const type = "RotatingOAuthClient";
const pair: Properties = { ...service, rotation: { rotateWhenChanged: { quarter: "Q1" } } };
const inQuarter = (quarter: string, inputs: Properties) => ({
	...inputs,
	rotation: { rotateWhenChanged: { quarter } },
});

const startPair = async (options: Parameters<typeof start>[0] = {}) => start({ ...options, type });

/** A pair that the stack has made. */
async function withPair(change: Properties = {}, seed: Seed = {}) {
	const calls = await startPair({ seed });
	const { inputs } = await calls.check({ ...pair, ...change });
	const made = await calls.create(inputs);
	calls.simulator.requests.clear();
	return { ...calls, inputs, ...made };
}

/** What is always a secret. */
const secrets = ["clientSecret", "previousClientSecret", "clientStates"];
/** What hangs on a rotation. */
const ofRotation = ["clientId", "previousClientId", "generation", "rotatedAt"];
const isSecret = (value: unknown) => typeof value === "object" && value !== null && "value" in value;
const namesWhere = (outputs: Properties, isSo: (value: unknown) => boolean) =>
	Object.keys(outputs)
		.filter((name) => isSo(outputs[name]))
		.toSorted();
const isUnknown = (value: unknown) =>
	value === unknown.string || (isSecret(value) && secretIn(value) === unknown.string);

describe("check", () => {
	test("returns the arguments and nothing else: nothing in them depends on the time", async () => {
		const { check } = await startPair();
		const byPeriod = { ...pair, rotation: { periodDays: 30 } };
		expect(await check(byPeriod)).toEqual({ inputs: byPeriod, reasons: [] });
	});

	test("refuses what is wrong in the words of the program, all at once", async () => {
		const { check } = await startPair();
		const { reasons } = await check({
			...pair,
			naem: "x",
			rotation: { periodDays: 30, rotateWhenChanged: {} },
			adopt: { a: {} },
		});
		expect(reasons.toSorted()).toEqual([
			"adopt.a set either clientId or name",
			"naem is not an argument of RotatingOAuthClient; did you mean name?",
			"rotation set either periodDays or rotateWhenChanged",
		]);
	});

	test("says what to use instead of an argument of the npm package", async () => {
		const { check } = await startPair();
		const { reasons } = await check({ ...pair, connection: {}, timeouts: {}, secretSink: "./s.js" });
		expect(reasons.map((reason) => reason.replace(/ .*/, "")).toSorted()).toEqual([
			"connection",
			"secretSink",
			"timeouts",
		]);
	});

	test("refuses a secret that an OAuthClient would rotate by itself: a pair rotates by its own argument", async () => {
		const { check } = await startPair();
		const { reasons } = await check({ ...pair, secretRotation: { maxAgeDays: 30 }, state: "inactive" });
		expect(reasons.join("\n")).toContain("secretRotation is not an argument of RotatingOAuthClient");
		expect(reasons.join("\n")).toContain("state is not an argument of RotatingOAuthClient");
	});

	test("takes what isn't known yet", async () => {
		const { check } = await startPair();
		for (const rotation of [unknown.object, { periodDays: unknown.string }, { rotateWhenChanged: unknown.object }])
			expect((await check({ ...pair, rotation, name: unknown.string })).reasons).toEqual([]);
	});
});

describe("create", () => {
	test("marks both secrets and what state has of each client, and nothing else", async () => {
		const { id, outputs, simulator } = await withPair();
		expect(namesWhere(outputs, isSecret)).toEqual(secrets.toSorted());
		const { clientId, previousClientId, clientSecret, previousClientSecret } = outputs;
		expect(id).toBe(`${String(clientId)},${String(previousClientId)}`);
		const { organization } = simulator;
		expect(organization.checkSecret(String(clientId), secretIn(clientSecret))).toBe(true);
		expect(organization.checkSecret(String(previousClientId), secretIn(previousClientSecret))).toBe(true);
	});

	test("marks what is made of a secret argument", async () => {
		const { check, create } = await startPair();
		const rotation = { periodDays: 30 };
		const { inputs } = await check({
			...pair,
			rotation: secretOf(rotation),
			roleDivisions: secretOf(service.roleDivisions),
		});
		const { outputs } = await create(inputs);
		const marked = ["rotation", "rotatesAt", "roleDivisions", "roleIds"];
		expect(namesWhere(outputs, isSecret)).toEqual([...secrets, ...marked].toSorted());
	});

	test("in a preview makes no call, and knows what the program says", async () => {
		const { create, simulator } = await startPair();
		const { id, outputs } = await create({ ...pair, description: unknown.string }, { preview: true });
		expect(id).toBe("");
		expect(outputs).toMatchObject({ name: "CRM sync", generation: 0, rotation: pair["rotation"] });
		expect(namesWhere(outputs, isUnknown)).toEqual(
			expect.arrayContaining([...secrets, "clientId", "previousClientId", "rotatedAt", "clients", "description"]),
		);
		for (const name of secrets) expect(outputs[name]).toEqual(secretOf(unknown.string));
		expect(simulator.requests.count()).toBe(0);
	});

	test("in a preview says which clients it will adopt, and fails where it couldn't", async () => {
		const { create, simulator, plugin } = await startPair();
		const { client } = simulator.organization.addClient({ name: "Old", roleDivisions: service.roleDivisions });
		await create({ ...pair, adopt: { b: { clientId: client.id, rotateSecret: true } } }, { preview: true });
		expect(plugin.told).toEqual([
			{
				severity: "info",
				urn: urnOf(type),
				text: `will adopt OAuth client "Old" (${client.id}) instead of creating a client: changes name; rotates its secret, and the old one stops working\n    name: "Old" => "CRM sync (B)"`,
			},
		]);
		const failure = await failureOf(create({ ...pair, adopt: { a: { name: "None" } } }, { preview: true }));
		expect(failure.details).toMatch(/^previewing the adoption of rotating OAuth client "CRM sync": .*named "None"/);
	});

	test("warns of an adopted client whose secret nobody knows, under its own argument, unless the program accepts that", async () => {
		const { create, simulator, plugin } = await startPair();
		const [a, b, c] = ["One", "Two", "Three"].map(
			(name) => simulator.organization.addClient({ name, roleDivisions: service.roleDivisions }).client.id,
		);
		const warnings = () => plugin.told.filter(({ severity }) => severity === "warning").map(({ text }) => text);
		await create({ ...pair, adopt: { a: { clientId: a, rotateSecret: false } } });
		expect(warnings()).toEqual([]);
		await create({ ...pair, name: "Other", adopt: { a: { clientId: b }, b: { clientId: c, rotateSecret: true } } });
		expect(warnings()).toEqual([expect.stringContaining("adopt.a.rotateSecret")]);
	});

	test("that fails for one client saves the other, its secret marked, and speaks of the pair", async () => {
		const { create, diff, update, simulator } = await startPair();
		simulator.faults.add({ kind: "status", method: "POST", path: paths.clients, status: 400, code: "bad.request" });
		const { id, properties, inputs, reasons } = await savedBy(create(pair));
		const [made] = simulator.organization.clients();
		expect(simulator.organization.clients()).toHaveLength(1);
		expect(id).toBe(made?.id);
		expect(namesWhere(properties, isSecret)).toEqual(secrets.toSorted());
		expect(inputs).toEqual(pair);
		expect(reasons.join()).toMatch(
			/^creating rotating OAuth client "CRM sync": .*The pair exists \(.*\) and was saved/,
		);
		expect(reasons.join()).not.toContain("\n");
		expect((await diff(id, properties, inputs, inputs)).changes).toBe(true);
		const finished = await update(id, properties, inputs);
		expect(simulator.organization.clients()).toHaveLength(2);
		for (const [client, secret] of [
			["clientId", "clientSecret"],
			["previousClientId", "previousClientSecret"],
		] as const)
			expect(simulator.organization.checkSecret(String(finished[client]), secretIn(finished[secret]))).toBe(true);
	});

	test("that fails for both saves nothing, and says both reasons in one line without the secret argument", async () => {
		const { create, simulator } = await startPair();
		const message = "hidden-description isn't allowed";
		simulator.faults.add({ kind: "status", method: "POST", path: paths.clients, status: 400, message, times: 2 });
		const failure = await failureOf(create({ ...pair, description: secretOf("hidden-description") }));
		expect(failure.metadata.get("grpc-status-details-bin")).toEqual([]);
		expect(failure.details).toMatch(/^creating rotating OAuth client "CRM sync": .*"CRM sync \(A\)".*"CRM sync \(B\)"/);
		expect(failure.details).not.toMatch(/hidden-description|\n/);
	});
});

describe("diff and update", () => {
	test("nothing changes, and a preview of a setting knows all but what the API says of each client", async () => {
		const { diff, update, id, outputs, inputs, simulator } = await withPair();
		expect(await diff(id, outputs, inputs, inputs)).toEqual({ changes: false, replaces: [], details: {} });
		const news = { ...inputs, name: "New", description: "text" };
		expect(await diff(id, outputs, inputs, news)).toEqual({
			changes: true,
			replaces: [],
			details: {
				name: { kind: "UPDATE", inputDiff: true },
				description: { kind: "ADD", inputDiff: true },
			},
		});
		const foretold = await update(id, outputs, news, { preview: true });
		expect(simulator.requests.count()).toBe(0);
		expect(namesWhere(foretold, isUnknown)).toEqual(["clientStates", "clients"]);
		const { clients: _, clientStates: _states, ...known } = foretold;
		expect(await update(id, outputs, news)).toMatchObject(known);
		expect(known["clientSecret"]).toEqual(outputs["clientSecret"]);
	});

	test("a rotation is shown as its argument, and all that hangs on it is unknown in a preview, and nothing else", async () => {
		const { diff, update, id, outputs, inputs, plugin, simulator } = await withPair();
		const news = inQuarter("Q2", inputs);
		expect(await diff(id, outputs, inputs, news)).toEqual({
			changes: true,
			replaces: [],
			details: { rotation: { kind: "UPDATE", inputDiff: true } },
		});
		expect(plugin.told).toEqual([
			{
				severity: "info",
				urn: urnOf(type),
				text: `OAuth client "CRM sync (B)" (${String(outputs["previousClientId"])}) becomes current with a new secret (rotateWhenChanged has changed (quarter)); OAuth client "CRM sync (A)" (${String(outputs["clientId"])}) stays valid until the next rotation`,
			},
		]);
		const foretold = await update(id, outputs, news, { preview: true });
		expect(namesWhere(foretold, isUnknown)).toEqual([...ofRotation, ...secrets, "clients", "rotatesAt"].toSorted());
		for (const name of secrets) expect(foretold[name]).toEqual(secretOf(unknown.string));
		expect(simulator.requests.count()).toBe(0);
		const done = await update(id, outputs, news);
		expect(done).toMatchObject({
			generation: 1,
			clientId: outputs["previousClientId"],
			previousClientId: outputs["clientId"],
			previousClientSecret: outputs["clientSecret"],
		});
		expect(namesWhere(done, isSecret)).toEqual(secrets.toSorted());
	});

	test("a rotation that isn't known yet leaves unknown what may hang on it", async () => {
		const { update, id, outputs, inputs } = await withPair();
		const rotation = { rotateWhenChanged: { quarter: unknown.string } };
		const foretold = await update(id, outputs, { ...inputs, rotation }, { preview: true });
		expect(namesWhere(foretold, isUnknown)).toEqual(expect.arrayContaining([...ofRotation, ...secrets]));
		expect(foretold).toMatchObject({ name: "CRM sync", description: "" });
	});

	test("a period in place of values rotates nothing, and says when the next rotation is due", async () => {
		const { diff, update, id, outputs, inputs, simulator } = await withPair();
		const news = { ...inputs, rotation: { periodDays: 30 } };
		expect((await diff(id, outputs, inputs, news)).details).toEqual({ rotation: { kind: "UPDATE", inputDiff: true } });
		const foretold = await update(id, outputs, news, { preview: true });
		expect(namesWhere(foretold, isUnknown)).toEqual(["clientStates", "clients", "rotatesAt"]);
		const done = await update(id, outputs, news);
		expect(done).toMatchObject({ generation: 0, clientSecret: outputs["clientSecret"] });
		expect(Date.parse(String(done["rotatesAt"]))).toBeGreaterThan(Date.now());
		expect(simulator.requests.count({ method: "POST", kind: "api" })).toBe(0);
	});

	test("a period that is over is a change, though no argument is one, and also where the program ignores changes", async () => {
		const { diff, id, outputs, inputs } = await withPair({ rotation: { periodDays: 30 } });
		const old = { ...outputs, rotatedAt: "2026-01-01T00:00:00.000Z" };
		expect(await diff(id, old, inputs, inputs)).toEqual({ changes: true, replaces: [], details: {} });
		expect((await diff(id, old, inputs, { ...inputs, name: "New" }, ["name"])).changes).toBe(true);
		expect((await diff(id, outputs, inputs, { ...inputs, name: "New" }, ["name"])).changes).toBe(false);
	});

	test("another grant replaces the pair", async () => {
		const { diff, id, outputs, inputs } = await withPair();
		const { roleDivisions: _, ...others } = inputs;
		const news = { ...others, authorizedGrantType: "SAML2-BEARER", scope: ["users"] };
		const { replaces, details } = await diff(id, outputs, inputs, news);
		expect(replaces).toEqual(["authorizedGrantType"]);
		expect(details["authorizedGrantType"]).toEqual({ kind: "UPDATE_REPLACE", inputDiff: true });
	});

	test("an argument that becomes a secret is a change", async () => {
		const { diff, id, outputs, inputs } = await withPair();
		const news = { ...inputs, name: secretOf("CRM sync") };
		expect(await diff(id, outputs, inputs, news)).toMatchObject({ changes: true, details: { name: {} } });
	});

	test("the marks of the npm package are no change", async () => {
		const { diff, id, outputs, inputs } = await withPair();
		const olds = { ...inputs, ...Object.fromEntries(secrets.map((name) => [name, secretOf(null)])) };
		expect(await diff(id, outputs, olds, inputs)).toMatchObject({ changes: false });
	});

	test("a rotation whose trial fails keeps the current credential, and saves the new secret of the standby client, marked", async () => {
		const { update, diff, id, outputs, inputs, simulator } = await withPair();
		// The token that the plugin has serves for the rotation: the next login is the trial.
		simulator.faults.add({ kind: "status", method: "POST", path: paths.login, status: 403, times: "always" });
		const news = inQuarter("Q2", inputs);
		const { properties, reasons, ...saved } = await savedBy(update(id, outputs, news));
		expect(saved.id).toBe(id);
		expect(properties).toMatchObject({
			generation: 0,
			clientId: outputs["clientId"],
			clientSecret: outputs["clientSecret"],
		});
		expect(namesWhere(properties, isSecret)).toEqual(secrets.toSorted());
		const standby = String(outputs["previousClientId"]);
		expect(simulator.organization.checkSecret(standby, secretIn(properties["previousClientSecret"]))).toBe(true);
		expect(properties["previousClientSecret"]).not.toEqual(outputs["previousClientSecret"]);
		expect(reasons.join()).toMatch(/^updating rotating OAuth client "CRM sync" \(.*OAuth client "CRM sync \(B\)" /);
		simulator.faults.clear();
		expect((await diff(id, properties, news, news)).changes).toBe(true);
		const done = await update(id, properties, news);
		expect(done).toMatchObject({ generation: 1, clientSecret: properties["previousClientSecret"] });
		expect(simulator.requests.count({ template: paths.secret })).toBe(1);
	});

	test("an adopted client gets a secret when the program asks for that afterwards, and a preview says so", async () => {
		const { check, create, diff, update, simulator, plugin } = await startPair();
		const { client } = simulator.organization.addClient({ name: "Old", roleDivisions: service.roleDivisions });
		const adopting = (rotateSecret: boolean) => ({ ...pair, adopt: { a: { clientId: client.id, rotateSecret } } });
		const { id, outputs } = await create((await check(adopting(false))).inputs);
		expect(outputs["clientSecret"]).toEqual(secretOf(""));
		const { inputs } = await check(adopting(true));
		expect((await diff(id, outputs, inputs, inputs)).changes).toBe(true);
		expect(plugin.told.at(-1)?.text).toMatch(
			/rotates the secret of OAuth client "CRM sync \(A\)".*adopt\.rotateSecret/,
		);
		const foretold = await update(id, outputs, inputs, { preview: true });
		expect(namesWhere(foretold, isUnknown)).toEqual(["clientSecret", "clientStates", "clients"]);
		const done = await update(id, outputs, inputs);
		expect(simulator.organization.checkSecret(String(done["clientId"]), secretIn(done["clientSecret"]))).toBe(true);
		expect(done).toMatchObject({ generation: 0, previousClientSecret: outputs["previousClientSecret"] });
	});
});

describe("read and delete", () => {
	test("an import of two clients returns a program for them, which then changes nothing", async () => {
		const { read, check, diff, simulator } = await startPair();
		const [a, b] = ["CRM sync (A)", "CRM sync (B)"].map(
			(name) => simulator.organization.addClient({ ...service, name, description: "by hand" }).client.id,
		);
		const { id, outputs, inputs } = await read(`${a}, ${b}`);
		expect(id).toBe(`${a},${b}`);
		expect(inputs).toMatchObject({ ...service, description: "by hand" });
		expect(outputs).toMatchObject({ clientId: a, previousClientId: b, generation: 0, clientSecret: secretOf("") });
		expect(namesWhere(outputs, isSecret)).toEqual(secrets.toSorted());
		const checked = await check(inputs);
		expect(checked.reasons).toEqual([]);
		expect(await diff(id, outputs, inputs, checked.inputs)).toEqual({ changes: false, replaces: [], details: {} });
	});

	test("an import of anything but two clients says so, in one line", async () => {
		const { read } = await startPair();
		for (const id of ["one", "one,", "one,two,three"]) {
			const { details } = await failureOf(read(id));
			expect(details).toContain("give the ids or the names of both, the one in use first");
			expect(details).not.toContain("\n");
		}
		const absent = "00000000-0000-4000-8000-000000000000";
		const { details } = await failureOf(read(`${absent},${absent.replace("4", "5")}`));
		expect(details).toMatch(/^reading rotating OAuth client .*no OAuth client has the id/);
	});

	test("a refresh keeps both secrets, and tells what has drifted in the words of the program", async () => {
		const { read, id, outputs, inputs, simulator } = await withPair();
		const same = await read(id, outputs, inputs);
		expect(same.inputs).toEqual(inputs);
		for (const name of ["clientSecret", "previousClientSecret"]) expect(same.outputs[name]).toEqual(outputs[name]);
		simulator.organization.changeClient(String(outputs["clientId"]), { description: "drifted" });
		expect((await read(id, outputs, inputs)).inputs).toEqual({ ...inputs, description: "drifted" });
	});

	test("a refresh of a pair of which one client is gone keeps the other; of none, returns no id", async () => {
		const { read, id, outputs, inputs, simulator } = await withPair();
		simulator.organization.removeClient(String(outputs["previousClientId"]));
		const half = await read(id, outputs, inputs);
		expect(half.id).toBe(outputs["clientId"]);
		expect(half.outputs).toMatchObject({ clientSecret: outputs["clientSecret"], previousClientId: "" });
		simulator.organization.removeClient(String(outputs["clientId"]));
		expect((await read(id, outputs, inputs)).id).toBe("");
	});

	test("a delete removes the client in use last", async () => {
		const { remove, id, outputs, simulator } = await withPair();
		await remove(id, outputs);
		expect(simulator.organization.clients()).toEqual([]);
		const deleted = simulator.requests.filter({ method: "DELETE" }).map(({ path }) => path.split("/").at(-1));
		expect(deleted).toEqual([outputs["previousClientId"], outputs["clientId"]]);
	});

	test("a delete keeps to customTimeouts, and names them", async () => {
		const { remove, id, outputs, simulator } = await withPair();
		simulator.faults.add({ kind: "hang", method: "PUT", path: paths.client });
		const { details } = await failureOf(remove(id, outputs, 1));
		expect(details).toMatch(/^deleting rotating OAuth client .*1 seconds \(customTimeouts\.delete\)/);
	});
});
