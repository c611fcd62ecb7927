import { sameJson } from "./canonical-json";
import type { OAuthClient } from "../../api/models";
import { optionNames } from "../input-schema";
import type { OAuthClientOutputs } from "../inputs";

import { dueAt, fingerprintOf, rotationOf, type SecretStep, pendingStepsOf } from "../secret/secret-rotation";
import { canonicalSet, defaults, fieldNames, type Properties, unknownFields } from "./settings";

const textOrNone = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const textOr = (fallback: string, value: unknown): string => (typeof value === "string" ? value : fallback);

/** What tells the provider what to do, and the API never sees; `secretInputs` comes from the program's side of the package. */
const storedOptionNames = [...optionNames, "secretInputs"] as const;

/** The options among some inputs or outputs: kept in state, since `read` and `delete` get nothing else. */
export function optionsOf(settings: Properties): Properties {
	return Object.fromEntries(
		storedOptionNames.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]),
	);
}

/** The options that differ. */
export function changedOptions(olds: Properties, news: Properties): string[] {
	return storedOptionNames.filter((name) => !sameJson(olds[name], news[name]));
}

/** What an answer of the API doesn't say, but state must keep. */
export interface CarriedState {
	/** The secret, or "" when this stack has none. */
	clientSecret: string;
	/** How many secrets this stack has had for the client. */
	secretVersion: number;
	/** When the present secret was made: ISO 8601; "" when that isn't known. */
	secretRotatedAt: string;
	/** What is left to do on the secret. */
	pendingSecretSteps: SecretStep[];
	/** The options, as the program gave them. */
	options: Properties;
	/** The optional settings that the program gave. */
	declared: string[];
	/** The home division, when a role was given without a division. */
	homeDivisionId?: string | undefined;
	/** The client id of the login that made or last changed the client; undefined when nothing told. */
	loginClientId?: string | undefined;
	/** Which adoption brought the client into this entry of state; undefined for a client that the stack made. */
	adoptionId?: string | undefined;
}

/** The optional settings among some inputs, by name. */
export function declaredNames(inputs: Properties): string[] {
	const optional = fieldNames.filter((name) => name !== "name" && name !== "authorizedGrantType");
	return optional.filter((name) => inputs[name] !== undefined);
}

/** What is kept of an earlier run, read from its outputs, whatever version wrote them. */
export function carriedStateOf(outputs: Properties): CarriedState {
	const { declared, homeDivisionId, secretVersion } = outputs;
	const clientSecret = textOr("", outputs["clientSecret"]);
	return {
		clientSecret,
		secretVersion: typeof secretVersion === "number" ? secretVersion : clientSecret === "" ? 0 : 1,
		// Before it was kept, no secret was ever renewed.
		secretRotatedAt: textOr(textOr("", outputs["dateCreated"]), outputs["secretRotatedAt"]),
		pendingSecretSteps: pendingStepsOf(outputs),
		options: optionsOf(outputs),
		declared: Array.isArray(declared) ? declared.map(String) : declaredNames(outputs),
		homeDivisionId: textOrNone(homeDivisionId),
		loginClientId: textOrNone(outputs["loginClientId"]),
		adoptionId: adoptionIdOf(outputs),
	};
}

/** The adoption that brought a client into an entry of state; undefined for a client that the stack made. */
export const adoptionIdOf = (outputs: Properties): string | undefined => textOrNone(outputs["adoptionId"]);

/** The fields this version doesn't know, as an earlier run kept them. */
export function unmanagedSettingsOf(outputs: Properties): Record<string, unknown> {
	const kept = outputs["unmanagedSettings"];
	return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
}

/**
 * The outputs for a client as the API answered it. They hold nothing that Pulumi's wire format can't carry: an `undefined` there
 * fails after the client was made, and a Date silently becomes an empty object.
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
		unmanagedSettings: Object.keys(unmanaged).length > 0 ? unmanaged : undefined,
	};
	return JSON.parse(JSON.stringify(outputs)) as OAuthClientOutputs;
}

/** What state needs of a new client at the very least, whatever its answer was: nothing in here can fail. */
export function minimalOutputs(clientId: string, carried: CarriedState): OAuthClientOutputs {
	const { options, ...others } = carried;
	return { clientId, ...others, ...options } as unknown as OAuthClientOutputs;
}

/**
 * The inputs that would give a client its present settings: those that the program gave, with today's values, and those that
 * differ from their default without having been given. Pulumi shows a refresh's findings, and the next change, against these.
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
	// The API may echo either list for the other: only the one that the program gave is its business.
	for (const name of ["roleIds", "roleDivisions"] as const) {
		const other = name === "roleIds" ? "roleDivisions" : "roleIds";
		if (outputs.declared.includes(other) && !outputs.declared.includes(name)) delete inputs[name];
	}
	if (outputs.homeDivisionId !== undefined && inputs["roleDivisions"] !== undefined) {
		inputs["roleDivisions"] = outputs.roleDivisions.map(({ roleId, divisionId }) =>
			divisionId === outputs.homeDivisionId ? { roleId } : { roleId, divisionId },
		);
	}
	return inputs;
}
