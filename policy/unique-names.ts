import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { canonicalJson } from "../provider/lifecycle/properties";
import type { PairClients } from "../provider/lifecycle/rotating-oauth-client/arguments";
import { letters, nameOf } from "../provider/lifecycle/rotating-oauth-client/state";
import { OAuthClient } from "../provider/oauth-client";
import { RotatingOAuthClient } from "../provider/rotating-oauth-client";
import { isTypeOf } from "./resource-types";
import { type RuleOptions, policyOf, settingsOf } from "./rule";
import { UnknownValues } from "./unknown-values";

/** Clients of a stack, those of pairs too, must have different names, unless they are in different organizations. Mandatory by default. */
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
			const { except } = settingsOf<RuleOptions>(policy, args);
			const unknowns = new UnknownValues();
			const seen = new Map<string, NamedClient>();
			let unnamed = "";
			// Pulumi passes the resources in any order.
			for (const resource of args.resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1))) {
				if (except.includes(resource.name)) continue;
				for (const client of clientsOf(resource)) {
					const key = unknowns.read(() => nameInOrganization(client));
					if (key === undefined) unnamed ||= resource.name;
					const other = seen.get(key ?? "");
					if (key !== undefined && other === undefined) seen.set(key, client);
					if (other === undefined || isSame(other, client)) continue;
					const [who, asWhat] = [
						other.letter === undefined ? other.resource.name : `Client ${other.letter} of ${other.resource.name}`,
						client.letter === undefined ? "" : ` as client ${client.letter}`,
					];
					reportViolation(
						`${who} has the same name${asWhat}. Only the ids then distinguish the two clients: people confuse them, and adopt and lookups by name fail. Change the argument name of one of them.`,
						resource.urn,
					);
				}
			}
			unknowns.rethrow(` of ${unnamed}`);
		},
	};
}

/** A client in Genesys Cloud, with the resource that declares or reads it. */
interface NamedClient {
	resource: PolicyResource;
	/** Which client of a pair it is: `A` or `B`. */
	letter?: string;
	/** Its name; throws if it is unknown. */
	name: () => unknown;
	/** Its id; throws if it is unknown. */
	id: () => unknown;
}

/** The clients of a resource: none of one that is neither a client nor a pair. */
function clientsOf(resource: PolicyResource): NamedClient[] {
	const { props, type } = resource;
	if (isTypeOf(OAuthClient, type)) return [{ resource, name: () => props["name"], id: () => props["clientId"] }];
	if (!isTypeOf(RotatingOAuthClient, type)) return [];
	return letters.map((letter) => ({
		resource,
		letter: letter.toUpperCase(),
		name: () => nameOf(props["name"], letter),
		id: () => (props["clients"] as PairClients | undefined)?.[letter]?.clientId,
	}));
}

/** What must be unique: the name together with what selects the organization: the connection, or the plugin's provider. */
function nameInOrganization({ name, resource: { props, provider } }: NamedClient): string {
	return canonicalJson([name(), props["connection"] ?? null, provider?.name ?? null]);
}

/** Whether two resources are about the same client: one manages it, the other only reads it. */
function isSame(a: NamedClient, b: NamedClient): boolean {
	const unknowns = new UnknownValues();
	const [one, other] = [a, b].map(({ id }) => unknowns.read(id));
	return one !== undefined && one === other;
}
