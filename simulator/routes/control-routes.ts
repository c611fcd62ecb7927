import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import * as v from "valibot";
import { isSettableClock } from "../clock";
import type { Clock } from "../clock";
import { faultSchema } from "../fault";
import type { Faults } from "../faults";
import type { ApiContext, ApiEnv } from "../http/api-context";
import type { Organization } from "../organization/organization";
import type { Snapshot } from "../organization/organization-state";
import { schemas } from "../organization/seed-schema";
import { parseWith } from "../schema-check";
import type { RequestLog } from "../request-log";

/** What the control routes act on. */
export interface ControlParts {
	/** The organization. */
	organization: Organization;
	/** The log. */
	log: RequestLog;
	/** The faults. */
	faults: Faults;
	/** The clock. */
	clock: Clock;
	/** Takes a snapshot of the organization. */
	snapshot(): Snapshot;
	/** Restores a snapshot. */
	restore(snapshot: Snapshot): void;
	/** Resets to the seed. */
	reset(): void;
}

const clockSchema = v.strictObject({ advanceMs: v.pipe(v.number(), v.minValue(0)) });
const filterSchema = v.strictObject({
	method: v.exactOptional(v.string()),
	template: v.exactOptional(v.string()),
	path: v.exactOptional(v.string()),
	kind: v.exactOptional(v.picklist(["token", "api", "unknown"])),
	clientId: v.exactOptional(v.string()),
	status: v.exactOptional(v.pipe(v.string(), v.digits(), v.transform(Number))),
});
const permissionsSchema = v.strictObject({ permissions: v.union([v.literal("all"), v.array(v.string())]) });
const secretSchema = v.strictObject({ secret: v.string() });
const fieldsSchema = v.strictObject({ fields: v.record(v.string(), v.string()) });
const countSchema = v.strictObject({ count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1) });

/** The routes under `/simulator`, for programs in any language. They aren't logged. */
export function createControl(parts: ControlParts): Hono<ApiEnv> {
	const control = new Hono<ApiEnv>();
	addLogRoutes(control, parts);
	addStateRoutes(control, parts);
	addClientRoutes(control, parts);
	addOrganizationRoutes(control, parts);
	addCredentialRoutes(control, parts);
	control.all("/*", (context) =>
		context.json({ error: `The simulator has no control route ${context.req.method} ${context.req.path}.` }, 404),
	);
	control.onError((error, context) => context.json({ error: error.message }, 400));
	return control;
}

function addLogRoutes(control: Hono<ApiEnv>, { log, faults }: ControlParts): void {
	control.get("/requests", (context) => {
		const entries = log.filter(parseWith(filterSchema, context.req.query(), "query"));
		return context.json({ count: entries.length, requests: entries });
	});
	control.delete("/requests", (context) => {
		log.clear();
		return context.body(null, 204);
	});
	control.get("/faults", (context) => context.json({ faults: faults.pending() }));
	control.post("/faults", async (context) => {
		faults.add(parseWith(faultSchema, await json(context), "fault"));
		return context.body(null, 204);
	});
	control.post("/faults/release", (context) => {
		faults.release();
		return context.body(null, 204);
	});
	control.delete("/faults", (context) => {
		faults.clear();
		return context.body(null, 204);
	});
}

function addStateRoutes(control: Hono<ApiEnv>, parts: ControlParts): void {
	// Snapshots stay here, under an id: the organization's internal state isn't sent over HTTP.
	const snapshots = new Map<string, Snapshot>();
	control.post("/reset", (context) => {
		parts.reset();
		return context.body(null, 204);
	});
	control.post("/snapshots", (context) => {
		const id = randomUUID();
		snapshots.set(id, parts.snapshot());
		return context.json({ id });
	});
	control.post("/snapshots/:id/restore", (context) => {
		const snapshot = snapshots.get(context.req.param("id"));
		if (snapshot === undefined) return context.json({ error: "There is no such snapshot." }, 404);
		parts.restore(snapshot);
		return context.body(null, 204);
	});
	control.get("/clock", (context) => context.json({ now: parts.clock.now(), settable: isSettableClock(parts.clock) }));
	control.post("/clock", async (context) => {
		const { advanceMs } = parseWith(clockSchema, await json(context), "clock");
		if (!isSettableClock(parts.clock)) return context.json({ error: "This clock can't be advanced." }, 409);
		parts.clock.advance(advanceMs);
		return context.json({ now: parts.clock.now() });
	});
}

