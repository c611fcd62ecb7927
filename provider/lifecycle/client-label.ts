import { quoted } from "../api/errors";
import { secretInputsOf } from "./hide-secret-inputs";
import type { Properties } from "./state/settings";

/** A client's name in messages: its name, unless it is a secret, and its id, if known. */
export function labelOf(settings: Properties, id?: unknown): string {
	const { name } = settings;
	const isShown = typeof name === "string" && name !== "" && !secretInputsOf(settings).includes("name");
	const named = isShown ? `OAuth client "${quoted(name)}"` : "OAuth client";
	return typeof id === "string" && id !== "" ? `${named} (${id})` : named;
}

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
