import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Clock } from "../clock";
import type { Fault, StatusFault } from "../fault";
import { toErrorBody } from "./api-refusal";
import type { ApiContext } from "./api-context";
import { defaultErrorCode, ERROR_CATALOG, isErrorCode } from "./error-catalog";
import { toTokenErrorBody } from "./token-error";
import { TOKEN_THROTTLED } from "../organization/assumptions";

/** A page such as a proxy sends, without the API's error body. */
const HTML_PAGE = `<!DOCTYPE html>
<html>
<head><title>Bad Gateway</title></head>
<body><h1>The server is temporarily unable to service your request</h1></body>
</html>
`;

/**
 * Applies a fault to a call.
 * @param parts `released` ends the call's hanging
 * @returns The response that replaces the real one, or undefined if the call continues as usual.
 */
export async function applyFault(
	fault: Fault,
	context: ApiContext,
	parts: { clock: Clock; released: Promise<void> },
): Promise<Response | undefined> {
	switch (fault.kind) {
		case "delay":
			await parts.clock.sleep(fault.ms);
			return undefined;
		case "hang":
			await Promise.race([parts.released, ...(fault.untilGivenUp === true ? [whenGivenUp(context)] : [])]);
			return undefined;
		case "cut":
			context.env.incoming.socket.destroy();
			return RESPONSE_ALREADY_SENT;
		case "malformed":
			return new Response('{"id": "5f2c', {
				status: fault.status ?? 200,
				headers: { "content-type": "application/json" },
			});
		case "html":
			return new Response(HTML_PAGE, {
				status: fault.status ?? 502,
				headers: { "content-type": "text/html; charset=utf-8" },
			});
		case "status":
			return toResponse(fault, context);
		default:
			return fault satisfies never;
	}
}

/** Whether a response means that the connection was cut. */
export function isCut(response: Response): boolean {
	return response === RESPONSE_ALREADY_SENT;
}

async function whenGivenUp({ env: { incoming } }: ApiContext): Promise<void> {
	const { socket } = incoming;
	await new Promise<void>((resolve) => {
		if (socket.destroyed) resolve();
		else socket.once("close", resolve);
	});
}

function toResponse(fault: StatusFault, context: ApiContext): Response {
	const headers = new Headers(fault.headers);
	if (fault.retryAfterSeconds !== undefined) headers.set("retry-after", String(fault.retryAfterSeconds));
	headers.set("content-type", headers.get("content-type") ?? "application/json");
	const isBodyless = fault.status === 204 || fault.status === 304;
	const body = fault.body ?? toVendorBody(fault, context);
	return new Response(isBodyless ? null : JSON.stringify(body), { status: fault.status, headers });
}

function toVendorBody(fault: StatusFault, context: ApiContext): object {
	if (context.get("entry").kind === "token")
		return toTokenErrorBody(
			fault.code ?? (fault.status === 400 ? "invalid_request" : "server_error"),
			fault.message ?? (fault.status === 400 ? TOKEN_THROTTLED : "the server could not process the request"),
		);
	const code = fault.code ?? defaultErrorCode(fault.status) ?? "internal.server.error";
	const template = isErrorCode(code) ? ERROR_CATALOG[code].text : code;
	return toErrorBody(
		{
			status: fault.status,
			code,
			template: fault.message ?? template,
			params: {
				requests: "300",
				seconds: code === "too.many.requests" ? "60" : String(fault.retryAfterSeconds ?? 60),
				...(fault.status === 403 ? { permissions: "oauth:client:view", scopes: "oauth" } : {}),
			},
		},
		context.get("correlationId"),
	);
}
