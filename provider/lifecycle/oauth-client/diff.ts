import { labelOf, stateNotices } from "./kind";
import type { Diff } from "../operations";
import { loginEndOf } from "./own-login";
import { type Plan, plan } from "./plan";
import type { Properties } from "../properties";

/**
 * Compares a client in state with the program's arguments. Never throws: Pulumi calls it with state of any age, and in a refresh with the
 * two sides swapped.
 *
 * @param now milliseconds since 1970
 */
export function diff(olds: Properties, news: Properties, now: number): Diff {
	try {
		const planned = plan(olds, news, now);
		const { changes, changed, options, replaces, rotation, hasOtherWork } = planned;
		const loginEnd = loginEndOf(olds, news, planned);
		const names = [...changed, ...options];
		const notices = noticesOf(olds, news, { changed, rotation });
		return { changes, changed: names, hasOtherWork, replaces, deleteBeforeReplace: false, notices, loginEnd };
	} catch {
		// An update will handle it with the API's help.
		return { changes: true, changed: [], hasOtherWork: true, replaces: [], deleteBeforeReplace: false, notices: [] };
	}
}

function noticesOf(olds: Properties, news: Properties, { changed, rotation }: Pick<Plan, "changed" | "rotation">) {
	const client = labelOf(news, olds["clientId"]);
	const { state, dateToDelete } = olds;
	const notices: string[] = [];
	if (state === "disabled") {
		notices.push(
			...stateNotices({ state, clientId: olds["clientId"], name: news["name"], secretInputs: news["secretInputs"] }),
		);
	} else if (changed.includes("state") && state === "inactive") {
		const until = typeof dateToDelete === "string" ? ` and scheduled for deletion on ${dateToDelete.slice(0, 10)}` : "";
		notices.push(`${client} is inactive${until}: pulumi up activates it`);
	}
	if (rotation !== undefined) notices.push(`pulumi up rotates the secret of ${client}: ${rotation}`);
	return notices;
}
