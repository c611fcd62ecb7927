import * as v from "valibot";
import { ApiRefusal } from "../http/api-refusal";
import { toInvalidValue } from "../http/invalid-value";
import type { StoredClient } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";
import { SCIM_ROLE_NAME } from "../organization/seed-defaults";
import { CLIENT_STATES, GRANT_TYPES, type ClientState } from "../organization/client-values";
import type { RoleDivision } from "../organization/seed";
import { isScopeId } from "./scope-catalog";

/** The body of a POST or PUT of a client, with its defaults filled in. */
export type ClientRequest = Pick<
	StoredClient,
	| "name"
	| "description"
	| "authorizedGrantType"
	| "accessTokenValiditySeconds"
	| "registeredRedirectUri"
	| "roleIds"
	| "roleDivisions"
	| "scope"
	| "state"
	| "extra"
>;

/** The allowed token lifetimes, in seconds (the vendor's OAuthClientRequest, and its help for SCIM integrations). */
const VALIDITY = { minimum: 300, maximum: 172_800, scimMaximum: 38_880_000, default: 86_400 } as const;

/** Fields of a client that the system sets: accepted in a body, because clients often send back what they read, but ignored. */
const READ_ONLY = new Set([
	"id",
	"secret",
	"dateCreated",
	"dateModified",
	"createdBy",
	"modifiedBy",
	"selfUri",
	"dateToDelete",
]);

const texts = v.array(v.string("strings"), "a list of strings");
const fields = {
	name: v.nullish(v.string("a string")),
	description: v.nullish(v.string("a string")),
	authorizedGrantType: v.nullish(v.unknown()),
	accessTokenValiditySeconds: v.nullish(v.pipe(v.number("a whole number"), v.integer("a whole number"))),
	registeredRedirectUri: v.nullish(texts),
	roleIds: v.nullish(texts),
	roleDivisions: v.nullish(
		v.array(
			v.looseObject(
				{ roleId: v.string("a string"), divisionId: v.string("a string") },
				"objects with roleId and divisionId",
			),
			"a list of objects with roleId and divisionId",
		),
	),
	scope: v.nullish(texts),
	state: v.nullish(v.picklist(CLIENT_STATES, CLIENT_STATES.join(", "))),
};
const requestSchema = v.looseObject(fields);

/**
 * Checks the body of a POST or PUT by the vendor's rules, in the API's order.
 * @param existing The client of a PUT; undefined for a POST.
 * @throws ApiRefusal with the vendor's code.
 */
export function parseClientRequest(
	body: Record<string, unknown>,
	store: OrganizationStore,
	existing: StoredClient | undefined,
): ClientRequest {
	const parsed = v.safeParse(requestSchema, body);
	if (!parsed.success) throw toInvalidValue(parsed.issues[0], "OAuthClientRequest");
	const given = parsed.output;
	const extra = parseExtra(body, store, existing);
	if (given.name === undefined || given.name === null || given.name.trim() === "")
		throw invalid("name may not be empty");
	const authorizedGrantType = parseGrantType(given.authorizedGrantType, store, existing);
	if (existing === undefined) requireProperties(body, store.assumed.requiredProperties(authorizedGrantType));
	const state = parseState(given.state ?? "active", existing);
	const isService = authorizedGrantType === "CLIENT-CREDENTIALS";
	const request: ClientRequest = {
		name: given.name,
		description: given.description ?? undefined,
		authorizedGrantType,
		accessTokenValiditySeconds: given.accessTokenValiditySeconds ?? VALIDITY.default,
		registeredRedirectUri: parseUris(given.registeredRedirectUri ?? []),
		// The client-credentials grant has roles, the others have scopes: the API drops what the grant doesn't use.
		roleIds: isService ? [...new Set(given.roleIds)] : [],
		roleDivisions: isService ? uniquePairs(given.roleDivisions ?? []) : [],
		scope: isService ? [] : [...new Set(given.scope)],
		state,
		extra,
	};
	requireRoles(request, store);
	requireScopes(request, existing);
	requireValidity(request, store);
	return request;
}

/** Checks that the caller has the roles: nobody may grant, or act on, more than they have. */
export function requireCallerHolds(
	roleIds: Iterable<string>,
	caller: StoredClient,
	store: OrganizationStore,
	text?: string,
): void {
	const held = store.rolesOf(caller);
	for (const roleId of roleIds)
		if (!held.has(roleId)) throw new ApiRefusal("bad.client.role", text === undefined ? {} : { text });
}

