import type { Properties } from "../../provider/lifecycle/properties";
import type { TerraformState } from "../terraform-state";
import { programNames } from "./names";
import { type Lookup, Reference } from "./program";
import { uniqueName } from "./secret-keys";

/** The lookups of roles and divisions that Terraform's state has, in place of their ids. */
export function lookupsIn(terraform: TerraformState | undefined, taken: readonly string[]) {
	const used = new Set(taken);
	const made = new Map<string, Reference>();
	const referenceTo = (id: string, name: string, kind: Lookup["function"]): Reference => {
		const suffix = kind === "getAuthorizationRole" ? "role" : "division";
		const { variable } = programNames([{ id, name: `${name} ${suffix}` }]).get(id) ?? { variable: suffix };
		const reference = new Reference({ lookup: { function: kind, name, variable: uniqueName(variable, used) } });
		made.set(id, reference);
		return reference;
	};
	const found = (id: unknown, names: ReadonlyMap<string, string> | undefined, kind: Lookup["function"]): unknown => {
		const name = typeof id === "string" ? names?.get(id) : undefined;
		return name === undefined ? id : (made.get(String(id)) ?? referenceTo(String(id), name, kind));
	};
	const role = (id: unknown) => found(id, terraform?.roles, "getAuthorizationRole");
	const division = (id: unknown) => found(id, terraform?.divisions, "getAuthorizationDivision");
	return {
		inArgs: ({ ...args }: Properties): Properties => {
			const { roleDivisions, roleIds } = args;
			if (Array.isArray(roleIds)) args["roleIds"] = roleIds.map(role);
			if (Array.isArray(roleDivisions)) {
				args["roleDivisions"] = roleDivisions.map(({ roleId, divisionId }: { roleId: string; divisionId?: string }) =>
					divisionId === undefined
						? { roleId: role(roleId) }
						: { roleId: role(roleId), divisionId: division(divisionId) },
				);
			}
			return args;
		},
	};
}
