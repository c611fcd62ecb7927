import { sameJson } from "./canonical-json";
import type { OptionName } from "./inputs";
import type { Settings } from "./settings";

/**
 * The arguments that tell the provider what to do, and that the API never sees. They are kept in state, since `read` and `delete`
 * get nothing else.
 */
const optionNames = [
	"adopt",
	"secretRotation",
	"deletionGuard",
	"deletion",
	"detectSecretReset",
	"timeouts",
	"connection",
	"secretSink",
] as const satisfies OptionName[];

/** The options among some inputs. */
export function optionsOf(settings: Settings): Settings {
	return Object.fromEntries(
		optionNames.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]),
	);
}

/** The options that differ. */
export function changedOptions(olds: Settings, news: Settings): string[] {
	return optionNames.filter((name) => !sameJson(olds[name], news[name]));
}
