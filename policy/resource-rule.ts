import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import type { OAuthClientInputs } from "../provider/lifecycle/oauth-client/inputs";
import type { RotatingOAuthClientInputs } from "../provider/lifecycle/rotating-oauth-client/inputs";
import { OAuthClient } from "../provider/oauth-client";
import { secretsOf } from "../provider/lifecycle/argument-table";
import { credentialTable } from "../provider/lifecycle/integration-credential/arguments";
import { clientTable } from "../provider/lifecycle/oauth-client/arguments";
import { pairTable } from "../provider/lifecycle/rotating-oauth-client/arguments";
import { RotatingOAuthClient } from "../provider/rotating-oauth-client";
import { policyOf, type RuleDefinition, type RuleOptions, type Settings, settingsOf } from "./rule";
import { isTypeOf, type ResourceClass } from "./resource-types";
import { UnknownValues } from "./unknown-values";

/** The arguments of a client or a pair in the program; no secret of it. Reading a value that is still unknown throws. */
type DeclaredClient = Partial<OAuthClientInputs> & Pick<Partial<RotatingOAuthClientInputs>, "rotation">;

/** A rule that looks at one resource at a time. */
interface ResourceRule<Options extends RuleOptions, Declared> extends RuleDefinition<Options> {
	/**
	 * The violations of a resource, each in at most three short sentences: what is wrong, why it matters, how to fix it. Pulumi doesn't
	 * tell a policy which arguments are secret, so a message quotes only Genesys Cloud's own words: grants and scopes.
	 *
	 * @param unknowns reads values that may be unknown
	 */
	violations(
		declared: Readonly<Declared>,
		settings: Settings<Options>,
		unknowns: UnknownValues,
		resource: ResourceValidationArgs,
	): string[];
	/** Fixes a resource that breaks the rule, in place: with a copy Pulumi would forget which arguments are secret. */
	remedy?(declared: Declared, settings: Settings<Options>): void;
}

/** Whether the program only reads the resource (`OAuthClient.get`). Pulumi passes such resources to policies when it analyzes a state. */
const isOnlyRead = (declared: object) =>
	Object.keys(declared).every((name) => name.startsWith("__") || secretOutputs.has(name));
/** What the classes add to a program's arguments, also to none, beside hidden ones. */
const secretOutputs = new Set([clientTable, pairTable, credentialTable].flatMap((table) => secretsOf(table).outputs));

/** Turns a rule about clients and pairs into a policy, which ignores all other resources. */
export const clientRule = <Options extends RuleOptions>(
	rule: ResourceRule<Options, DeclaredClient>,
	given: Options,
): ResourceValidationPolicy => resourceRule([OAuthClient, RotatingOAuthClient], rule, given);

/** Turns a rule about resources of some classes into a policy, which ignores all others. */
export function resourceRule<Options extends RuleOptions, Declared extends object>(
	classes: ResourceClass[],
	rule: ResourceRule<Options, Declared>,
	given: Options,
): ResourceValidationPolicy {
	const policy = policyOf(rule, given);
	const isMeant = ({ type }: ResourceValidationArgs) => classes.some((one) => isTypeOf(one, type));
	const check = (declared: Declared, resource: ResourceValidationArgs) => {
		const settings = settingsOf<Options>(policy, resource);
		const unknowns = new UnknownValues();
		const isIgnored = isOnlyRead(declared) || settings.except.includes(resource.name);
		const messages = isIgnored
			? []
			: (unknowns.read(() => rule.violations(declared, settings, unknowns, resource)) ?? []);
		return { messages, settings, unknowns };
	};
	return {
		...policy,
		validateResource: (resource, reportViolation) => {
			if (!isMeant(resource)) return;
			const { messages, unknowns } = check(resource.props as Declared, resource);
			for (const message of messages) reportViolation(message);
			if (messages.length === 0) unknowns.rethrow();
		},
		...(rule.remedy && {
			remediateResource: (resource: ResourceValidationArgs) => {
				if (!isMeant(resource)) return undefined;
				const declared = resource.props as Declared;
				const { messages, settings } = check(declared, resource);
				if (messages.length === 0) return undefined;
				rule.remedy?.(declared, settings);
				return declared;
			},
		}),
	};
}
