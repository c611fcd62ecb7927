import { ConfigurationError } from "../provider/api/errors";
import { fieldsOf, parseJson } from "../provider/api/json";
import { faultsAt } from "../provider/config";
import type { CheckFailure } from "../provider/lifecycle/check-arguments";
import { secretInputHider } from "../provider/lifecycle/hide-secret-inputs";
import { type Properties, unknownValue } from "../provider/lifecycle/properties";
import { nearest } from "../provider/api/nearest";
import { type Environment, providerPlace, settingVariables } from "../provider/setting-places";
import schema from "./schema.json";
import type { Unmarked } from "./values";

const variables: Readonly<Record<string, object>> = schema.config.variables;
const names = Object.keys(variables);
/** What Pulumi adds to the settings of a provider. */
const ofPulumi = new Set(["version", "pluginDownloadURL", "__internal"]);

/** The settings that are always secrets. */
export const secretSettings = names.filter((name) => "secret" in (variables[name] ?? {}));

/** Reads a provider's setting: a text, or a number where Pulumi made one of it. */
export const settingReader = (settings: Properties) => (name: string) => {
	const value = settings[name];
	return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
};

/**
 * Checks a provider's settings: their names, and for an explicit provider that what belongs together is complete. What the usual
 * connection lacks is reported when a resource needs it. Values not known yet pass.
 *
 * @param urn the provider's URN
 * @param environment the plugin's environment
 */
export function checkSettings(
	{ properties: settings, secrets }: Unmarked,
	urn: string,
	environment: Environment,
): CheckFailure[] {
	const name = nameIn(urn);
	const faults = isExplicit(name) ? explicitFaults(settings, name) : [];
	const others = isExplicit(name) ? [] : mistakenName(settings, urn, environment);
	const hidden = new Set([...secretSettings, ...secrets]);
	// Messages quote no setting that is always a secret: a gap for one would tell it.
	const quotable = secrets.filter((secret) => !secretSettings.includes(secret));
	const hide = secretInputHider({ ...settings, secretInputs: quotable });
	return [
		...[...unknownNames(settings), ...others].map((reason) => ({ property: "", reason })),
		...faults.map(({ message, fault }) => {
			// Pulumi prints the value of a property that is named, in plain text too.
			const isPrintable = fault && (settings[fault.setting] === undefined || !hidden.has(fault.setting));
			return isPrintable ? { property: fault.setting, reason: fault.problem } : { property: "", reason: hide(message) };
		}),
	];
}

/** What is wrong with an explicit provider's settings. One that is there but says nothing would let the environment decide the organization. */
function explicitFaults(settings: Properties, provider: string): ConfigurationError[] {
	const read = settingReader(settings);
	const empty = Object.keys(settingVariables).filter((name) => name in settings && (read(name) ?? "").trim() === "");
	const problem = "must be text that isn't empty; to use the environment's, remove it";
	return empty.length > 0
		? empty.map((setting) => new ConfigurationError(`${setting} ${problem}`, { setting, problem }))
		: faultsAt(providerPlace(provider, read), (value) => value === unknownValue);
}

function unknownNames(settings: Properties): string[] {
	const unknown = Object.keys(settings).filter((name) => !names.includes(name) && !ofPulumi.has(name));
	return unknown.map((name) => {
		const guess = nearest(name, names);
		const advice = guess === undefined ? `use one of ${names.join(", ")}` : `did you mean ${guess}?`;
		return `${name} is not a setting of genesyscloud-oauth; ${advice}`;
	});
}

/** The name of a resource. */
const nameIn = (urn: string) => urn.split("::").at(-1) ?? "";

/**
 * Whether the program declares a provider of this name, so that its settings come before the environment's. The settings of Pulumi's own
 * provider are the stack's configuration, which comes after it. Pulumi names its own ones `default` and `default_1_2_3`, and
 * `checkSettings` lets the program declare none of such a name.
 */
export const isExplicit = (name: string): boolean => name !== "" && !/^default(_|$)/.test(name);

/**
 * Refuses a provider of the program that has a name like Pulumi's own. For those Pulumi sets no parent, and takes as settings the stack's
 * configuration, which it also gives the plugin's process (engines 3.200.0 to 3.276.0). One that repeats the whole configuration can't be told
 * from Pulumi's own.
 */
function mistakenName(settings: Properties, urn: string, { PULUMI_CONFIG: configuration }: Environment): string[] {
	const hasParent = urn.split("::")[2]?.includes("$") === true;
	const stack = parseJson(configuration ?? "");
	const isOther = stack !== undefined && textOf(settings) !== textOf(fieldsOf(stack));
	if (!hasParent && !isOther) return [];
	return [
		`rename the provider ${nameIn(urn)}: the names "default" and "default_..." are those of Pulumi's own providers, whose settings come after the environment`,
	];
}

/** The settings that are ours, as text; a number as its digits, which Pulumi may have made of one. */
const textOf = (settings: Properties) =>
	JSON.stringify(
		Object.entries(settings)
			.filter(([name]) => !ofPulumi.has(name))
			.map(([name, value]): [string, unknown] => [name, typeof value === "number" ? String(value) : value])
			.toSorted(([a], [b]) => (a < b ? -1 : 1)),
	);
