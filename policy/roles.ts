import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./resource-rule";
import type { RuleOptions } from "./rule";

/** Roles must not be granted in all divisions (`divisionId: "*"`). Advisory by default. */
export function noRolesInEveryDivision(options: RuleOptions = {}): ResourceValidationPolicy {
	return clientRule<RuleOptions>(
		{
			name: "no-roles-in-every-division",
			description: "Roles of an OAuth client must not be granted in all divisions.",
			enforcementLevel: "advisory",
			options: {},
			violations: (client, _, unknowns) => {
				const roles = unknowns.items(() => client.roleDivisions);
				const everywhere = roles.filter(({ item }) => unknowns.read(() => item.divisionId) === "*");
				if (everywhere.length === 0) return [];
				const what =
					everywhere.length === 1
						? "One role is granted in all divisions (divisionId is *)"
						: `${everywhere.length} roles are granted in all divisions (divisionId is *)`;
				return [
					`${what}. A leaked secret then gives access to the whole organization. Grant the role once for each division that the client works in, or omit divisionId for the home division.`,
				];
			},
		},
		options,
	);
}
