import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { type Properties, secretIn, secretOf, service, start, unknown } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

const wrong = "not-the-secret-of-this-client-at-all";
const role = service.roleDivisions[0]!;

/** A client that somebody has made by hand. */
async function withStranger(type?: string) {
	const calls = await start(type === undefined ? {} : { type });
	const { client, secret = "" } = calls.simulator.organization.addClient({ name: "CRM sync", roleDivisions: [role] });
	return { ...calls, clientId: client.id, secret };
}

test.each<[string, (secret: string) => unknown]>([
	["plainly", (secret) => secret],
	["as a secret", secretOf],
])(
	"a secret that the program gives %s to adopt is a secret in the inputs, and in no output but clientSecret",
	async (_, given) => {
		const { check, create, diff, clientId, secret, plugin } = await withStranger();
		const news = { ...service, adopt: { clientId, clientSecret: given(secret) } };
		const { inputs, reasons } = await check(news);
		expect(reasons).toEqual([]);
		expect(inputs["adopt"]).toEqual({ clientId, clientSecret: secretOf(secret) });
		const foretold = await create(inputs, { preview: true });
		expect(foretold.outputs["adopt"]).toEqual({ clientId });
		const { id, outputs } = await create(inputs);
		expect(outputs).toMatchObject({ adopt: { clientId }, clientSecret: secretOf(secret), secretVersion: 1 });
		expect(id).toBe(clientId);
		expect(JSON.stringify({ ...outputs, clientSecret: "" })).not.toContain(secret);
		const later = { ...inputs, adopt: { clientId, clientSecret: secretOf(wrong) } };
		expect(await diff(id, outputs, inputs, later)).toEqual({ changes: false, replaces: [], details: {} });
		const without = { ...inputs, adopt: { clientId } };
		expect(await diff(id, outputs, inputs, without)).toEqual({ changes: false, replaces: [], details: {} });
		expect(plugin.told.filter(({ severity }) => severity === "warning")).toEqual([]);
		expect(JSON.stringify(plugin.told)).not.toContain(secret);
	},
);

test("adopt that is a secret as a whole stays one", async () => {
	const { check, create, clientId, secret } = await withStranger();
	const adopt = { clientId, clientSecret: secret };
	const { inputs } = await check({ ...service, adopt: secretOf(adopt) });
	expect(inputs["adopt"]).toEqual(secretOf(adopt));
	const { outputs } = await create(inputs);
	expect(outputs).toMatchObject({ adopt: secretOf({ clientId }), clientSecret: secretOf(secret) });
});

test("a secret beside rotateSecret is refused, and a secret in the answer", async () => {
	const { check, clientId } = await withStranger();
	const { inputs, reasons } = await check({ ...service, adopt: { clientId, rotateSecret: true, clientSecret: wrong } });
	expect(inputs["adopt"]).toEqual({ clientId, rotateSecret: true, clientSecret: secretOf(wrong) });
	expect(reasons.join()).toContain("adopt.clientSecret is kept, and rotateSecret replaces the secret");
	expect(reasons.join()).not.toContain(wrong);
});

test("after an import the secret is supplied: the update tries it and writes nothing", async () => {
	const { check, diff, read, update, clientId, secret, simulator } = await withStranger();
	const imported = await read(clientId);
	expect(imported.outputs).toMatchObject({ secretVersion: 0, clientSecret: secretOf("") });
	const { inputs } = await check({ ...service, adopt: { clientId, clientSecret: secret } });
	expect(await diff(clientId, imported.outputs, imported.inputs, inputs)).toMatchObject({
		changes: true,
		replaces: [],
		details: { adopt: { kind: "ADD" } },
	});
	const foretold = await update(clientId, imported.outputs, inputs, { preview: true });
	expect(secretIn(foretold["clientSecret"])).toBe(unknown.string);
	simulator.requests.clear();
	const outputs = await update(clientId, imported.outputs, inputs);
	expect(simulator.requests.count()).toBe(1);
	expect(simulator.requests.count({ method: "POST", template: paths.login })).toBe(1);
	expect(outputs).toMatchObject({ clientSecret: secretOf(secret), secretVersion: 1 });
	expect(await diff(clientId, outputs, inputs, inputs)).toMatchObject({ changes: false });
});

test("a secret isn't shown where Genesys Cloud quotes it", async () => {
	const { check, read, update, clientId, simulator } = await withStranger();
	const imported = await read(clientId);
	const { inputs } = await check({ ...service, adopt: { clientId, clientSecret: "Ours-1" } });
	simulator.faults.add({ method: "POST", path: paths.login, kind: "status", status: 400, message: "no Ours-1 here" });
	const { message } = await failureOf(update(clientId, imported.outputs, inputs));
	expect(message).toContain("adopt.clientSecret couldn't be tried by a login");
	expect(message).toContain("no [secret] here");
	expect(message).not.toContain("Ours-1");
});

test("the secrets of a pair are secrets one by one", async () => {
	const { check, create, diff, simulator, clientId, secret } = await withStranger("RotatingOAuthClient");
	const other = simulator.organization.addClient({ name: "Spare", roleDivisions: [role] });
	const pair: Properties = { ...service, rotation: { rotateWhenChanged: { quarter: "Q1" } } };
	const b = { clientId: other.client.id, clientSecret: other.secret };
	const { inputs } = await check({ ...pair, adopt: { a: { clientId, clientSecret: secretOf(secret) }, b } });
	expect(inputs["adopt"]).toEqual({
		a: { clientId, clientSecret: secretOf(secret) },
		b: { ...b, clientSecret: secretOf(b.clientSecret) },
	});
	const { id, outputs } = await create(inputs);
	expect(outputs).toMatchObject({
		adopt: { a: { clientId }, b: { clientId: b.clientId } },
		clientSecret: secretOf(secret),
		previousClientSecret: secretOf(b.clientSecret),
	});
	expect(await diff(id, outputs, inputs, inputs)).toMatchObject({ changes: false });
});
