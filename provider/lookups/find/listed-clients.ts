import type { OAuthClient } from "../../api/models";
import type { OAuthApi } from "../../api/oauth-api";

/** Lists an organization's clients. */
type ListClients = () => Promise<OAuthClient[]>;

const shared = new WeakMap<OAuthApi, ListClients>();

/**
 * Lists the clients, once for all lookups that ask at a time: a list has every client, so one for each lookup would take the square of their number.
 * A list is requested after each of its lookups has asked, so none gets an older answer than by a list of its own.
 */
export async function listedClients(api: OAuthApi): Promise<OAuthClient[]> {
	const list = shared.get(api) ?? oneAtATime(async () => (await api.getOauthClients()).entities);
	shared.set(api, list);
	return list();
}

/** Shares a request among those who ask while the one before is under way. */
function oneAtATime<T>(request: () => Promise<T>): () => Promise<T> {
	let before: Promise<unknown> = Promise.resolve();
	let next: Promise<T> | undefined;
	const begin = async () => {
		await before;
		next = undefined;
		return request();
	};
	return async () => {
		if (next === undefined) {
			next = begin();
			before = Promise.allSettled([next]);
		}
		return next;
	};
}