function parseExtra(
	body: Record<string, unknown>,
	store: OrganizationStore,
	existing: StoredClient | undefined,
): Record<string, unknown> {
	const writable = store.assumed.writableProperties(existing);
	const others = Object.entries(body).filter(([field]) => !(field in fields) && !READ_ONLY.has(field));
	const unknown = others.find(([field]) => !writable.has(field));
	if (unknown !== undefined && store.assumed.refusesUnknownProperties())
		throw new ApiRefusal("invalid.property", { params: { value: unknown[0], object: "OAuthClientRequest" } });
	const readOnly = Object.entries(existing?.extra ?? {}).filter(([field]) => !writable.has(field));
	return Object.fromEntries([...readOnly, ...others.filter(([field]) => writable.has(field))]);
}

const isEmpty = (value: unknown) =>
	value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

function requireProperties(body: Record<string, unknown>, required: readonly string[]): void {
	const missing = required.find((field) => isEmpty(body[field]));
	if (missing !== undefined) throw invalid(`${missing} may not be empty`);
}

function parseGrantType(
	value: unknown,
	store: OrganizationStore,
	existing: StoredClient | undefined,
): (typeof GRANT_TYPES)[number] {
	if (value === undefined || value === null || value === "") throw new ApiRefusal("grant.type.required");
	const grant = GRANT_TYPES.find((known) => known === value);
	const isRefused =
		grant === undefined || (grant !== existing?.authorizedGrantType && store.assumed.refusesGrant(grant));
	if (isRefused) throw new ApiRefusal("bad.grant.type");
	return grant;
}

function parseState(state: ClientState, existing: StoredClient | undefined): ClientState {
	if (existing === undefined) {
		if (state !== "active") throw new ApiRefusal("bad.client.state");
	} else if (state === "disabled")
		// Only the vendor's support disables a client: a customer could never delete such a client.
		throw new ApiRefusal("invalid.value", { params: { value: state, field: "state", allowed: "active, inactive" } });
	return state;
}

function parseUris(uris: string[]): string[] {
	const wrong = uris.find((uri) => !URL.canParse(uri));
	if (wrong !== undefined) throw invalid(`registeredRedirectUri: [${wrong}] is not an absolute URI`);
	return uris;
}

function requireRoles(request: ClientRequest, store: OrganizationStore): void {
	if (request.authorizedGrantType !== "CLIENT-CREDENTIALS") return;
	const { roles, divisions } = store.state;
	if (request.roleIds.length === 0 && request.roleDivisions.length === 0) throw new ApiRefusal("missing.client.roles");
	const areKnown =
		request.roleIds.every((id) => roles.has(id)) &&
		request.roleDivisions.every(
			({ roleId, divisionId }) => roles.has(roleId) && (divisionId === "*" || divisions.has(divisionId)),
		);
	if (!areKnown) throw new ApiRefusal("bad.client.role");
}

function requireScopes(request: ClientRequest, existing: StoredClient | undefined): void {
	if (request.authorizedGrantType === "CLIENT-CREDENTIALS") return;
	if (request.scope.length === 0) throw new ApiRefusal("missing.client.scope");
	const wrong = request.scope.find((scope) => !isScopeId(scope) && !existing?.scope.includes(scope));
	if (wrong === undefined) return;
	// The vendor lists auth.invalid.scope for POST only.
	if (existing === undefined) throw new ApiRefusal("auth.invalid.scope");
	throw new ApiRefusal("invalid.value", {
		params: { value: wrong, field: "scope", allowed: "the ids of GET /api/v2/oauth/scopes" },
	});
}

function requireValidity(request: ClientRequest, store: OrganizationStore): void {
	const held = [...request.roleIds, ...request.roleDivisions.map((pair) => pair.roleId)];
	const isScim =
		held.some((id) => store.state.roles.get(id)?.name === SCIM_ROLE_NAME) || request.scope.includes("scim");
	const maximum = isScim ? VALIDITY.scimMaximum : VALIDITY.maximum;
	const seconds = request.accessTokenValiditySeconds;
	if (seconds < VALIDITY.minimum || seconds > maximum)
		throw invalid(
			`accessTokenValiditySeconds must be between ${VALIDITY.minimum} and ${maximum}` +
				(isScim ? "" : ` (${VALIDITY.scimMaximum} for a SCIM integration)`),
		);
}

function uniquePairs(pairs: readonly RoleDivision[]): RoleDivision[] {
	const byText = new Map(
		pairs.map(({ roleId, divisionId }) => [`${roleId} ${divisionId}`, { roleId, divisionId }] as const),
	);
	return [...byText.values()];
}

function invalid(reason: string): ApiRefusal {
	return new ApiRefusal("constraint.validation", { params: { reason } });
}
