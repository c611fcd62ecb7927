import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { rotationKey } from "../../provider/lifecycle/oauth-client/secret-rotation";
import { paths } from "./support/client-requests";
import { startHurriedRun } from "./support/hurried-run";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "./support/lifecycle-run";
import { createSink } from "./support/secret-sinks";
import { startOperations } from "./support/operations-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const withTurn = (program: Properties, turn: number): Properties => ({
	...program,
	secretRotation: { rotateWhenChanged: { turn } },
});

async function start(program: Properties = service, whenBroken?: string) {
	const run = await startLifecycle();
	const sink = createSink(whenBroken);
	return { run, sink, program: { ...program, secretSink: sink.module } };
}

describe("a sink", () => {
	test.each([
		["a service", service],
		["a web app", webApp],
	])("gets the secret of %s once, when it is made", async (_, declared) => {
		const { run, sink, program } = await start(declared);
		const { id, outs } = await run.create(program);
		const { name } = declared;
		expect(sink.stored()).toEqual([{ name, clientId: id, clientSecret: outs["clientSecret"], secretVersion: 1 }]);
		await run.update(id, outs, program);
		await run.update(id, outs, { ...program, name: "Other" });
		await run.read(id, outs);
		expect(sink.calls()).toBe(1);
		expect(run.diff(outs, program).changes).toBe(false);
	});

	test("gets every new secret with its version, after the login has taken it", async () => {
		const { run, sink, program } = await start();
		const { id, outs } = await run.create(withTurn(program, 1));
		run.fault("POST", paths.login, {
			kind: "status",
			status: 400,
			code: "invalid_client",
			message: "authentication failed",
			times: 4,
		});
		const failure = await failureOf<PartialFailure>(run.update(id, outs, withTurn(program, 2)));
		expect(sink.calls()).toBe(1);
		const updated = await laterRun(run).update(id, failure.properties, withTurn(program, 2));
		expect(sink.stored().at(-1)).toMatchObject({ clientSecret: updated["clientSecret"], secretVersion: 3 });
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
		expect(sink.calls()).toBe(2);
	});

	test("that is declared later gets the secret that is known; another one gets it too", async () => {
		const { run, sink, program } = await start();
		const { id, outs } = await run.create(service);
		expect(run.diff(outs, program).changes).toBe(true);
		run.simulator.requests.clear();
		const updated = await run.update(id, outs, program);
		expect(sink.stored()).toMatchObject([{ clientSecret: outs["clientSecret"], secretVersion: 1 }]);
		const other = createSink();
		await run.update(id, updated, { ...service, secretSink: other.module });
		expect(other.stored()).toEqual(sink.stored());
		expect(run.simulator.requests.all()).toEqual([]);
	});

	test("gets nothing of a client whose secret nobody knows here, and the secret as soon as one is", async () => {
		const { run, sink, program } = await start(webApp);
		const { client } = run.simulator.organization.addClient({
			name: "Agent desktop",
			authorizedGrantType: "CODE",
			scope: ["users:readonly"],
		});
		const adopting = { ...withTurn(program, 1), adopt: { clientId: client.id } };
		const { outs } = await run.create(adopting);
		expect(sink.calls()).toBe(0);
		const updated = await run.update(client.id, outs, { ...adopting, ...withTurn(program, 2) });
		expect(sink.stored()).toMatchObject([{ clientId: client.id, clientSecret: updated["clientSecret"] }]);
	});

	test("gets the secret of a client whose making got no answer", async () => {
		const { run, sink, program } = await start();
		run.fault("POST", paths.clients, { kind: "cut", when: "after" });
		const { id, outs } = await run.create(program);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(sink.stored()).toMatchObject([{ clientId: id, clientSecret: outs["clientSecret"] }]);
	});

	test("may be computed, so that Node finds no name in it but the default", async () => {
		const { run, sink, program } = await start();
		const log = `${sink.module}.log`;
		writeFileSync(
			sink.module,
			`const names = ["storeSecret"];
			const store = ({ clientId }) => require("node:fs").writeFileSync(${JSON.stringify(log)}, clientId);
			module.exports = Object.fromEntries(names.map((name) => [name, store]));`,
		);
		const { id } = await run.create(program);
		expect(readFileSync(log, "utf8")).toBe(id);
	});

	test("gets the rotation of a client that takes turns with another", async () => {
		const { run, sink, program } = await start();
		await run.create({ ...program, secretRotation: { rotateWhenChanged: { [rotationKey]: 3 } } });
		expect(sink.stored()).toMatchObject([{ secretVersion: 1, rotation: 3 }]);
	});
});

