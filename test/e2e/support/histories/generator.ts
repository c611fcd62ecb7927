import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { paths } from "../../../api/support/client-requests";
import {
	type Answer,
	clientSlots,
	deedsOfOthers,
	type History,
	isPair,
	type OptionName,
	type Slot,
	type Step,
	type Up,
} from "./commands";
import { change, pairSettings, settings } from "./declarations";
import { anyCall, type Call, faultAt, faultOfRefresh, killAt } from "./planned";

/** A step with these fields, each of its own. */
const of = (named: Step["do"], more: Record<string, Arbitrary<unknown>>): Arbitrary<Step> =>
	fc.record({ do: fc.constant(named), ...more }) as unknown as Arbitrary<Step>;

/** One of some, each more or less likely. */
const either = <T>(...choices: [number, Arbitrary<T>][]): Arbitrary<T> =>
	fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** Another place than this one, with a client. */
const otherThan = (slot: Slot) => fc.constantFrom<Slot>(...clientSlots.filter((other) => other !== slot));
const anyBoolean = fc.boolean();
const fromFor = (slot: Slot) => either<"stranger" | Slot>([1, fc.constant("stranger")], [2, otherThan(slot)]);
const answer = fc.constantFrom<Answer>("take over", "allow");

const optionOf = (slot: Slot): Arbitrary<Step> =>
	fc
		.constantFrom<[OptionName, boolean | string]>(
			["protect", true],
			["protect", false],
			["retainOnDelete", true],
			["retainOnDelete", false],
			["deleteBeforeReplace", true],
			["ignoreChanges", "description"],
			["ignoreChanges", "roleDivisions"],
			["ignoreChanges", isPair(slot) ? "name" : "state"],
			["ignoreChanges", false],
		)
		.map(([option, value]) => ({ do: "option", slot, option, value }));

/** A change of what the program says of one client. */
const editOf = (slot: Slot): Arbitrary<Step> => {
	const its = { slot: fc.constant(slot) };
	return either(
		[8, of("edit", { ...its, change })],
		[3, of("declare", { ...its, settings: isPair(slot) ? pairSettings : settings })],
		[3, of("rotate", { ...its, turn: fc.integer({ min: 1, max: 9 }) })],
		[2, of("change grant", { ...its, inPlace: fc.constantFrom(false, false, true) })],
		[4, optionOf(slot)],
		[2, of("credential", { ...its, exists: fc.constantFrom(true, true, false) })],
		[3, of("remove", its)],
		[3, of("rename", { ...its, alias: anyBoolean })],
		[3, of("adopt", { ...its, from: fromFor(slot), handOver: anyBoolean, rotateSecret: anyBoolean })],
		[1, of("take back", {})],
	);
};

const credentials = "/api/v2/integrations/credentials";
const credential = `${credentials}/{credentialId}`;
const creating: Call[] = [
	["POST", paths.clients],
	["GET", paths.clients],
	["POST", credentials],
];
const deleting: Call[] = [
	["PUT", paths.client],
	["DELETE", paths.client],
	["DELETE", credential],
];
const rotating: Call[] = [
	["POST", paths.secret],
	["POST", paths.login],
	["PUT", credential],
];
/** The calls that a change of the program leads to. */
const callsAfter: Partial<Record<Step["do"], Call[]>> = {
	edit: [["PUT", paths.client]],
	declare: [...creating, ["PUT", paths.client]],
	rotate: rotating,
	"change grant": [...creating, ...deleting, ["PUT", credential]],
	credential: [
		["POST", credentials],
		["DELETE", credential],
	],
	remove: deleting,
	rename: [...creating, ...deleting],
	adopt: [["GET", paths.client], ["PUT", paths.client], ...rotating],
};

/** A call that matters to a step. */
const callAfter = (step: Step): Arbitrary<Call> => {
	const calls = callsAfter[step.do];
	return calls === undefined ? anyCall : either([4, fc.constantFrom(...calls)], [1, anyCall]);
};

const somebodyAt = (slot: Slot) =>
	of("somebody", {
		deed: fc.constantFrom(...deedsOfOthers),
		slot: fc.constant(slot),
		letter: fc.constantFrom("a", "b"),
	});

/** An up that nothing disturbs; most have no flags. */
const upOf = (slot: Slot): Arbitrary<Step> =>
	fc
		.record({
			flag: either<Partial<Up>>(
				[6, fc.constant({})],
				[2, fc.constant({ refresh: true })],
				[1, fc.constant({ target: slot })],
				[1, fc.constant({ replace: slot })],
				[1, fc.constant({ rotateNow: true })],
			),
			answer,
			again: fc.constantFrom(true, false, false),
		})
		.map(({ flag, answer: answered, again }): Up =>
			Object.assign({ do: "up", refresh: false, answer: answered, again } as const, flag),
		);

