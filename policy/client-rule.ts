import {
	remediateResourceOfType,
	type ResourceValidationArgs,
	type ResourceValidationPolicy,
	validateResourceOfType,
} from "@pulumi/policy";
import type { OAuthClientInputs } from "../provider/lifecycle/inputs";
import { OAuthClient } from "../provider/oauth-client";
import { providerProperty } from "../provider/serialized-provider";
import { isExcepted, policyOf, type RuleDefinition, type RuleOptions, type Settings, settingsOf } from "./rule";
import { UnknownValues } from "./unknown-values";

/** A client's arguments in the program; not its secret. Reading a value that is still unknown throws. */
type Declared = Partial<OAuthClientInputs>;

/** A rule that looks at one client at a time. */
interface ClientRule<Options extends RuleOptions> extends RuleDefinition<Options> {
	/**
	 * The violations of a client, each in at most three short sentences: what is wrong, why it matters, how to fix it. Pulumi doesn't
	 * tell a policy which arguments are secret, so a message quotes only Genesys Cloud's own words: grants and scopes.
	 *
	 * @param unknowns reads values that may be unknown
	 */
	violations(
		client: Readonly<Declared>,
		settings: Settings<Options>,
		unknowns: UnknownValues,
		resource: ResourceValidationArgs,
	): string[];
	/** Fixes a client that breaks the rule, in place: with a copy Pulumi would forget which arguments are secret. */
	remedy?(client: Declared, settings: Settings<Options>): void;
}

/** Whether the program only reads the client (`OAuthClient.get`). Pulumi passes such clients to policies when it analyzes a state. */
const isOnlyRead = (client: Declared) => Object.keys(client).every((name) => name === providerProperty);

/** Turns a rule about clients into a policy, which ignores all other resources. */
export function clientRule<Options extends RuleOptions>(
	rule: ClientRule<Options>,
	given: Options,
): ResourceValidationPolicy {
	const policy = policyOf(rule, given);
	const check = (client: Declared, resource: ResourceValidationArgs) => {
		const settings = settingsOf<Options>(policy, resource);
		const unknowns = new UnknownValues();
		const { name, opts } = resource;
		const isIgnored = isOnlyRead(client) || isExcepted(settings.except, { name, ...opts });
		const messages = isIgnored
			? []
			: (unknowns.read(() => rule.violations(client, settings, unknowns, resource)) ?? []);
		return { messages, settings, unknowns };
	};
	return {
		...policy,
		validateResource: validateResourceOfType(OAuthClient, (client, resource, reportViolation) => {
			const { messages, unknowns } = check(client as Declared, resource);
			for (const message of messages) reportViolation(message);
			if (messages.length === 0) unknowns.rethrow();
		}),
		...(rule.remedy && {
			remediateResource: remediateResourceOfType(OAuthClient, (client, resource) => {
				const { messages, settings } = check(client as Declared, resource);
				if (messages.length === 0) return undefined;
				rule.remedy?.(client as Declared, settings);
				return client;
			}),
		}),
	};
}
