import type { EnforcementLevel, Policy, PolicyConfigSchema, ResourceValidationArgs } from "@pulumi/policy";
import { nearest } from "../provider/nearest";
import { RotatingOAuthClient } from "../provider/rotating-oauth-client";
import { parseUrn } from "./urn";

/** What every rule takes. The configuration of the policy pack knows the same options, and comes first. */
export interface RuleOptions {
	/**
	 * What a violation does: `advisory` tells, `mandatory` fails the preview and the update, `remediate` mends it where the rule can (and
	 * is `mandatory` elsewhere), `disabled` turns the rule off.
	 *
	 * @default the rule's own level
	 */
	enforcementLevel?: EnforcementLevel;
	/**
	 * Names of resources that the rule leaves alone, as the program names them. The name of a `RotatingOAuthClient` stands for its two
	 * clients.
	 *
	 * @default []
	 */
	except?: string[];
}

type OptionName<Options> = Exclude<keyof Options, "enforcementLevel">;
type JsonSchema = PolicyConfigSchema["properties"][string];
type OptionSchema<Value> = JsonSchema & { description: string; default: Value };

/** A rule's options with nothing missing. */
export type Settings<Options extends RuleOptions> = {
	[Name in OptionName<Options>]-?: Exclude<Options[Name], undefined>;
};

/** What there is to say of a rule, whatever it looks at. */
export interface RuleDefinition<Options extends RuleOptions> {
	/** The policy's name: the factory's in kebab-case. */
	name: string;
	/** What holds where the rule is kept, in one sentence. Pulumi prints it above each violation. */
	description: string;
	/** The level where nobody gives another one. */
	enforcementLevel: EnforcementLevel;
	/** The options that only this rule has, as the configuration takes them. */
	options: { [Name in Exclude<OptionName<Options>, "except">]-?: OptionSchema<Exclude<Options[Name], undefined>> };
}

const except: OptionSchema<string[]> = {
	type: "array",
	items: { type: "string" },
	description: "Names of resources that the rule leaves alone.",
	default: [],
};

/** A policy that can't judge anything yet. What its factory was given are the defaults of its configuration. */
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
 * What goes for a rule: its defaults, what its factory was given, what the configuration says.
 *
 * @throws an Error when the configuration names an option that the rule lacks
 */
export function settingsOf<Options extends RuleOptions>(
	{ name: rule, configSchema }: Policy,
	args: Pick<ResourceValidationArgs, "getConfig">,
): Settings<Options> {
	const schemas = Object.entries(configSchema?.properties ?? {});
	const names = schemas.map(([name]) => name);
	const configured = args.getConfig<Record<string, unknown>>();
	for (const name of Object.keys(configured)) {
		// Pulumi passes over what isn't in the schema, and a misspelt rule would go on with its default without anybody noticing.
		if (!names.includes(name)) {
			const guess = nearest(name, names);
			const advice = guess === undefined ? `its options are ${names.join(", ")}` : `did you mean ${guess}?`;
			throw configurationError(`the configuration gives ${rule} an option that it doesn't have, ${name}; ${advice}`);
		}
	}
	const defaults = Object.fromEntries(schemas.map(([name, schema]) => [name, schema.default]));
	return { ...defaults, ...configured } as Settings<Options>;
}

/**
 * The regular expression that an option holds; case doesn't matter.
 *
 * @throws an Error when it isn't one
 */
export function patternOf(rule: string, option: string, source: string): RegExp {
	try {
		return new RegExp(source, "i");
	} catch (error) {
		throw configurationError(`${option} of ${rule} must be a regular expression: ${(error as Error).message}`);
	}
}

/** A mistake of whoever configures a rule. It ends the run; the stack that Pulumi would print with it helps nobody. */
function configurationError(message: string): Error {
	return Object.assign(new Error(message), { stack: message });
}

/** Whether a resource is among the exceptions, by its own name or that of the RotatingOAuthClient that it is a part of. */
export function isExcepted(
	exceptions: readonly string[],
	{ name, parent }: { name: string; parent?: string },
): boolean {
	if (exceptions.includes(name)) return true;
	const component = parent === undefined ? undefined : parseUrn(parent);
	return component?.type === RotatingOAuthClient.__pulumiType && exceptions.includes(component.name);
}
