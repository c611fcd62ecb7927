import { labelled } from "../resource-kind";
import type { ResourceKind } from "../resource-kind";
import type { Properties } from "../properties";

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
