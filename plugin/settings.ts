import type { CheckFailure } from "../provider/lifecycle/input-rules";
import type { Properties } from "../provider/lifecycle/state/settings";
import { nearest } from "../provider/api/nearest";
import schema from "./schema.json";

const variables: Readonly<Record<string, object>> = schema.config.variables;
const names = Object.keys(variables);
/** What Pulumi adds to the settings of a provider. */
const ofPulumi = new Set(["version", "pluginDownloadURL", "__internal"]);

/** The settings that are always secrets. */
export const secretSettings = names.filter((name) => "secret" in (variables[name] ?? {}));

/** Checks the names of a provider's settings. Their values are read when a resource needs them. */
export function checkSettings(settings: Properties): CheckFailure[] {
	const unknown = Object.keys(settings).filter((name) => !names.includes(name) && !ofPulumi.has(name));
	return unknown.map((name) => {
		const guess = nearest(name, names);
		const advice = guess === undefined ? `use one of ${names.join(", ")}` : `did you mean ${guess}?`;
		return { property: "", reason: `${name} is not a setting of genesyscloud-oauth; ${advice}` };
	});
}

/**
 * Whether the program declares a provider with these settings, so that they come before the environment's. The settings of Pulumi's default
 * provider are the stack's configuration, which comes after it.
 *
 * @param name the provider's name in the stack; Pulumi names its default ones `default` and `default_1_2_3`
 */
export const isExplicit = (name: string): boolean => name !== "" && !/^default(_|$)/.test(name);
