import { randomUUID } from "node:crypto";
import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import { pathParameter } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import { listParameter, numberParameter, textParameter } from "../http/query-parameters";
import type { CredentialTypeSeed } from "../organization/assumption-seed";
import { OAUTH_CLIENT_TYPE } from "../organization/credential-types";
import type { StoredCredential, StoredIntegration } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";
import { PERMISSIONS } from "../organization/seed-defaults";
import { parseCredentialRequest } from "./credential-request";
import { toCursorPage } from "./cursor-page";
import { toNumberedPage } from "./numbered-page";

const INTEGRATIONS = "/api/v2/integrations";
const CREDENTIALS = `${INTEGRATIONS}/credentials`;
const ONE = `${CREDENTIALS}/{credentialId}`;
/** The maximum page size of the listing with cursors, by the vendor's OpenAPI description. */
const MAX_CURSOR_PAGE_SIZE = 200;
const MASK = "**********";

/** The operations on integration credentials, and the list of integrations. */
export function integrationOperations(store: OrganizationStore): ApiOperation[] {
	const read = {
		method: "GET",
		permissions: [PERMISSIONS.viewIntegrations],
		scopes: ["integrations", "integrations:readonly"],
	} as const;
	const write = { scopes: ["integrations"] };
	return [
		{ ...read, template: INTEGRATIONS, handle: (context) => context.json(toIntegrations(context, store)) },
		{
			...read,
			template: `${INTEGRATIONS}/{integrationId}/config/current`,
			handle: (context) => context.json(toConfiguration(context, store)),
		},
		{ ...read, template: CREDENTIALS, handle: (context) => context.json(toNumberedListing(context, store)) },
		{
			...write,
			method: "POST",
			template: CREDENTIALS,
			permissions: [PERMISSIONS.addIntegrations],
			takesBody: true,
			handle: (context) => create(context, store),
		},
		{ ...read, template: `${CREDENTIALS}/listing`, handle: (context) => context.json(toCursorListing(context, store)) },
		{
			...read,
			template: `${CREDENTIALS}/types`,
			handle: (context) => context.json(store.assumed.credentialTypes().map(toType)),
		},
		{ ...read, template: ONE, handle: (context) => context.json(toRedacted(find(context, store), store)) },
		{
			...write,
			method: "PUT",
			template: ONE,
			permissions: [PERMISSIONS.editIntegrations],
			takesBody: true,
			handle: (context) => replace(context, store),
		},
		{
			...write,
			method: "DELETE",
			template: ONE,
			permissions: [PERMISSIONS.deleteIntegrations],
			handle: (context) => remove(context, store),
		},
	];
}

function find(context: ApiContext, store: OrganizationStore): StoredCredential {
	const id = pathParameter(context, "credentialId");
	const credential = store.news.isSeen("credentialById", id) ? store.state.credentials.get(id) : undefined;
	if (credential === undefined) throw new ApiRefusal("not.found");
	return credential;
}

function create(context: ApiContext, store: OrganizationStore): Response {
	const now = store.clock.now();
	const request = parseCredentialRequest(context.get("body"), store, undefined);
	const credential: StoredCredential = {
		...request,
		id: randomUUID(),
		createdDate: store.assumed.dateOfCreation(now),
		modifiedDate: store.assumed.dateOfChange(now),
	};
	store.saveCredential(credential);
	return context.json(toInfo(credential));
}

function replace(context: ApiContext, store: OrganizationStore): Response {
	const credential = find(context, store);
	const request = parseCredentialRequest(context.get("body"), store, credential);
	const modifiedDate = store.assumed.dateOfChange(store.clock.now());
	const replaced: StoredCredential = { ...credential, ...request, modifiedDate };
	store.saveCredential(replaced);
	return context.json(toInfo(replaced));
}

function remove(context: ApiContext, store: OrganizationStore): Response {
	const { id } = find(context, store);
	const users = [...store.state.integrations.values()].filter(({ credentialIds }) => credentialIds.includes(id));
	if (users.length > 0 && !store.state.settings.integrationCredentials.usedOnesCanBeDeleted)
		throw new ApiRefusal("request.conflict");
	for (const user of users) user.credentialIds = user.credentialIds.filter((other) => other !== id);
	store.state.credentials.delete(id);
	return context.body(null, 204);
}

const listed = ({ state, news }: OrganizationStore) =>
	[...state.credentials.values()].filter(({ id }) => news.isSeen("credentialInList", id));

