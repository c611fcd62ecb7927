import type { Properties } from "../provider/lifecycle/properties";
import type { RotationInput } from "../provider/lifecycle/rotating-oauth-client/inputs";
import { plan } from "../provider/lifecycle/rotating-oauth-client/plan";
import {
	currentAfter,
	inputsOf,
	type Letter,
	otherThan,
	type Pair,
	toOutputs,
} from "../provider/lifecycle/rotating-oauth-client/state";
import { occasionAt } from "./occasion";

/** What a program may declare of a pair, without its rotation. */
const declared: Properties = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: "r1", divisionId: "d1" }],
};

/** A pair in state after a run: what it consists of, and its outputs. */
export interface PairInState {
	pair: Pair;
	outputs: Properties;
}

/** The arguments of a pair with a rotation. */
export const pairInputs = (rotation: RotationInput): Properties => ({ ...declared, rotation });

const inState = (pair: Pair, rotation: RotationInput): PairInState => ({
	pair,
	outputs: { ...toOutputs(pair, pairInputs(rotation)) },
});

/** What state has of a client whose secret a rotation made. */
const clientOf = (letter: Letter, number: number, rotation: RotationInput, state: "active" | "inactive") => ({
	...inputsOf(pairInputs(rotation), letter, number, state),
	declared: [],
	clientId: `id of ${letter}`,
	clientSecret: `secret ${number} of ${letter}`,
	secretVersion: 1,
});

/** A pair that was made at some time. */
export const pairMadeAt = (rotation: RotationInput, now: number): PairInState =>
	inState(
		{
			generation: 0,
			rotatedAt: new Date(now).toISOString(),
			rotation,
			clients: { a: clientOf("a", 0, rotation, "active"), b: clientOf("b", -1, rotation, "active") },
		},
		rotation,
	);

/** What a run at some time plans. */
export const planAt = ({ outputs }: PairInState, rotation: RotationInput, now: number) =>
	plan(outputs, pairInputs(rotation), occasionAt(now));

/** What a run at some time makes of a pair: what it plans, and nothing goes wrong. */
export function runAt(before: PairInState, rotation: RotationInput, now: number): PairInState {
	const planned = planAt(before, rotation, now);
	if (!planned.changes) return before;
	const { generation, rotatedAt } = before.pair;
	const isRotated = planned.rotation !== undefined;
	const after = isRotated ? generation + 1 : generation;
	const stateOf = (letter: Letter) => (planned.clients[letter].inputs["state"] === "inactive" ? "inactive" : "active");
	const [current, standby] = [currentAfter(after), otherThan(currentAfter(after))];
	const clients: Pair["clients"] = {
		[current]: clientOf(current, after, rotation, stateOf(current)),
		[standby]: clientOf(standby, after - 1, rotation, stateOf(standby)),
	};
	return inState(
		{ generation: after, rotatedAt: isRotated ? new Date(now).toISOString() : rotatedAt, rotation, clients },
		rotation,
	);
}

/** Runs at some times, one after the other; the first makes the pair. */
export function runsAt(rotation: RotationInput, [first = 0, ...times]: number[]): PairInState[] {
	const states = [pairMadeAt(rotation, first)];
	for (const now of times) states.push(runAt(states.at(-1)!, rotation, now));
	return states;
}