describe("a sink that isn't one", () => {
	test("because its module is gone since the check keeps the secret, and says so", async () => {
		const { run, sink, program } = await start();
		run.fault("POST", paths.clients, { kind: "hang" });
		const created = failureOf<PartialFailure>(run.create(program));
		await run.simulator.requests.whenReceived({ method: "POST", template: paths.clients });
		rmSync(sink.module);
		run.simulator.faults.release();
		const { message, properties } = await created;
		expect(message).toContain("Cannot find module");
		expect(hasWorkingSecret(run, properties["clientId"] as string, properties)).toBe(true);
	});

	test("because it exports nothing of that name keeps the secret, and says so", async () => {
		const { run, sink, program } = await start();
		writeFileSync(sink.module, "exports.somethingElse = () => {};");
		const { message, properties } = await failureOf<PartialFailure>(run.create(program));
		expect(message).toContain("exports no function storeSecret");
		expect(hasWorkingSecret(run, properties["clientId"] as string, properties)).toBe(true);
	});
});

/** A pair that rotates by value, and hands its secrets over. */
const pairInto = (sink: { module: string }, quarter: string): Properties => ({
	...service,
	secretSink: sink.module,
	rotation: { rotateWhenChanged: { quarter } },
});

test("a sink isn't called with a pair's new secret before a login has tried it: the one before is in use", async () => {
	const simulated = await startSimulatedApi();
	const sink = createSink();
	const entry = await startOperations(simulated).pair("crm").create(pairInto(sink, "Q1"));
	// The first login is Pulumi's own.
	simulated.fault("POST", paths.login, { kind: "status", status: 403, skip: 1, times: "always" });
	const { id, properties } = await failureOf<PartialFailure>(
		startOperations(simulated).pair("crm").up(pairInto(sink, "Q2"), entry),
	);
	expect(sink.stored().map(({ rotation }) => rotation)).not.toContain(1);
	simulated.simulator.faults.clear();
	const { outs } = await startOperations(simulated).pair("crm").up(pairInto(sink, "Q2"), { id, outs: properties });
	expect(sink.stored().at(-1)).toMatchObject({ clientSecret: outs["clientSecret"], rotation: 1 });
});

