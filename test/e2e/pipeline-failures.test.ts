import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { isWindows } from "../platform";
import { finishWhatIsUnderWay } from "./support/pipeline-signals";
import { eachPipeline } from "./support/pipeline-run";

const start = eachPipeline();

const bare = "--no-policy-pack";
const service = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
};

test("a failed up says in one line which resource failed and why, and the results know what was made all the same", async () => {
	const { stack, checkout } = await start();
	// The credential waits for its client: two clients would be made side by side, and the one that fails could come first.
	checkout.declare({ "crm-sync": service }, {}, { data: { name: "Data actions", client: "crm-sync" } });
	const path = "/api/v2/integrations/credentials";
	stack.simulator.faults.add({ kind: "status", method: "POST", path, status: 400 });
	const { code, lines } = await checkout.run(["up", bare, "--json", "out/results.json", "--markdown", "out/up.md"]);
	expect(code).toBe(1);
	const [client] = stack.simulator.organization.clients();
	expect(lines).toContain(`created: crm-sync "CRM sync" (${client!.id})`);
	expect(lines).toContain('not created: data "Data actions"');
	const errors = lines.filter((line) => line.startsWith("error: "));
	expect(errors).toHaveLength(1);
	expect(errors[0]).toMatch(/^error: data: creating integration credential "Data actions": .*400/);
	expect(JSON.parse(checkout.read("out/results.json"))).toMatchObject({
		outcome: "failed",
		clients: [
			{ resource: "crm-sync", id: client!.id, failed: false },
			{ resource: "data", failed: true },
		],
	});
	expect(checkout.read("out/up.md")).toContain("The up failed.");
	expect(checkout.read("out/up.md")).toContain("| **failed**: create | <code>data</code> <code>Data actions</code> |");
});

test("a pipeline without a place for its state is refused: it would lose every secret with its runner", async () => {
	const { stack, checkout } = await start({ "crm-sync": service });
	const { code, lines } = await checkout.run(["up", bare], { PULUMI_BACKEND_URL: "", CI: "true" });
	expect(code).toBe(1);
	expect(lines[0]).toMatch(/^error: no place for the state: set PULUMI_BACKEND_URL .* or PULUMI_ACCESS_TOKEN/);
	expect(stack.simulator.requests.count()).toBe(0);
});

test.skipIf(isWindows)(
	"SIGTERM lets what is under way come to its end: the client is in the state, and the stack is free",
	async () => {
		const next = await finishWhatIsUnderWay(await start({ "crm-sync": service }), "SIGTERM");
		expect(next).toMatchObject({ code: 0, calls: [] });
	},
);

test("a wrong command line is told with the way out", async () => {
	const { checkout } = await start({});
	expect(await checkout.run(["prevew"])).toMatchObject({ code: 2, calls: [] });
	const seconds = await checkout.run(["up", "--lock-timeout", "soon"]);
	expect(seconds.code).toBe(2);
	expect(seconds.lines.join("\n")).toContain("It must be a number of seconds.");
	expect((await checkout.run(["--help"])).code).toBe(0);
});
