import type { Simulator } from "../../../../simulator";
import type { Done } from "./done";
import type { Ledger } from "./ledger";
import { eachClient } from "./program";
import { holdersOf } from "./snapshot";

/** The ids that a run asks about, since an interrupted one may have left them; none if it asks nothing. */
export const askedAbout = (output: string): string[] => [
	...new Set(
		[...output.matchAll(/GENESYSCLOUD_(?:TAKE_OVER|ALLOW_SAME_NAME)=([\w,-]+)/g)].flatMap(([, ids = ""]) =>
			ids.split(","),
		),
	),
];

/** What may refuse a command that nothing disturbs, and when it may. */
const refusals: { says: RegExp; isRight: (done: Done, ledger: Ledger, simulator: Simulator) => boolean }[] = [
	{ says: /protect/, isRight: ({ before }) => before.entries.some(({ protect }) => protect) },
	{
		says: /two resources of this stack would manage|adopt\.rotateSecret would end the secret/,
		isRight: ({ program, before }, ledger) => {
			const ids = eachClient(program).flatMap(({ adopts = [] }) => adopts);
			const isHeld = ids.some((id) => holdersOf(before, id).length > 0);
			return ledger.twice.size > 0 || isHeld || new Set(ids).size < ids.length;
		},
	},
	{
		says: /this stack has a (client|credential) of this name already/,
		// An entry that the program no longer declares.
		isRight: ({ program, before, urnOf }) => {
			const declared = new Set([...program.keys()].map(urnOf));
			return before.entries.some(({ urn, stack }) => stack === "test" && !declared.has(urn));
		},
	},
	{
		says: /to adopt: check adopt|but the program declares/,
		isRight: ({ program, before }) =>
			eachClient(program).some(
				({ adopts, settings }) =>
					adopts !== undefined && before.clients.get(adopts)?.authorizedGrantType !== settings["authorizedGrantType"],
			),
	},
	{
		says: /roles apply to CLIENT-CREDENTIALS only/,
		isRight: ({ program }) => [...program.values()].some(({ options }) => options.ignoreChanges === "roleDivisions"),
	},
	{ says: /deleted outside Pulumi|404/, isRight: (_, ledger) => ledger.gone.size > 0 },
	{
		says: /bad\.client\.role/,
		isRight: ({ program }, _, { organization }) => {
			const roles = new Set(organization.roles().map(({ id }) => id));
			return [...program.values()].some(({ settings }) =>
				((settings["roleDivisions"] ?? []) as { roleId: string }[]).some(({ roleId }) => !roles.has(roleId)),
			);
		},
	},
	{
		says: /empty secret is never sent/,
		isRight: ({ program }) => [...program.values()].some(({ hasCredential }) => hasCredential),
	},
	{
		says: /support has disabled/,
		isRight: ({ before }) => before.entries.some(({ outputs }) => outputs["state"] === "disabled"),
	},
	{ says: /--target|untargeted|not specified/, isRight: ({ target }) => target !== undefined },
];

/** Whether a command that nothing disturbed was refused with good reason. */
export const isRightlyRefused = (done: Done, ledger: Ledger, simulator: Simulator): boolean =>
	refusals.some(({ says, isRight }) => says.test(done.outcome.output) && isRight(done, ledger, simulator));

/** What Pulumi says that went wrong, in one line without names and ids: the same for the same mistake. */
export function errorIn(output: string): string {
	const line = output.split("\n").find((text) => /\berror: /.test(text)) ?? "no error";
	return line
		.replace(/^.*?error: /, "")
		.replaceAll(/"[^"]*"|[\da-f]{8}-[\da-f-]+|urn:\S+|correlation id [\w-]+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "...")
		.slice(0, 200);
}
