import type { ApiContext } from "../http/api-context";
import { ApiRefusal } from "../http/api-refusal";
import type { OrganizationStore } from "../organization/organization-store";
import { CLIENTS_PATH, toClientBody } from "./client-body";

/** The vendor's OAuthClientEntityListing: everything on one page unless the seed says how many clients a page has. */
export function toClientListing(context: ApiContext, store: OrganizationStore): Record<string, unknown> {
	const clients = store.clients();
	const pageSize = store.state.settings.clientsPerPage ?? Math.max(clients.length, 1);
	const pageCount = Math.max(Math.ceil(clients.length / pageSize), 1);
	const pageNumber = parsePageNumber(context.req.query("pageNumber"));
	const uri = (page: number) => `${CLIENTS_PATH}?pageSize=${pageSize}&pageNumber=${page}`;
	return {
		entities: clients.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map((client) => toClientBody(client)),
		pageSize,
		pageNumber,
		total: clients.length,
		pageCount,
		firstUri: uri(1),
		lastUri: uri(pageCount),
		...(pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
		...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
		selfUri: uri(pageNumber),
	};
}

function parsePageNumber(given: string | undefined): number {
	if (given === undefined) return 1;
	if (!/^[1-9]\d{0,8}$/.test(given))
		throw new ApiRefusal("invalid.query.param.value", {
			params: { value: given, parameter: "pageNumber", allowed: "whole numbers from 1" },
		});
	return Number(given);
}
