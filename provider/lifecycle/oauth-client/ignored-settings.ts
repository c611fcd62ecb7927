import { quoted } from "../../api/errors";
import { labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import type { OAuthClientOutputs, SettingName } from "./arguments";
import type { Properties } from "../properties";
import { changedSettings } from "./settings";

const watched = new Set<SettingName>(["scope", "roleDivisions", "roleIds"]);

/**
 * Notifies the user if the API accepted a write but silently dropped or added scopes or roles. State stores the API's values, so the next
 * preview shows the difference too.
 */
export function reportIgnoredSettings(context: LifecycleContext, outs: OAuthClientOutputs, inputs: Properties): void {
	const different = changedSettings({ ...outs }, inputs, outs.homeDivisionId).filter((name) => watched.has(name));
	for (const name of different) {
		context.notice(
			`Genesys Cloud didn't apply the declared ${name} of ${labelOf({ ...outs }, outs.clientId)}: it now has ${quoted(JSON.stringify(outs[name as "scope"]), 300)}`,
		);
	}
}
