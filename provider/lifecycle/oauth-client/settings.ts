import { type Properties } from "../properties";
import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { responseFields } from "../../api/oauth-api";
import type { SettingName } from "./arguments";
import type { RoleDivisionInput } from "./inputs";

/** Represents the home division if its id isn't known: different from every division. */
const unknownHome = "(home division)";

/** The default of each optional setting. */
export const defaults = {
	description: "",
	accessTokenValiditySeconds: 86_400,
	registeredRedirectUri: [] as string[],
	scope: [] as string[],
	roleDivisions: [] as RoleDivisionInput[],
	roleIds: [] as string[],
	state: "active",
};

type Compare = (a: unknown, b: unknown) => boolean;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const same: Compare = (a, b) => a === b;
const sameSet: Compare = (a, b) => {
	const left = new Set(list(a));
	const right = new Set(list(b));
	return left.size === right.size && [...left].every((item) => right.has(item));
};
const roleKeys = (value: unknown): string[] =>
	list(value).map((role) => {
		const { roleId, divisionId } = (role ?? {}) as Partial<RoleDivisionInput>;
		return `${roleId}\n${divisionId}`;
	});
const sameRoles: Compare = (a, b) => sameSet(roleKeys(a), roleKeys(b));

const hasOnlyRoleIds = (settings: Properties) =>
	list(settings["roleIds"]).length > 0 && list(settings["roleDivisions"]).length === 0;
const isService = (settings: Properties) => settings["authorizedGrantType"] === "CLIENT-CREDENTIALS";

interface Field {
	/** Whether two values are equivalent. */
	same: Compare;
	/** The effect of a change. */
	onChange: "update" | "replace";
	/** Whether the program manages this field. @default true */
	managed?(inputs: Properties): boolean;
}

/** Every setting of a client: how it is compared, and the effect of a change. */
export const fields: Record<SettingName, Field> = {
	name: { same, onChange: "update" },
	authorizedGrantType: { same, onChange: "replace" },
	description: { same, onChange: "update" },
	accessTokenValiditySeconds: { same, onChange: "update" },
	registeredRedirectUri: { same: sameSet, onChange: "update" },
	// The API stores scopes for clients that act for a user, and roles for those that act for themselves.
	scope: { same: sameSet, onChange: "update", managed: (inputs) => !isService(inputs) },
	roleDivisions: {
		same: sameRoles,
		onChange: "update",
		managed: (inputs) => isService(inputs) && !hasOnlyRoleIds(inputs),
	},
	roleIds: { same: sameSet, onChange: "update", managed: (inputs) => isService(inputs) && hasOnlyRoleIds(inputs) },
	state: { same, onChange: "update" },
};

/** The names of the settings. */
export const fieldNames = Object.keys(fields) as SettingName[];

/** Whether a role has no division, so that the home division applies. */
export function needsHomeDivision(inputs: Properties): boolean {
	return (
		fields.roleDivisions.managed?.(inputs) === true &&
		list(inputs["roleDivisions"]).some((role) => (role as RoleDivisionInput).divisionId === undefined)
	);
}

/** The settings that the inputs declare: managed ones only, with defaults. */
export function desiredSettings(inputs: Properties, homeDivisionId = unknownHome): Properties {
	const desired: Properties = {};
	for (const name of fieldNames) {
		if (fields[name].managed?.(inputs) === false) continue;
		desired[name] = inputs[name] ?? (defaults as Properties)[name];
	}
	if (Array.isArray(desired["roleDivisions"])) {
		desired["roleDivisions"] = desired["roleDivisions"].map((role: RoleDivisionInput | string) =>
			typeof role === "string" ? role : { roleId: role.roleId, divisionId: role.divisionId ?? homeDivisionId },
		);
	}
	return desired;
}

/** The settings of a client that differ from the inputs. */
export function changedSettings(client: Properties, inputs: Properties, homeDivisionId?: string): SettingName[] {
	const desired = desiredSettings(inputs, homeDivisionId);
	return fieldNames.filter(
		(name) => name in desired && !fields[name].same(desired[name], client[name] ?? (defaults as Properties)[name]),
	);
}

/**
 * The body of a POST or PUT for the inputs.
 *
 * @param carried settings unknown to this version, sent back so that the PUT doesn't reset them
 */
export function toRequest(
	inputs: Properties,
	homeDivisionId?: string,
	carried: Record<string, unknown> = {},
): OAuthClientRequest {
	// `check` has verified that name and grant exist.
	return { ...carried, ...desiredSettings(inputs, homeDivisionId) } as unknown as OAuthClientRequest;
}

/** The fields of a client that this version knows; all others are sent back unchanged. */
const knownFields = new Set<string>([...fieldNames, ...responseFields, "dateToDelete" satisfies keyof OAuthClient]);

/** The fields of a response that are unknown to this version. */
export function unknownFields(client: OAuthClient): Record<string, unknown> {
	return Object.fromEntries(Object.entries(client).filter(([name, value]) => !knownFields.has(name) && value !== null));
}

/** The client in outputs: the API's fields, without what this package adds, such as the secret. */
export function clientOf(outputs: Properties): OAuthClient {
	const own = Object.entries(outputs).filter(([name]) => knownFields.has(name));
	return { ...Object.fromEntries(own), id: String(outputs["clientId"]) } as OAuthClient;
}
