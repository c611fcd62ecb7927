import { describe, expect, test } from "vitest";
import { paths } from "./support/client-requests";
import type { Properties } from "./support/provider-process";
import { idOf, idsIn, lists, service, webApp, works } from "./support/seam-clients";
import { stackModels } from "./support/stack-model";

const startStackModel = stackModels();

/** A client whose run was killed between the provider's answer and the engine's save: no state has it. */
async function withUnsaved(program: Properties = service()) {
	const stack = await startStackModel();
	await stack.succeed("up", { app: program });
	const [row] = stack.engine.rows;
	stack.engine.rows = [];
	stack.simulator.requests.clear();
	return { stack, id: row?.id ?? "", secret: String(row?.outputs["clientSecret"]) };
}

describe("a client of an interrupted run", () => {
	test.each([
		["a service", service()],
		["a web app", webApp()],
		["one that is made inactive", webApp({ state: "inactive" })],
	])("is neither taken nor doubled: the create is refused, with its id and both ways on (%s)", async (_, program) => {
		const { stack, id, secret } = await withUnsaved(program);
		const error = await stack.fail("up", { app: program });
		expect(error).toContain(`GENESYSCLOUD_TAKE_OVER=${id}`);
		expect(error).toContain(`GENESYSCLOUD_ALLOW_SAME_NAME=${id}`);
		expect(error).not.toContain("\n");
		expect(idsIn(stack)).toEqual([id]);
		expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
		expect(stack.simulator.requests.filter({ kind: "api" }).map(({ method }) => method)).toEqual(["GET"]);
		expect(stack.engine.rows).toEqual([]);
	});

	test("is taken over with a new secret and the settings of today, when the user says so; the log says that", async () => {
		const { stack, id, secret } = await withUnsaved();
		stack.environment["GENESYSCLOUD_TAKE_OVER"] = id;
		const { notices } = await stack.succeed("up", { app: service({ description: "today" }) });
		expect(idsIn(stack)).toEqual([id]);
		expect([idOf(stack), works(stack)]).toEqual([id, true]);
		expect(stack.simulator.organization.checkSecret(id, secret)).toBe(false);
		expect(stack.simulator.organization.client(id)?.description).toBe("today");
		expect(notices).toContain(
			`is taken over, as set by the environment variable GENESYSCLOUD_TAKE_OVER; its secret is rotated`,
		);
		delete stack.environment["GENESYSCLOUD_TAKE_OVER"];
		stack.simulator.requests.clear();
		await stack.succeed("up", { app: service({ description: "today" }) });
		expect(stack.simulator.requests.count()).toBe(0);
	});

	test("may be taken over by one of two resources of its name; the other makes its own", async () => {
		const { stack, id } = await withUnsaved();
		stack.config["genesyscloud:takeOver"] = id;
		await stack.succeed("up", { app: service(), other: service() });
		expect(idOf(stack)).toBe(id);
		expect(new Set(idsIn(stack)).size).toBe(2);
		expect([works(stack), works(stack, "other")]).toEqual([true, true]);
	});

	test("may be left alone, and another made, when the user says so; the log says that", async () => {
		const { stack, id, secret } = await withUnsaved();
		stack.environment["GENESYSCLOUD_ALLOW_SAME_NAME"] = id;
		const { notices } = await stack.succeed("up", { app: service() });
		expect(idsIn(stack)).toHaveLength(2);
		expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
		expect(notices).toContain("as set by the environment variable GENESYSCLOUD_ALLOW_SAME_NAME");
	});

	test("is asked about for a day, while nobody but this login has made or changed it", async () => {
		const somebodyElse = { id: "00000000-0000-4000-8000-000000000001", name: "somebody else" };
		for (const change of [
			{ dateCreated: new Date(Date.now() - 25 * 3_600_000).toISOString() },
			{ modifiedBy: somebodyElse },
			{ createdBy: somebodyElse },
			{ name: "another name" },
			{ state: "inactive" as const },
		]) {
			const { stack, id } = await withUnsaved();
			stack.simulator.organization.changeClient(id, change);
			await stack.succeed("up", { app: service() });
			expect(idsIn(stack)).toHaveLength(2);
		}
	});

	test("is asked about when its author may be the login under another id, as nobody can know; not when that is another OAuth client", async () => {
		const { stack, id } = await withUnsaved();
		const person = { id: "00000000-0000-4000-8000-000000000001" };
		stack.simulator.organization.changeClient(id, { createdBy: person, modifiedBy: person });
		expect(await stack.fail("up", { app: service() })).toContain(`GENESYSCLOUD_TAKE_OVER=${id}`);
		const { client } = stack.simulator.organization.addClient({ name: "another login" });
		stack.simulator.organization.changeClient(id, { createdBy: { id: client.id }, modifiedBy: { id: client.id } });
		await stack.succeed("up", { app: service() });
	});

	test("is asked about by the author of what state has of this login, whatever id it has", async () => {
		const { stack, id } = await withUnsaved();
		const [author, person] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
		await stack.succeed("up", { app: service({ allowSameName: true }) });
		const [row] = stack.engine.rows;
		Object.assign(row?.outputs ?? {}, { createdBy: { id: author }, modifiedBy: { id: author } });
		stack.simulator.organization.changeClient(id, {
			name: "Other",
			createdBy: { id: author },
			modifiedBy: { id: author },
		});
		const program = { app: service({ allowSameName: true }), other: service({ name: "Other" }) };
		expect(await stack.fail("up", program)).toContain(`GENESYSCLOUD_TAKE_OVER=${id}`);
		stack.simulator.organization.changeClient(id, { createdBy: { id: person }, modifiedBy: { id: person } });
		await stack.succeed("up", program);
	});

	test("is asked about again when the run that took it over was killed too, after the new secret", async () => {
		const { stack, id } = await withUnsaved();
		stack.config["genesyscloud:takeOver"] = id;
		await stack.succeed("up", { app: service() });
		stack.engine.rows = [];
		stack.simulator.organization.changeClient(id, { dateModified: new Date(Date.now() + 3_600_000).toISOString() });
		delete stack.config["genesyscloud:takeOver"];
		expect(await stack.fail("up", { app: service() })).toContain(`GENESYSCLOUD_TAKE_OVER=${id}`);
		expect(idsIn(stack)).toEqual([id]);
	});

	test("is no question for a program that makes namesakes: that costs no list", async () => {
		const { stack } = await withUnsaved();
		await stack.succeed("up", { app: service({ allowSameName: true }) });
		expect(idsIn(stack)).toHaveLength(2);
		expect(lists(stack)).toBe(0);
	});

	test("isn't looked for by a login that may not list clients, which is said once", async () => {
		const { stack } = await withUnsaved();
		stack.simulator.faults.add({ kind: "status", method: "GET", path: paths.clients, status: 403, times: "always" });
		const { notices } = await stack.succeed("up", { app: service(), other: webApp() });
		expect(notices.match(/isn't allowed to list OAuth clients/g)).toHaveLength(1);
	});

	test("that the user wants taken over isn't doubled because the list is refused", async () => {
		const { stack, id } = await withUnsaved();
		stack.config["genesyscloud:takeOver"] = id;
		stack.simulator.faults.add({ kind: "status", method: "GET", path: paths.clients, status: 403 });
		expect(await stack.fail("up", { app: service() })).toContain("get_oauth_clients failed: 403");
		expect(idsIn(stack)).toEqual([id]);
	});

	test("may be the one that a forced replacement replaces, where the stack's state can't be read: the error says how to go on", async () => {
		const stack = await startStackModel();
		await stack.succeed("up", { app: service() });
		const id = idOf(stack);
		const error = await stack.fail("up", { app: service() }, { replace: ["app"] });
		expect(error).toContain(`GENESYSCLOUD_ALLOW_SAME_NAME=${id}`);
		stack.config["genesyscloud:allowSameName"] = id;
		await stack.succeed("up", { app: service() }, { replace: ["app"] });
		expect(idsIn(stack)).toEqual([idOf(stack)]);
		expect([idOf(stack) === id, works(stack)]).toEqual([false, true]);
	});

	test("costs one list a run that creates, however many clients, and none otherwise", async () => {
		const stack = await startStackModel();
		const program = { a: service({ name: "a" }), b: service({ name: "b" }), c: webApp() };
		await stack.succeed("up", program);
		expect(lists(stack)).toBe(1);
		stack.simulator.requests.clear();
		await stack.succeed("up", { ...program, a: service({ name: "renamed" }) });
		expect(lists(stack)).toBe(0);
	});

	test("may be one that a run elsewhere is still making: its secret is never touched, whatever a second run finds", async () => {
		const stack = await startStackModel();
		// Run A waits for the answer to its POST, which has acted.
		const { simulator } = stack;
		simulator.faults.add({ kind: "hang", method: "POST", path: paths.clients, when: "after" });
		const runA = stack.run("up", { app: service() });
		await simulator.requests.whenReceived({ method: "POST", template: paths.clients });
		const runB = await startStackModel({ simulator });
		expect(await runB.fail("up", { app: service() })).toContain("GENESYSCLOUD_TAKE_OVER=");
		simulator.faults.release();
		expect((await runA).errors).toEqual([]);
		expect(works(stack)).toBe(true);
		expect(idsIn(stack)).toHaveLength(1);
		expect(simulator.requests.count({ template: paths.secret })).toBe(0);
	});

	test("is known by its author, as the API tells it, where that isn't the client that is logged in", async () => {
		const stack = await startStackModel();
		const author = { id: "00000000-0000-4000-8000-000000000002", name: "a person" };
		const made = await startStackModel({ simulator: stack.simulator });
		await made.succeed("up", { app: service() });
		stack.simulator.organization.changeClient(idOf(made), { createdBy: author, modifiedBy: author });
		const answer = {
			id: "00000000-0000-4000-8000-000000000003",
			name: "Agent desktop",
			authorizedGrantType: "CODE",
			createdBy: author,
			registeredRedirectUri: ["https://app.example.com/cb"],
			scope: ["users:readonly"],
		};
		stack.simulator.faults.add({
			kind: "status",
			method: "POST",
			path: paths.clients,
			status: 200,
			body: { ...answer, secret: "s" },
		});
		expect(await stack.fail("up", { web: webApp(), app: service() })).toContain(`GENESYSCLOUD_TAKE_OVER=${idOf(made)}`);
	});
});