const toNumberedListing = (context: ApiContext, store: OrganizationStore): Record<string, unknown> =>
	toNumberedPage(context, listed(store).map(toInfo), {
		path: CREDENTIALS,
		pageSize: numberParameter(context, "pageSize", { fallback: 25 }),
	});

/** The vendor's CredentialInfoCursorListing. Its cursors are ids, which the vendor's Terraform provider sends as `after`. */
const toCursorListing = (context: ApiContext, store: OrganizationStore): Record<string, unknown> =>
	toCursorPage(context, listed(store), {
		path: `${CREDENTIALS}/listing`,
		maxPageSize: MAX_CURSOR_PAGE_SIZE,
		cursorOf: ({ id }) => id,
		toBody: toInfo,
	});

function toIntegrations(context: ApiContext, store: OrganizationStore): Record<string, unknown> {
	const isFiltered = store.assumed.integrationsFilterByCredential();
	const credentialId = isFiltered ? textParameter(context, "credentialId") : undefined;
	const integrationType = textParameter(context, "integrationType");
	const ids = listParameter(context, "ids");
	const found = [...store.state.integrations.values()].filter(
		(integration) =>
			(credentialId === undefined || integration.credentialIds.includes(credentialId)) &&
			(integrationType === undefined || integration.integrationType === integrationType) &&
			(ids?.includes(integration.id) ?? true),
	);
	const pageSize = numberParameter(context, "pageSize", { fallback: 25 });
	return toNumberedPage(context, found.map(toIntegration), { path: INTEGRATIONS, pageSize });
}

/** The vendor's Integration. */
const toIntegration = ({ id, name, integrationType }: StoredIntegration): Record<string, unknown> => ({
	id,
	name,
	integrationType: { id: integrationType, selfUri: `${INTEGRATIONS}/types/${integrationType}` },
	intendedState: "ENABLED",
	selfUri: `${INTEGRATIONS}/${id}`,
});

/** The vendor's IntegrationConfiguration. Its credentials are by the names of their types; of a further one of a type with a number. */
function toConfiguration(context: ApiContext, store: OrganizationStore): Record<string, unknown> {
	const integration = store.state.integrations.get(pathParameter(context, "integrationId"));
	if (integration === undefined) throw new ApiRefusal("not.found");
	const credentials: Record<string, unknown> = {};
	for (const id of integration.credentialIds) {
		const credential = store.state.credentials.get(id);
		const type = credential?.type ?? OAUTH_CLIENT_TYPE;
		const key = type in credentials ? `${type}${Object.keys(credentials).length + 1}` : type;
		credentials[key] = credential === undefined ? { id, selfUri: `${CREDENTIALS}/${id}` } : toInfo(credential);
	}
	return {
		id: integration.id,
		name: integration.name,
		version: 1,
		properties: {},
		advanced: {},
		notes: "",
		credentials,
		selfUri: `${INTEGRATIONS}/${integration.id}/config/current`,
	};
}

/** The vendor's CredentialInfo: without fields. */
const toInfo = ({ id, name, type, createdDate, modifiedDate }: StoredCredential): Record<string, unknown> => ({
	id,
	name,
	createdDate,
	modifiedDate,
	type: { id: type, name: type },
	selfUri: `${CREDENTIALS}/${id}`,
});

/** The vendor's Credential: with redacted fields. */
function toRedacted(
	{ id, name, type, values, digests }: StoredCredential,
	store: OrganizationStore,
): Record<string, unknown> {
	const { redaction, showsClientId } = store.state.settings.integrationCredentials;
	const { clientId, ...others } = values;
	const masked = Object.keys(digests).map((field) => [field, redaction === "masked" ? MASK : ""]);
	return {
		id,
		name,
		type: { id: type, name: type },
		credentialFields: {
			...others,
			...(showsClientId && clientId !== undefined ? { clientId } : {}),
			...(redaction === "omitted" ? {} : Object.fromEntries(masked)),
		},
		selfUri: `${CREDENTIALS}/${id}`,
	};
}

/** The vendor's CredentialType. */
const toType = ({ name, required = [], optional = [] }: CredentialTypeSeed): Record<string, unknown> => ({
	id: name,
	name,
	properties: Object.fromEntries([...required, ...optional].map((field) => [field, { type: "string" }])),
	displayOrder: [...required, ...optional],
	required,
});
