import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties, unknownValue } from "../provider/lifecycle/properties";
import { mapSecretParts, withoutSecretParts } from "../provider/lifecycle/secret-parts";

/** Marks an object as a value with a meaning of its own, in Pulumi's wire protocol. */
const signature = "4dabf18193072939515e22adb298388d";
/** The signature of a secret. */
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Pulumi's constants for values not known yet: one for each type. The life cycle knows that of a string. */
const unknowns = new Set([
	unknownValue,
	"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
	"3eeb2bf0-c639-47a8-9e75-3b44932eb421",
	"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
	"030794c1-ac77-496b-92df-f27374a8bd58",
	"e48ece36-62e2-4504-bad9-02848725956a",
	"dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Properties without Pulumi's marks, and what was marked. */
export interface Unmarked {
	/** The plain values; each unknown one is the life cycle's `unknownValue`. */
	properties: Properties;
	/** The names of the properties that are secrets, or contain one that is known only by its mark; sorted. */
	secrets: string[];
}

/**
 * Removes Pulumi's marks from properties.
 *
 * @param parts the names of those that may contain a secret that is known without a mark
 */
export function unmark(struct: Struct | undefined, parts: readonly string[] = []): Unmarked {
	const entries = Object.entries(struct?.toJavaScript() ?? {})
		.map(([name, marked]) => ({ name, marked, value: withoutMarks(marked) }))
		.filter(({ value }) => value !== null);
	return {
		properties: Object.fromEntries(entries.map(({ name, value }) => [name, value])),
		secrets: entries
			.filter(({ name, marked }) => hasSecret(parts.includes(name) ? withoutSecretParts(marked) : marked))
			.map(({ name }) => name)
			.toSorted(),
	};
}

/**
 * Marks properties as secrets. An undefined value is left out, since Pulumi has none.
 *
 * @param parts the names of those of which only the secret in them is one
 */
export function mark(properties: Properties, secrets: Iterable<string> = [], parts: readonly string[] = []): Struct {
	const secret = new Set(secrets);
	const plain = JSON.parse(JSON.stringify(properties)) as Properties;
	const markedOf = (name: string, value: unknown) =>
		secret.has(name) ? asSecret(value) : parts.includes(name) ? mapSecretParts(value, asSecret) : value;
	const entries = Object.entries(plain).map(([name, value]) => [name, markedOf(name, value)]);
	return Struct.fromJavaScript(Object.fromEntries(entries));
}

/** A value as a secret. */
const asSecret = (value: unknown): unknown => ({ [signature]: secretSignature, value });

/** Whether a value is a secret as a whole. */
export const isSecret = (value: unknown): value is { value: unknown } =>
	typeof value === "object" && value !== null && (value as Properties)[signature] === secretSignature;

/** Whether a value or a part of it is a secret. */
function hasSecret(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return false;
	return isSecret(value) || Object.values(value).some(hasSecret);
}

/** A value without the marks of secrets, and with one constant for all unknown values. */
function withoutMarks(value: unknown): unknown {
	if (typeof value === "string") return unknowns.has(value) ? unknownValue : value;
	if (Array.isArray(value)) return value.map(withoutMarks);
	if (typeof value !== "object" || value === null) return value;
	if (isSecret(value)) return withoutMarks(value.value);
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutMarks(part)]));
}
