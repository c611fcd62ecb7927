import {
	remediateResourceOfType,
	type ResourceValidationArgs,
	type ResourceValidationPolicy,
	validateResourceOfType,
} from "@pulumi/policy";
import type { OAuthClientInputs } from "../provider/lifecycle/inputs";
import { OAuthClient } from "../provider/oauth-client";
import { providerProperty } from "../provider/serialized-provider";
import { NotYetKnown } from "./not-yet-known";
import { isExcepted, policyOf, type RuleDefinition, type RuleOptions, type Settings, settingsOf } from "./rule";

/** What a program declares of a client. Reading what isn't known yet throws. The client's secret isn't among it. */
type Declared = Partial<OAuthClientInputs>;

/** A rule about each client for itself. */
interface ClientRule<Options extends RuleOptions> extends RuleDefinition<Options> {
	/**
	 * What is wrong with a client, each in at most three short sentences: what, why it matters, the change that mends it. Pulumi doesn't
	 * tell a policy which arguments are secret, so a message holds none but those that are Genesys Cloud's own words: grants and scopes.
	 *
	 * @param unknown reads what may not be known
	 */
	violations(
		client: Readonly<Declared>,
		settings: Settings<Options>,
		unknown: NotYetKnown,
		resource: ResourceValidationArgs,
	): string[];
	/** Mends a client that breaks the rule, in place: in a copy Pulumi wouldn't know any more which arguments are secret. */
	remedy?(client: Declared, settings: Settings<Options>): void;
}

/** Whether a program reads a client (`OAuthClient.get`) and declares nothing of it. Pulumi shows such a one when it judges a state. */
const isOnlyRead = (client: Declared) => Object.keys(client).every((name) => name === providerProperty);

/** Makes a rule about clients a policy, which passes over every other resource. */
export function clientRule<Options extends RuleOptions>(
	rule: ClientRule<Options>,
	given: Options,
): ResourceValidationPolicy {
	const policy = policyOf(rule, given);
	const judge = (client: Declared, resource: ResourceValidationArgs) => {
		const settings = settingsOf<Options>(policy, resource);
		const unknown = new NotYetKnown();
		const { name, opts } = resource;
		const passesOver = isOnlyRead(client) || isExcepted(settings.except, { name, ...opts });
		const messages = passesOver ? [] : (unknown.read(() => rule.violations(client, settings, unknown, resource)) ?? []);
		return { messages, settings, unknown };
	};
	return {
		...policy,
		validateResource: validateResourceOfType(OAuthClient, (client, resource, reportViolation) => {
			const { messages, unknown } = judge(client as Declared, resource);
			for (const message of messages) reportViolation(message);
			if (messages.length === 0) unknown.rethrow();
		}),
		...(rule.remedy && {
			remediateResource: remediateResourceOfType(OAuthClient, (client, resource) => {
				const { messages, settings } = judge(client as Declared, resource);
				if (messages.length === 0) return undefined;
				rule.remedy?.(client as Declared, settings);
				return client;
			}),
		}),
	};
}
