import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { operations } from "../../api/oauth-api";
import type { LifecycleContext } from "../context";
import { postOnce } from "../post-once";
import { clientKind } from "./kind";
import { changedSettings } from "./settings";

/** A client created by a POST. */
interface PostedClient {
	client: OAuthClient;
	/** Whether the POST got no usable response and the client was found in the list of clients: its secret is lost. */
	isRecovered: boolean;
	/** The error of a response that told only the id, and possibly the secret: the settings are those that were sent. */
	unusable?: unknown;
}

/**
 * Creates a client with one POST: see `postOnce`.
 *
 * @param label the client's name in messages
 */
export async function postClient(
	context: LifecycleContext,
	wanted: OAuthClientRequest,
	label: string,
): Promise<PostedClient> {
	// The API creates active clients only.
	const request: OAuthClientRequest = { ...wanted, state: "active" };
	const posted = await postOnce(context, clientKind, {
		operation: operations.postOauthClients.name,
		name: request.name,
		send: async () => context.api.postOauthClients(request),
		isAsSent: (found) => changedSettings({ ...found }, { ...request }).length === 0,
	});
	if ("unusable" in posted) {
		const { id, secret = "" } = posted.created;
		return { client: { ...request, id, secret }, isRecovered: false, unusable: posted.unusable };
	}
	const { entity: client, isRecovered } = posted;
	if (isRecovered) {
		context.notice(
			`recovered ${label} (${client.id}): the create request got no response, but the client was created${client.authorizedGrantType === "TOKEN" ? "" : "; its secret will be rotated"}`,
		);
	}
	return { client, isRecovered };
}
