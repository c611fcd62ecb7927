import * as v from "valibot";
import {
	type Answer,
	answerOf,
	flag,
	listOf,
	maybe,
	maybeId,
	maybeSecret,
	maybeShortText,
	maybeText,
	numeric,
	opaqueId,
	plainId,
	secretText,
	shortText,
	text,
	uuid,
	withId,
} from "./answer-fields";
import type { Created } from "./errors";
import type {
	ApiUsageQueryResult,
	ApiUsageRow,
	DomainEntityRef,
	OAuthAuthorization,
	OAuthAuthorizationListing,
	OAuthClient,
	OAuthScope,
	OAuthScopeListing,
	RoleDivision,
	TokenInfo,
	UsageExecutionResult,
} from "./models";

/** A reference to a user or another object. */
export const reference = answerOf<DomainEntityRef>({
	id: maybeId,
	name: maybeText,
	selfUri: maybe(text),
});

const clientFields = {
	name: text,
	authorizedGrantType: shortText,
	description: maybe(text),
	accessTokenValiditySeconds: maybe(numeric),
	registeredRedirectUri: maybe(listOf(text)),
	roleIds: maybe(listOf(plainId)),
	roleDivisions: maybe(listOf(answerOf<RoleDivision>({ roleId: plainId, divisionId: plainId }))),
	scope: maybe(listOf(shortText)),
	state: maybe(shortText),
	dateToDelete: maybe(shortText),
	dateCreated: maybe(shortText),
	dateModified: maybe(shortText),
	createdBy: maybe(reference),
	modifiedBy: maybe(reference),
	selfUri: maybe(text),
} satisfies Record<Exclude<keyof OAuthClient, "id" | "secret">, v.GenericSchema>;

/** A client of a list. The list of older SDKs has no grant types, and the vendor's own code expects clients without a name. */
export const listedClient = answerOf<OAuthClient>({
	id: uuid,
	...clientFields,
	name: v.nullish(text, ""),
	authorizedGrantType: v.nullish(shortText, ""),
});

/** A client that was just created, with its secret. */
export const newClient = answerOf<OAuthClient>({ id: uuid, ...clientFields, secret: maybeSecret });

/** What is kept of an unusable answer to the POST of a client: its secret only with its id. */
export const createdClient: Answer<Created> = v.object({
	id: uuid,
	secret: v.fallback(maybeSecret, undefined),
});

/** The client that was asked for. */
export const clientWithId = (clientId: string): Answer<OAuthClient> =>
	answerOf<OAuthClient>({ id: withId(clientId), ...clientFields });

/** A client's new secret. The rest of the client isn't used, and must not cost the secret. */
export const secretOf = (clientId: string) =>
	answerOf<NewSecret>({ id: maybe(withId(clientId)), secret: secretText, dateModified: maybe(shortText) });

/** A client's new secret, as far as it is checked. */
export type NewSecret = Pick<OAuthClient, "dateModified"> & { id?: string; secret: string };

const scopeFields = { description: maybe(text), selfUri: maybe(text) };

/** All scopes. */
export const scopes = answerOf<OAuthScopeListing>({
	entities: listOf(answerOf<OAuthScope>({ id: shortText, ...scopeFields })),
});

/** The scope that was asked for. */
export const scopeWithId = (scopeId: string) => answerOf<OAuthScope>({ id: withId(scopeId), ...scopeFields });

const authorizationWith = (clientId: Answer<string>) =>
	answerOf<OAuthAuthorization>({
		client: maybe(
			answerOf<Partial<OAuthClient>>({
				...clientFields,
				id: maybe(clientId),
				name: maybe(text),
				authorizedGrantType: maybe(shortText),
			}),
		),
		scope: maybe(listOf(shortText)),
		roles: maybe(listOf(shortText)),
		resourceOwner: maybe(reference),
		dateCreated: maybe(shortText),
		dateModified: maybe(shortText),
		createdBy: maybe(reference),
		modifiedBy: maybe(reference),
		pending: maybe(flag),
		state: maybe(shortText),
		selfUri: maybe(text),
	});

/** All authorizations. */
export const authorizations = answerOf<OAuthAuthorizationListing>({ entities: listOf(authorizationWith(plainId)) });

/** The authorization of the client that was asked for. */
export const authorizationOf = (clientId: string) => authorizationWith(withId(clientId));

/** A usage query that was started. */
export const execution = answerOf<UsageExecutionResult>({ executionId: opaqueId });

/** The fields that rows of both usage APIs have. */
export const usageRow = {
	status200: maybe(numeric),
	status300: maybe(numeric),
	status400: maybe(numeric),
	status500: maybe(numeric),
	status429: maybe(numeric),
	// What a row isn't grouped by may be absent or empty.
	organizationId: maybeText,
	templateUri: maybeText,
	httpMethod: maybeShortText,
	date: maybeShortText,
};

/** The result of a usage query, or its status. */
export const usageResult = answerOf<ApiUsageQueryResult>({
	results: maybe(
		listOf(
			answerOf<ApiUsageRow>({
				...usageRow,
				clientId: maybeText,
				clientName: maybeText,
				userId: maybeText,
				requests: maybe(numeric),
			}),
			100_000,
		),
	),
	queryStatus: maybe(shortText),
	cursors: maybe(answerOf<NonNullable<ApiUsageQueryResult["cursors"]>>({ after: maybe(text) })),
});

/** The owner of a token. */
export const tokenInfo = answerOf<TokenInfo>({
	organization: maybe(reference),
	OAuthClient: maybe(
		answerOf<NonNullable<TokenInfo["OAuthClient"]>>({
			id: maybe(plainId),
			name: maybe(text),
			organization: maybe(reference),
		}),
	),
	authorizedScope: maybe(listOf(shortText)),
});
