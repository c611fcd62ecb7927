import * as fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import { diff } from "../../provider/lifecycle/oauth-client/diff";
import {
	type CarriedState,
	declaredNames,
	optionsOf,
	toInputs,
	toOutputs,
} from "../../provider/lifecycle/oauth-client/state";
import type { Properties } from "../../provider/lifecycle/properties";
import { needsHomeDivision } from "../../provider/lifecycle/oauth-client/settings";
import { serializedProvider } from "../../provider/serialized-provider";
import { DIVISION_IDS } from "../../simulator";
import { settingsOf, stateNames } from "./support/anything";
import { holds } from "./support/cases";
import { answerTo, program, twoOrders } from "./support/programs";

/** Of the day on which every client of these properties is made. */
const now = Date.UTC(2026, 0, 15, 12);

const inputsOf = (declared: Properties): Properties => ({ ...check(declared).inputs, __provider: serializedProvider });

/** What state holds after `pulumi up` of a program. */
function outputsOf(declared: Properties): Properties {
	const inputs = check(declared).inputs;
	const kept: CarriedState = {
		clientSecret: inputs["authorizedGrantType"] === "TOKEN" ? "" : "a-secret",
		secretVersion: inputs["authorizedGrantType"] === "TOKEN" ? 0 : 1,
		secretRotatedAt: "2026-01-15T12:00:00.000Z",
		pendingSecretSteps: [],
		options: optionsOf(inputs),
		declared: declaredNames(inputs),
		homeDivisionId: needsHomeDivision(inputs) ? DIVISION_IDS.home : undefined,
	};
	return { ...toOutputs(answerTo(inputs, DIVISION_IDS.home), kept), __provider: serializedProvider };
}

const overTheWire = (settings: Properties): Properties => JSON.parse(JSON.stringify(settings)) as Properties;
const nothing = {
	changes: false,
	changed: [],
	hasOtherWork: false,
	replaces: [],
	deleteBeforeReplace: false,
	notices: [],
};

test("an unchanged program shows no change", async () =>
	holds(
		1000,
		fc.property(program, (declared) => {
			expect(diff(outputsOf(declared), inputsOf(declared), now)).toEqual(nothing);
		}),
	));

test("an unchanged program shows no change after a round trip through JSON", async () =>
	holds(
		300,
		fc.property(program, (declared) => {
			const outputs = outputsOf(declared);
			expect(overTheWire(outputs)).toStrictEqual(outputs);
			expect(diff(overTheWire(outputs), overTheWire(inputsOf(declared)), now)).toEqual(nothing);
		}),
	));

test("no order of a set shows a change", async () =>
	holds(
		600,
		fc.property(twoOrders, ([declared, shuffled]) => {
			expect(diff(outputsOf(declared), inputsOf(shuffled), now)).toEqual(nothing);
			// Nor does it where it comes unsorted, from state that something else wrote.
			expect(
				diff({ ...outputsOf(declared), scope: [...((shuffled["scope"] ?? []) as string[])] }, inputsOf(declared), now),
			).toEqual(nothing);
		}),
	));

test("the inputs that outputs stand for show no change", async () =>
	holds(
		600,
		fc.property(program, (declared) => {
			const outputs = outputsOf(declared);
			const inputs = toInputs(outputs as unknown as Parameters<typeof toInputs>[0]);
			expect(diff(outputs, inputs, now)).toEqual(nothing);
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
				const { loginEnd: _, ...found } = isRefresh ? diff(declared, olds, now) : diff(olds, declared, now);
				expect(found).toEqual({
					changes: expect.any(Boolean),
					changed: expect.any(Array),
					hasOtherWork: expect.any(Boolean),
					replaces: expect.any(Array),
					deleteBeforeReplace: false,
					notices: expect.any(Array),
				});
			},
		),
	));
