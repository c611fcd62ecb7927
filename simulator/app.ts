import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { MiddlewareHandler } from "hono";
import type { FaultList } from "./faults";
import { authenticate, authorize, limitRate, readBody } from "./http/access-control";
import type { ApiContext, ApiEnv } from "./http/api-context";
import type { ApiOperation } from "./http/api-operation";
import { toRoutePath } from "./http/api-operation";
import { ApiRefusal, toErrorBody } from "./http/api-refusal";
import { recordCalls } from "./http/call-recorder";
import type { OrganizationStore } from "./organization/organization-store";
import type { RequestRecorder } from "./request-log";
import { divisionOperations } from "./routes/division-routes";
import { roleOperations } from "./routes/role-routes";
import { authorizationOperations } from "./routes/authorization-routes";
import { clientOperations } from "./routes/client-routes";
import { integrationOperations } from "./routes/integration-routes";
import { organizationOperations } from "./routes/organization-routes";
import { scopeOperations } from "./routes/scope-routes";
import { TOKEN_PATH, tokenHandler } from "./routes/token-routes";
import { usageJobOperations } from "./routes/usage-job-routes";
import { usageOperations } from "./routes/usage-routes";

/** What the server is made of. */
export interface AppParts {
	/** The organization. */
	store: OrganizationStore;
	/** The request log. */
	log: RequestRecorder;
	/** The scripted faults. */
	faults: FaultList;
	/** The control routes, without their `/simulator`. */
	control: Hono<ApiEnv>;
}

/** The whole server: control routes, token endpoint, Platform API, and the refusal of everything else. */
export function createApp({ store, log, faults, control }: AppParts): Hono<ApiEnv> {
	const app = new Hono<ApiEnv>();
	app.use(addCommonHeaders(store));
	app.route("/simulator", control);
	app.use(recordCalls({ store, log, faults }));

	app.post(TOKEN_PATH, tokenHandler(store));
	app.all(TOKEN_PATH, refuseMethod(["POST"]));

	const operations = [
		...clientOperations(store),
		...usageOperations(store),
		...usageJobOperations(store),
		...scopeOperations(),
		...authorizationOperations(store),
		...roleOperations(store),
		...divisionOperations(store),
		...integrationOperations(store),
		...organizationOperations(store),
	];
	for (const operation of operations) addOperation(app, operation, store);
	for (const [template, methods] of methodsByTemplate(operations))
		app.all(toRoutePath(template), refuseMethod(methods));

	app.notFound((context) => {
		const { method, path } = context.req;
		return toErrorResponse(new ApiRefusal("not.simulated", { params: { method, path } }), context);
	});
	app.onError((error, context) => toErrorResponse(error, context));
	return app;
}

function addCommonHeaders(store: OrganizationStore): MiddlewareHandler<ApiEnv> {
	return async (context, next) => {
		const correlationId = randomUUID();
		context.set("correlationId", correlationId);
		await next();
		// A fault may have another one, or none.
		if (!context.res.headers.has("inin-correlation-id")) context.header("ININ-Correlation-Id", correlationId);
		context.header("Date", new Date(store.clock.now()).toUTCString());
		if (context.res.headers.has("cache-control")) return;
		context.header("Cache-Control", "no-cache, no-store, must-revalidate");
		context.header("Pragma", "no-cache");
		context.header("Expires", "0");
	};
}

function addOperation(app: Hono<ApiEnv>, operation: ApiOperation, store: OrganizationStore): void {
	const path = toRoutePath(operation.template);
	app.on(operation.method, path, authenticate(store), limitRate(store), find(operation), authorize(store, operation));
	if (operation.takesBody === true) app.on(operation.method, path, readBody(store));
	app.on(operation.method, path, (context) => operation.handle(context));
}

function find(operation: ApiOperation): MiddlewareHandler<ApiEnv> {
	return async (_, next) => {
		if (operation.isThere?.() === false) throw new ApiRefusal("not.found");
		await next();
	};
}

function methodsByTemplate(operations: readonly ApiOperation[]): Map<string, string[]> {
	const methods = new Map<string, string[]>();
	for (const { template, method } of operations) methods.set(template, [...(methods.get(template) ?? []), method]);
	return methods;
}

function refuseMethod(allowed: string[]): (context: ApiContext) => never {
	return (context) => {
		throw new ApiRefusal("method.not.allowed", {
			params: { method: context.req.method, path: context.req.path, allowed: allowed.join(", ") },
			headers: { Allow: allowed.join(", ") },
		});
	};
}

function toErrorResponse(error: Error, context: ApiContext): Response {
	const correlationId = context.get("correlationId");
	if (error instanceof ApiRefusal) return context.json(error.toBody(correlationId), error.status, error.headers);
	const template = `The simulator failed: ${error.message}`;
	return context.json(toErrorBody({ status: 500, code: "internal.server.error", template }, correlationId), 500);
}
