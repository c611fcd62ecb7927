import { type Properties, canonicalSet, picked } from "../properties";
import { fieldsOf } from "../../api/json";
import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import {
	clientTable,
	defaults,
	type ChangedSetting,
	type OAuthClientOutputs,
	optionsOf,
	settingNames,
} from "./arguments";
import type { AddedOutputs } from "./outputs";
import { type SecretStep, dueAt, fingerprintOf, pendingStepsOf, rotationOf } from "./secret-rotation";
import { clientOf, unknownFields } from "./settings";

const textOrNone = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const textOr = (fallback: string, value: unknown): string => (typeof value === "string" ? value : fallback);

/** What state must keep although the API doesn't return it. */
export interface CarriedState extends Pick<
	AddedOutputs,
	"clientSecret" | "secretVersion" | "secretRotatedAt" | "secretFingerprint" | "declared"
> {
	/** The secret's remaining steps. */
	pendingSecretSteps: SecretStep[];
	/** The program's options. */
	options: Properties;
	homeDivisionId?: string | undefined;
	loginClientId?: string | undefined;
	adoptionId?: string | undefined;
	/** The last order under which the secret was made. */
	rotationOrder?: string | undefined;
	/** The grant of the client, once login has told a right secret of a client of that grant; undefined for services, which can log in. */
	triedGrant?: string | undefined;
	/** When a new secret changed the client, if it is newer than the client: ISO 8601. */
	dateModified?: string | undefined;
	/** The settings that a PUT without an answer may have changed. */
	unconfirmed: readonly ChangedSetting[];
}

/** What the program declares. */
export interface Goal {
	inputs: Properties;
	/** The same as a request to the API. */
	request: OAuthClientRequest;
	homeDivisionId: string | undefined;
}

/** A client as far as it is known: each step of an operation records here what it has done, before it can fail. */
export interface Subject extends Goal {
	/** The secret that state had before; empty without one. */
	secretInState: string;
	/** The client, from the API's last response or from state. */
	client: OAuthClient;
	/** What else state must keep. */
	carried: CarriedState;
	/** Where the client came from. */
	from: "POST" | "POST without response" | "adoption" | "state";
	/** Whether the API has returned the client in this run. */
	isFresh: boolean;
	/** Whether something has changed that isn't in state: a failure must save it. */
	isUnsaved: boolean;
	/** The error of a POST that created the client and whose response told no more than its id and possibly its secret. */
	unusable?: unknown;
}

/** The names of the optional settings in inputs. */
export function declaredNames(inputs: Properties): string[] {
	return settingNames.filter((name) => clientTable[name].required !== true && inputs[name] !== undefined);
}

/** The carried state in the outputs of an earlier run, of any version. */
export function carriedStateOf(outputs: Properties): CarriedState {
	const { declared, homeDivisionId, secretVersion } = outputs;
	const clientSecret = textOr("", outputs["clientSecret"]);
	return {
		clientSecret,
		secretVersion: typeof secretVersion === "number" ? secretVersion : clientSecret === "" ? 0 : 1,
		// Of a secret in the state it is computed.
		secretFingerprint: clientSecret === "" ? textOr("", outputs["secretFingerprint"]) : "",
		// Versions without this output never rotated a secret.
		secretRotatedAt: textOr(textOr("", outputs["dateCreated"]), outputs["secretRotatedAt"]),
		pendingSecretSteps: pendingStepsOf(outputs),
		options: optionsOf(outputs),
		declared: Array.isArray(declared) ? declared.map(String) : declaredNames(outputs),
		homeDivisionId: textOrNone(homeDivisionId),
		loginClientId: textOrNone(outputs["loginClientId"]),
		adoptionId: textOrNone(outputs["adoptionId"]),
		rotationOrder: textOrNone(outputs["rotationOrder"]),
		triedGrant: textOrNone(outputs["triedGrant"]),
		unconfirmed: unconfirmedOf(outputs),
	};
}

/** The settings that a PUT without an answer may have changed. */
export const unconfirmedOf = ({ unconfirmedSettings: names }: Properties): ChangedSetting[] =>
	Array.isArray(names) ? [...settingNames, "additionalSettings" as const].filter((name) => names.includes(name)) : [];

/** The settings unknown to this version, from the outputs of an earlier run. */
export const unmanagedSettingsOf = (outputs: Properties): Properties => fieldsOf(outputs["unmanagedSettings"]);

/** A client as the API returned it to an earlier run. */
export const clientInState = (outputs: Properties, id: string): OAuthClient => ({
	...unmanagedSettingsOf(outputs),
	...clientOf(outputs),
	id,
});