const faultyUpAfter = (step: Step): Arbitrary<Step> =>
	of("up", {
		fault: callAfter(step).chain(faultAt),
		refresh: fc.constantFrom(false, false, false, true),
		answer,
		again: fc.constant(false),
		takeBack: fc.constantFrom(false, true),
	});

const killedUpAfter = (step: Step): Arbitrary<Step> =>
	of("killed up", {
		kill: callAfter(step)
			.filter(([method]) => method !== "GET")
			.chain(killAt),
		answer,
	});

/** Another command than up. */
const commandOf = (slot: Slot): Arbitrary<Step> => {
	const its = { slot: fc.constant(slot) };
	return either(
		[3, of("refresh", {})],
		[1, of("refresh", { fault: faultOfRefresh })],
		[1, of("destroy", its)],
		[1, of("destroy", { ...its, fault: fc.constantFrom(...deleting).chain(faultAt) })],
		[1, of("state delete", its)],
		[1, of("state move", its)],
		[1, of("taint", its)],
		[2, of("import", { ...its, of: isPair(slot) ? fc.constant("stranger") : fromFor(slot) })],
	);
};

/** A few steps that have to do with one client. */
const sceneOf = (slot: Slot): Arbitrary<Step[]> =>
	either<Step[]>(
		[4, fc.tuple(editOf(slot), upOf(slot))],
		[5, editOf(slot).chain((edit) => fc.tuple(fc.constant(edit), faultyUpAfter(edit), upOf(slot)))],
		[3, editOf(slot).chain((edit) => fc.tuple(fc.constant(edit), killedUpAfter(edit)))],
		[3, fc.tuple(somebodyAt(slot), editOf(slot), upOf(slot))],
		[2, fc.tuple(somebodyAt(slot), commandOf(slot))],
		[2, fc.tuple(commandOf(slot), editOf(slot), upOf(slot))],
		[1, fc.tuple(commandOf(slot), upOf(slot))],
		[1, fc.tuple(editOf(slot))],
		[1, fc.tuple(fc.oneof(of("hours pass", { hours: fc.constantFrom(1, 25) }), of("another login", {})), upOf(slot))],
		// One client by two resources: what is adopted or imported may be so twice, and one of them goes.
		[
			2,
			otherThan(slot).chain((other) =>
				fc.tuple(
					of("adopt", {
						slot: fc.constant(slot),
						from: fc.constant("stranger"),
						handOver: anyBoolean,
						rotateSecret: anyBoolean,
					}),
					upOf(slot),
					of("adopt", {
						slot: fc.constant(other),
						from: fc.constant(slot),
						handOver: anyBoolean,
						rotateSecret: anyBoolean,
					}),
					upOf(other),
				),
			),
		],
		[
			1,
			otherThan(slot).chain((other) =>
				fc.tuple(
					of("remove", { slot: fc.constant(other) }),
					upOf(slot),
					of("import", { slot: fc.constant(other), of: fc.constant(slot) }),
					of("remove", { slot: fc.constantFrom(slot, other) }),
					upOf(slot),
				),
			),
		],
	);

/** What the program is at first, and the first up. */
const beginning = fc.tuple(settings, settings, pairSettings, anyBoolean).map(([a, b, p, exists]): Step[] => [
	{ do: "declare", slot: "a", settings: a },
	{ do: "declare", slot: "b", settings: b },
	{ do: "declare", slot: "p", settings: p },
	{ do: "credential", slot: "a", exists },
	{ do: "credential", slot: "p", exists },
	{ do: "up", refresh: false, answer: "allow", again: false },
]);

const history: Arbitrary<History> = fc
	.tuple(
		beginning,
		fc.array(
			either(
				[2, fc.constant<Slot>("a")],
				[2, fc.constant<Slot>("b")],
				[1, fc.constant<Slot>("c")],
				[4, fc.constant<Slot>("p")],
			).chain(sceneOf),
			{
				minLength: 4,
				maxLength: 7,
				size: "max",
			},
		),
		either<History["front"]>([7, fc.constant("yaml")], [1, fc.constant("javascript")]),
		either([3, fc.constant(1)], [1, fc.constant(16)]),
	)
	.map(([first, scenes, front, parallel]) => ({ front, parallel, steps: [...first, ...scenes.flat()] }));

/** The history of a seed: always the same. */
export function historyOf(seed: number): History {
	const [made] = fc.sample(history, { seed, numRuns: 1 });
	if (made === undefined) throw new Error("no history was made");
	return made;
}
