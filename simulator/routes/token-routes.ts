import type { Context } from "hono";
import { auth as basicCredentials } from "hono/utils/basic-auth";
import type { ApiContext } from "../http/api-context";
import { toTokenErrorBody } from "../http/token-error";
import type { TokenRefusalReason } from "../organization/assumptions";
import type { OrganizationStore } from "../organization/organization-store";

/** The token endpoint's path, as on the vendor's login host. */
export const TOKEN_PATH = "/oauth/token";

/** `POST /oauth/token` for the client-credentials grant: credentials by Basic authentication or in the form. */
export function tokenHandler(store: OrganizationStore): (context: ApiContext) => Promise<Response> {
	return async (context) => {
		context.header("Cache-Control", "no-store");
		const isForm = context.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") === true;
		const form = isForm ? Object.fromEntries(new URLSearchParams(await context.req.text())) : {};
		const { id, secret } = credentialsOf(context, form);
		if (id === undefined || secret === undefined)
			return refuse(context, "invalid_request", "client credentials are missing");
		const client = store.news.isSeen("clientByLogin", id) ? store.client(id) : undefined;
		const refuseAs = (reason: TokenRefusalReason) => {
			const { error, description } = store.assumed.tokenRefusal(reason);
			return refuse(context, error, description);
		};
		if (client === undefined) return refuseAs("UnknownClient");
		context.get("entry").clientId = client.id;
		if (isThrottled(store, client.id)) return refuseAs("Throttling");
		if (client.addressIsDenied) return refuseAs("DeniedAddress");
		const isService = client.authorizedGrantType === "CLIENT-CREDENTIALS";
		const refuseGrant = () =>
			refuse(context, "unauthorized_client", "client is not authorized to use the client_credential grant type");
		if (!isService && store.assumed.loginChecksGrantFirst()) return refuseGrant();
		if (!store.acceptsSecret(client, secret)) return refuse(context, "invalid_client", "authentication failed");
		if (client.state === "inactive") return refuseAs("InactiveClient");
		if (client.state === "disabled") return refuseAs("DisabledClient");
		const grant = form["grant_type"];
		if (grant === undefined) return refuse(context, "invalid_request", "grant_type is missing");
		if (grant !== "client_credentials")
			return refuse(context, "unsupported_grant_type", "the simulator has client_credentials only");
		if (!isService) return refuseGrant();
		return context.json({
			access_token: store.issueToken(client, client.tokenScopes),
			token_type: "bearer",
			// As recorded: a second less than the client's own.
			expires_in: client.accessTokenValiditySeconds - 1,
		});
	};
}

function credentialsOf(
	context: ApiContext,
	form: Record<string, string>,
): { id: string | undefined; secret: string | undefined } {
	const basic = basicCredentials(context.req.raw);
	if (basic) return { id: basic.username, secret: basic.password };
	const { client_id: id, client_secret: secret } = form;
	return { id, secret };
}

function isThrottled(store: OrganizationStore, clientId: string): boolean {
	const allowed = store.state.settings.limits.tokenRequestsPerMinute;
	if (allowed === null) return false;
	const window = store.state.tokenWindows.get(clientId) ?? { start: store.clock.now(), count: 0 };
	store.state.tokenWindows.set(clientId, window);
	return store.countInWindow(window).count > allowed;
}

// The vendor's token endpoint sends 400 where OAuth 2.0 has 401, and where others throttle with 429.
function refuse(context: Context, error: string, description: string): Response {
	return context.json(toTokenErrorBody(error, description), 400);
}
