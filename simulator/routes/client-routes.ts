import { randomUUID } from "node:crypto";
import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import { pathParameter } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import type { StoredClient } from "../organization/organization-state";
import { type OrganizationStore, roleIdsOf } from "../organization/organization-store";
import { createSecret, digestOf } from "../organization/secret-digest";
import { PERMISSIONS } from "../organization/seed-defaults";
import { CLIENTS_PATH, toClientBody } from "./client-body";
import { toClientListing } from "./client-listing";
import { parseClientRequest, requireCallerHolds } from "./client-request";

const DAY_MS = 86_400_000;
/** The vendor's own UI deletes a younger client at once; an older one gets a grace period when it becomes inactive. */
const YOUNG_DAYS = 30;
/** The grace period of an older client. */
const GRACE_DAYS = 7;

/** The operations on clients. */
export function clientOperations(store: OrganizationStore): ApiOperation[] {
	const toRead = ["oauth", "oauth:readonly"];
	const toWrite = ["oauth"];
	const one = `${CLIENTS_PATH}/{clientId}`;
	return [
		{
			method: "GET",
			template: CLIENTS_PATH,
			permissions: [PERMISSIONS.viewClients],
			scopes: toRead,
			handle: (context) => context.json(toClientListing(context, store)),
		},
		{
			method: "POST",
			template: CLIENTS_PATH,
			permissions: [PERMISSIONS.addClients],
			scopes: toWrite,
			takesBody: true,
			handle: (context) => create(context, store),
		},
		{
			method: "GET",
			template: one,
			permissions: [PERMISSIONS.viewClients],
			scopes: toRead,
			handle: (context) => context.json(toClientBody(read(context, store), store)),
		},
		{
			method: "PUT",
			template: one,
			permissions: [PERMISSIONS.editClients],
			scopes: toWrite,
			takesBody: true,
			handle: (context) => replace(context, store),
		},
		{
			method: "DELETE",
			template: one,
			permissions: [PERMISSIONS.deleteClients],
			scopes: toWrite,
			handle: (context) => remove(context, store),
		},
		{
			method: "POST",
			template: `${one}/secret`,
			permissions: [PERMISSIONS.editClients],
			scopes: toWrite,
			handle: (context) => regenerateSecret(context, store),
		},
	];
}

function find(context: ApiContext, store: OrganizationStore): StoredClient {
	const client = store.clientSeenById(pathParameter(context, "clientId"));
	if (client === undefined) throw new ApiRefusal("client.not.found");
	return client;
}

function read(context: ApiContext, store: OrganizationStore): StoredClient {
	return store.clientShownById(pathParameter(context, "clientId")) ?? find(context, store);
}

function create(context: ApiContext, store: OrganizationStore): Response {
	const caller = context.get("caller");
	const request = parseClientRequest(context.get("body"), store, undefined);
	requireCallerHolds(roleIdsOf(request), caller, store);
	const maximum = store.state.settings.limits.clients;
	// Without the administrator, so that a limit means the same whoever creates the clients.
	if (maximum !== null && store.clients().length - 1 >= maximum) throw new ApiRefusal("auth.too.many.clients");
	const now = store.clock.now();
	const by = store.assumed.authorFor(caller);
	const secret = request.authorizedGrantType === "TOKEN" ? undefined : createSecret();
	const client: StoredClient = {
		...request,
		id: randomUUID(),
		dateCreated: store.assumed.dateOfCreation(now),
		dateModified: store.assumed.dateOfChange(now),
		dateToDelete: undefined,
		createdBy: by,
		modifiedBy: by,
		secretDigest: secret === undefined ? undefined : digestOf(secret),
		permissions: undefined,
		tokenScopes: ["all"],
		addressIsDenied: false,
	};
	store.saveClient(client);
	return context.json(toClientBody(client, store, secret));
}

function replace(context: ApiContext, store: OrganizationStore): Response {
	const caller = context.get("caller");
	const client = find(context, store);
	if (client.state === "disabled") throw new ApiRefusal("bad.client.state", { text: "Client is disabled." });
	const request = parseClientRequest(context.get("body"), store, client);
	// Nobody can have a role that doesn't exist any more.
	const old = roleIdsOf(client).filter((roleId) => store.state.roles.has(roleId));
	requireCallerHolds([...old, ...roleIdsOf(request)], caller, store);
	const now = store.clock.now();
	const replaced: StoredClient = {
		...client,
		...request,
		dateModified: store.assumed.dateOfChange(now),
		modifiedBy: store.assumed.authorFor(caller),
		dateToDelete: dateToDelete(client, request.state, store),
	};
	store.saveClient(replaced);
	return context.json(toClientBody(replaced, store));
}

function remove(context: ApiContext, store: OrganizationStore): Response {
	const client = find(context, store);
	if (client.state !== "inactive") throw new ApiRefusal("cannot.delete.client");
	store.removeClient(client.id);
	return context.body(null, 204);
}

function regenerateSecret(context: ApiContext, store: OrganizationStore): Response {
	const client = store.clientSeenById(pathParameter(context, "clientId"));
	// The vendor lists only the general code for this operation.
	if (client === undefined) throw new ApiRefusal("not.found");
	const caller = context.get("caller");
	requireCallerHolds(
		roleIdsOf(client),
		caller,
		store,
		"The caller does not have all the roles assigned to this client.",
	);
	const secret = client.authorizedGrantType === "TOKEN" ? undefined : createSecret();
	const changed: StoredClient = {
		...client,
		secretDigest: secret === undefined ? undefined : digestOf(secret),
		...(store.assumed.newSecretSetsDateModified()
			? { dateModified: store.assumed.dateOfChange(store.clock.now()), modifiedBy: store.assumed.authorFor(caller) }
			: {}),
	};
	store.saveClient(changed);
	return context.json(toClientBody(changed, store, secret));
}

function dateToDelete(
	client: StoredClient,
	state: StoredClient["state"],
	store: OrganizationStore,
): string | undefined {
	if (state === "active") return undefined;
	if (client.state === "inactive") return client.dateToDelete;
	const now = store.clock.now();
	const isOld = now - Date.parse(client.dateCreated) > YOUNG_DAYS * DAY_MS;
	if (isOld) return new Date(now + GRACE_DAYS * DAY_MS).toISOString();
	return store.assumed.deletesYoungInactiveClients() ? new Date(now).toISOString() : undefined;
}
