import { createLifecycle } from "../../../provider/lifecycle/create-lifecycle";
import type { GenesysCloudApi } from "../../../provider/api/genesys-cloud-api";
import { credentialsOfClients } from "../../../provider/api/credentials-of-clients";
import { usageOfOrganization } from "../../../provider/api/usage-source";
import type { Properties } from "../../../provider/lifecycle/properties";
import { findDivision, listDivisions } from "../../../provider/lookups/find/authorization-divisions";
import { findRole, listRoles } from "../../../provider/lookups/find/authorization-roles";
import { listCredentials } from "../../../provider/lookups/find/integration-credentials";
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

/** The clients that the stack may adopt, and a credential with the first one's id. */
export const strangers = [
	{ id: "44444444-0000-4000-8000-000000000004", name: "Stranger", secret: "the-secret-of-the-first-stranger" },
	{ id: "55555555-0000-4000-8000-000000000005", name: "Stranger too", secret: "the-secret-of-the-second-stranger" },
] as const;
const [{ id: strangerId, secret: strangerSecret }, { id: secondId, secret: secondSecret }] = strangers;

type Lifecycle = ReturnType<typeof createLifecycle>;
type Kind = "oauthClient" | "integrationCredential" | "rotatingOAuthClient";

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

const adoptedWithSecret = { ...client, adopt: { clientId: strangerId, clientSecret: strangerSecret } };
const turning = (turn: string) => ({ ...client, secretRotation: { rotateWhenChanged: { turn } } });
const onlyInSink = (turn: string, secretSink: string) => ({ ...turning(turn), secretSink, keepSecretInState: false });
const onPair = { kind: "rotatingOAuthClient" } as const;
const pair = (turn: string) => ({ ...client, name: "CRM pair", rotation: { rotateWhenChanged: { turn } } });
const adoptedPair = {
	...pair("1"),
	adopt: {
		a: { clientId: strangerId, rotateSecret: true },
		b: { clientId: secondId, clientSecret: secondSecret },
	},
};

/**
 * Every operation on every resource.
 *
 * @param secretSink the sink of those whose state keeps no secret
 */
export const operationsWith = (secretSink: string): Record<string, Operation> => ({
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
	rotate: { ...onClient, before: turning("1"), program: turning("2"), does: "up" },
	"create with the secret only in the sink": { ...onClient, program: onlyInSink("1", secretSink), does: "up" },
	"rotate with the secret only in the sink": {
		...onClient,
		before: onlyInSink("1", secretSink),
		program: onlyInSink("2", secretSink),
		does: "up",
	},
	"adopt with the secret": { ...onClient, program: adoptedWithSecret, does: "up" },
	"preview an adoption with the secret": { ...onClient, program: adoptedWithSecret, does: "preview" },
	"take over": {
		...onClient,
		program: { ...client, name: "Stranger" },
		does: "up",
		environment: { GENESYSCLOUD_TAKE_OVER: strangerId },
	},
	"create with additional settings": {
		...onClient,
		program: { ...client, additionalSettings: { newSetting: { mode: "x", list: [1, 2] } } },
		does: "up",
	},
	"change additional settings": {
		...onClient,
		before: { ...client, additionalSettings: { newSetting: { mode: "x" } } },
		program: { ...client, additionalSettings: { newSetting: { mode: "y" } } },
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
	"create a pair": { ...onPair, program: pair("1"), does: "up" },
	"adopt a pair": { ...onPair, program: adoptedPair, does: "up" },
	"preview the adoption of a pair": { ...onPair, program: adoptedPair, does: "preview" },
	"rotate a pair": { ...onPair, before: pair("1"), program: pair("2"), does: "up" },
	"update a pair": { ...onPair, before: pair("1"), program: { ...pair("1"), description: "new" }, does: "up" },
	"refresh a pair": { ...onPair, before: pair("1"), program: pair("1"), does: "refresh" },
	"delete a pair": { ...onPair, before: pair("1"), program: pair("1"), does: "destroy" },
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
});

/** Every lookup. */
export const lookups: Record<string, (api: GenesysCloudApi, simulated: SimulatedApi) => Promise<unknown>> = {
	client: async (api) => findClient(() => api, { id: strangerId }),
	"client by name": async (api) => findClient(() => api, { name: "Stranger" }),
	clients: async (api, { ourClock }) => listClients(() => api, { olderThanDays: 0 }, ourClock),
	usage: async (api, { ourClock }) => findUsage(() => api, { clientId: strangerId }, ourClock),
	"usage of all clients": async (api, { ourClock }) =>
		usageOfOrganization(api, ourClock, "2026-01-01/2026-01-15", 60).then(({ rows }) => [...rows]),
	"list of credentials": async (api) => listCredentials(() => api, {}),
	"credentials of clients": async (api) => credentialsOfClients(api).then((found) => [...found]),
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
