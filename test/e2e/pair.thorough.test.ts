import { describe, expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import type { FaultKind } from "../api/support/simulated-api";
import { ageSecret, ageTurn } from "./support/ageing";
import { addByHand, service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { killAt, unlock } from "./support/kill-cases";
import { declarePair, type Front, fronts, handedOut, logsIn } from "./support/pair-stack";
import type { Credential } from "./support/rotating-stack";
import type { TestStack } from "./support/test-stack";
import { withoutPathWarnings } from "./support/yaml-clients";

const startStack = eachStack();
const byValue = (quarter: string) => ({ rotateWhenChanged: { quarter } });
const writes = (calls: string[]) => calls.filter((call) => /^(POST|PUT|DELETE) \/api/.test(call));
/** A client whose secret has an age. */
const app = (change: object) => service({ name: "App", secretRotation: { maxAgeDays: 90 }, ...change }).args;

/** The ids of the organization's clients, sorted. */
const idsIn = ({ simulator }: TestStack) =>
	simulator.organization
		.clients()
		.map(({ id }) => id)
		.toSorted();

/** The current credential in state: a failed run leaves the stack's outputs as they were. */
async function inUse(stack: TestStack): Promise<Credential> {
	const pair = (await stack.stateInClear("test")).find(({ type }) => type.endsWith(":RotatingOAuthClient"));
	const { clientId, clientSecret } = pair?.outputs ?? {};
	return { clientId: String(clientId), clientSecret: String(clientSecret) };
}

/** A stack with a pair. */
async function withPair(front: Front, program: Omit<Parameters<typeof declarePair>[2], "rotation"> = {}) {
	const stack = await startStack();
	const declare = (quarter: string, more: typeof program = {}) =>
		declarePair(stack, front, { rotation: byValue(quarter), ...program, ...more });
	declare("Q1");
	await stack.run("up");
	return { stack, declare, first: await handedOut(stack) };
}

describe.each(fronts)("in %s", (front) => {
	test("update plans hold: a create, nothing, a change, a rotation by value and by time, of all resources", async () => {
		const stack = await startStack();
		const runPlanned = async () => {
			await stack.run("preview", "--save-plan=plan.json");
			const { output, calls } = await stack.run("up", "--plan=plan.json");
			const { current, previous } = await handedOut(stack);
			for (const { clientSecret } of [current, previous]) expect(stack.read("plan.json")).not.toContain(clientSecret);
			return { output, writes: writes(calls) };
		};
		const declare = (rotation: object, description: string) =>
			declarePair(stack, front, { rotation, more: { description }, app: app({ description }), held: description });
		declare(byValue("Q1"), "old");
		expect((await runPlanned()).output).toContain("4 created");
		expect(await runPlanned()).toMatchObject({ writes: [] });
		declare(byValue("Q1"), "new");
		expect((await runPlanned()).output).toContain("3 updated");
		declare(byValue("Q2"), "new");
		expect((await runPlanned()).output).toContain("2 updated");
		declare({ periodDays: 30 }, "new");
		expect(await runPlanned()).toMatchObject({ writes: [] });
		await ageSecret(stack, 100);
		await ageTurn(stack, 70);
		expect((await runPlanned()).output).toContain("3 updated");
		expect(await handedOut(stack)).toMatchObject({ generation: 2 });
		expect(await runPlanned()).toMatchObject({ writes: [] });
	});

	test.each([
		["up --replace", ["--replace", "**::pair"]],
		["up after a state taint", []],
	])("%s makes a new pair, and hands it out before the old one goes", async (_title, flags) => {
		const { stack, first } = await withPair(front, { held: "Held" });
		const old = idsIn(stack);
		const pair = (await stack.state()).find(({ type }) => type.endsWith(":RotatingOAuthClient"));
		if (flags.length === 0) await stack.pulumi("state", "taint", pair?.urn ?? "", "--yes");
		const { output } = await stack.run("preview", ...flags);
		expect(output).not.toContain("becomes current");
		const { calls } = await stack.run("up", ...flags);
		expect(writes(calls)).toEqual([
			"POST /api/v2/oauth/clients",
			"POST /api/v2/oauth/clients",
			"PUT /api/v2/integrations/credentials/{credentialId}",
			...[1, 2].flatMap(() => ["PUT /api/v2/oauth/clients/{clientId}", "DELETE /api/v2/oauth/clients/{clientId}"]),
		]);
		const second = await handedOut(stack);
		expect(idsIn(stack)).toEqual([second.current.clientId, second.previous.clientId].toSorted());
		expect(idsIn(stack).filter((id) => old.includes(id))).toEqual([]);
		expect(second.generation).toBe(0);
		expect(await logsIn(stack, second.current)).toBe(true);
		expect(await logsIn(stack, first.current)).toBe(false);
		expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
	});

	test("a replacement that fails leaves the old pair as it was", async () => {
		const { stack, first } = await withPair(front);
		stack.simulator.faults.add({
			kind: "status",
			method: "POST",
			path: paths.clients,
			status: 400,
			code: "bad",
			skip: 1,
		});
		await stack.fails("up", "--replace", "**::pair");
		stack.simulator.faults.clear();
		expect([await logsIn(stack, first.current), await logsIn(stack, first.previous)]).toEqual([true, true]);
		expect(await handedOut(stack)).toEqual(first);
		await stack.run("up");
		expect(idsIn(stack)).toHaveLength(2);
		expect(await logsIn(stack, (await handedOut(stack)).current)).toBe(true);
	});

	test("up --target rotates a pair alone", async () => {
		const { stack, declare, first } = await withPair(front, { app: app({}) });
		declare("Q2", { app: app({ description: "changed" }) });
		const { calls } = await stack.run("up", "--target", "**::pair");
		expect(writes(calls)).toEqual(["POST /api/v2/oauth/clients/{clientId}/secret"]);
		expect(writes((await stack.run("up")).calls)).toEqual(["PUT /api/v2/oauth/clients/{clientId}"]);
		const { current, previous } = await handedOut(stack);
		expect(previous).toEqual(first.current);
		expect(await logsIn(stack, current)).toBe(true);
	});

	test("a standby client that somebody deleted is made again, and a current one too: the other secret stays", async () => {
		const { stack, first } = await withPair(front);
		stack.simulator.organization.removeClient(first.previous.clientId);
		await stack.run("refresh");
		expect(writes((await stack.run("up")).calls)).toEqual(["POST /api/v2/oauth/clients"]);
		const second = await handedOut(stack);
		expect(second.current).toEqual(first.current);
		expect([await logsIn(stack, second.current), await logsIn(stack, second.previous)]).toEqual([true, true]);
		stack.simulator.organization.removeClient(second.current.clientId);
		await stack.run("refresh");
		expect(writes((await stack.run("up")).calls)).toEqual(["POST /api/v2/oauth/clients"]);
		const third = await handedOut(stack);
		expect(third.previous).toEqual(second.previous);
		expect([await logsIn(stack, third.current), await logsIn(stack, third.previous)]).toEqual([true, true]);
		expect((await stack.run("up", "--refresh", "--expect-no-changes")).output).toContain("2 unchanged");
	});

	test("GENESYSCLOUD_ROTATE rotates the client and the pair that it names, once", async () => {
		const { stack, first } = await withPair(front, { app: app({}) });
		const appId = (await stack.resource("app"))?.id ?? "";
		const appSecret = await stack.secretInState("app");
		stack.environment["GENESYSCLOUD_ROTATE"] = `${first.current.clientId},${appId}@INC-4711`;
		const { output } = await stack.run("preview");
		const source = "as set by the environment variable GENESYSCLOUD_ROTATE, order INC-4711";
		expect(output).toContain(`pulumi up rotates the secret of OAuth client "App" (${appId}): ${source}`);
		expect(output).toContain(`becomes current with a new secret (${source})`);
		expect(writes((await stack.run("up")).calls)).toEqual([
			"POST /api/v2/oauth/clients/{clientId}/secret",
			"POST /api/v2/oauth/clients/{clientId}/secret",
		]);
		expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
		delete stack.environment["GENESYSCLOUD_ROTATE"];
		const { current, previous } = await handedOut(stack);
		expect(previous).toEqual(first.current);
		expect([await logsIn(stack, current), await logsIn(stack, previous)]).toEqual([true, true]);
		expect(await stack.canLogIn(appId, appSecret)).toBe(false);
		expect(await stack.canLogIn(appId, await stack.secretInState("app"))).toBe(true);
		expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
	});
});

describe("two clients that exist are imported as a pair", () => {
	const type = "genesyscloud-oauth:index:RotatingOAuthClient";

	test("and the program that Pulumi prints changes nothing; its first rotation makes the second one current", async () => {
		const stack = await startStack();
		stack.declareYaml({});
		const ids = ["By hand (A)", "By hand (B)"].map((name) => addByHand(stack, { name }).client.id);
		const imported = await stack.pulumi("import", type, "pair", ids.join(), "--yes", "--protect=false");
		expect(imported).toMatchObject({ code: 0 });
		const [program = ""] = /^resources:\n(?: .*\n)*/m.exec(withoutPathWarnings(imported.output)) ?? [];
		expect(program).toContain("name: By hand\n");
		stack.write("Pulumi.yaml", `name: test\nruntime: yaml\n${program}\n`);
		const { calls, output } = await stack.run("up");
		expect(output).toContain("2 unchanged");
		expect(calls).toEqual([]);
		stack.environment["GENESYSCLOUD_ROTATE"] = "all@INC-4711";
		expect(writes((await stack.run("up")).calls)).toEqual(["POST /api/v2/oauth/clients/{clientId}/secret"]);
		const pair = (await stack.stateInClear("test")).find((resource) => resource.type === type)?.outputs;
		expect(pair).toMatchObject({ clientId: ids[1], previousClientId: ids[0], previousClientSecret: "", generation: 1 });
		expect(await stack.canLogIn(ids[1]!, String(pair?.["clientSecret"]))).toBe(true);
	});

	test.each(["one id", "one id twice"])("not by %s: one line says what the id is", async (which) => {
		const stack = await startStack();
		stack.declareYaml({});
		const { id } = addByHand(stack).client;
		const { code, output } = await stack.pulumi(
			"import",
			type,
			"pair",
			which === "one id" ? id : `${id},${id}`,
			"--yes",
		);
		expect(code).not.toBe(0);
		expect(output).toContain("doesn't name two clients: give the ids or the names of both, the one in use first");
	});
});

/** The calls of a rotation that changes a setting too: where it is killed, and what holds the call there. */
const steps: [string, Parameters<typeof killAt>[2], FaultKind][] = [
	[
		"while the new secret is asked for",
		{ method: "POST", template: paths.secret },
		{ kind: "hang", untilGivenUp: true },
	],
	["after the new secret was made", { method: "POST", template: paths.secret }, { kind: "hang", when: "after" }],
	["while the new secret is tried", { method: "POST", template: paths.login, nth: 2 }, { kind: "hang" }],
	["while the standby client is changed", { method: "PUT", template: paths.client }, { kind: "hang", when: "after" }],
	[
		"while the other client is changed",
		{ method: "PUT", template: paths.client, nth: 2 },
		{ kind: "hang", when: "after" },
	],
];
const kills = steps.flatMap(([when, call, fault], step) =>
	(["the provider", "the engine"] as const).map((victim, which) => ({
		when,
		call,
		fault,
		victim,
		front: fronts[(step + which) % fronts.length]!,
	})),
);
type Kill = (typeof kills)[number];

/** A rotation and a change of a setting, killed: the secret in use logs in all the same. */
async function killRotation({ call, fault, victim, front }: Kill) {
	const { stack, declare, first } = await withPair(front);
	const changed = { more: { description: "changed" } };
	declare("Q2", changed);
	await killAt(stack, victim, call, fault);
	await unlock(stack, victim);
	expect(await logsIn(stack, first.current)).toBe(true);
	return { stack, declare, changed };
}

/** What comes after each kill: two of the four, in turn; KILLS=all tries all of them. */
const followUps = ["the same program", "the next value", "the former program", "destroy"] as const;
const cases = kills.flatMap((kill, number) =>
	followUps
		.filter((_, which) => process.env["KILLS"] === "all" || (number + which) % 2 === 0)
		.map((next) => Object.assign({ next }, kill)),
);

describe("killed during a rotation", () => {
	test.each(cases.filter(({ next }) => next !== "destroy"))(
		"in $front, $victim $when, with $next: the next up ends with a pair, and the secret in use still logs in",
		async ({ next, ...kill }) => {
			const { stack, declare, changed } = await killRotation(kill);
			const ids = idsIn(stack);
			if (next === "the next value") declare("Q3", changed);
			if (next === "the former program") declare("Q1");
			const before = await inUse(stack);
			// Whatever a kill has left, a refresh finds it.
			await stack.run("up", ...(next === "the former program" ? ["--refresh"] : []));
			const { current, previous } = await handedOut(stack);
			expect([await logsIn(stack, current), await logsIn(stack, before)]).toEqual([true, true]);
			expect([current, previous]).toContainEqual(before);
			expect([ids.length, idsIn(stack)]).toEqual([2, ids]);
			await stack.run("up", "--refresh", "--expect-no-changes");
		},
	);

	test.each(cases.filter(({ next }) => next === "destroy"))(
		"in $front, $victim $when: a destroy deletes both clients",
		async (kill) => {
			const { stack } = await killRotation(kill);
			await stack.run("destroy");
			expect(idsIn(stack)).toEqual([]);
		},
	);
});
