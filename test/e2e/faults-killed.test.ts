import { expect, test } from "vitest";
import type { RequestFilter } from "../../simulator";
import type { FaultKind } from "../api/support/simulated-api";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { killDuring, type Victim } from "./support/killed-run";
import type { Declared, TestStack } from "./support/test-stack";

const startStack = eachStack();

const clients = "/api/v2/oauth/clients";
const client = `${clients}/{clientId}`;
const secret = `${client}/secret`;
const login = "/oauth/token";

/** An engine that is killed alone takes its provider with it sooner or later: once is enough. */
const victims: Victim[] = ["the provider", "all of Pulumi"];

/** Lets `pulumi up` get to the so-manieth call of a kind, and kills the victim there. */
async function killAt(
	stack: TestStack,
	victim: Victim,
	{ method, template, nth = 1 }: { method: string; template: string; nth?: number },
	fault: FaultKind,
): Promise<void> {
	const { simulator } = stack;
	const call: RequestFilter = { method, template };
	const before = simulator.requests.count(call);
	simulator.faults.add({ method, path: template, skip: nth - 1, ...fault });
	await killDuring(stack, victim, async () => simulator.requests.whenReceived(call, before + nth));
	simulator.faults.clear();
	// An engine that was killed has left its lock; what Pulumi then says is what its user does.
	if (victim === "the provider") return;
	const { output } = await stack.pulumi("up", "--yes", "--skip-preview");
	if (!output.includes("pulumi cancel")) throw new Error(`Pulumi was expected to speak of its lock: ${output}`);
	await stack.pulumi("cancel", "--yes");
}

/** The organization holds exactly this client, state knows it, its secret logs in, and nothing is left to do. */
async function expectWhole(stack: TestStack, expected: Record<string, unknown>): Promise<void> {
	const { id, secret: known } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, ...expected }]);
	expect(stack.simulator.organization.checkSecret(id, known)).toBe(true);
	await stack.run("refresh", "--clear-pending-creates");
	expect((await stack.run("up", "--expect-no-changes")).output).not.toContain("pending operations");
}

const posted = { method: "POST", template: clients };

/** The steps of a create: where it is killed, what holds the call there, and what the next run says. */
const steps: [string, Declared, { method: string; template: string; nth?: number }, FaultKind, RegExp][] = [
	["before its login is answered", service(), { method: "POST", template: login }, { kind: "hang" }, /created/],
	[
		"while its POST is on its way, which acts all the same",
		service(),
		posted,
		{ kind: "hang", untilGivenUp: true },
		/an earlier run was ended while it made OAuth client "Service": the client had been made, was found/,
	],
	[
		"after its POST has acted, before that is answered",
		service(),
		posted,
		{ kind: "hang", when: "after" },
		/an earlier run was ended while it made OAuth client "Service": the client had been made, was found/,
	],
	[
		"after its POST is answered, before its PUT has acted",
		service({ state: "inactive" }),
		{ method: "PUT", template: client },
		{ kind: "hang", untilGivenUp: true },
		/an earlier run was ended while it made OAuth client "Service": the client had been made, was found/,
	],
];

const createCases = steps.flatMap(([when, declared, call, fault, says], index) =>
	[...victims, ...(index === 2 ? (["the engine"] as const) : [])].map(
		(victim) => [victim, when, declared, call, fault, says] as const,
	),
);

test.each(createCases)(
	"%s killed during a create, %s: the next up ends with one client, whose secret logs in",
	async (victim, _, declared, call, fault, says) => {
		const stack = await startStack();
		stack.declare({ app: declared });
		await killAt(stack, victim, call, fault);
		const { output } = await stack.run("up");
		expect(output).toMatch(says);
		await expectWhole(stack, { state: declared.args["state"] ?? "active" });
		expect(stack.simulator.requests.count({ ...posted, status: 200 })).toBeLessThanOrEqual(1);
	},
);

const rotation = (month: string) => service({ secretRotation: { rotateWhenChanged: { month } } });

test.each(
	(
		[
			[
				"while its POST is on its way, which acts all the same",
				{ method: "POST", template: secret },
				{ kind: "hang", untilGivenUp: true },
			],
			[
				"after its POST has acted, before that is answered",
				{ method: "POST", template: secret },
				{ kind: "hang", when: "after" },
			],
			["while the new secret is tried by a login", { method: "POST", template: login, nth: 2 }, { kind: "hang" }],
		] as const
	).map(([when, call, fault], index) => [victims[index % victims.length]!, when, call, fault] as const),
)(
	"%s killed during a rotation, %s: the next up renews the secret again, and it logs in",
	async (victim, _, call, fault) => {
		const stack = await startStack();
		stack.declare({ app: rotation("May") });
		await stack.run("up");
		const before = (await stack.outputs())["app"]!;
		stack.declare({ app: rotation("June") });
		await killAt(stack, victim, call, fault);
		await stack.run("up");
		await expectWhole(stack, { id: before.id });
		expect((await stack.outputs())["app"]!.secret).not.toBe(before.secret);
	},
);
