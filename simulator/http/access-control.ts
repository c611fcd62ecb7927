import type { MiddlewareHandler } from "hono";
import type { OrganizationStore } from "../organization/organization-store";
import { RATE_WINDOW_MS } from "../organization/organization-store";
import type { ApiContext, ApiEnv } from "./api-context";
import type { ApiOperation } from "./api-operation";
import { ApiRefusal } from "./api-refusal";

/** The token in the Authorization header. */
export function bearerToken(context: ApiContext): string | undefined {
	return /^Bearer +(\S+) *$/i.exec(context.req.header("authorization") ?? "")?.[1];
}

/** Accepts only calls with a valid token of a client that isn't disabled. */
export function authenticate(store: OrganizationStore): MiddlewareHandler<ApiEnv> {
	return async (context, next) => {
		const text = bearerToken(context);
		if (text === undefined) throw new ApiRefusal("authentication.required");
		const token = store.token(text);
		const client = token && store.client(token.clientId);
		if (token === undefined || client === undefined || client.state === "disabled")
			throw new ApiRefusal("bad.credentials");
		if (token.expires <= store.clock.now()) throw new ApiRefusal(store.state.settings.expiredTokenCode);
		context.set("caller", client);
		context.set("token", text);
		await next();
	};
}

/** Counts the call for its token and refuses it when the minute's limit is exceeded. */
export function limitRate(store: OrganizationStore): MiddlewareHandler<ApiEnv> {
	return async (context, next) => {
		const allowed = store.state.settings.limits.requestsPerMinute;
		const token = store.token(context.get("token"));
		if (allowed === null || token === undefined) {
			await next();
			return;
		}
		const { count, resetSeconds } = store.countInWindow(token.window);
		context.header("inin-ratelimit-count", String(count));
		context.header("inin-ratelimit-allowed", String(allowed));
		context.header("inin-ratelimit-reset", String(store.assumed.rateLimitReset(resetSeconds)));
		if (count > allowed) {
			const isService = context.get("caller").authorizedGrantType === "CLIENT-CREDENTIALS";
			const code = store.assumed.rateLimitCode();
			const seconds = code === "too.many.requests" ? RATE_WINDOW_MS / 1000 : resetSeconds;
			throw new ApiRefusal(code, {
				params: { requests: String(allowed), seconds: String(seconds) },
				headers: { "Retry-After": String(resetSeconds) },
				limit: {
					key: isService ? "client.credentials.token.rate.per.minute" : "token.rate.per.minute",
					namespace: "platform.api",
					value: allowed,
				},
			});
		}
		await next();
	};
}

/** Accepts only calls whose caller has a permission of the operation and, if scopes are enforced, a scope. */
export function authorize(store: OrganizationStore, operation: ApiOperation): MiddlewareHandler<ApiEnv> {
	return async (context, next) => {
		const { permissions, scopes } = operation;
		const own = store.permissionsOf(context.get("caller"));
		if (permissions.length > 0 && !permissions.some((permission) => own.includes(permission)))
			throw new ApiRefusal("missing.any.permissions", { params: { permissions: permissions.join(", ") } });
		const held = store.token(context.get("token"))?.scopes ?? [];
		const isInScope = held.includes("all") || scopes.some((scope) => held.includes(scope));
		if (store.state.settings.scopeEnforcement && scopes.length > 0 && !isInScope)
			throw new ApiRefusal("app.not.authorized.for.scope", { params: { scopes: scopes.toReversed().join(", ") } });
		await next();
	};
}

/** Reads the JSON object in the body of a call. */
export function readBody(store: OrganizationStore): MiddlewareHandler<ApiEnv> {
	return async (context, next) => {
		const text = await context.req.text();
		const bytes = store.state.settings.limits.requestBytes;
		if (Buffer.byteLength(text) > bytes)
			throw new ApiRefusal("request.entity.too.large", { params: { bytes: String(bytes) } });
		const mediaType = context.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
		if (mediaType !== "application/json") throw new ApiRefusal("unsupported.media.type");
		context.set("body", toObject(text));
		await next();
	};
}

function toObject(text: string): Record<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new ApiRefusal("bad.request");
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ApiRefusal("bad.request");
	return { ...value };
}
