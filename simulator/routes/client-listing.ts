import type { ApiContext } from "../http/api-context";
import type { OrganizationStore } from "../organization/organization-store";
import { CLIENTS_PATH, toClientBody } from "./client-body";
import { toNumberedPage } from "./numbered-page";

/** The vendor's OAuthClientEntityListing: everything on one page unless `clientsPerPage` is set. */
export function toClientListing(context: ApiContext, store: OrganizationStore): Record<string, unknown> {
	const clients = store.clientsListedFor(context.get("caller").id).map((client) => toClientBody(client, store));
	const pageSize = store.state.settings.clientsPerPage ?? Math.max(clients.length, 1);
	return toNumberedPage(context, clients, { path: CLIENTS_PATH, pageSize });
}