describe("a sink that fails", () => {
	test("on the first secret fails the create; the secret is kept, and handed over by the next run without a call", async () => {
		const { run, sink, program } = await start();
		sink.setBroken(true);
		const failure = await failureOf<PartialFailure>(run.create(program));
		const { id, properties } = failure;
		expect(failure.message).toContain("failed to store it (Error: the vault is sealed)");
		expect(properties["pendingSecretSteps"]).toEqual(["store"]);
		expect(hasWorkingSecret(run, id, properties)).toBe(true);
		run.simulator.requests.clear();
		await failureOf(laterRun(run).update(id, properties, program));
		sink.setBroken(false);
		const outs = await laterRun(run).update(id, properties, program);
		expect(run.simulator.requests.all()).toEqual([]);
		expect(sink.stored()).toMatchObject([{ clientId: id, clientSecret: properties["clientSecret"], secretVersion: 1 }]);
		expect(run.diff(outs, program).changes).toBe(false);
	});

	test("on a later secret fails the update; the new secret is kept and handed over, not renewed again", async () => {
		const { run, sink, program } = await start();
		const { id, outs } = await run.create(withTurn(program, 1));
		sink.setBroken(true);
		const { properties } = await failureOf<PartialFailure>(run.update(id, outs, withTurn(program, 2)));
		expect(hasWorkingSecret(run, id, properties)).toBe(true);
		sink.setBroken(false);
		const updated = await laterRun(run).update(id, properties, withTurn(program, 2));
		expect(updated).toMatchObject({ clientSecret: properties["clientSecret"], secretVersion: 2 });
		expect(sink.stored().map(({ secretVersion }) => secretVersion)).toEqual([1, 2]);
	});

	test("on a pair's rotation leaves the client before current; the next run hands the same secret over, and then it is current", async () => {
		const simulated = await startSimulatedApi();
		const sink = createSink();
		const entry = await startOperations(simulated).pair("crm").create(pairInto(sink, "Q1"));
		expect(sink.stored().map(({ rotation }) => rotation)).toEqual(expect.arrayContaining([0, -1]));
		sink.setBroken(true);
		const { id, properties } = await failureOf<PartialFailure>(
			startOperations(simulated).pair("crm").up(pairInto(sink, "Q2"), entry),
		);
		expect(properties).toMatchObject({ generation: 0, clientSecret: entry.outs["clientSecret"] });
		sink.setBroken(false);
		simulated.simulator.requests.clear();
		const { outs } = await startOperations(simulated).pair("crm").up(pairInto(sink, "Q2"), { id, outs: properties });
		expect(simulated.calls()).toEqual([]);
		expect(outs).toMatchObject({ generation: 1, clientSecret: properties["previousClientSecret"] });
		expect(sink.stored().at(-1)).toMatchObject({ clientSecret: outs["clientSecret"], rotation: 1 });
	});

	test("survives a refresh: the secret is still to be handed over", async () => {
		const { run, sink, program } = await start();
		sink.setBroken(true);
		const { id, properties } = await failureOf<PartialFailure>(run.create(program));
		const { props } = await run.read(id, properties);
		expect(run.diff({ ...props }, program).changes).toBe(true);
		sink.setBroken(false);
		await run.update(id, { ...props }, program);
		expect(sink.stored()).toHaveLength(1);
	});

	test.each([
		["quotes the secret", "throw new Error('refused ' + secret.clientSecret)"],
		["quotes it twice, on two lines", "throw new Error(secret.clientSecret + '\\n' + secret.clientSecret)"],
		["quotes its first half", "throw new Error('refused ' + secret.clientSecret.slice(0, 20) + '...')"],
		["quotes the login header", "throw new Error('Basic ' + btoa(secret.clientId + ':' + secret.clientSecret))"],
		["quotes it in another coding", "throw new Error(Buffer.from(secret.clientSecret).toString('hex'))"],
		["has it in the error's name", "throw Object.assign(new Error('no'), { name: secret.clientSecret })"],
		["throws the secret itself", "throw secret.clientSecret"],
		["throws all it was given", "throw secret"],
		["throws nothing", "throw undefined"],
	])("and %s shows nothing of it", async (_, whenBroken) => {
		const { run, sink, program } = await start(service, whenBroken);
		sink.setBroken(true);
		const failure = await failureOf<PartialFailure>(run.create(program));
		const secret = failure.properties["clientSecret"] as string;
		expect(hasWorkingSecret(run, failure.id, failure.properties)).toBe(true);
		const told = `${failure.message} ${failure.stack} ${failure.reasons.join()} ${run.notices.join()}`;
		for (const hidden of [
			secret,
			secret.slice(0, 20),
			Buffer.from(`${failure.id}:${secret}`).toString("base64"),
			Buffer.from(secret).toString("hex"),
		]) {
			expect(told).not.toContain(hidden);
		}
		expect(failure.message).not.toContain("\n");
	});

	test("to answer is given up when the time of the operation is up", async () => {
		const { run, sink, program } = await start(webApp, "globalThis.onSinkCalled(); await new Promise(() => {})");
		sink.setBroken(true);
		const hurried = startHurriedRun(run);
		Object.assign(globalThis, { onSinkCalled: hurried.endTime });
		const failure = await failureOf<PartialFailure>(hurried.create(program));
		expect(failure.message).toContain("timed out after the time that the test gives");
		expect(failure.properties["pendingSecretSteps"]).toEqual(["store"]);
		expect(hasWorkingSecret(run, failure.id, failure.properties)).toBe(true);
	});
});
