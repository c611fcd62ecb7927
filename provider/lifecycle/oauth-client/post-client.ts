import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { operations } from "../../api/oauth-api";
import type { LifecycleContext } from "../context";
import { clientKind } from "./kind";
import { postOnce } from "../post-once";
import { recoverPosted } from "../recover-posted";
import { changedSettings } from "./settings";

/** A client created by a POST. */
interface Posted {
	client: OAuthClient;
	/** Whether the POST got no usable response and the client was found in the list of clients: its secret is lost. */
	isRecovered: boolean;
	/** The error of a response that told only the id, and possibly the secret: the settings are those that were sent. */
	unusable?: unknown;
}

/**
 * Creates a client with one POST, which is never retried. If its outcome is unknown, looks for the client it may have created.
 *
 * @param label the client's name in messages
 */
export async function postClient(
	context: LifecycleContext,
	wanted: OAuthClientRequest,
	label: string,
): Promise<Posted> {
	// The API creates active clients only.
	const request: OAuthClientRequest = { ...wanted, state: "active" };
	return context.run.oneAtATime(wanted.name, async () => {
		const startedAt = context.clock.now();
		const outcome = await postOnce(context, operations.postOauthClients.name, async () =>
			context.api.postOauthClients(request),
		);
		if ("entity" in outcome) {
			const { entity: client } = outcome;
			if (client.createdBy?.id !== undefined) context.creatorIds.add(client.createdBy.id);
			return { client, isRecovered: false };
		}
		if ("created" in outcome) {
			const { id, secret = "" } = outcome.created;
			return { client: { ...request, id, secret }, isRecovered: false, unusable: outcome.unusable };
		}
		const later = context.afterDeadline();
		const client = await recoverPosted<OAuthClient>(later, outcome.lost, {
			kind: clientKind,
			name: request.name,
			startedAt,
			list: async () => (await later.api.getOauthClients()).entities,
			mayBeOurs: (found, since) =>
				found.name === request.name &&
				found.state !== "deleted" &&
				Date.parse(found.dateCreated ?? "") >= since &&
				hasOurCreator(context, found),
			isAsSent: (found) => changedSettings({ ...found }, { ...request }).length === 0,
		});
		context.run.add(client.id);
		context.notice(
			`recovered ${label} (${client.id}): the create request got no response, but the client was created${client.authorizedGrantType === "TOKEN" ? "" : "; its secret will be rotated"}`,
		);
		return { client, isRecovered: true };
	});
}

/** Whether this process's login may have created a client: its creator is the same as that of the run's other clients, or unknown. */
function hasOurCreator({ creatorIds }: LifecycleContext, { createdBy }: OAuthClient): boolean {
	return creatorIds.size === 0 || createdBy?.id === undefined || creatorIds.has(createdBy.id);
}
