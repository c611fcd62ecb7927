import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { settingVariables } from "../../provider/setting-places";
import type { Properties } from "../../provider/lifecycle/properties";
import { type Simulator, startSimulator } from "../../simulator";
import { inputsOf, webApp } from "./support/lifecycle-run";
import { withProvider } from "./support/provider-process";
import { configFor } from "./support/simulator-connection";

let simulator: Simulator;

const declared = (program: Properties): Properties => withProvider(inputsOf(program));

beforeEach(async () => {
	for (const variable of Object.values(settingVariables)) vi.stubEnv(variable, undefined);
	simulator = await startSimulator();
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await simulator.close();
});

/** What Pulumi calls, in a process of its own: it remembers nothing of another. */
async function startProcess() {
	vi.resetModules();
	const lifecycle = await import("../../provider/lifecycle/index.js");
	const config: Record<string, string> = configFor(simulator);
	await lifecycle.configure({ config: { get: (key) => config[key] } });
	/** What `up` asks about a resource that the program declares and state holds. */
	const compare = async (id: string, olds: Properties, program: Properties) => {
		await lifecycle.check({}, program);
		return lifecycle.diff(id, olds, program);
	};
	return { ...lifecycle, compare };
}

/** A client that the stack has adopted. */
async function withAdopted() {
	const { id } = simulator.organization.addClient({
		name: "Agent desktop",
		authorizedGrantType: "CODE",
		scope: ["users"],
	}).client;
	const program = declared({ ...webApp, adopt: { clientId: id } });
	const { outs } = await (await startProcess()).create(program);
	return { id, program, outs: { ...outs } };
}

const stateOf = (id: string) => simulator.organization.client(id)?.state ?? "gone";

test("an entry that a failed replacement left behind is deleted from state alone: its client was adopted again", async () => {
	const { id, program, outs: old } = await withAdopted();
	// `up --replace` adopts it again, and another resource's failure ends the run before the old entry is deleted.
	const { outs } = await (await startProcess()).create(program);
	const next = await startProcess();
	expect((await next.compare(id, { ...outs }, program)).replaces).toEqual([]);
	await next.delete(id, old);
	expect(stateOf(id)).toBe("active");
});

test("also when the program no longer says that it adopts it", async () => {
	const { id, program, outs: old } = await withAdopted();
	const { outs } = await (await startProcess()).create(program);
	const next = await startProcess();
	await next.compare(id, { ...outs }, declared(webApp));
	await next.delete(id, old);
	expect(stateOf(id)).toBe("active");
});

test("a destroy deletes an adopted client, with a refresh before it too", async () => {
	const first = await withAdopted();
	await (await startProcess()).delete(first.id, first.outs);
	expect(stateOf(first.id)).toBe("gone");

	const second = await withAdopted();
	const destroying = await startProcess();
	const { props } = await destroying.read(second.id, second.outs);
	await destroying.diff(second.id, { ...props }, second.program);
	await destroying.delete(second.id, { ...props });
	expect(stateOf(second.id)).toBe("gone");
});

test("a client that left the program, or was replaced by another, is deleted", async () => {
	const { id, outs } = await withAdopted();
	const other = simulator.organization.addClient({ name: "other", authorizedGrantType: "CODE", scope: ["users"] });
	const program = declared({ ...webApp, adopt: { clientId: other.client.id } });
	const next = await startProcess();
	expect((await next.compare(id, outs, program)).replaces).toEqual(["adopt"]);
	await next.create(program);
	await next.delete(id, outs);
	expect([stateOf(id), stateOf(other.client.id)]).toEqual(["gone", "active"]);
});

test("a client that the stack made itself is deleted when a replacement is forced", async () => {
	const program = declared(webApp);
	const { id, outs } = await (await startProcess()).create(program);
	const next = await startProcess();
	expect((await next.compare(id, { ...outs }, program)).replaces).toEqual([]);
	const made = await next.create(program);
	await next.delete(id, { ...outs });
	expect([stateOf(id), stateOf(made.id)]).toEqual(["gone", "active"]);
});
