import { quoted } from "../../api/errors";
import { fieldsOf } from "../../api/json";
import type { Diff } from "../operations";
import { type Properties, hasUnknown } from "../properties";
import { credentialKind } from "./kind";
import { changedOptions, changedSettings, fingerprintsOf } from "./state";

/** Compares a credential in state with the program's arguments. Never throws: Pulumi calls it with state of any age. */
export function diff(olds: Properties, news: Properties): Diff {
	const changed = changedSettings(olds, news);
	const adopted = fieldsOf(news["adopt"])["credentialId"];
	// The last run's adoption is over, even if a new credential has replaced that one since.
	const isOver = adopted === olds["credentialId"] || adopted === fieldsOf(olds["adopt"])["credentialId"];
	const replaces = [
		// State of another version may lack the type: that is no reason to replace the credential.
		...(changed.includes("type") && olds["type"] !== undefined && !hasUnknown(news["type"]) ? ["type"] : []),
		...(adopted !== undefined && olds["credentialId"] !== undefined && !isOver && !hasUnknown(adopted)
			? ["adopt"]
			: []),
	];
	const options = changedOptions(olds, news);
	return {
		changes: changed.length > 0 || replaces.length > 0 || options.length > 0 || hasUnknown(news),
		changed: [...changed, ...options],
		hasOtherWork: false,
		replaces,
		deleteBeforeReplace: false,
		notices: sendingNotices(olds, news),
	};
}

/** Says which fields are sent: Pulumi shows secrets as unchanged. */
function sendingNotices(olds: Properties, news: Properties): string[] {
	const sent = fieldsOf(olds["fieldFingerprints"]);
	const wanted = fingerprintsOf(news);
	const names = [...new Set([...Object.keys(sent), ...Object.keys(wanted)])].filter(
		(name) => sent[name] !== wanted[name],
	);
	if (names.length === 0 || hasUnknown(news["fields"])) return [];
	const label = credentialKind.label(news, olds["credentialId"]);
	return [`pulumi up sends the fields of ${label}: ${quoted(names.toSorted().join(", "))} changed`];
}
