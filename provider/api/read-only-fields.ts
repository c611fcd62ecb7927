import { isApiError } from "./errors";
import type { OAuthClientRequest } from "./models";

/** The fields of clients that the API shows and refuses in a PUT, as far as refusals have told. */
export interface ReadOnlyFields {
	/** Their names. */
	readonly names: Set<string>;
	/** Called once for each of them. */
	readonly onFound: ((field: string) => void) | undefined;
}

/** The fields of a request: none of them is left out. */
const requestFields: ReadonlySet<string> = new Set(
	Object.keys({
		name: true,
		authorizedGrantType: true,
		description: true,
		accessTokenValiditySeconds: true,
		registeredRedirectUri: true,
		roleIds: true,
		roleDivisions: true,
		scope: true,
		state: true,
		dateToDelete: true,
	} satisfies Record<keyof OAuthClientRequest, true>),
);

/**
 * Sends a PUT. If the API refuses it for a field that this package doesn't know, it is sent once more without that field: what isn't a
 * property of the request can't be reset by leaving it out.
 *
 * @param declared the fields that the program declares: they are never left out
 */
export async function withoutReadOnlyFields<T>(
	body: Record<string, unknown>,
	fields: ReadOnlyFields,
	send: (body: Record<string, unknown>) => Promise<T>,
	declared: readonly string[] = [],
): Promise<T> {
	const isKept = (name: string) => declared.includes(name) || !fields.names.has(name);
	const sent = Object.fromEntries(Object.entries(body).filter(([name]) => isKept(name)));
	try {
		return await send(sent);
	} catch (error) {
		const refused = refusedProperty(error);
		if (refused === undefined || !Object.hasOwn(sent, refused)) throw error;
		if (requestFields.has(refused) || declared.includes(refused)) throw error;
		if (!fields.names.has(refused)) fields.onFound?.(refused);
		fields.names.add(refused);
		return withoutReadOnlyFields(body, fields, send, declared);
	}
}

/** The property that the API refuses: only its text names it. */
function refusedProperty(error: unknown): string | undefined {
	if (!isApiError(error) || error.code !== "invalid.property") return undefined;
	return /^Value \[(\w{1,100})\] is not a valid property for object /.exec(error.vendorMessage)?.[1];
}

/** Says in one line that a field was left out. */
export const describeReadOnlyField = (field: string): string =>
	`Genesys Cloud shows the field "${field}" of OAuth clients, and refuses it in a change: it was left out, as a read-only field that this version of pulumi-genesyscloud-oauth doesn't know`;