/** The settings of a client, in canonical form, with defaults. */
function settingsOf(client: OAuthClient): Properties {
	const { roleDivisions = [], ...others } = client;
	const settings: Properties = {
		...others,
		roleDivisions: (roleDivisions ?? []).map(({ roleId, divisionId }) => ({ roleId, divisionId })),
	};
	return Object.fromEntries(
		settingNames.map((name) => {
			const value = settings[name] ?? defaults[name] ?? "";
			return [name, Array.isArray(value) ? canonicalSet(value) : value];
		}),
	);
}

/**
 * The outputs for a client that the API returned. They contain nothing that Pulumi can't serialize: an `undefined` would fail after the
 * client was created, and a Date would silently become an empty object.
 */
export function toOutputs(client: OAuthClient, carried: CarriedState): OAuthClientOutputs {
	const secretRotatedAt = carried.secretRotatedAt || textOr("", client.dateCreated);
	const due = carried.secretVersion === 0 ? undefined : dueAt(client.id, secretRotatedAt, rotationOf(carried.options));
	const added: { [Name in keyof AddedOutputs]-?: AddedOutputs[Name] | undefined } = {
		clientId: client.id,
		clientSecret: carried.clientSecret,
		secretVersion: carried.secretVersion,
		secretRotatedAt,
		secretRotatesAt: due === undefined ? undefined : new Date(due).toISOString(),
		secretFingerprint:
			carried.secretVersion === 0 ? "" : fingerprintOf(carried.clientSecret) || carried.secretFingerprint,
		pendingSecretSteps: carried.pendingSecretSteps.length > 0 ? carried.pendingSecretSteps : undefined,
		dateToDelete: client.dateToDelete ?? undefined,
		dateCreated: textOr("", client.dateCreated),
		dateModified: textOr("", carried.dateModified ?? client.dateModified),
		createdBy: client.createdBy ?? {},
		modifiedBy: client.modifiedBy ?? {},
		selfUri: textOr("", client.selfUri),
		homeDivisionId: carried.homeDivisionId,
		loginClientId: carried.loginClientId,
		adoptionId: carried.adoptionId,
		rotationOrder: carried.rotationOrder,
		triedGrant: carried.triedGrant,
		unconfirmedSettings: carried.unconfirmed.length > 0 ? [...carried.unconfirmed] : undefined,
		declared: carried.declared,
		// Always there: Pulumi knows in a refresh that it is a secret only if it was one in state.
		unmanagedSettings: unknownFields(client),
	};
	return JSON.parse(JSON.stringify({ ...settingsOf(client), ...carried.options, ...added })) as OAuthClientOutputs;
}

/** The outputs of a new client whose settings are unknown. */
export function minimalOutputs({ id, dateCreated }: OAuthClient, carried: CarriedState): OAuthClientOutputs {
	const { options, unconfirmed: _, ...others } = carried;
	return {
		clientId: id,
		dateCreated,
		...others,
		...options,
		unconfirmedSettings: [...settingNames, "additionalSettings"],
		unmanagedSettings: {},
	} as unknown as OAuthClientOutputs;
}

/**
 * The inputs for a client's current settings: those that the program set, with current values, and others that differ from their default.
 * Pulumi compares them with state in a refresh, and with the program in the next change.
 */
export function toInputs(outputs: OAuthClientOutputs): Properties {
	const inputs = optionsOf({ ...outputs });
	const declared = fieldsOf(outputs.additionalSettings);
	if (outputs.additionalSettings !== undefined)
		inputs["additionalSettings"] = picked(outputs.unmanagedSettings, Object.keys(declared));
	for (const name of settingNames) {
		const value = outputs[name];
		const isDefault = JSON.stringify(value) === JSON.stringify(defaults[name]);
		if (value !== undefined && (outputs.declared.includes(name) || !isDefault)) inputs[name] = value;
	}
	// The API may return one list for the other: only the declared one is managed.
	for (const name of ["roleIds", "roleDivisions"] as const) {
		const other = name === "roleIds" ? "roleDivisions" : "roleIds";
		if (outputs.declared.includes(other) && !outputs.declared.includes(name)) delete inputs[name];
	}
	// An imported client declares neither: the newer list is the one to declare.
	if (inputs["roleDivisions"] !== undefined && !outputs.declared.includes("roleIds")) delete inputs["roleIds"];
	if (outputs.homeDivisionId !== undefined && inputs["roleDivisions"] !== undefined) {
		inputs["roleDivisions"] = outputs.roleDivisions.map(({ roleId, divisionId }) =>
			divisionId === outputs.homeDivisionId ? { roleId } : { roleId, divisionId },
		);
	}
	return inputs;
}
