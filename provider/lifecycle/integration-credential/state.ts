import { createHash } from "node:crypto";
import type { CredentialInfo, CredentialRequest } from "../../api/integration-models";
import { oauthClientType } from "../../api/credentials-of-clients";
import { fieldsOf } from "../../api/json";
import { picked, type Properties, sameJson } from "../properties";
import { type IntegrationCredentialOutputs, optionsOf } from "./arguments";

/** The SHA-256 of a field's value. */
export const fingerprintOf = (value: unknown): string => createHash("sha256").update(String(value)).digest("hex");

/** The fingerprints of all fields in inputs. */
export const fingerprintsOf = (inputs: Properties): Record<string, string> =>
	Object.fromEntries(Object.entries(fieldsOf(inputs["fields"])).map(([name, value]) => [name, fingerprintOf(value)]));

/** The type in inputs. */
export const typeOf = (inputs: Properties): string => (inputs["type"] as string | undefined) ?? oauthClientType;

/** Whether the program says that an adopted credential has its fields already. */
export const hasItsFields = ({ adopt }: Properties): boolean => fieldsOf(adopt)["sendFields"] === false;

/**
 * Whether the fields are only recorded, since the program says so for the first time of a credential whose fields this stack has never sent: an
 * imported one. Fields that a later run lost track of are sent.
 */
export const recordsFields = (olds: Properties, news: Properties): boolean =>
	hasItsFields(news) && !hasItsFields(olds) && Object.keys(fieldsOf(olds["fieldFingerprints"])).length === 0;

/** The settings in state that differ from the inputs; the fields count as one. */
export function changedSettings(olds: Properties, news: Properties): ("name" | "type" | "fields")[] {
	return [
		...(olds["name"] === news["name"] ? [] : (["name"] as const)),
		...(olds["type"] === typeOf(news) ? [] : (["type"] as const)),
		...(sameJson(olds["fieldFingerprints"], fingerprintsOf(news)) || recordsFields(olds, news)
			? []
			: (["fields"] as const)),
	];
}

/** The body of a POST or PUT: always the whole credential, since the API doesn't say what it does to omitted values. */
export function toRequest(inputs: Properties): CredentialRequest {
	// `check` has verified the fields.
	const credentialFields = inputs["fields"] as Record<string, string>;
	return { name: String(inputs["name"]), type: { name: typeOf(inputs) }, credentialFields };
}

/** What state keeps although the API doesn't return it. */
export type Carried = Pick<IntegrationCredentialOutputs, "fieldFingerprints"> & {
	loginClientId?: string | undefined;
	adoptionId?: string | undefined;
};

/** What state kept in an earlier run. */
export const carriedOf = ({ fieldFingerprints, loginClientId, adoptionId }: Properties): Carried => ({
	fieldFingerprints: fieldsOf(fieldFingerprints) as Record<string, string>,
	loginClientId: loginClientId as string | undefined,
	adoptionId: adoptionId as string | undefined,
});

/**
 * The outputs for a credential. They contain nothing that Pulumi can't serialize.
 *
 * @param info the credential, from the API or from state
 * @param settings inputs or outputs with the options
 */
export function toOutputs(info: CredentialInfo, settings: Properties, carried: Carried): IntegrationCredentialOutputs {
	const outputs = {
		credentialId: info.id,
		name: info.name ?? "",
		type: info.type?.name ?? "",
		createdDate: info.createdDate ?? "",
		modifiedDate: info.modifiedDate ?? "",
		selfUri: info.selfUri ?? "",
		...carried,
		...optionsOf(settings),
	};
	return JSON.parse(JSON.stringify(outputs)) as IntegrationCredentialOutputs;
}

/** A credential as an answer tells it; what the answer lacks is as it was known before. */
export function withAnswer(known: CredentialInfo, answer: CredentialInfo): CredentialInfo {
	return { ...known, ...Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined)) };
}

/** The credential in outputs. */
export function infoOf(outputs: Properties, id: string): CredentialInfo {
	const { type, ...others } = picked(outputs, ["type", "name", "createdDate", "modifiedDate", "selfUri"]);
	return { ...others, id, ...(typeof type === "string" && { type: { name: type } }) };
}
