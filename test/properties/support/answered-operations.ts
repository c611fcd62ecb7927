import { createLifecycle } from "../../../provider/lifecycle/create-lifecycle";
import type { GenesysCloudApi } from "../../../provider/api/genesys-cloud-api";
import type { Properties } from "../../../provider/lifecycle/properties";
import { findDivision, listDivisions } from "../../../provider/lookups/find/authorization-divisions";
import { findRole, listRoles } from "../../../provider/lookups/find/authorization-roles";
import { findAuthorization, listAuthorizations } from "../../../provider/lookups/find/oauth-authorizations";
import { findClient } from "../../../provider/lookups/find/oauth-client";
import { findUsage } from "../../../provider/lookups/find/oauth-client-usage";
import { listClients } from "../../../provider/lookups/find/oauth-clients";
import { findScope, listScopes } from "../../../provider/lookups/find/oauth-scopes";
import { DIVISION_IDS, ROLE_IDS } from "../../../simulator";
import type { SimulatedApi } from "../../api/support/simulated-api";
import { ownerOf } from "../../api/support/lifecycle-run";
import { environmentFor } from "../../api/support/simulator-connection";
import { type Command, EngineModel, inThisProcess, type Row } from "../../engine-model";
import { otherId } from "./answer-mutations";

/** A client that the stack may adopt. */
export const strangerId = "44444444-0000-4000-8000-000000000004";

type Lifecycle = ReturnType<typeof createLifecycle>;
type Kind = "oauthClient" | "integrationCredential";

/** An operation on a resource. */
export interface Operation {
	kind: Kind;
	/** What the program declares. */
	program: Properties;
	/** What an earlier run had declared; undefined for a new resource. */
	before?: Properties;
	/** What happens in the organization before the operation. */
	meanwhile?: (simulated: SimulatedApi, id: string) => void;
	does: Command;
	environment?: Record<string, string>;
	/** The error that it ends with when the answers are right. @default none */
	refusal?: RegExp;
}

/** A run of Pulumi in a process of its own, whose calls go to a URL. */
export function startRun(simulated: SimulatedApi, url: string, environment: Record<string, string> = {}) {
	const notices: string[] = [];
	const lifecycle = createLifecycle({
		clock: simulated.ourClock,
		environment: { ...environmentFor({ ...simulated.simulator, url }), ...environment },
		say: (line) => notices.push(line),
	});
	return { ...lifecycle, notices };
}

/** What an operation leaves in state, and what the user is told of its failure. */
export interface Outcome {
	row: Row | undefined;
	errors: string[];
}

/** Does an operation as Pulumi's engine does, and keeps what it keeps. */
export async function perform(
	lifecycle: Lifecycle,
	{ kind, program, does }: Operation,
	row: Row | undefined,
): Promise<Outcome> {
	const operations = lifecycle[kind];
	// The other entry of the stack's state.
	await operations.diff(ownerOf("other", kind), otherId, {}, {});
	const engine = new EngineModel();
	if (row !== undefined) engine.rows = [structuredClone(row)];
	const provider = inThisProcess(operations, (name) => ownerOf(name, kind));
	const errors = await engine.run(provider, does, { app: program });
	return { row: engine.row("app"), errors };
}

const client = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee }],
};
const app = {
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://a.example.com/cb"],
};
const credential = { name: "CRM credential", type: "basicAuth", fields: { userName: "u", password: "the-password" } };
const onClient = { kind: "oauthClient" } as const;
const onCredential = { kind: "integrationCredential" } as const;
const adopted = { ...client, adopt: { clientId: strangerId, rotateSecret: true } };
const guarded = { ...client, deletionGuard: { inUseWithinDays: 7 } };

