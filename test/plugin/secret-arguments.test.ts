import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { type Properties, savedBy, secretOf, service, start } from "./support/engine-calls";
import { failureOf } from "./support/plugin-process";

/** A client of which the program keeps the name and the roles secret. The API tells of the roles in `roleIds` too. */
async function startWithSecrets() {
	const calls = await start();
	const { inputs } = await calls.check({
		...service,
		name: secretOf("Hidden CRM"),
		roleDivisions: secretOf(service.roleDivisions),
	});
	return { ...calls, inputs };
}

/** The names of the properties that are secrets as a whole, without those that always are. */
const secretsIn = (properties: Properties) =>
	Object.entries(properties)
		.filter(([name, value]) => !/^(clientSecret|unmanagedSettings)$/.test(name) && "value" in Object(value))
		.map(([name]) => name)
		.toSorted();
const ofInputs = ["name", "roleDivisions"];
const ofOutputs = ["name", "roleDivisions", "roleIds"];

test("an argument that the program made a secret is one in all that state gets, and so is what the API tells of it elsewhere", async () => {
	const { inputs, create, update, diff, read, simulator } = await startWithSecrets();
	expect(secretsIn(inputs)).toEqual(ofInputs);
	expect(secretsIn((await create(inputs, { preview: true })).outputs)).toEqual(ofOutputs);
	const { id, outputs } = await create(inputs);
	expect(secretsIn(outputs)).toEqual(ofOutputs);
	// What stays a secret is no change.
	expect(await diff(id, outputs, inputs, inputs)).toEqual({ changes: false, replaces: [], details: {} });
	const news = { ...inputs, description: "new" };
	expect(secretsIn(await update(id, outputs, news, { preview: true, oldInputs: inputs }))).toEqual(ofOutputs);
	const updated = await update(id, outputs, news, { oldInputs: inputs });
	expect(secretsIn(updated)).toEqual(ofOutputs);
	simulator.organization.changeClient(id, { description: "drifted" });
	const refreshed = await read(id, updated, news);
	expect(refreshed.inputs).toEqual({ ...news, description: "drifted" });
	expect(secretsIn(refreshed.outputs)).toEqual(ofOutputs);
	simulator.faults.add({ kind: "html", method: "PUT", path: paths.client, status: 200, when: "after" });
	const failed = await savedBy(update(id, refreshed.outputs, news, { oldInputs: refreshed.inputs }));
	expect(secretsIn(failed.properties)).toEqual(ofOutputs);
});

test("an argument that the program made a secret is in no error of an update, a refresh or a delete", async () => {
	const { inputs, create, update, read, remove, simulator } = await startWithSecrets();
	const { id, outputs } = await create(inputs);
	const refuse = (method: "GET" | "PUT" | "DELETE") =>
		simulator.faults.add({
			kind: "status",
			method,
			path: paths.client,
			status: 400,
			code: "bad.request",
			message: "Hidden CRM isn't allowed",
		});
	refuse("PUT");
	const updating = await failureOf(update(id, outputs, { ...inputs, description: "new" }, { oldInputs: inputs }));
	refuse("GET");
	const reading = await failureOf(read(id, outputs, inputs));
	refuse("DELETE");
	const deleting = await failureOf(remove(id, outputs, 0, inputs));
	for (const { details } of [updating, reading, deleting]) {
		expect(details).toContain("isn't allowed");
		expect(details).not.toContain("Hidden CRM");
	}
});

test("an argument that is a secret no longer is a change, so that its output is none either", async () => {
	const { inputs, create, diff, update } = await startWithSecrets();
	const { id, outputs } = await create(inputs);
	const news = { ...inputs, name: "Hidden CRM" };
	expect(await diff(id, outputs, inputs, news)).toMatchObject({ changes: true, details: { name: { kind: "UPDATE" } } });
	expect(secretsIn(await update(id, outputs, news, { oldInputs: inputs }))).toEqual(["roleDivisions", "roleIds"]);
});
