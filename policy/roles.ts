import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./client-rule";
import type { RuleOptions } from "./rule";

/** No role counts in every division (`divisionId: "*"`). Advisory by default. */
export function noRolesInEveryDivision(options: RuleOptions = {}): ResourceValidationPolicy {
	return clientRule<RuleOptions>(
		{
			name: "no-roles-in-every-division",
			description: "No role of an OAuth client counts in every division.",
			enforcementLevel: "advisory",
			options: {},
			violations: (client, _, unknown) => {
				const roles = unknown.items(() => client.roleDivisions);
				const everywhere = roles.filter(({ item }) => unknown.read(() => item.divisionId) === "*");
				if (everywhere.length === 0) return [];
				const what =
					everywhere.length === 1
						? "One role counts in every division (divisionId is *)"
						: `${everywhere.length} roles count in every division (divisionId is *)`;
				return [
					`${what}. Whoever gets hold of the client's secret reaches the whole organization. Give the role once for each division that the client works in, or leave divisionId out for the home division.`,
				];
			},
		},
		options,
	);
}
