import type { Properties } from "../../../../provider/lifecycle/properties";
import { expectedOf, settingsOf } from "../../../properties/support/declared-settings";
import type { Ledger, Settled } from "./ledger";
import type { Done } from "./done";
import { eachClient } from "./program";
import { entryAt, type Entry } from "./snapshot";
import { hold, Violation } from "./violation";

/** The settings that a program manages, in the form that is compared. */
function managed(settings: Properties): (keyof Settled)[] {
	const isService = settings["authorizedGrantType"] === "CLIENT-CREDENTIALS";
	const fields = Object.keys(expectedOf(settings)) as (keyof Settled)[];
	return fields.filter((field) => field !== (isService ? "scope" : "roles"));
}

const nameInProgram = (field: keyof Settled) => (field === "roles" ? "roleDivisions" : field);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What a setting may be after an up, and why. */
function allowedValues(
	field: keyof Settled,
	{
		client,
		old,
		declared,
		was,
		isRefreshed,
		isIgnored,
		isAdopting,
	}: {
		client: { isUnsure: boolean; isDrifted: boolean };
		old: Entry | undefined;
		declared: Settled;
		was: Settled | undefined;
		isRefreshed: boolean;
		isIgnored: boolean;
		isAdopting: boolean;
	},
): unknown[] {
	const isNew = old === undefined || was === undefined || old.outputs["authorizedGrantType"] === undefined;
	if (isNew) return [declared[field]];
	if (isIgnored) return isAdopting || client.isUnsure ? [was[field], declared[field]] : [was[field]];
	const inState = isRefreshed ? was : expectedOf(old.outputs);
	if (!same(inState[field], declared[field])) return [declared[field]];
	if (!client.isUnsure) return [was[field]];
	// The next run makes what is unconfirmed as declared, also what others changed.
	return client.isDrifted ? [declared[field], was[field]] : [declared[field]];
}

/** After an up that succeeded, settings are the declared ones; what others changed and the program didn't is as they left it. */
export function checkSettings({ before, after, program, urnOf, target, isRefreshed }: Done, ledger: Ledger): void {
	for (const { slot, letter, settings, options, adopts } of eachClient(program)) {
		if (target !== undefined && target !== slot) continue;
		const entry = entryAt(after, urnOf(slot), letter);
		if (entry === undefined) throw new Violation("what the program declares is in state", urnOf(slot));
		const { id } = entry;
		const live = settingsOf(after.clients.get(id));
		if (live === undefined) {
			hold("what up --refresh leaves in state is there", !isRefreshed, `${urnOf(slot)} ${id}`);
			continue;
		}
		const old = before.entries.find((other) => other.id === id && !other.isOld && other.stack === "test");
		const was = settingsOf(before.clients.get(id));
		const isFirst =
			old === undefined && !before.entries.some(({ urn, stack }) => urn === urnOf(slot) && stack === "test");
		if (adopts !== undefined && isFirst)
			hold("an adoption makes no other client", id === adopts, `${urnOf(slot)} ${id}`);
		const drifted = ledger.drifted.get(id);
		for (const field of managed(settings)) {
			const values = allowedValues(field, {
				client: { isUnsure: ledger.unsure.has(id), isDrifted: drifted?.has(field) === true },
				old,
				declared: expectedOf(settings),
				was: was as Settled | undefined,
				isRefreshed,
				isIgnored: options.ignoreChanges === nameInProgram(field),
				isAdopting: adopts !== undefined,
			});
			if (values.some((value) => same(value, live[field]))) continue;
			throw new Violation(
				drifted?.has(field) === true
					? "an update changes what the program changed, and nothing else"
					: "settings are as declared after an up",
				`${urnOf(slot)} ${field}: ${JSON.stringify(live[field])}, not ${values.map((value) => JSON.stringify(value)).join(" or ")}`,
			);
		}
		checkUnknownFields(before.clients.get(id)?.extra, after.clients.get(id)?.extra, id);
		if (isRefreshed) ledger.drifted.delete(id);
	}
}

function checkUnknownFields(was: object | undefined, now: object | undefined, id: string): void {
	hold(
		"a field that this version doesn't know stays",
		was === undefined || same(was, now),
		`${id}: ${JSON.stringify(now)}`,
	);
}
