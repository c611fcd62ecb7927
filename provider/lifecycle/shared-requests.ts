import type { GenesysCloudApi } from "../api/genesys-cloud-api";
import type { Credentials } from "../api/token-source";
import type { LifecycleContext } from "./context";
import { loginOf } from "./login-of";
import type { ListsAtStart } from "./resource-kind";

/** What a run asks once for all of its resources, by connection. */
export type SharedRequests = ListsAtStart & Pick<LifecycleContext, "homeDivision" | "login">;

/** The requests of a run on a connection: each is sent when its answer is first needed. */
export function sharedRequests(api: GenesysCloudApi, credentials: Credentials): SharedRequests {
	return {
		homeDivision: askedOnce(async () => (await api.getAuthorizationDivisionsHome()).id),
		clientsAtStart: askedOnce(async () => (await api.getOauthClients()).entities),
		credentialsAtStart: askedOnce(async () => (await api.getIntegrationsCredentialsListing()).entities),
		login: askedOnce(async () => loginOf(credentials, api)),
	};
}

/** Sends a request on first use, and again only after a failure. */
function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
	let answer: Promise<T> | undefined;
	return async () => {
		answer ??= ask();
		try {
			return await answer;
		} catch (error) {
			answer = undefined;
			throw error;
		}
	};
}
