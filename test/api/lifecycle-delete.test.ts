import { describe, expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { absentId, paths } from "./support/client-requests";
import { service, startLifecycle, webApp } from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

async function withClient(program: Properties) {
	const run = await startLifecycle();
	const { id, outs } = await run.create(program);
	run.simulator.requests.clear();
	return { run, id, outs };
}

const put = "PUT /clients/{clientId}";
const remove = "DELETE /clients/{clientId}";
const list = "GET /clients 200";

describe("delete", () => {
	test.each<[string, Properties]>([
		["a web app", webApp],
		["a service", service],
	])("of %s is a PUT and a DELETE", async (_, program) => {
		const { run, id, outs } = await withClient(program);
		await run.delete(id, outs);
		expect(run.calls()).toEqual([`${put} 200`, `${remove} 204`]);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("of an inactive client is a DELETE", async () => {
		const { run, id, outs } = await withClient({ ...webApp, state: "inactive" });
		await run.delete(id, outs);
		expect(run.calls()).toEqual([`${remove} 204`]);
	});

	test("of a client that somebody brought back meanwhile deactivates it again", async () => {
		const { run, id, outs } = await withClient({ ...webApp, state: "inactive" });
		run.simulator.organization.changeClient(id, { state: "active" });
		await run.delete(id, outs);
		expect(run.calls()).toEqual([`${remove} 400`, `${put} 200`, `${remove} 204`]);
	});

	test.each(["active", "inactive"])(
		"of a client that is gone ends at the first 404, and asks the list to be sure (state said %s)",
		async (state) => {
			const { run, id, outs } = await withClient({ ...webApp, state });
			run.simulator.organization.removeClient(id);
			await run.delete(id, outs);
			expect(run.calls()).toEqual([state === "active" ? `${put} 404` : `${remove} 404`, list]);
		},
	);

	test("whose answer was cut off is repeated, and the 404 that comes then is success", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.fault("DELETE", paths.client, { kind: "cut", when: "after" });
		await run.delete(id, outs);
		expect(run.calls()).toEqual([`${put} 200`, `${remove} cut`, `${remove} 404`, list]);
	});

	test.each<[string, Properties]>([
		["with the least that it can hold", { clientId: "id", clientSecret: "s", declared: [] }],
		["with nothing", {}],
	])("of a part-made client, its state %s, asks the API for its settings", async (_, props) => {
		const { run, id } = await withClient(service);
		await run.delete(id, props);
		expect(run.calls()).toEqual(["GET /clients/{clientId} 200", `${put} 200`, `${remove} 204`]);
	});

	test("of a part-made client that is gone is success", async () => {
		const run = await startLifecycle();
		await run.delete(absentId, { clientId: absentId, loginClientId: run.simulator.administrator.clientId });
		expect(run.calls()).toEqual(["GET /clients/{clientId} 404", list]);
	});

	test("sends back the fields that nobody knows yet", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.simulator.organization.changeClient(id, { extra: { allowedIps: ["10.0.0.0/8"] } });
		const { props } = await run.read(id, outs);
		run.fault("DELETE", paths.client, { kind: "status", status: 403 });
		await failureOf(run.delete(id, { ...props }));
		expect(run.simulator.organization.client(id)).toMatchObject({
			state: "active",
			name: "Agent desktop",
			extra: { allowedIps: ["10.0.0.0/8"] },
		});
	});
});

describe("a delete that fails", () => {
	// Found by the fault matrix: state forgot a client, and so a credential, that was still there.
	test.each(["PUT", "DELETE"])(
		"at its %s by the vendor's own 404, for a client that stands in the list, keeps it in state",
		async (method) => {
			const { run, id, outs } = await withClient(service);
			run.fault(method, paths.client, { kind: "status", status: 404, code: "client.not.found" });
			const { message } = await failureOf(run.delete(id, outs));
			expect(message).toContain("404 client.not.found");
			expect(message).toContain("the client is still listed, so it was kept in state; run again");
			await run.delete(id, outs);
			expect(run.simulator.organization.clients()).toEqual([]);
		},
	);

	const faults: [string, string, FaultKind][] = [
		["PUT", "a page with 404", { kind: "html", status: 404 }],
		["DELETE", "a page with 404", { kind: "html", status: 404 }],
		["DELETE", "403", { kind: "status", status: 403 }],
		["DELETE", "five 503s", { kind: "status", status: 503, times: 5 }],
		["DELETE", "five cuts", { kind: "cut", times: 5 }],
		["PUT", "400", { kind: "status", status: 400, code: "bad.client.role", times: 3 }],
	];
	test.each(faults)(
		"at its %s by %s throws, so that state keeps the client; the next one finishes",
		async (method, _, fault) => {
			const { run, id, outs } = await withClient(service);
			run.fault(method, paths.client, { ...fault, times: fault.times ?? 2 });
			const { message } = await failureOf(run.delete(id, outs));
			run.simulator.faults.clear();
			expect(message).toContain(method === "PUT" ? "put_oauth_client" : "delete_oauth_client");
			expect(run.simulator.organization.client(id)).toBeDefined();
			await run.delete(id, outs);
			expect(run.simulator.organization.clients()).toEqual([]);
		},
	);

	test("because the client doesn't become inactive isn't tried for ever", async () => {
		const { run, id, outs } = await withClient({ ...webApp, state: "inactive" });
		run.fault("DELETE", paths.client, { kind: "status", status: 400, code: "cannot.delete.client", times: "always" });
		expect((await failureOf(run.delete(id, outs))).message).toContain("cannot.delete.client");
		expect(run.calls()).toEqual([`${remove} 400`, `${put} 200`, `${remove} 400`, `${put} 200`]);
	});

	test("for a disabled client says who can help", async () => {
		const { run, id, outs } = await withClient(webApp);
		run.simulator.organization.disableClient(id);
		expect((await failureOf(run.delete(id, outs))).message).toContain("support has disabled");
	});
});
