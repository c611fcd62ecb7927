import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { canonicalJson } from "./canonical-json";
import type { SettingName } from "../input-schema";
import type { RoleDivisionInput } from "../inputs";

/**
 * What stands for a value that isn't known before `up` (an output of another resource): Pulumi's own constant, part of its wire
 * protocol.
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Stands for the home division where its id isn't known: equal to no division. */
const unknownHome = "(home division)";

/** The default of each optional setting: what a client gets when the program doesn't say. */
export const defaults = {
	description: "",
	accessTokenValiditySeconds: 86_400,
	registeredRedirectUri: [] as string[],
	scope: [] as string[],
	roleDivisions: [] as RoleDivisionInput[],
	roleIds: [] as string[],
	state: "active",
};

/** Anything that holds settings: inputs, outputs, or what a refresh hands to `diff`; possibly of another version of the package. */
export type Properties = Partial<Record<string, unknown>>;

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
	/** Whether two values mean the same. */
	same: Compare;
	/** What a change does. */
	onChange: "update" | "replace";
	/** Whether the program has a say in this field at all; by default it does. */
	managed?(inputs: Properties): boolean;
}

/** Every setting of a client: how it is compared, and what a change of it does. */
export const fields: Record<SettingName, Field> = {
	name: { same, onChange: "update" },
	authorizedGrantType: { same, onChange: "replace" },
	description: { same, onChange: "update" },
	accessTokenValiditySeconds: { same, onChange: "update" },
	registeredRedirectUri: { same: sameSet, onChange: "update" },
	// The API keeps scopes for clients that act for a user, and roles for those that act for themselves.
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

/** Whether some role leaves its division to the default. */
export function needsHomeDivision(inputs: Properties): boolean {
	return (
		fields.roleDivisions.managed?.(inputs) === true &&
		list(inputs["roleDivisions"]).some((role) => (role as RoleDivisionInput).divisionId === undefined)
	);
}

/** The settings that the inputs ask for: managed ones only, defaults filled in. */
function desiredSettings(inputs: Properties, homeDivisionId = unknownHome): Properties {
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

/** The settings in which a client differs from what the inputs ask for. */
export function changedSettings(client: Properties, inputs: Properties, homeDivisionId?: string): SettingName[] {
	const desired = desiredSettings(inputs, homeDivisionId);
	return fieldNames.filter(
		(name) => name in desired && !fields[name].same(desired[name], client[name] ?? (defaults as Properties)[name]),
	);
}

/**
 * The body of a POST or PUT that gives a client what the inputs ask for.
 *
 * @param carried settings that this version doesn't know, sent back so that the PUT doesn't wipe them
 */
export function toRequest(
	inputs: Properties,
	homeDivisionId?: string,
	carried: Record<string, unknown> = {},
): OAuthClientRequest {
	// `check` has seen to it that name and grant are there.
	return { ...carried, ...desiredSettings(inputs, homeDivisionId) } as unknown as OAuthClientRequest;
}

/** Every field of a client that this version knows; all others are carried through. */
const knownFields = new Set<string>([
	...fieldNames,
	"id",
	"secret",
	"dateCreated",
	"dateModified",
	"createdBy",
	"modifiedBy",
	"selfUri",
	"dateToDelete",
] satisfies (keyof OAuthClient)[]);

/** The fields of an answer that this version doesn't know. */
export function unknownFields(client: OAuthClient): Record<string, unknown> {
	return Object.fromEntries(Object.entries(client).filter(([name, value]) => !knownFields.has(name) && value !== null));
}

/** Whether a value, or a part of it, isn't known yet. */
export function hasUnknown(value: unknown): boolean {
	if (value === unknownValue) return true;
	if (Array.isArray(value)) return value.some(hasUnknown);
	return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** The client among what state holds: the API's own fields, and nothing of what this package keeps beside them, the secret above all. */
export function clientOf(outputs: Properties): OAuthClient {
	const own = Object.entries(outputs).filter(([name]) => knownFields.has(name));
	return { ...Object.fromEntries(own), id: String(outputs["clientId"]) } as OAuthClient;
}

/**
 * The canonical form of a list that is a set: no element twice, in a fixed order, so that Pulumi shows no change where there is none.
 * Elements that aren't known yet are all kept: they look alike and aren't.
 */
export function canonicalSet<T>(values: readonly T[]): T[] {
	const byText = new Map(
		values.map((value, index) => [
			(typeof value === "string" ? value : canonicalJson(value)) + (hasUnknown(value) ? `#${index}` : ""),
			value,
		]),
	);
	return [...byText.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
