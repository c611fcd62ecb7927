import { fieldsOf } from "../../api/json";
import { canonicalSet, hasUnknown, picked, type Properties, sameJson } from "../properties";
import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { responseFields } from "../../api/oauth-api";
import { type ChangedSetting, clientTable, defaults, settingNames, type SettingName } from "./arguments";
import type { RoleDivisionInput } from "./inputs";

/** Represents the home division if its id isn't known: different from every division. */
const unknownHome = "(home division)";

const equal = (a: unknown, b: unknown) => a === b;
const hasItems = (value: unknown) => Array.isArray(value) && value.length > 0;

/** Whether a setting is the same in both. */
const isSame = (name: SettingName, a: Properties, b: Properties): boolean =>
	(clientTable[name].same ?? equal)(a[name] ?? defaults[name], b[name] ?? defaults[name]);

/** Whether the program manages a setting: its grant has it, and of two forms of it this is the one that the program uses. */
export function isManaged(name: SettingName, inputs: Properties): boolean {
	const { refusedBy, olderFormOf } = clientTable[name];
	if (refusedBy?.(inputs["authorizedGrantType"]) !== undefined) return false;
	if (olderFormOf !== undefined) return hasItems(inputs[name]) && !hasItems(inputs[olderFormOf]);
	return !settingNames.some((older) => clientTable[older].olderFormOf === name && isManaged(older, inputs));
}

/** Whether a role has no division, so that the home division applies. */
export function needsHomeDivision(inputs: Properties): boolean {
	return (
		isManaged("roleDivisions", inputs) &&
		Array.isArray(inputs["roleDivisions"]) &&
		inputs["roleDivisions"].some((role: RoleDivisionInput) => role.divisionId === undefined)
	);
}

/** The settings that the inputs declare: managed ones only, with defaults. */
export function desiredSettings(inputs: Properties, homeDivisionId = unknownHome): Properties {
	const managed = settingNames.filter((name) => isManaged(name, inputs));
	const desired: Properties = Object.fromEntries(managed.map((name) => [name, inputs[name] ?? defaults[name]]));
	if (Array.isArray(desired["roleDivisions"])) {
		desired["roleDivisions"] = desired["roleDivisions"].map((role: RoleDivisionInput | string) =>
			typeof role === "string" ? role : { roleId: role.roleId, divisionId: role.divisionId ?? homeDivisionId },
		);
	}
	return desired;
}

/**
 * The settings of a client that differ from the inputs.
 *
 * @param unconfirmed settings whose value may be another one than this
 */
export function changedSettings(
	client: Properties,
	inputs: Properties,
	homeDivisionId?: string,
	unconfirmed: readonly ChangedSetting[] = [],
): ChangedSetting[] {
	const desired = desiredSettings(inputs, homeDivisionId);
	const changed: ChangedSetting[] = settingNames.filter(
		(name) => name in desired && (unconfirmed.includes(name) || !isSame(name, desired, client)),
	);
	const additional = Object.entries(fieldsOf(inputs["additionalSettings"]));
	const found = { ...client, ...fieldsOf(client["unmanagedSettings"]) };
	const isChanged = additional.some(([name, value]) => !sameValue(value, found[name]));
	return isChanged || (additional.length > 0 && unconfirmed.includes("additionalSettings"))
		? [...changed, "additionalSettings"]
		: changed;
}

/** Whether two values of a setting that this version doesn't know are the same, lists as sets. */
const sameValue = (...values: [unknown, unknown]): boolean => {
	const [one, other] = values.map((value) => (Array.isArray(value) ? canonicalSet(value) : value));
	return !hasUnknown(one) && sameJson(one, other);
};

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
	const desired = { ...fieldsOf(inputs["additionalSettings"]), ...desiredSettings(inputs, homeDivisionId) };
	return { ...carried, ...desired } as unknown as OAuthClientRequest;
}

/** The two lists of a client's roles: the API derives each from the other. */
const roleLists: readonly SettingName[] = ["roleDivisions", "roleIds"];

/** Whether a setting changes with those that are changed. */
const takenBy = (changed: readonly ChangedSetting[]) => (name: SettingName) =>
	changed.includes(name) || (roleLists.includes(name) && roleLists.some((one) => changed.includes(one)));