function addClientRoutes(control: Hono<ApiEnv>, { organization }: ControlParts): void {
	control.get("/clients", (context) => context.json({ clients: organization.clients() }));
	control.post("/clients", async (context) =>
		context.json(organization.addClient(parseWith(schemas.client, await json(context), "client"))),
	);
	control.get("/clients/:id", (context) => {
		const client = organization.client(context.req.param("id"));
		return client === undefined ? context.json({ error: "There is no such client." }, 404) : context.json({ client });
	});
	control.patch("/clients/:id", async (context) => {
		const change = parseWith(schemas.clientChange, await json(context), "change");
		return context.json({ client: organization.changeClient(context.req.param("id"), change) });
	});
	control.delete("/clients/:id", (context) => {
		organization.removeClient(context.req.param("id"));
		return context.body(null, 204);
	});
	control.post("/clients/:id/disable", (context) => {
		organization.disableClient(context.req.param("id"));
		return context.body(null, 204);
	});
	control.post("/clients/:id/enable", (context) => {
		organization.enableClient(context.req.param("id"));
		return context.body(null, 204);
	});
	control.post("/clients/:id/secret", (context) =>
		context.json({ secret: organization.regenerateSecret(context.req.param("id")) }),
	);
	control.post("/clients/:id/secret/check", async (context) => {
		const { secret } = parseWith(secretSchema, await json(context), "secret");
		return context.json({ correct: organization.checkSecret(context.req.param("id"), secret) });
	});
	control.post("/clients/:id/token", (context) =>
		context.json({ token: organization.issueToken(context.req.param("id")) }),
	);
	control.delete("/clients/:id/tokens", (context) => {
		organization.revokeTokens(context.req.param("id"));
		return context.body(null, 204);
	});
	control.put("/clients/:id/permissions", async (context) => {
		const { permissions } = parseWith(permissionsSchema, await json(context), "permissions");
		organization.setPermissions(context.req.param("id"), permissions);
		return context.body(null, 204);
	});
}

function addOrganizationRoutes(control: Hono<ApiEnv>, { organization }: ControlParts): void {
	control.get("/roles", (context) => context.json({ roles: organization.roles() }));
	control.post("/roles", async (context) =>
		context.json({ role: organization.addRole(parseWith(schemas.role, await json(context), "role")) }),
	);
	control.delete("/roles/:id", (context) => {
		organization.removeRole(context.req.param("id"));
		return context.body(null, 204);
	});
	control.get("/divisions", (context) => context.json({ divisions: organization.divisions() }));
	control.post("/divisions", async (context) =>
		context.json({ division: organization.addDivision(parseWith(schemas.division, await json(context), "division")) }),
	);
	control.delete("/divisions/:id", (context) => {
		organization.removeDivision(context.req.param("id"));
		return context.body(null, 204);
	});
	control.post("/authorizations", async (context) => {
		organization.addAuthorization(parseWith(schemas.authorization, await json(context), "authorization"));
		return context.body(null, 204);
	});
	control.post("/usage", async (context) => {
		organization.addUsage(...parseWith(v.array(schemas.usage), await json(context), "usage"));
		return context.body(null, 204);
	});
	control.post("/usage/failures", async (context) => {
		organization.failUsageQueries(parseWith(countSchema, await json(context), "failures").count);
		return context.body(null, 204);
	});
	control.get("/settings", (context) => context.json({ settings: organization.settings() }));
	control.patch("/settings", async (context) => {
		const change = parseWith(schemas.settings, await json(context), "settings");
		return context.json({ settings: organization.changeSettings(change) });
	});
}

function addCredentialRoutes(control: Hono<ApiEnv>, { organization }: ControlParts): void {
	control.get("/credentials", (context) => context.json({ credentials: organization.credentials() }));
	control.post("/credentials", async (context) => {
		const seed = parseWith(schemas.credential, await json(context), "credential");
		return context.json({ credential: organization.addCredential(seed) });
	});
	control.get("/credentials/:id", (context) => {
		const credential = organization.credential(context.req.param("id"));
		return credential === undefined
			? context.json({ error: "There is no such credential." }, 404)
			: context.json({ credential });
	});
	control.patch("/credentials/:id", async (context) => {
		const change = parseWith(schemas.credentialChange, await json(context), "change");
		return context.json({ credential: organization.changeCredential(context.req.param("id"), change) });
	});
	control.delete("/credentials/:id", (context) => {
		organization.removeCredential(context.req.param("id"));
		return context.body(null, 204);
	});
	control.post("/credentials/:id/check", async (context) => {
		const { fields } = parseWith(fieldsSchema, await json(context), "fields");
		return context.json({ correct: organization.checkCredential(context.req.param("id"), fields) });
	});
	control.get("/integrations", (context) => context.json({ integrations: organization.integrations() }));
	control.post("/integrations", async (context) => {
		const seed = parseWith(schemas.integration, await json(context), "integration");
		return context.json({ integration: organization.addIntegration(seed) });
	});
}

async function json(context: ApiContext): Promise<unknown> {
	const text = await context.req.text();
	return text === "" ? {} : (JSON.parse(text) as unknown);
}
