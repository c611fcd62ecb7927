import type { EnforcementLevel, Policy, PolicyConfigSchema, ResourceValidationArgs } from "@pulumi/policy";
import { nearest } from "../provider/api/nearest";

/** The options of every rule. The configuration of the policy pack has the same options and overrides these. */
export interface RuleOptions {
	/**
	 * What a violation does: `advisory` shows it, `mandatory` fails the preview and the update, `remediate` fixes it if the rule can
	 * (otherwise it is `mandatory`), `disabled` turns the rule off.
	 *
	 * @default the rule's own level
	 */
	enforcementLevel?: EnforcementLevel;
	/**
	 * Resources that the rule ignores, by their names in the program.
	 *
	 * @default []
	 */
	except?: string[];
}

type OptionName<Options> = Exclude<keyof Options, "enforcementLevel">;
type JsonSchema = PolicyConfigSchema["properties"][string];
type OptionSchema<Value> = JsonSchema & { description: string; default: Value };

/** A rule's options with all defaults filled in. */
export type Settings<Options extends RuleOptions> = {
	[Name in OptionName<Options>]-?: Exclude<Options[Name], undefined>;
};

/** What all rules define, whatever they look at. */
export interface RuleDefinition<Options extends RuleOptions> {
	/** The policy's name: the factory's in kebab-case. */
	name: string;
	/** What must hold, in one sentence. Pulumi prints it above each violation. */
	description: string;
	/** The default level. */
	enforcementLevel: EnforcementLevel;
	/** The options that only this rule has, with their JSON schemas. */
	options: { [Name in Exclude<OptionName<Options>, "except">]-?: OptionSchema<Exclude<Options[Name], undefined>> };
}

const except: OptionSchema<string[]> = {
	type: "array",
	items: { type: "string" },
	description: "Names of resources that the rule ignores.",
	default: [],
};

/** A policy without its check. The options given to the factory become the defaults of its configuration. */
export function policyOf<Options extends RuleOptions>(definition: RuleDefinition<Options>, given: Options): Policy {
	const schemas = Object.entries<OptionSchema<unknown>>({ ...definition.options, except });
	return {
		name: definition.name,
		description: definition.description,
		enforcementLevel: given.enforcementLevel ?? definition.enforcementLevel,
		configSchema: {
			properties: Object.fromEntries(
				schemas.map(([name, schema]) => {
					const value = given[name as keyof Options] ?? schema.default;
					return [name, { ...schema, default: value } as JsonSchema];
				}),
			),
		},
	};
}

/**
 * A rule's settings: its defaults, overridden by the factory's options, overridden by the configuration.
 *
 * @throws an Error if the configuration has an option that the rule doesn't have
 */
export function settingsOf<Options extends RuleOptions>(
	{ name: rule, configSchema }: Policy,
	args: Pick<ResourceValidationArgs, "getConfig">,
): Settings<Options> {
	const schemas = Object.entries(configSchema?.properties ?? {});
	const names = schemas.map(([name]) => name);
	const configured = args.getConfig<Record<string, unknown>>();
	for (const name of Object.keys(configured)) {
		// Pulumi ignores options that aren't in the schema: after a misspelling the default would apply unnoticed.
		if (!names.includes(name)) {
			const guess = nearest(name, names);
			const advice = guess === undefined ? `its options are ${names.join(", ")}` : `did you mean ${guess}?`;
			throw configurationError(`the configuration sets an unknown option of ${rule}, ${name}; ${advice}`);
		}
	}
	const defaults = Object.fromEntries(schemas.map(([name, schema]) => [name, schema.default]));
	return { ...defaults, ...configured } as Settings<Options>;
}

/**
 * The regular expression of an option, ignoring case.
 *
 * @throws an Error if it isn't one
 */
export function patternOf(rule: string, option: string, source: string): RegExp {
	try {
		return new RegExp(source, "i");
	} catch (error) {
		throw configurationError(`${option} of ${rule} must be a regular expression: ${(error as Error).message}`);
	}
}

/** A mistake in the configuration, which ends the run. Without its stack, which Pulumi would print. */
function configurationError(message: string): Error {
	return Object.assign(new Error(message), { stack: message });
}