/** Every operation on every resource. */
export const operations: Record<string, Operation> = {
	"create a service": { ...onClient, program: client, does: "up" },
	"create an application": { ...onClient, program: app, does: "up" },
	"create an inactive client": { ...onClient, program: { ...app, state: "inactive" }, does: "up" },
	"adopt by id": { ...onClient, program: adopted, does: "up" },
	"adopt by name": {
		...onClient,
		program: { ...client, name: "Renamed", adopt: { name: "Stranger", rotateSecret: true } },
		does: "up",
	},
	"preview an adoption": { ...onClient, program: adopted, does: "preview" },
	refresh: { ...onClient, before: client, program: { ...client, detectSecretReset: true }, does: "refresh" },
	update: { ...onClient, before: client, program: { ...client, description: "new" }, does: "up" },
	rotate: {
		...onClient,
		before: { ...client, secretRotation: { rotateWhenChanged: { key: "1" } } },
		program: { ...client, secretRotation: { rotateWhenChanged: { key: "2" } } },
		does: "up",
	},
	delete: { ...onClient, before: client, program: client, does: "destroy" },
	"delete with a guard": { ...onClient, before: guarded, program: guarded, does: "destroy" },
	"delete with a guard by jobs": {
		...onClient,
		before: guarded,
		program: guarded,
		does: "destroy",
		environment: { GENESYSCLOUD_USAGE_API: "jobs" },
	},
	"delete a client in use": {
		...onClient,
		refusal: /the client is in use/,
		before: guarded,
		program: guarded,
		does: "destroy",
		meanwhile: ({ simulator }, clientId) =>
			simulator.organization.addUsage({
				clientId,
				date: "2026-01-14",
				templateUri: "/api/v2/users",
				httpMethod: "GET",
				status200: 5,
			}),
	},
	"refresh a client that is gone": {
		...onClient,
		before: client,
		program: client,
		does: "refresh",
		meanwhile: ({ simulator }, id) => simulator.organization.removeClient(id),
	},
	"create a credential": { ...onCredential, program: { ...credential, checkType: true }, does: "up" },
	"adopt a credential by id": {
		...onCredential,
		program: { ...credential, adopt: { credentialId: strangerId } },
		does: "up",
	},
	"adopt a credential by name": {
		...onCredential,
		program: { ...credential, adopt: { name: "Stranger" } },
		does: "up",
	},
	"update a credential": {
		...onCredential,
		before: credential,
		program: { ...credential, name: "New name" },
		does: "up",
	},
	"refresh a credential": { ...onCredential, before: credential, program: credential, does: "refresh" },
	"delete a credential": {
		...onCredential,
		before: { ...credential, deletionGuard: { unlessUnused: true } },
		program: { ...credential, deletionGuard: { unlessUnused: true } },
		does: "destroy",
	},
};

/** Every lookup. */
export const lookups: Record<string, (api: GenesysCloudApi, simulated: SimulatedApi) => Promise<unknown>> = {
	client: async (api) => findClient(() => api, { id: strangerId }),
	"client by name": async (api) => findClient(() => api, { name: "Stranger" }),
	clients: async (api, { ourClock }) => listClients(() => api, { olderThanDays: 0 }, ourClock),
	usage: async (api, { ourClock }) => findUsage(() => api, { clientId: strangerId }, ourClock),
	scope: async (api) => findScope(() => api, { id: "users:readonly" }),
	scopes: async (api) => listScopes(() => api, {}),
	role: async (api) => findRole(() => api, { name: "employee" }),
	roles: async (api) => listRoles(() => api, {}),
	"role by id": async (api) => api.getAuthorizationRole(ROLE_IDS.employee),
	division: async (api) => findDivision(() => api, { name: "Home" }),
	"home division": async (api) => findDivision(() => api, { homeDivision: true }),
	divisions: async (api) => listDivisions(() => api, { namePattern: "*" }),
	authorization: async (api) => findAuthorization(() => api, { clientId: otherId }),
	authorizations: async (api) => listAuthorizations(() => api, {}),
	login: async (api) => api.trySecret(strangerId, "a-secret"),
	owner: async (api) => api.getTokensMe(),
	home: async (api) => (await api.getAuthorizationDivisionsHome()).id === DIVISION_IDS.home,
};
