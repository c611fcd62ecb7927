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

const canonical = (value: unknown): string =>
	JSON.stringify(value, (_, part: unknown) =>
		typeof part === "object" && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	) ?? "";

/** Whether two values are the same JSON, whatever the order of names. */
export function sameJson(a: unknown, b: unknown): boolean {
	return canonical(a) === canonical(b);
}

/** The options that differ. */
export function changedOptions(olds: Settings, news: Settings): string[] {
	return optionNames.filter((name) => !sameJson(olds[name], news[name]));
}
