import { type PolicyResource, type StackValidationPolicy, validateStackResourcesOfType } from "@pulumi/policy";
import { canonicalJson } from "../provider/lifecycle/state/canonical-json";
import { OAuthClient } from "../provider/oauth-client";
import { NotYetKnown } from "./not-yet-known";
import { isExcepted, policyOf, type RuleOptions, settingsOf } from "./rule";

/** No two clients of a stack have one name, unless they are in two organizations. Mandatory by default. */
export function requireUniqueNames(options: RuleOptions = {}): StackValidationPolicy {
	const policy = policyOf<RuleOptions>(
		{
			name: "require-unique-names",
			description: "No two OAuth clients of a stack have the same name in Genesys Cloud.",
			enforcementLevel: "mandatory",
			options: {},
		},
		options,
	);
	return {
		...policy,
		validateStack: validateStackResourcesOfType(OAuthClient, (_, args, reportViolation) => {
			const { except } = settingsOf<RuleOptions>(policy, args);
			const unknown = new NotYetKnown();
			const seen = new Map<string, PolicyResource>();
			let unnamed = "";
			// Pulumi hands the resources over in any order.
			for (const client of args.resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1))) {
				if (isExcepted(except, { name: client.name, ...client.opts })) continue;
				const key = unknown.read(() => nameInOrganization(client));
				if (key === undefined) unnamed ||= client.name;
				else if (!seen.has(key)) seen.set(key, client);
				else if (!isSame(seen.get(key)!, client)) {
					reportViolation(
						`${seen.get(key)!.name} has the same name. Only their ids then tell the two clients apart: people take one for the other, and adopt and lookups by name fail. Change the argument name of one of them.`,
						client.urn,
					);
				}
			}
			unknown.rethrow(` of ${unnamed}`);
		}),
	};
}

/** What must be unique: the name, within the organization that the connection leads to. */
function nameInOrganization({ props }: PolicyResource): string {
	return canonicalJson([props["name"], props["connection"] ?? null]);
}

/** Whether two resources are one client: one that is managed, and is read elsewhere in the program. */
function isSame(a: PolicyResource, b: PolicyResource): boolean {
	const unknown = new NotYetKnown();
	const [one, other] = [a, b].map(({ props }) => unknown.read(() => props["clientId"] as unknown));
	return one !== undefined && one === other;
}
