import { expect } from "vitest";
import type { RequestFilter } from "../../../simulator";
import type { FaultKind } from "../../api/support/simulated-api";
import { service } from "./clients";
import { killDuring, type Victim } from "./killed-run";
import type { Declared, TestStack } from "./test-stack";

const clients = "/api/v2/oauth/clients";
const client = `${clients}/{clientId}`;
const secret = `${client}/secret`;
const login = "/oauth/token";

/** A call of a run. */
interface Call {
	method: string;
	template: string;
	/** Which of these calls it is. @default 1 */
	nth?: number;
}

interface KillCase {
	victim: Victim;
	/** The point of the run. */
	when: string;
	/** The call that shows that the run is there, and what holds it. */
	call: Call;
	fault: FaultKind;
}

interface KilledCreate extends KillCase {
	declared: Declared;
	/** Whether the organization then holds a client that no state has: the next run asks about it. */
	leavesClient: boolean;
	/** Whether `npm test` has it too. */
	everyRun: boolean;
}

/** An engine that is killed alone takes its provider with it sooner or later: once is enough. */
const victims: Victim[] = ["the provider", "all of Pulumi"];

/** Lets `pulumi up` get to the so-manieth call of a kind, and kills the victim there. */
export async function killAt(
	stack: TestStack,
	victim: Victim,
	{ method, template, nth = 1 }: Call,
	fault: FaultKind,
): Promise<void> {
	const { simulator } = stack;
	const call: RequestFilter = { method, template };
	const before = simulator.requests.count(call);
	simulator.faults.add({ method, path: template, skip: nth - 1, ...fault });
	await killDuring(stack, victim, async () => simulator.requests.whenReceived(call, before + nth));
	simulator.faults.clear();
}

/** What its user does about the lock that an engine leaves when it is killed. */
export async function unlock(stack: TestStack, victim: Victim): Promise<void> {
	if (victim !== "the provider") await stack.pulumi("cancel", "--yes");
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

/** The steps of a create: where it is killed, what holds the call there, and whether it leaves a client. */
const createSteps: [string, Declared, Call, FaultKind, boolean][] = [
	["before its login is answered", service(), { method: "POST", template: login }, { kind: "hang" }, false],
	[
		"while its POST is on its way, which acts all the same",
		service(),
		posted,
		{ kind: "hang", untilGivenUp: true },
		true,
	],
	["after its POST has acted, before that is answered", service(), posted, { kind: "hang", when: "after" }, true],
	[
		"after its POST is answered, before its PUT has acted",
		service({ state: "inactive" }),
		{ method: "PUT", template: client },
		{ kind: "hang", untilGivenUp: true },
		true,
	],
];

/** Every victim at every step of a create. */
export const killedCreates: KilledCreate[] = createSteps.flatMap(([when, declared, call, fault, leavesClient], step) =>
	[...victims, ...(step === 2 ? (["the engine"] as const) : [])].map((victim) => ({
		victim,
		when,
		declared,
		call,
		fault,
		leavesClient,
		everyRun: step === 1 && victim === "the provider",
	})),
);

/** Kills a create, does what the next run says, and finds one whole client. Returns how many were made. */
export async function surviveKilledCreate(
	stack: TestStack,
	{ victim, declared, call, fault, leavesClient }: KilledCreate,
) {
	stack.declare({ app: declared });
	await killAt(stack, victim, call, fault);
	// Once is enough.
	if (victim === "the engine") expect(await stack.fails("up")).toContain("pulumi cancel");
	await unlock(stack, victim);
	if (leavesClient) {
		const refused = await stack.fails("up");
		expect(stack.simulator.organization.clients()).toHaveLength(1);
		const [, id] = /GENESYSCLOUD_TAKE_OVER=([\w-]+)/.exec(refused) ?? [];
		stack.environment["GENESYSCLOUD_TAKE_OVER"] = id;
		expect((await stack.run("up")).output).toContain("is taken over, as set by the environment variable");
		delete stack.environment["GENESYSCLOUD_TAKE_OVER"];
	} else await stack.run("up");
	await expectWhole(stack, { state: declared.args["state"] ?? "active" });
	return stack.simulator.requests.count({ ...posted, status: 200 });
}

const rotation = (month: string) => service({ secretRotation: { rotateWhenChanged: { month } } });

const rotationSteps: [string, Call, FaultKind][] = [
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
];

/** A victim at every step of a rotation. */
export const killedRotations: KillCase[] = rotationSteps.map(([when, call, fault], step) => ({
	victim: victims[step % victims.length]!,
	when,
	call,
	fault,
}));

/** Kills a rotation, and finds one whole client after the next run. Returns its secrets before and after. */
export async function surviveKilledRotation(stack: TestStack, { victim, call, fault }: KillCase) {
	stack.declare({ app: rotation("May") });
	await stack.run("up");
	const before = (await stack.outputs())["app"]!;
	stack.declare({ app: rotation("June") });
	await killAt(stack, victim, call, fault);
	await unlock(stack, victim);
	await stack.run("up");
	await expectWhole(stack, { id: before.id });
	return { before: before.secret, after: (await stack.outputs())["app"]!.secret };
}
