import { quoted } from "../api/errors";
import { secretInputsOf } from "./hide-secret-inputs";
import type { ResourceKind } from "./resource-kind";
import type { Properties } from "./state/settings";

/** Returns how messages name a thing: by its name, unless it is a secret, and its id, if known. */
export const labelled =
	(thing: string) =>
	(settings: Properties, id?: unknown): string => {
		const { name } = settings;
		const isShown = typeof name === "string" && name !== "" && !secretInputsOf(settings).includes("name");
		const named = isShown ? `${thing} "${quoted(name)}"` : thing;
		return typeof id === "string" && id !== "" ? `${named} (${id})` : named;
	};

/** A client's name in messages. */
export const labelOf = labelled("OAuth client");

/** An OAuth client, in messages. */
export const clientKind: ResourceKind = {
	aThing: "an OAuth client",
	noun: "client",
	plural: "OAuth clients",
	newParts: "id and secret",
	adoptArguments: "adopt.clientId and adopt.rotateSecret",
	label: labelOf,
};

/** Notices about a client's state that the user should see regardless of the program. */
export function stateNotices(outputs: Properties): string[] {
	const { clientId, state, dateToDelete } = outputs;
	const client = labelOf(outputs, clientId);
	return [
		...(state === "disabled"
			? [`${client} is disabled by Genesys Cloud support: logins with it fail, and only they can enable it`]
			: []),
		...(typeof dateToDelete === "string"
			? [`${client} is scheduled for deletion on ${dateToDelete.slice(0, 10)}`]
			: []),
	];
}
