import { randomUUID } from "node:crypto";
import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import { pathParameter } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import type { StoredClient } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";
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
	const read = ["oauth", "oauth:readonly"];
	const write = ["oauth"];
	const one = `${CLIENTS_PATH}/{clientId}`;
	return [
		{
			method: "GET",
			template: CLIENTS_PATH,
			permissions: [PERMISSIONS.viewClients],
			scopes: read,
			handle: (context) => context.json(toClientListing(context, store)),
		},
		{
			method: "POST",
			template: CLIENTS_PATH,
			permissions: [PERMISSIONS.addClients],
			scopes: write,
			takesBody: true,
			handle: (context) => create(context, store),
		},
		{
			method: "GET",
			template: one,
			permissions: [PERMISSIONS.viewClients],
			scopes: read,
			handle: (context) => context.json(toClientBody(find(context, store), store)),
		},
		{
			method: "PUT",
			template: one,
			permissions: [PERMISSIONS.editClients],
			scopes: write,
			takesBody: true,
			handle: (context) => replace(context, store),
		},
		{
			method: "DELETE",
			template: one,
			permissions: [PERMISSIONS.deleteClients],
			scopes: write,
			handle: (context) => remove(context, store),
		},
		{
			method: "POST",
			template: `${one}/secret`,
			permissions: [PERMISSIONS.editClients],
			scopes: write,
			handle: (context) => regenerateSecret(context, store),
		},
	];
}

function find(context: ApiContext, store: OrganizationStore): StoredClient {
	const client = store.client(pathParameter(context, "clientId"));
	if (client === undefined) throw new ApiRefusal("client.not.found");
	return client;
}

function create(context: ApiContext, store: OrganizationStore): Response {
	const caller = context.get("caller");
	const request = parseClientRequest(context.get("body"), store, undefined);
	requireCallerHolds(roleIdsOf(request), caller, store);
	const maximum = store.state.settings.limits.clients;
	// Without the administrator, so that a limit means the same whoever creates the clients.
	if (maximum !== null && store.clients().length - 1 >= maximum) throw new ApiRefusal("auth.too.many.clients");
	const now = new Date(store.clock.now()).toISOString();
	const by = { id: caller.id, name: caller.name };
	const secret = request.authorizedGrantType === "TOKEN" ? undefined : createSecret();
	const client: StoredClient = {
		...request,
		id: randomUUID(),
		dateCreated: now,
		dateModified: now,
		dateToDelete: undefined,
		createdBy: by,
		modifiedBy: by,
		secretDigest: secret === undefined ? undefined : digestOf(secret),
		permissions: undefined,
		tokenScopes: ["all"],
	};
	store.state.clients.set(client.id, client);
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
		dateModified: new Date(now).toISOString(),
		modifiedBy: { id: caller.id, name: caller.name },
		dateToDelete: dateToDelete(client, request.state, now),
	};
	store.state.clients.set(client.id, replaced);
	return context.json(toClientBody(replaced, store));
}

function remove(context: ApiContext, store: OrganizationStore): Response {
	const client = find(context, store);
	if (client.state !== "inactive") throw new ApiRefusal("cannot.delete.client");
	store.removeClient(client.id);
	return context.body(null, 204);
}

function regenerateSecret(context: ApiContext, store: OrganizationStore): Response {
	const client = store.client(pathParameter(context, "clientId"));
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
		dateModified: new Date(store.clock.now()).toISOString(),
		modifiedBy: { id: caller.id, name: caller.name },
	};
	store.state.clients.set(client.id, changed);
	return context.json(toClientBody(changed, store, secret));
}

function dateToDelete(client: StoredClient, state: StoredClient["state"], now: number): string | undefined {
	if (state === "active") return undefined;
	if (client.state === "inactive") return client.dateToDelete;
	const isOld = now - Date.parse(client.dateCreated) > YOUNG_DAYS * DAY_MS;
	return isOld ? new Date(now + GRACE_DAYS * DAY_MS).toISOString() : undefined;
}

function roleIdsOf(client: Pick<StoredClient, "roleIds" | "roleDivisions">): string[] {
	return [...client.roleIds, ...client.roleDivisions.map((pair) => pair.roleId)];
}
