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

test("a failed up says in one line which client failed and why, and the results know what was made all the same", async () => {
	const { stack, checkout } = await start({
		"crm-sync": service,
		export: { ...service, name: "Export", roleDivisions: [{ roleId: "no-such-role" }] },
	});
	const { code, lines } = await checkout.run(["up", bare, "--json", "out/results.json", "--markdown", "out/up.md"]);
	expect(code).toBe(1);
	const [client] = stack.simulator.organization.clients();
	expect(lines).toContain(`created: crm-sync "CRM sync" (${client!.id})`);
	expect(lines).toContain('not created: export "Export"');
	const errors = lines.filter((line) => line.startsWith("error: "));
	expect(errors).toHaveLength(1);
	expect(errors[0]).toMatch(/^error: export: creating OAuth client "Export": .*400/);
	expect(JSON.parse(checkout.read("out/results.json"))).toMatchObject({
		outcome: "failed",
		clients: [
			{ resource: "crm-sync", id: client!.id, failed: false },
			{ resource: "export", failed: true },
		],
	});
	expect(checkout.read("out/up.md")).toContain("The up failed.");
	expect(checkout.read("out/up.md")).toContain("| **failed**: create | <code>export</code> <code>Export</code> |");
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
