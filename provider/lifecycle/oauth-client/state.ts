import { type Properties, canonicalSet, sameJson } from "../properties";
import type { OAuthClient } from "../../api/models";
import { optionNames } from "./arguments";
import type { OAuthClientOutputs } from "./outputs";
import { type SecretStep, dueAt, fingerprintOf, pendingStepsOf, rotationOf } from "./secret-rotation";
import { defaults, fieldNames, unknownFields } from "./settings";

const textOrNone = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const textOr = (fallback: string, value: unknown): string => (typeof value === "string" ? value : fallback);

/** The arguments that only the provider uses; `OAuthClient` adds `secretInputs`. */
const storedOptionNames = [...optionNames, "secretInputs"] as const;

/** The options in inputs or outputs: kept in state, since `read` and `delete` get nothing else. */
export function optionsOf(settings: Properties): Properties {
	return Object.fromEntries(
		storedOptionNames.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]),
	);
}

/** The options that differ. */
export function changedOptions(olds: Properties, news: Properties): string[] {
	return storedOptionNames.filter((name) => !sameJson(olds[name], news[name]));
}

/** What state must keep although the API doesn't return it. */
export interface CarriedState {
	/** The secret, or "" if this stack has none. */
	clientSecret: string;
	/** The number of secrets that this stack has had for the client. */
	secretVersion: number;
	/** When the current secret was created: ISO 8601; "" if unknown. */
	secretRotatedAt: string;
	/** The secret's remaining steps. */
	pendingSecretSteps: SecretStep[];
	/** The program's options. */
	options: Properties;
	/** The optional settings that the program set. */
	declared: string[];
	/** The home division, if a role was declared without a division. */
	homeDivisionId?: string | undefined;
	/** The client id of the login that created or last changed the client; undefined if unknown. */
	loginClientId?: string | undefined;
	/** The adoption that added the client to state; undefined for a client that the stack created. */
	adoptionId?: string | undefined;
}

/** The names of the optional settings in inputs. */
export function declaredNames(inputs: Properties): string[] {
	const optional = fieldNames.filter((name) => name !== "name" && name !== "authorizedGrantType");
	return optional.filter((name) => inputs[name] !== undefined);
}

/** The carried state in the outputs of an earlier run, of any version. */
export function carriedStateOf(outputs: Properties): CarriedState {
	const { declared, homeDivisionId, secretVersion } = outputs;
	const clientSecret = textOr("", outputs["clientSecret"]);
	return {
		clientSecret,
		secretVersion: typeof secretVersion === "number" ? secretVersion : clientSecret === "" ? 0 : 1,
		// Versions without this output never rotated a secret.
		secretRotatedAt: textOr(textOr("", outputs["dateCreated"]), outputs["secretRotatedAt"]),
		pendingSecretSteps: pendingStepsOf(outputs),
		options: optionsOf(outputs),
		declared: Array.isArray(declared) ? declared.map(String) : declaredNames(outputs),
		homeDivisionId: textOrNone(homeDivisionId),
		loginClientId: textOrNone(outputs["loginClientId"]),
		adoptionId: adoptionIdOf(outputs),
	};
}

/** The adoption that added a client to state; undefined for a client that the stack created. */
export const adoptionIdOf = (outputs: Properties): string | undefined => textOrNone(outputs["adoptionId"]);

/** The settings unknown to this version, from the outputs of an earlier run. */
export function unmanagedSettingsOf(outputs: Properties): Record<string, unknown> {
	const kept = outputs["unmanagedSettings"];
	return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
}

/**
 * The outputs for a client that the API returned. They contain nothing that Pulumi can't serialize: an `undefined` would fail after the
 * client was created, and a Date would silently become an empty object.
 */
export function toOutputs(client: OAuthClient, carried: CarriedState): OAuthClientOutputs {
	const unmanaged = unknownFields(client);
	const secretRotatedAt = carried.secretRotatedAt || textOr("", client.dateCreated);
	const due = carried.secretVersion === 0 ? undefined : dueAt(client.id, secretRotatedAt, rotationOf(carried.options));
	const outputs = {
		clientId: client.id,
		clientSecret: carried.clientSecret,
		secretVersion: carried.secretVersion,
		secretRotatedAt,
		secretRotatesAt: due === undefined ? undefined : new Date(due).toISOString(),
		secretFingerprint: fingerprintOf(carried.clientSecret),
		pendingSecretSteps: carried.pendingSecretSteps.length > 0 ? carried.pendingSecretSteps : undefined,
		name: textOr("", client.name),
		authorizedGrantType: client.authorizedGrantType,
		description: textOr(defaults.description, client.description),
		accessTokenValiditySeconds: client.accessTokenValiditySeconds ?? defaults.accessTokenValiditySeconds,
		registeredRedirectUri: canonicalSet(client.registeredRedirectUri ?? []),
		scope: canonicalSet(client.scope ?? []),
		roleDivisions: canonicalSet((client.roleDivisions ?? []).map(({ roleId, divisionId }) => ({ roleId, divisionId }))),
		roleIds: canonicalSet(client.roleIds ?? []),
		state: textOr(defaults.state, client.state),
		dateToDelete: client.dateToDelete ?? undefined,
		dateCreated: textOr("", client.dateCreated),
		dateModified: textOr("", client.dateModified),
		createdBy: client.createdBy ?? {},
		modifiedBy: client.modifiedBy ?? {},
		selfUri: textOr("", client.selfUri),
		homeDivisionId: carried.homeDivisionId,
		loginClientId: carried.loginClientId,
		adoptionId: carried.adoptionId,
		declared: carried.declared,
		...carried.options,
		// Always there: Pulumi knows in a refresh that it is a secret only if it was one in state.
		unmanagedSettings: unmanaged,
	};
	return JSON.parse(JSON.stringify(outputs)) as OAuthClientOutputs;
}

/** The outputs of a new client whose settings are unknown. */
export function minimalOutputs(clientId: string, carried: CarriedState): OAuthClientOutputs {
	const { options, ...others } = carried;
	return { clientId, ...others, ...options, unmanagedSettings: {} } as unknown as OAuthClientOutputs;
}

/**
 * The inputs for a client's current settings: those that the program set, with current values, and others that differ from their default.
 * Pulumi compares them with state in a refresh, and with the program in the next change.
 */
export function toInputs(outputs: OAuthClientOutputs): Properties {
	const inputs: Properties = {
		...optionsOf({ ...outputs }),
		name: outputs.name,
		authorizedGrantType: outputs.authorizedGrantType,
	};
	for (const name of fieldNames) {
		const value = outputs[name];
		const isDefault = JSON.stringify(value) === JSON.stringify((defaults as Properties)[name]);
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
