import * as v from "valibot";
import { ApiRefusal } from "../http/api-refusal";
import { toInvalidValue } from "../http/invalid-value";
import { toStoredFields } from "../organization/organization-factory";
import type { StoredCredential } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";

/** The vendor's Credential. */
const requestSchema = v.looseObject({
	name: v.nullish(v.string("a string")),
	type: v.nullish(v.looseObject({ name: v.nullish(v.string("a string")) }, "an object with name")),
	credentialFields: v.nullish(v.record(v.string(), v.nullish(v.string("a string")), "an object of strings")),
});
/** Fields that the system sets: accepted and ignored. */
const readOnly = new Set(["id", "selfUri", "createdDate", "modifiedDate"]);

/**
 * Checks the body of a POST or PUT of a credential.
 * @param existing The credential of a PUT; undefined for a POST.
 * @throws ApiRefusal with the vendor's code.
 */
export function parseCredentialRequest(
	body: Record<string, unknown>,
	store: OrganizationStore,
	existing: StoredCredential | undefined,
): Pick<StoredCredential, "name" | "type" | "values" | "digests"> {
	const parsed = v.safeParse(requestSchema, body);
	if (!parsed.success) throw toInvalidValue(parsed.issues[0], "Credential");
	const unknown = Object.keys(body).find((field) => !(field in requestSchema.entries) && !readOnly.has(field));
	if (unknown !== undefined)
		throw new ApiRefusal("invalid.property", { params: { value: unknown, object: "Credential" } });
	const { name, type: given, credentialFields } = parsed.output;
	if (!name || name.trim() === "") throw invalid("name may not be empty");
	const types = store.assumed.credentialTypes();
	const type = types.find((known) => known.name === given?.name);
	if (!given?.name) throw invalid("type may not be empty");
	if (type === undefined) {
		const allowed = types.map((known) => known.name).join(", ");
		throw new ApiRefusal("invalid.value", { params: { value: given.name, field: "type.name", allowed } });
	}
	if (existing !== undefined && existing.type !== type.name) throw invalid("the type of a credential can't change");
	const fields = Object.fromEntries(
		Object.entries(credentialFields ?? {}).map(([field, value]) => [field, value ?? ""]),
	);
	if (existing === undefined) {
		const missing = type.required?.find((field) => !fields[field]);
		if (missing !== undefined) throw invalid(`credentialFields.${missing} may not be empty`);
	}
	const sent = toStoredFields(type.name, fields, types);
	if (existing === undefined || store.state.settings.integrationCredentials.omittedFields === "clear")
		return { name, type: type.name, ...sent };
	return {
		name,
		type: type.name,
		values: { ...existing.values, ...filled(sent.values) },
		digests: { ...existing.digests, ...filled(sent.digests) },
	};
}

const filled = (fields: Record<string, string>) =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));

function invalid(reason: string): ApiRefusal {
	return new ApiRefusal("constraint.validation", { params: { reason } });
}
