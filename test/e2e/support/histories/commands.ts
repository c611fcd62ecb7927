import type { Properties } from "../../../../provider/lifecycle/properties";
import type { Victim } from "../killed-run";

/** The places of a program that hold a client. */
export const clientSlots = ["a", "b", "c"] as const;

/** A place of the program: it holds one client, `p` a pair of them, and the credential that has it. A rename changes the logical name of its resource, not the place. */
export type Slot = (typeof clientSlots)[number] | "p";

/** Whether a place holds a pair. */
export const isPair = (slot: Slot): boolean => slot === "p";

/** Which client of a pair: what is done to a client is done to this one. */
export type Letter = "a" | "b";

/** An option of Pulumi's that a resource may have; `ignoreChanges` names one setting. */
export type OptionName = "protect" | "retainOnDelete" | "deleteBeforeReplace" | "ignoreChanges";

/** What is wrong with a call of the command: one of `faultsOfCalls`, at the so-manieth call of its kind. */
export interface PlannedFault {
	/** The name among `faultsOfCalls`. */
	name: string;
	always: boolean;
	method: string;
	template: string;
	/** How many of these calls come before it. */
	skip: number;
}

/** A kill at a call. */
export interface PlannedKill {
	victim: Victim;
	method: string;
	template: string;
	skip: number;
	/** When the call acts: it always does, since the request has arrived. */
	acts: "before the kill" | "after the kill";
	/** Whether the program goes back before the stack is cured. */
	takeBack: boolean;
}

/** How a user answers the question about a client that an interrupted run may have left. */
export type Answer = "take over" | "allow";

/** A `pulumi up`. */
export interface Up {
	do: "up";
	/** The only one to change. */
	target?: Slot;
	/** The one to replace. */
	replace?: Slot;
	/** Whether `GENESYSCLOUD_ROTATE=all@<order>` is set for it. */
	rotateNow?: boolean;
	refresh: boolean;
	answer: Answer;
	/** Whether another one follows, which must change nothing. */
	again: boolean;
	fault?: PlannedFault;
	/** Whether the program goes back after it, if it fails. */
	takeBack?: boolean;
}

/** What somebody does to a client in Genesys Cloud. */
export const deedsOfOthers = [
	"describes",
	"names",
	"grants a role to",
	"deactivates",
	"activates",
	"deletes",
	"resets the secret of",
	"adds an unknown field to",
	"removes from the organization a role of",
] as const;

/** A step of a history: data, so that it can be printed, left out, and done again. */
export type Step =
	// Of the program.
	| { do: "declare"; slot: Slot; settings: Properties }
	| { do: "edit"; slot: Slot; change: Properties }
	| { do: "change grant"; slot: Slot; inPlace: boolean }
	| { do: "rotate"; slot: Slot; turn: number }
	| { do: "option"; slot: Slot; option: OptionName; value: boolean | string }
	| { do: "credential"; slot: Slot; exists: boolean }
	| { do: "remove"; slot: Slot }
	| { do: "rename"; slot: Slot; alias: boolean }
	| { do: "adopt"; slot: Slot; from: "stranger" | Slot; handOver: boolean; rotateSecret: boolean }
	| { do: "take back" }
	// Of Pulumi.
	| Up
	| { do: "killed up"; kill: PlannedKill; answer: Answer }
	| { do: "refresh"; fault?: PlannedFault }
	| { do: "destroy"; slot: Slot; fault?: PlannedFault }
	| { do: "state delete"; slot: Slot }
	| { do: "state move"; slot: Slot }
	| { do: "taint"; slot: Slot }
	| { do: "import"; slot: Slot; of: "stranger" | Slot }
	| { do: "another login" }
	// Of others.
	| { do: "somebody"; deed: (typeof deedsOfOthers)[number]; slot: Slot; letter: Letter }
	| { do: "hours pass"; hours: number };

/** A history: what a stack goes through. */
export interface History {
	/** Which of the two fronts its program uses. */
	front: "yaml" | "javascript";
	/** How many resources Pulumi works on at a time; with one, a history runs the same way each time. */
	parallel: number;
	steps: Step[];
}

