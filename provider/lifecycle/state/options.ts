import { optionNames } from "../input-schema";
import { sameJson } from "./canonical-json";
import type { Settings } from "./settings";

/** What tells the provider what to do, and the API never sees; `secretInputs` comes from the program's side of the package. */
const keptNames = [...optionNames, "secretInputs"] as const;

/** The options among some inputs or outputs: kept in state, since `read` and `delete` get nothing else. */
export function optionsOf(settings: Settings): Settings {
	return Object.fromEntries(
		keptNames.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]),
	);
}

/** The options that differ. */
export function changedOptions(olds: Settings, news: Settings): string[] {
	return keptNames.filter((name) => !sameJson(olds[name], news[name]));
}
