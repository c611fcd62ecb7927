import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { canonicalJson } from "../provider/lifecycle/properties";
import { OAuthClient } from "../provider/oauth-client";
import { isTypeOf } from "./resource-types";
import { type RuleOptions, isExcepted, policyOf, settingsOf } from "./rule";
import { UnknownValues } from "./unknown-values";

/** Clients of a stack must have different names, unless they are in different organizations. Mandatory by default. */
export function requireUniqueNames(options: RuleOptions = {}): StackValidationPolicy {
	const policy = policyOf<RuleOptions>(
		{
			name: "require-unique-names",
			description: "OAuth clients of a stack must have different names in Genesys Cloud.",
			enforcementLevel: "mandatory",
			options: {},
		},
		options,
	);
	return {
		...policy,
		validateStack: (args, reportViolation) => {
			const clients = args.resources.filter(({ type }) => isTypeOf(OAuthClient, type));
			const { except } = settingsOf<RuleOptions>(policy, args);
			const unknowns = new UnknownValues();
			const seen = new Map<string, PolicyResource>();
			let unnamed = "";
			// Pulumi passes the resources in any order.
			for (const client of clients.toSorted((a, b) => (a.urn < b.urn ? -1 : 1))) {
				if (isExcepted(except, { name: client.name, ...client.opts })) continue;
				const key = unknowns.read(() => nameInOrganization(client));
				if (key === undefined) unnamed ||= client.name;
				else if (!seen.has(key)) seen.set(key, client);
				else if (!isSame(seen.get(key)!, client)) {
					reportViolation(
						`${seen.get(key)!.name} has the same name. Only the ids then distinguish the two clients: people confuse them, and adopt and lookups by name fail. Change the argument name of one of them.`,
						client.urn,
					);
				}
			}
			unknowns.rethrow(` of ${unnamed}`);
		},
	};
}

/** What must be unique: the name together with what selects the organization: the connection, or the plugin's provider. */
function nameInOrganization({ props, provider }: PolicyResource): string {
	return canonicalJson([props["name"], props["connection"] ?? null, provider?.name ?? null]);
}

/** Whether two resources are the same client: one manages it, the other only reads it. */
function isSame(a: PolicyResource, b: PolicyResource): boolean {
	const unknowns = new UnknownValues();
	const [one, other] = [a, b].map(({ props }) => unknowns.read(() => props["clientId"] as unknown));
	return one !== undefined && one === other;
}
