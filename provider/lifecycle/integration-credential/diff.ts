import { quoted } from "../../api/errors";
import { fieldsOf } from "../../api/json";
import { adoptsAnother } from "../adoption";
import type { Comparison } from "../operations";
import { type Properties, hasUnknown } from "../properties";
import { isGuarded, refuseWhenUsed } from "./delete";
import { credentialKind } from "./kind";
import { changedOptions } from "./arguments";
import { changedSettings, fingerprintsOf, recordsFields } from "./state";

/** Compares a credential in state with the program's arguments. Never throws: Pulumi calls it with state of any age. */
export function diff(id: string, olds: Properties, news: Properties): Comparison {
	const changed = changedSettings(olds, news);
	const replaces = [
		// State of another version may lack the type: that is no reason to replace the credential.
		...(changed.includes("type") && olds["type"] !== undefined && !hasUnknown(news["type"]) ? ["type"] : []),
		...(adoptsAnother(credentialKind, olds, news) ? ["adopt"] : []),
	];
	const options = changedOptions(olds, news);
	return {
		changes: changed.length > 0 || replaces.length > 0 || options.length > 0 || hasUnknown(news),
		changed: [...changed, ...options],
		hasOtherWork: false,
		replaces,
		notices: sendingNotices(olds, news),
		refuse: async (context) => {
			if (replaces.length > 0 && isGuarded(olds)) await refuseWhenUsed(context, id, olds);
		},
	};
}

/** Says which fields are sent: Pulumi shows secrets as unchanged. */
function sendingNotices(olds: Properties, news: Properties): string[] {
	const sent = fieldsOf(olds["fieldFingerprints"]);
	const wanted = fingerprintsOf(news);
	const names = [...new Set([...Object.keys(sent), ...Object.keys(wanted)])].filter(
		(name) => sent[name] !== wanted[name],
	);
	if (names.length === 0 || hasUnknown(news["fields"]) || recordsFields(olds, news)) return [];
	const label = credentialKind.label(news, olds["credentialId"]);
	return [`pulumi up sends the fields of ${label}: ${quoted(names.toSorted().join(", "))} changed`];
}
