import { systemClock } from "../provider/api/clock";
import type { GenesysCloudApi } from "../provider/api/genesys-cloud-api";
import { fieldsOf, parseJson } from "../provider/api/json";
import { byNameThenId } from "../provider/lookups/find/by-name";
import type { Connect } from "../provider/lookups/find/connect";
import { listCredentials } from "../provider/lookups/find/integration-credentials";
import { listClients } from "../provider/lookups/find/oauth-clients";

/** What a list has of a resource that exists. */
export interface Listed {
	id: string;
	name: string;
}

// Pulumi checks the query against the schema.
type Query = never;

/**
 * The resources that exist, by the last part of their type, sorted by name, then by id. Pairs aren't among them: nothing in Genesys Cloud says which two
 * clients are one.
 */
export const lists: Readonly<Record<string, (connect: Connect<GenesysCloudApi>, query: Query) => Promise<Listed[]>>> = {
	OAuthClient: async (connect, query) => (await listClients(connect, query, systemClock)).clients,
	IntegrationCredential: listCredentials,
};

/**
 * A page of a list.
 *
 * @param limit most results of all pages together; less than 1 for no limit
 * @param pageSize most results of a page; less than 1 for all
 * @param token what the page before said; empty for the first one
 * @returns the page, and the token of the next one; empty if there is none
 */
export function pageOf(
	found: readonly Listed[],
	{ limit, pageSize, token }: { limit: number; pageSize: number; token: string },
): { page: Listed[]; next: string } {
	const { given = 0, last } = fieldsOf(parseJson(token)) as { given?: number; last?: Listed };
	// What has come or gone meanwhile neither repeats nor hides another one.
	const rest = last === undefined ? found : found.filter((one) => byNameThenId(last, one) < 0);
	const allowed = limit < 1 ? rest.length : Math.max(0, limit - given);
	const page = rest.slice(0, pageSize < 1 ? allowed : Math.min(allowed, pageSize));
	const isLast = page.length === 0 || page.length === Math.min(rest.length, allowed);
	const { id = "", name = "" } = page.at(-1) ?? {};
	return { page, next: isLast ? "" : JSON.stringify({ given: given + page.length, last: { id, name } }) };
}
