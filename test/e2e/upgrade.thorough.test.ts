import { describe, expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import type { RecordedProgram } from "./support/recorded-program";
import { readRecord, recordedStates, secretsIn, startFrom } from "./support/recorded-state";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();
const writes = (calls: string[]) => calls.filter((call) => /^(POST|PUT|DELETE) \/api/.test(call));
const nothingChanges = "--expect-no-changes";
const inOrder = (one: string, other: string) => one.localeCompare(other);

/** The ids and secrets that state has, by resource: of a pair, of both clients. */
async function secretsOf(stack: TestStack): Promise<Record<string, Record<string, string>>> {
	const resources = (await stack.stateInClear("test")).filter(({ type }) => type.endsWith("OAuthClient"));
	return Object.fromEntries(
		resources.map(({ urn, outputs }) => [urn.split("::").at(-1), Object.fromEntries(secretsIn(outputs))]),
	) as Record<string, Record<string, string>>;
}

/** The same program after a commit: other descriptions, another name of each credential, and a rotation of what rotates by value. */
function changed(program: RecordedProgram): RecordedProgram {
	const text = JSON.stringify(program).replaceAll('"turn":2', '"turn":3');
	const next = Object.entries(JSON.parse(text) as RecordedProgram).map(([name, resource]) => {
		const { properties } = resource;
		const change =
			resource.type === "IntegrationCredential"
				? { name: `${String(properties["name"])} 2` }
				: { description: "Changed after the upgrade" };
		return [name, { ...resource, properties: { ...properties, ...change } }];
	});
	return Object.fromEntries(next) as RecordedProgram;
}

test("the state of a release is recorded for both fronts", () => {
	expect(recordedStates()).toEqual(expect.arrayContaining(["0.1.0-dynamic", "0.1.0-plugin"]));
});

describe.each(recordedStates())("the state of %s", (name) => {
	const record = readRecord(name);

	test("shows no change, is refreshed without one, and is destroyed by what it has itself", async () => {
		const { stack } = await startFrom(record, startStack);
		const clients = stack.simulator.organization.clients();
		const secrets = await secretsOf(stack);
		const looks = [await stack.run("preview", nothingChanges), await stack.run("refresh", nothingChanges)];
		expect(looks.flatMap(({ calls }) => writes(calls))).toEqual([]);
		expect(stack.simulator.organization.clients()).toEqual(clients);
		expect(await secretsOf(stack)).toEqual(secrets);
		await stack.run("destroy");
		expect(stack.simulator.organization.clients().map(({ id }) => id)).toEqual([record.logins.other]);
		expect(stack.simulator.organization.credentials()).toEqual([]);
	});

	test("is changed and rotated: each other secret stays, and all work", async () => {
		const { stack, declare } = await startFrom(record, startStack);
		const { organization } = stack.simulator;
		const [ids, before] = [organization.clients().map(({ id }) => id), await secretsOf(stack)];
		const program = changed(record.program);
		declare(program);
		const { output } = await stack.run("up");
		expect(output).toContain(`~ ${Object.keys(program).length} updated`);
		expect(organization.clients().map(({ id }) => id)).toEqual(ids);
		const after = await secretsOf(stack);
		const isRotated = (resource: string) => JSON.stringify(program[resource]).includes('"turn":3');
		const [rotated, kept] = [true, false].map((is) =>
			Object.keys(before).filter((resource) => isRotated(resource) === is),
		);
		expect(rotated?.toSorted(inOrder)).toEqual(["pair", "service"]);
		for (const resource of rotated ?? []) expect(after[resource]).not.toEqual(before[resource]);
		for (const resource of kept ?? []) expect([resource, after[resource]]).toEqual([resource, before[resource]]);
		const logins = Object.values(after).flatMap((secrets) => Object.entries(secrets));
		expect(logins.filter(([id, secret]) => !organization.checkSecret(id, secret))).toEqual([]);
		const others = organization.clients().filter(({ id }) => id !== record.logins.other);
		expect(new Set(others.map(({ description }) => description))).toEqual(new Set(["Changed after the upgrade"]));
		const names = organization.credentials().map((one) => one.name ?? "");
		expect(names.toSorted(inOrder)).toEqual(["Basic 2", "Held 2", "Held of the pair 2"]);
	});
});