const call = ({ method, template, skip }: { method: string; template: string; skip: number }) =>
	`${method} ${template}${skip > 0 ? ` number ${skip + 1}` : ""}`;

const faultText = (fault: PlannedFault | undefined) =>
	fault === undefined ? "" : `, with a fault: ${fault.name}, ${fault.always ? "always" : "once"}, at ${call(fault)}`;

function upText({ target, replace, rotateNow, refresh, answer, again, fault, takeBack }: Up): string {
	const flags = [
		...(refresh ? ["--refresh"] : []),
		...(target === undefined ? [] : [`--target ${target}`]),
		...(replace === undefined ? [] : [`--replace ${replace}`]),
	];
	return `${rotateNow ? "GENESYSCLOUD_ROTATE=all@... " : ""}pulumi ${["up", ...flags].join(" ")}${faultText(fault)} (a question is answered: ${answer}${again ? "; then up again" : ""}${takeBack ? "; if it fails, the program is taken back" : ""})`;
}

/** A step in words that one can repeat. */
function textOf(step: Step): string {
	switch (step.do) {
		case "declare":
			return `program: ${step.slot} = ${JSON.stringify(step.settings)}`;
		case "edit":
			return `program: ${step.slot} changes ${JSON.stringify(step.change)}`;
		case "change grant":
			return `program: ${step.slot} gets the other grant${step.inPlace ? ", with replaceOnGrantTypeChange: false" : ""}`;
		case "rotate":
			return `program: ${step.slot} rotates when changed: ${step.turn}`;
		case "option":
			return `program: ${step.slot} has the option ${step.option}: ${step.value}`;
		case "credential":
			return `program: ${step.exists ? "an integration credential holds" : "no integration credential holds"} ${step.slot}`;
		case "remove":
			return `program: without ${step.slot}`;
		case "rename":
			return `program: ${step.slot} gets another logical name, ${step.alias ? "with" : "without"} an alias`;
		case "adopt":
			return `program: ${step.slot} adopts ${step.from === "stranger" ? "a client made by hand" : `the client of ${step.from}${step.handOver ? `, which goes` : ", by the same arguments"}`}, rotateSecret: ${step.rotateSecret}`;
		case "take back":
			return "program: as it was at the last up that succeeded";
		case "up":
			return upText(step);
		case "killed up":
			return `pulumi up, ${step.kill.victim} killed when ${call(step.kill)} arrives, which acts ${step.kill.acts}${step.kill.takeBack ? "; the program is taken back" : ""}; then pulumi up --refresh (a question is answered: ${step.answer})`;
		case "refresh":
			return `pulumi refresh${faultText(step.fault)}`;
		case "destroy":
			return `pulumi destroy --target ${step.slot} --target-dependents${faultText(step.fault)}`;
		case "state delete":
			return `pulumi state delete ${step.slot} --target-dependents`;
		case "state move":
			return `pulumi state move to the stack second: ${step.slot} and its credential, which leave the program`;
		case "taint":
			return `pulumi state taint ${step.slot}`;
		case "import":
			return `pulumi import ${step.slot} <${isPair(step.slot) ? "ids" : "id"} of ${step.of === "stranger" ? "what was made by hand" : `the client of ${step.of}`}>, and the program declares it as it is`;
		case "another login":
			return "environment: another login of the organization";
		case "somebody":
			return `Genesys Cloud: somebody ${step.deed} the client of ${step.slot}${isPair(step.slot) ? ` (${step.letter.toUpperCase()})` : ""}`;
		case "hours pass":
			return `${step.hours} hours pass`;
		default:
			return step satisfies never;
	}
}

/** A history in words, numbered. */
export const storyOf = ({ front, parallel, steps }: History): string =>
	[`with the ${front === "yaml" ? "plugin, in YAML" : "npm package, in JavaScript"}, PULUMI_PARALLEL=${parallel}:`]
		.concat(steps.map((step, index) => `${String(index + 1).padStart(3)}. ${textOf(step)}`))
		.join("\n");
