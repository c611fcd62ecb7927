import { expect, inject, onTestFinished, test } from "vitest";
import { startSimulator } from "../../simulator";
import { readRecord, recordedStates, resourcesIn, secretInputsIn, seedOf } from "../e2e/support/recorded-state";
import { type Properties, type ResourceType, startDynamicProvider } from "./support/provider-process";
import { configFor } from "./support/simulator-connection";

const front = inject("front");
const states = recordedStates()
	.map((name) => ({ name, record: readRecord(name) }))
	.filter(({ record }) => record.front === front);

test("the state of 0.1.0 is recorded", () => {
	expect(states.map(({ name }) => name)).toContain(`0.1.0-${front}`);
});

/** What a provider answers, without what only marks the secrets among it. */
const unmarked = (properties: Properties): Properties =>
	Object.fromEntries(Object.entries(properties).filter(([name]) => name !== "secretInputs"));

test.each(states)(
	"nothing of the state of $name differs, in the program or in Genesys Cloud, and all of it is deleted",
	async ({ record }) => {
		const simulator = await startSimulator({ seed: seedOf(record) });
		onTestFinished(async () => simulator.close());
		const { hostname: OTHER_HOST, port: OTHER_PORT } = new URL(simulator.url);
		const { clientId: OTHER_ID, clientSecret: OTHER_SECRET } = simulator.administrator;
		const other = { OTHER_ID, OTHER_SECRET, OTHER_PROTOCOL: "http", OTHER_HOST, OTHER_PORT };
		const provider = await startDynamicProvider(other, front);
		await provider.configure(configFor(simulator));
		const secretInputs = secretInputsIn(record);
		const resources = resourcesIn(record)
			.filter(({ type }) => !type.startsWith("pulumi:"))
			.map(({ urn, type, id = "", inputs = {}, outputs = {} }) => {
				const name = urn.split("::").at(-1) ?? "";
				const marks = front === "plugin" ? { secretInputs: secretInputs.get(urn) } : {};
				return {
					name,
					id,
					inputs: { ...inputs, ...marks },
					outputs: { ...outputs, ...marks },
					calls: provider.about(name, type.split(":").at(-1) as ResourceType),
				};
			});
		expect(resources).toHaveLength(Object.keys(record.program).length);
		await Promise.all(
			resources.map(async ({ name, id, inputs, outputs, calls }) => {
				const diff = await calls.diff(id, outputs, inputs, inputs);
				expect({ name, ...diff }).toEqual({ name, changes: 1, replaces: [] });
				const read = await calls.read(id, { properties: outputs, inputs });
				expect({ name, id: read.id, ...unmarked(read.properties) }).toEqual({ name, id, ...unmarked(outputs) });
				expect({ name, ...unmarked(read.inputs ?? inputs) }).toEqual({ name, ...unmarked(inputs) });
			}),
		);
		expect(simulator.requests.all().filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")).toEqual(
			[],
		);
		await Promise.all(resources.map(async ({ id, inputs, outputs, calls }) => calls.delete(id, outputs, inputs)));
		expect(simulator.organization.clients().map(({ id }) => id)).toEqual([record.logins.other]);
		expect(simulator.organization.credentials()).toEqual([]);
	},
);
