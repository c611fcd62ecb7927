import { labelOf, stateNotices } from "./kind";
import type { Occasion } from "../context";
import type { Comparison } from "../operations";
import { refuseWhenInUse } from "./deletion-guard";
import { keepsSecret } from "./kept-secret";
import { loginEndOf, requireOtherLogin } from "./own-login";
import { type Plan, plan } from "./plan";
import type { Properties } from "../properties";

/**
 * Compares a client in state with the program's arguments. Never throws: Pulumi calls it with state of any age, and in a refresh with the
 * two sides swapped.
 */
export function diff(id: string, olds: Properties, news: Properties, occasion: Occasion): Comparison {
	try {
		const planned = plan(olds, news, occasion);
		const { changes, changed, options, replaces, hasOtherWork } = planned;
		const end = loginEndOf(olds, news, planned);
		const isGuarded = replaces.length > 0 && olds["deletionGuard"] !== undefined;
		return {
			changes,
			changed: [...new Set([...changed, ...options])],
			hasOtherWork,
			replaces,
			notices: noticesOf(olds, news, planned),
			refuse: async (context) => {
				await requireOtherLogin(context, id, news, end);
				// A replacement ends with a delete.
				if (isGuarded) await refuseWhenInUse(context, id, olds);
			},
		};
	} catch {
		// An update will handle it with the API's help.
		return { changes: true, changed: [], hasOtherWork: true, replaces: [], notices: [] };
	}
}

/** What the user should know of an update. */
export function noticesOf(
	olds: Properties,
	news: Properties,
	{ changed, rotation, supplied, tries }: Pick<Plan, "changed" | "rotation" | "supplied" | "tries">,
) {
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
	if (supplied !== undefined)
		notices.push(`pulumi up takes the secret of ${client} from adopt.clientSecret once login accepts it`);
	const isInSink = rotation === undefined && olds["clientSecret"] === "" && Number(olds["secretVersion"]) > 0;
	if (isInSink && keepsSecret(news))
		notices.push(
			`clientSecret of ${client} stays empty until the next rotation: keepSecretInState was false, so only the sink has the secret`,
		);
	else if (isInSink && olds["secretSink"] !== news["secretSink"])
		notices.push(`the new secretSink of ${client} gets the next secret: the state doesn't keep the current one`);
	if (rotation !== undefined) notices.push(`pulumi up rotates the secret of ${client}: ${rotation}`);
	else if (tries)
		notices.push(
			`pulumi up tries the secret of ${client} by a login, since an earlier run couldn't, and rotates it if it is rejected`,
		);
	return notices;
}
