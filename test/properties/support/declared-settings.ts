import type { Properties } from "../../../provider/lifecycle/properties";
import { type ClientRecord, DIVISION_IDS } from "../../../simulator";

const sorted = (list: readonly unknown[]) => [...new Set(list.map((item) => JSON.stringify(item)))].toSorted();

/** What a client must be like, told by the vendor's defaults and not by the package's code. */
export function expectedOf(declared: Properties) {
	const isService = declared["authorizedGrantType"] === "CLIENT-CREDENTIALS";
	const roles = (declared["roleDivisions"] ?? []) as { roleId: string; divisionId?: string }[];
	return {
		name: declared["name"],
		authorizedGrantType: declared["authorizedGrantType"],
		description: declared["description"] ?? "",
		accessTokenValiditySeconds: declared["accessTokenValiditySeconds"] ?? 86_400,
		registeredRedirectUri: sorted((declared["registeredRedirectUri"] ?? []) as string[]),
		scope: isService ? [] : sorted((declared["scope"] ?? []) as string[]),
		roles: sorted(roles.map(({ roleId, divisionId = DIVISION_IDS.home }) => ({ roleId, divisionId }))),
		state: declared["state"] ?? "active",
	};
}

/** What a client is like, in the same form; told of the organization's, or of outputs in state. */
export function settingsOf(client: Partial<ClientRecord> | undefined) {
	if (client === undefined) return undefined;
	const { registeredRedirectUri = [], scope = [], roleDivisions = [] } = client;
	return {
		name: client.name,
		authorizedGrantType: client.authorizedGrantType,
		description: client.description ?? "",
		accessTokenValiditySeconds: client.accessTokenValiditySeconds,
		registeredRedirectUri: sorted(registeredRedirectUri),
		scope: sorted(scope),
		roles: sorted(roleDivisions.map(({ roleId, divisionId }) => ({ roleId, divisionId }))),
		state: client.state,
	};
}

/** The settings, each with its name in state. */
export const settingFields = {
	name: "name",
	authorizedGrantType: "authorizedGrantType",
	description: "description",
	accessTokenValiditySeconds: "accessTokenValiditySeconds",
	registeredRedirectUri: "registeredRedirectUri",
	scope: "scope",
	roles: "roleDivisions",
	state: "state",
} as const satisfies Record<keyof ReturnType<typeof expectedOf>, string>;
