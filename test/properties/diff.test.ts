import * as fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import { diff } from "../../provider/lifecycle/oauth-client/diff";
import { type CarriedState, declaredNames, toInputs, toOutputs } from "../../provider/lifecycle/oauth-client/state";
import type { Properties } from "../../provider/lifecycle/properties";
import { optionsOf } from "../../provider/lifecycle/oauth-client/arguments";
import { needsHomeDivision } from "../../provider/lifecycle/oauth-client/settings";
import { DIVISION_IDS } from "../../simulator";
import { settingsOf, stateNames } from "./support/anything";
import { holds } from "./support/cases";
import { answerTo, program, twoOrders } from "./support/programs";
import { occasionAt } from "../occasion";

/** Of the day on which every client of these properties is made. */
const now = Date.UTC(2026, 0, 15, 12);

const inputsOf = (declared: Properties): Properties => check(declared).inputs;

/** What state holds after `pulumi up` of a program. */
function outputsOf(declared: Properties): Properties {
	const inputs = check(declared).inputs;
	const kept: CarriedState = {
		clientSecret: inputs["authorizedGrantType"] === "TOKEN" ? "" : "a-secret",
		secretVersion: inputs["authorizedGrantType"] === "TOKEN" ? 0 : 1,
		secretFingerprint: "",
		secretRotatedAt: "2026-01-15T12:00:00.000Z",
		pendingSecretSteps: [],
		options: optionsOf(inputs),
		declared: declaredNames(inputs),
		homeDivisionId: needsHomeDivision(inputs) ? DIVISION_IDS.home : undefined,
		unconfirmed: [],
	};
	return { ...toOutputs(answerTo(inputs, DIVISION_IDS.home), kept) };
}

const overTheWire = (settings: Properties): Properties => JSON.parse(JSON.stringify(settings)) as Properties;
/** What a program does to the client in state, without what only the API can say. */
function found(olds: Properties, news: Properties) {
	const { refuse: _, ...comparison } = diff("7d9a2c0e", olds, news, occasionAt(now));
	return comparison;
}
const nothing = { changes: false, changed: [], hasOtherWork: false, replaces: [], notices: [] };

test("an unchanged program shows no change", async () =>
	holds(
		1000,
		fc.property(program, (declared) => {
			expect(found(outputsOf(declared), inputsOf(declared))).toEqual(nothing);
		}),
	));

test("an unchanged program shows no change after a round trip through JSON", async () =>
	holds(
		300,
		fc.property(program, (declared) => {
			const outputs = outputsOf(declared);
			expect(overTheWire(outputs)).toStrictEqual(outputs);
			expect(found(overTheWire(outputs), overTheWire(inputsOf(declared)))).toEqual(nothing);
		}),
	));

test("no order of a set shows a change", async () =>
	holds(
		600,
		fc.property(twoOrders, ([declared, shuffled]) => {
			expect(found(outputsOf(declared), inputsOf(shuffled))).toEqual(nothing);
			// Nor does it where it comes unsorted, from state that something else wrote.
			expect(
				found({ ...outputsOf(declared), scope: [...((shuffled["scope"] ?? []) as string[])] }, inputsOf(declared)),
			).toEqual(nothing);
		}),
	));

test("the inputs that outputs stand for show no change", async () =>
	holds(
		600,
		fc.property(program, (declared) => {
			const outputs = outputsOf(declared);
			const inputs = toInputs(outputs as unknown as Parameters<typeof toInputs>[0]);
			expect(found(outputs, inputs)).toEqual(nothing);
			// They are a program that keeps the rules.
			expect(check(inputs).failures).toEqual([]);
		}),
	));

test("diff never throws, whatever state holds", async () =>
	holds(
		1500,
		fc.property(
			fc.oneof(settingsOf(stateNames), fc.tuple(program, settingsOf(stateNames))),
			fc.oneof(program, settingsOf(stateNames)),
			fc.boolean(),
			(state, declared, isRefresh) => {
				const olds: Properties = Array.isArray(state) ? { ...outputsOf(state[0]), ...state[1] } : state;
				// On a refresh Pulumi asks with the two sides swapped.
				expect(isRefresh ? found(declared, olds) : found(olds, declared)).toEqual({
					changes: expect.any(Boolean),
					changed: expect.any(Array),
					hasOtherWork: expect.any(Boolean),
					replaces: expect.any(Array),
					notices: expect.any(Array),
				});
			},
		),
	));
