import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { eachStack } from "./support/each-stack";
import { eachCheckout, type PipelineCheckout } from "./support/pipeline-run";
import { type Postgres, startPostgres } from "./support/postgres";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();
const checkOut = eachCheckout();

let postgres: Postgres;
beforeAll(async () => {
	postgres = await startPostgres();
});
afterAll(async () => postgres.stop());

const bare = "--no-policy-pack";
const clientsPath = "/api/v2/oauth/clients";
const names = ["CRM sync", "Export", "Import"];
const clients = Object.fromEntries(
	names.map((name) => [
		name.toLowerCase().replace(" ", "-"),
		{
			name,
			authorizedGrantType: "CLIENT-CREDENTIALS",
			roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
		},
	]),
);

/** Each test has tables of its own in the database. */
let tables = 0;

/** The checkout of a runner, with a home of its own: nothing is shared but the database. */
function newRunner(stack: TestStack): PipelineCheckout {
	const runner = checkOut(stack);
	runner.declare(clients);
	return runner;
}

async function start(): Promise<TestStack> {
	const stack = await startStack({ project: "examples/pipeline", passphrase: true });
	tables += 1;
	stack.environment["PULUMI_BACKEND_URL"] = `${postgres.url}&table=test_${tables}`;
	return stack;
}

const homeOf = (runner: PipelineCheckout) => {
	const home = join(runner.directory, "out", "home");
	mkdirSync(home, { recursive: true });
	return { PULUMI_HOME: home };
};

test("of two runs at once the second says who has the stack, waits, and does nothing twice", async () => {
	const stack = await start();
	const { simulator } = stack;
	const [first, second] = [newRunner(stack), newRunner(stack)];
	simulator.faults.add({ kind: "hang", method: "POST", path: clientsPath });
	const up = first.start([process.execPath, "pipeline.ts", "up", bare], homeOf(first));
	await simulator.requests.whenReceived({ method: "POST", template: clientsPath }, names.length);

	const waiting = second.start([process.execPath, "pipeline.ts", "up", bare], homeOf(second));
	expect(await waiting.whenShown(/is locked/)).toMatch(
		/^stack test is locked by \S+@\S+ \(process \d+\), since \d{4}-\d\d-\d\dT\S+: trying again in \d\.\d s, for \d+ s more at most$/,
	);
	const refused = await second.run(["up", bare, "--lock-timeout", "0", "--json", "out/results.json"], homeOf(second));
	expect(refused.code).toBe(4);
	expect(refused.calls).toEqual([]);
	expect(refused.lines[0]).toMatch(
		/^error: stack test is locked by \S+@\S+ \(process \d+\), since \S+ and stayed locked for 0 s: nothing was done\. .* unlock the stack with: pulumi cancel --stack test --yes$/,
	);
	expect(JSON.parse(second.read("out/results.json"))).toMatchObject({ outcome: "locked", clients: [] });

	simulator.faults.release();
	expect((await up.ended).lines.at(-1)).toBe("test: changed (create 3)");
	const { code, lines } = await waiting.ended;
	expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: "test: unchanged (same 3)" });
	expect(
		simulator.organization
			.clients()
			.map(({ name }) => name)
			.toSorted(),
	).toEqual(names);
	expect(simulator.requests.count({ method: "POST", template: clientsPath })).toBe(3);
	expect(simulator.requests.count({ method: "PUT" })).toBe(0);
	// The second never even logged in.
	expect(simulator.requests.count({ kind: "token" })).toBe(1);
	const { output } = await stack.pulumi("stack", "output", "clientSecrets", "--json", "--show-secrets");
	const secrets = JSON.parse(output) as Record<string, string>;
	for (const { id, name } of simulator.organization.clients()) {
		const resource = Object.keys(clients).find((key) => clients[key]!.name === name)!;
		expect(await stack.canLogIn(id, secrets[resource]!)).toBe(true);
	}
});

test("the lock of a killed run is recognised, and the command that is told frees the stack", async () => {
	const stack = await start();
	const { simulator } = stack;
	const runner = newRunner(stack);
	simulator.faults.add({ kind: "hang", method: "POST", path: "/oauth/token" });
	const killed = runner.start([process.execPath, "pipeline.ts", "up", bare], { ...homeOf(runner) }, { group: true });
	await simulator.requests.whenReceived({ kind: "token" });
	process.kill(-killed.child.pid!, "SIGKILL");
	await killed.ended;
	simulator.faults.clear();

	const { code, lines } = await runner.run(["up", bare, "--lock-timeout", "0"], homeOf(runner));
	expect(code).toBe(4);
	const [, command = ""] = / unlock the stack with: (.+)$/.exec(lines[0]!) ?? [];
	expect(command).toBe("pulumi cancel --stack test --yes");
	expect(await runner.start(command.split(" "), homeOf(runner)).ended).toMatchObject({ code: 0 });

	const up = await runner.run(["up", bare], homeOf(runner));
	expect(up.code).toBe(0);
	// What it was doing may have happened: Pulumi's own words say which client to look for. The program creates
	// three side by side, and which was first to ask for a token is the engine's choice.
	expect(up.lines.find((line) => line.startsWith("notice: "))).toMatch(
		new RegExp(`pending operations .*::(${Object.keys(clients).join("|")}), interrupted while creating`),
	);
	expect(simulator.requests.count({ method: "POST", template: clientsPath })).toBe(3);
	expect(await runner.run(["drift"], homeOf(runner))).toMatchObject({ code: 0 });
});