/**
 * The body of a PUT that changes some settings of a client and leaves the others as they are; undefined if there are none.
 *
 * @param request what the program declares
 * @param dropped the additional settings that it no longer declares
 */
export function toPut(
	client: OAuthClient,
	request: OAuthClientRequest,
	changed: readonly ChangedSetting[],
	dropped: readonly string[] = [],
): OAuthClientRequest | undefined {
	// Also where the client seems to have it: a read may be outdated.
	if (changed.length === 0) return undefined;
	const [live, declared] = [{ ...client } as Properties, { ...request } as Properties];
	const isAdditional = changed.includes("additionalSettings");
	const isTaken = takenBy(changed);
	const hasRoles = roleLists.some((name) => name in declared);
	const isThere = (name: SettingName) =>
		name in declared
			? (live[name] ?? undefined) !== undefined
			: // Roles that somebody granted may stand in the list that the program doesn't use.
				hasRoles && roleLists.includes(name) && hasItems(live[name]);
	const kept = settingNames.filter((name) => !isTaken(name) && isThere(name));
	const unknown = Object.fromEntries(Object.entries(unknownFields(client)).filter(([name]) => !dropped.includes(name)));
	return { ...(isAdditional ? { ...unknown, ...request } : { ...request, ...unknown }), ...picked(live, kept) };
}

/**
 * The settings that an update leaves to the API: those that the program no longer manages, and the list of roles that follows from the other one.
 *
 * @param changed the settings that differ from state
 */
export function settingsLeftToApi(
	olds: Properties,
	inputs: Properties,
	changed: readonly ChangedSetting[],
): SettingName[] {
	const [before, now] = [desiredSettings(olds), desiredSettings(inputs)];
	const areRolesChanged = roleLists.some((name) => changed.includes(name));
	return settingNames.filter(
		(name) => !(name in now) && (name in before || (areRolesChanged && roleLists.includes(name))),
	);
}

/** The settings of a client that the program's grant can't have: a PUT with that grant removes them. */
export function settingsLost(client: Properties, { authorizedGrantType: grant }: Properties): SettingName[] {
	if (client["authorizedGrantType"] === grant) return [];
	const managed = Object.keys(desiredSettings(client)) as SettingName[];
	return managed.filter((name) => hasItems(client[name]) && clientTable[name].refusedBy?.(grant) !== undefined);
}

/**
 * A client after an update, as state is told of it: a setting that the update has left alone stays as it is in state, since what was changed
 * elsewhere is for a refresh to show.
 *
 * @param live the client before the update
 * @param taken the settings that are as the client has them now
 */
export function withOldSettings(
	client: OAuthClient,
	live: OAuthClient,
	olds: Properties,
	taken: readonly ChangedSetting[],
): OAuthClient {
	const isKept = (name: SettingName) =>
		olds[name] !== undefined && !taken.includes(name) && isSame(name, { ...client }, { ...live });
	return { ...client, ...picked(olds, settingNames.filter(isKept)) };
}

/** The fields of a client that this version knows; all others are sent back unchanged. */
export const knownFields = new Set<string>([
	...settingNames,
	...responseFields,
	"dateToDelete" satisfies keyof OAuthClient,
]);

/** The fields of a response that are unknown to this version. */
export function unknownFields(client: OAuthClient): Record<string, unknown> {
	return Object.fromEntries(Object.entries(client).filter(([name, value]) => !knownFields.has(name) && value !== null));
}

/** A client as a request that changes nothing. */
export function requestOf(client: OAuthClient): OAuthClientRequest {
	const settings = settingNames.map((name) => [name, client[name]] as const);
	const known = settings.filter(([, value]) => value !== undefined && value !== null);
	return { ...unknownFields(client), ...Object.fromEntries(known) } as Properties as unknown as OAuthClientRequest;
}

/** The client in outputs: the API's fields, without what this package adds, such as the secret. */
export function clientOf(outputs: Properties): OAuthClient {
	const own = Object.entries(outputs).filter(([name]) => knownFields.has(name));
	return { ...Object.fromEntries(own), id: String(outputs["clientId"]) } as OAuthClient;
}
