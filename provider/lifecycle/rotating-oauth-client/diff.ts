import { enumerated } from "../../api/errors";
import type { Occasion } from "../context";
import { refuseWhenInUse } from "../oauth-client/deletion-guard";
import { noticesOf } from "../oauth-client/diff";
import type { Comparison } from "../operations";
import { type Properties, sameJson } from "../properties";
import { requireOtherLogins } from "./own-login";
import { type PairPlan, plan } from "./plan";
import { validityText } from "./rotation";
import { clientLabel, idIn, type Letter, letters, otherThan, toInputs } from "./state";

/**
 * Compares a pair in state with the program's arguments. Never throws: Pulumi calls it with state of any age, and in a refresh with the two sides
 * swapped.
 */
export function diff(_id: string, olds: Properties, news: Properties, occasion: Occasion): Comparison {
	try {
		const planned = plan(olds, news, occasion);
		const { changes, changed, replaces, hasOtherWork, clients } = planned;
		const isGuarded = replaces.length > 0 && olds["deletionGuard"] !== undefined;
		return {
			changes,
			changed,
			replaces,
			hasOtherWork,
			notices: noticesFor(planned, toInputs(olds), news, occasion),
			refuse: async (context) => {
				await requireOtherLogins(context, planned);
				if (!isGuarded) return;
				// A replacement ends with a delete.
				for (const { olds: client } of Object.values(clients))
					if (client !== undefined) await refuseWhenInUse(context, idIn(client), client);
			},
		};
	} catch {
		// An update will handle it with the API's help.
		return { changes: true, changed: [], hasOtherWork: true, replaces: [], notices: [] };
	}
}

function noticesFor(planned: PairPlan, shown: Properties, news: Properties, { now }: Occasion): string[] {
	const { clients, current, rotation, tries, replaces } = planned;
	const standby = otherThan(current);
	const labelOf = (letter: Letter) => clientLabel(news, letter, idIn(clients[letter].olds));
	const notices: string[] = [];
	for (const letter of letters) {
		const { olds, inputs, plan: own } = clients[letter];
		if (olds === undefined || own === undefined) {
			notices.push(`pulumi up creates ${clientLabel(news, letter)}, which the pair lacks, with a new id and secret`);
			continue;
		}
		const isOfPair = letter === standby && rotation !== undefined;
		notices.push(...noticesOf(olds, inputs, { ...own, rotation: isOfPair ? undefined : own.rotation, tries: false }));
		// What the pair shows as it is declared, and one of its clients isn't: Pulumi's comparison doesn't show it.
		const hidden = own.changed.filter((name) => name !== "state" && sameJson(shown[name], news[name]));
		if (hidden.length > 0 && replaces.length === 0)
			notices.push(`pulumi up gives ${labelOf(letter)} what the pair has: ${enumerated(hidden)}`);
		if (own.changed.includes("state") && inputs["state"] === "inactive")
			notices.push(`pulumi up sets ${labelOf(letter)} to inactive until the next rotation`);
	}
	if (rotation !== undefined && replaces.length === 0) {
		const validity = validityText(labelOf(current), new Date(now).toISOString(), news);
		notices.push(`${labelOf(standby)} becomes current with a new secret (${rotation}); ${validity}`);
	} else if (tries) {
		notices.push(
			`pulumi up tries the secret of ${labelOf(current)} by a login, since an earlier run couldn't; if it is rejected, ${labelOf(standby)} becomes current with a new one`,
		);
	}
	return notices;
}
