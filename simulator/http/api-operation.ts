import type { ApiContext } from "./api-context";

/** One operation of the Platform API. */
export interface ApiOperation {
	/** The HTTP method. */
	method: "GET" | "POST" | "PUT" | "DELETE";
	/** The path template as the vendor writes it. */
	template: string;
	/** The permissions of which the caller needs one; if empty, it needs none. */
	permissions: readonly string[];
	/** The scopes of which the token needs one if scopes are enforced. */
	scopes: readonly string[];
	/** Whether this organization's API has it: if not, its path answers 404. @default always */
	isThere?(): boolean;
	/** Whether the operation takes a JSON body. @default false */
	takesBody?: boolean;
	/** Responds to an authenticated, permitted call. */
	handle(context: ApiContext): Response;
}

/** The vendor's path template as a Hono route. */
export function toRoutePath(template: string): string {
	return template.replaceAll(/\{(\w+)\}/g, ":$1");
}

/** A Hono route as the vendor's path template. */
export function toTemplate(routePath: string): string {
	return routePath.replaceAll(/:(\w+)/g, "{$1}");
}

/** A path parameter. */
export function pathParameter(context: ApiContext, name: string): string {
	return context.req.param(name) ?? "";
}
