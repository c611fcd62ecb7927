import { describe, expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { ROLE_IDS } from "../../simulator";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { current, day, type Entry, logsIn, previous } from "./support/pair-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

type Pair = ReturnType<ReturnType<typeof startOperations>["pair"]>;

const own: Properties = { ...service, name: "Pulumi", roleDivisions: [{ roleId: ROLE_IDS.masterAdmin }] };
const byValue = (quarter: string): Properties => ({ ...own, rotation: { rotateWhenChanged: { quarter } } });
const retiring: Properties = { ...own, rotation: { periodDays: 30, deactivatePreviousAfterDays: 25 } };
const forUsers: Properties = {
	...byValue("Q1"),
	roleDivisions: undefined,
	authorizedGrantType: "CODE",
	scope: ["users"],
	registeredRedirectUri: ["https://a.example.com"],
};
const inPlace: Properties = { ...forUsers, replaceOnGrantTypeChange: false };

/** A stack with a pair, and runs that log in with one of its clients. */
async function withOwnPair(which: typeof current, program: Properties) {
	const simulated = await startSimulatedApi();
	const entry = await startOperations(simulated).pair("own").create(program);
	const login = which(entry);
	simulated.simulator.requests.clear();
	return {
		simulated,
		entry,
		login,
		startRun: (environment: Record<string, string> = {}) =>
			startOperations(simulated, {
				environment: {
					GENESYSCLOUD_OAUTHCLIENT_ID: login.id,
					GENESYSCLOUD_OAUTHCLIENT_SECRET: login.secret,
					...environment,
				},
			}),
		isUntouched: () => [current(entry), previous(entry)].every((one) => logsIn(simulated, one)),
	};
}

const refused: [string, typeof current, Properties, (pair: Pair, entry: Entry) => Promise<unknown>, string][] = [
	[
		"a rotation",
		previous,
		byValue("Q1"),
		async (pair, entry) => pair.update(byValue("Q2"), entry),
		"given a new secret",
	],
	[
		"a rotation, in its preview",
		previous,
		byValue("Q1"),
		async (pair, entry) => pair.compare(byValue("Q2"), entry),
		"given a new secret",
	],
	["a deletion", current, byValue("Q1"), async (pair, entry) => pair.delete(entry), "deleted"],
	["a deletion, as the standby client,", previous, byValue("Q1"), async (pair, entry) => pair.delete(entry), "deleted"],
	[
		"a deactivating deletion",
		current,
		{ ...byValue("Q1"), deletion: "deactivate" },
		async (pair, entry) => pair.delete(entry),
		"set to inactive",
	],
	[
		"a replacement, in its preview",
		previous,
		byValue("Q1"),
		async (pair, entry) => pair.compare(forUsers, entry),
		"deleted",
	],
	[
		"another grant type",
		previous,
		byValue("Q1"),
		async (pair, entry) => pair.update(inPlace, entry),
		"given another grant type",
	],
	[
		"another grant type, in its preview",
		current,
		byValue("Q1"),
		async (pair, entry) => pair.compare(inPlace, entry),
		"given another grant type",
	],
];

describe("of the client of a pair that Pulumi logs in with", () => {
	test.each(refused)("%s is refused before any change", async (_, which, program, work, end) => {
		const { simulated, entry, login, startRun, isUntouched } = await withOwnPair(which, program);
		const { message } = await failureOf(work(startRun().pair("own"), entry));
		expect(simulated.calls().filter((call) => !call.startsWith("GET"))).toEqual([]);
		expect(message).toContain(`Pulumi logs in with this client (${login.id}), so it isn't ${end}.`);
		expect(message).not.toContain("\n");
		expect(isUntouched()).toBe(true);
	});

	test.each(refused)("%s is done, and said, where the user allows it", async (_, which, program, work, end) => {
		const { entry, login, startRun } = await withOwnPair(which, program);
		const { pair, notices } = startRun({ GENESYSCLOUD_CHANGE_OWN_LOGIN: login.id });
		// The rest may fail: without its login, or with one whose grant has no roles.
		await Promise.allSettled([work(pair("own"), entry)]);
		expect(notices.join("\n")).toContain(`(${login.id}), which Pulumi logs in with, is ${end}, as set by`);
	});

	test.each([["preview", "compare"] as const, ["update", "update"] as const])(
		"the time after which the previous client is inactive is refused, in the %s",
		async (_, step) => {
			const { simulated, entry, startRun } = await withOwnPair(previous, retiring);
			simulated.clock.advance(26 * day);
			const changed = { ...retiring, rotation: { ...(retiring["rotation"] as object), startingAt: "2000-01-01" } };
			const { message } = await failureOf(startRun().pair("own")[step](changed, entry));
			expect(message).toContain("so it isn't set to inactive.");
		},
	);

	test.each(["new secret", "grant type"])(
		"an adoption with another %s is refused, also in its preview",
		async (what) => {
			const { entry, login, startRun, isUntouched } = await withOwnPair(current, byValue("Q1"));
			const adopt = { b: { clientId: login.id, ...(what === "new secret" && { rotateSecret: true }) } };
			const program = { ...(what === "new secret" ? byValue("Q1") : inPlace), adopt };
			for (const step of ["previewNew", "create"] as const) {
				const { message } = await failureOf(startRun().pair("new")[step](program));
				expect(message).toContain(
					`so it isn't given ${what === "new secret" ? "a new secret" : "another grant type"}.`,
				);
			}
			expect(entry.outs["generation"]).toBe(0);
			expect(isUntouched()).toBe(true);
		},
	);

	test("a replacement because of an adoption of the other one is refused in its preview", async () => {
		const { simulated, entry, startRun } = await withOwnPair(previous, byValue("Q1"));
		const { client } = simulated.simulator.organization.addClient({ name: "By hand" });
		const adopting = { ...byValue("Q1"), adopt: { a: { clientId: client.id } } };
		const { message } = await failureOf(startRun().pair("own").compare(adopting, entry));
		expect(message).toContain("so it isn't deleted.");
	});

	test("a rotation of the other client is done without asking", async () => {
		const { simulated, entry, login, startRun } = await withOwnPair(current, byValue("Q1"));
		const rotated = await startRun().pair("own").up(byValue("Q2"), entry);
		expect(rotated.outs).toMatchObject({ generation: 1, previousClientId: login.id });
		expect(logsIn(simulated, login)).toBe(true);
	});
});
