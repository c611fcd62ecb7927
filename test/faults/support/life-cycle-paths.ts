import { DIVISION_IDS, ROLE_IDS, type Simulator } from "../../../simulator";
import type { Properties, ResourceType } from "../../api/support/provider-process";
import type { TestSink } from "../../api/support/secret-sinks";
import type { Command, Program } from "../../engine-model";

/** Where a path is walked. */
export interface Scene {
	simulator: Simulator;
	/** Where the program hands secrets to, when the path has a sink. */
	sink?: TestSink;
	/** The id of the client that the path is about, when it is there before. */
	clientId?: string;
	/** The client's secret as it was before. */
	secretBefore?: string;
}

/** What must be known of the secret in the end. */
type SecretInTheEnd =
	/** State has it, and it logs in. */
	| "known"
	/** State has the one that it had, and it logs in. */
	| "kept"
	/** State has none; the last one that the sink got logs in. */
	| "handed over"
	/** State has none; the one that the client had still logs in. */
	| "unknown"
	/** The client has none. */
	| "none";

/** A way through the life of a client or a pair: what is there, what is run, and what must be there in the end. */
export interface LifeCyclePath {
	name: string;
	/** Whether `npm test` walks the path of a pair; it walks those of clients. */
	everyRun?: boolean;
	/** The resource that the program declares. @default OAuthClient */
	resource?: ResourceType;
	/** The clients in state before, by resource name; made without faults. */
	before?: (scene: Scene) => Program;
	/** What happens to the organization then, outside Pulumi. */
	meanwhile?: (scene: Scene) => void;
	/** Outputs that state has then in place of those that were made: what was long ago. */
	inState?: Properties;
	/** Whether a refresh follows that. */
	refreshed?: boolean;
	/** Whether the program has a sink. */
	hasSink?: boolean;
	/** The command that meets the fault. */
	command: Command;
	/** What the program declares then. */
	program: (scene: Scene) => Program;
	/** The command of the run after the fault. @default the same */
	commandThen?: Command;
	/** What it declares in the run after the fault. @default the same */
	programThen?: (scene: Scene) => Program;
	/** Whether what a kill leaves is found by a refresh alone: the program says nothing of it. */
	killNeedsRefresh?: boolean;
	/** The clients that the organization must hold in the end, the fields that count. */
	clients: Properties[];
	secret: SecretInTheEnd;
	/** How many times a pair may have rotated. */
	generations?: number[];
	/** How many clients may be made, in all runs together. */
	makes: number | number[];
	/** How many secrets may be renewed in a run without a fault. */
	renews?: number;
}

/** A role of every organization, in its home division. */
export const role = { roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home };
/** A client that acts for itself. */
export const service = (change: Properties = {}): Properties => ({
	name: "Service",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [role],
	...change,
});
/** A client that acts for its users. */
export const webApp = (change: Properties = {}): Properties => ({
	name: "Web app",
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/callback"],
	...change,
});
const serviceNow = {
	name: "Service",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	state: "active",
	roleDivisions: [role],
};
const webAppNow = { name: "Web app", authorizedGrantType: "CODE", state: "active", scope: ["users:readonly"] };

/** A program of one resource. */
export const app = (properties: Properties): Program => ({ app: properties });
const rotation = (month: string) => ({ secretRotation: { rotateWhenChanged: { month } } });
/** The sink of a program. */
export const sinkOf = ({ sink }: Scene) => ({ secretSink: sink?.module });
/** The same of a program whose state keeps no secret. */
const onlySinkOf = (scene: Scene) => ({ ...sinkOf(scene), keepSecretInState: false });
const idOf = (simulator: Simulator) => simulator.organization.clients()[0]?.id ?? "";

/** Somebody has made a client by hand. */
function madeByHand(scene: Scene): void {
	const { client, secret } = scene.simulator.organization.addClient({
		name: "Service",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [role],
		description: "by hand",
	});
	scene.clientId = client.id;
	scene.secretBefore = secret ?? "";
}

const inPlace = { replaceOnGrantTypeChange: false };
const guarded = { deletionGuard: { inUseWithinDays: 30 } };

/** Every way. */
export const lifeCyclePaths: LifeCyclePath[] = [
	{
		name: "create",
		command: "up",
		program: () => app(service()),
		clients: [serviceNow],
		secret: "known",
		makes: 1,
	},
	{
		name: "create, inactive",
		command: "up",
		program: () => app(webApp({ state: "inactive" })),
		clients: [{ ...webAppNow, state: "inactive" }],
		secret: "known",
		makes: 1,
	},
	{
		name: "create, role in the home division",
		command: "up",
		program: () => app(service({ roleDivisions: [{ roleId: ROLE_IDS.employee }] })),
		clients: [serviceNow],
		secret: "known",
		makes: 1,
	},
	{
		name: "create, with a sink",
		hasSink: true,
		command: "up",
		program: (scene) => app(service(sinkOf(scene))),
		clients: [serviceNow],
		secret: "known",
		makes: 1,
	},
	{
		name: "update",
		before: () => app(service()),
		command: "up",
		program: () => app(service({ description: "Changed" })),
		clients: [{ ...serviceNow, description: "Changed" }],
		secret: "kept",
		makes: 0,
	},
	{
		name: "update, and then the program goes back",
		before: () => app(service()),
		command: "up",
		program: () => app(service({ description: "Changed" })),
		programThen: () => app(service()),
		killNeedsRefresh: true,
		clients: [{ ...serviceNow, description: "" }],
		secret: "kept",
		makes: 0,
	},
	{
		name: "update of the grant in place, and then the program goes back",
		before: () => app(webApp(inPlace)),
		command: "up",
		program: () => app(service(inPlace)),
		programThen: () => app(webApp(inPlace)),
		killNeedsRefresh: true,
		clients: [webAppNow],
		secret: "kept",
		makes: 0,
	},
	{
		name: "update, settings that nobody knows yet",
		before: () => app(webApp()),
		meanwhile: ({ simulator }) => {
			simulator.organization.changeClient(idOf(simulator), { extra: { allowedIps: ["10.0.0.0/8"] } });
		},
		refreshed: true,
		command: "up",
		program: () => app(webApp({ description: "Changed" })),
		clients: [{ ...webAppNow, description: "Changed", extra: { allowedIps: ["10.0.0.0/8"] } }],
		secret: "kept",
		makes: 0,
	},
	{
		name: "rotate",
		before: () => app(service(rotation("May"))),
		command: "up",
		program: () => app(service(rotation("June"))),
		clients: [serviceNow],
		secret: "known",
		makes: 0,
		renews: 1,
	},
	{
		name: "rotate and change a setting",
		before: () => app(service(rotation("May"))),
		command: "up",
		program: () => app(service({ ...rotation("June"), description: "Changed" })),
		clients: [{ ...serviceNow, description: "Changed" }],
		secret: "known",
		makes: 0,
		renews: 1,
	},
	{
		name: "rotate, with a sink",
		hasSink: true,
		before: (scene) => app(service({ ...rotation("May"), ...sinkOf(scene) })),
		command: "up",
		program: (scene) => app(service({ ...rotation("June"), ...sinkOf(scene) })),
		clients: [serviceNow],
		secret: "known",
		makes: 0,
		renews: 1,
	},
	{
		name: "rotate, the sink alone gets the secret",
		hasSink: true,
		before: (scene) => app(service({ ...rotation("May"), ...onlySinkOf(scene) })),
		command: "up",
		program: (scene) => app(service({ ...rotation("June"), ...onlySinkOf(scene) })),
		clients: [serviceNow],
		secret: "handed over",
		makes: 0,
		renews: 1,
	},
	{
		name: "adopt by id",
		meanwhile: madeByHand,
		command: "up",
		program: ({ clientId }) => app(service({ description: "Adopted", adopt: { clientId } })),
		clients: [{ ...serviceNow, description: "Adopted" }],
		secret: "unknown",
		makes: 0,
	},
	{
		name: "adopt by name",
		meanwhile: madeByHand,
		command: "up",
		program: () => app(service({ description: "Adopted", adopt: { name: "Service" } })),
		clients: [{ ...serviceNow, description: "Adopted" }],
		secret: "unknown",
		makes: 0,
	},
	{
		name: "adopt with a new secret",
		meanwhile: madeByHand,
		command: "up",
		program: ({ clientId }) => app(service({ description: "Adopted", adopt: { clientId, rotateSecret: true } })),
		clients: [{ ...serviceNow, description: "Adopted" }],
		secret: "known",
		makes: 0,
		renews: 1,
	},
	{
		name: "adopt with the secret that it has",
		meanwhile: madeByHand,
		command: "up",
		program: ({ clientId, secretBefore }) =>
			app(service({ description: "Adopted", adopt: { clientId, clientSecret: secretBefore } })),
		clients: [{ ...serviceNow, description: "Adopted" }],
		secret: "kept",
		makes: 0,
	},
	{
		name: "delete",
		before: () => app(service()),
		command: "up",
		program: () => ({}),
		clients: [],
		secret: "none",
		makes: 0,
	},
	{
		name: "destroy, of an inactive client",
		before: () => app(webApp({ state: "inactive" })),
		command: "destroy",
		program: () => ({}),
		clients: [],
		secret: "none",
		makes: 0,
	},
	{
		name: "destroy, of a client with a role in the home division",
		before: () => app(service({ roleDivisions: [{ roleId: ROLE_IDS.employee }] })),
		command: "destroy",
		program: () => ({}),
		clients: [],
		secret: "none",
		makes: 0,
	},
	{
		name: "delete, guarded",
		before: () => app(service(guarded)),
		command: "up",
		program: () => ({}),
		clients: [],
		secret: "none",
		makes: 0,
	},
	{
		name: "deactivate",
		before: () => app(service({ deletion: "deactivate" })),
		command: "destroy",
		program: () => ({}),
		clients: [{ ...serviceNow, state: "inactive" }],
		secret: "none",
		makes: 0,
	},
	{
		name: "refresh",
		before: () => app(service()),
		meanwhile: ({ simulator }) => {
			simulator.organization.changeClient(idOf(simulator), { description: "by hand" });
		},
		command: "refresh",
		program: () => app(service()),
		clients: [{ ...serviceNow, description: "" }],
		secret: "kept",
		makes: 0,
	},
	{
		name: "refresh, of a client that somebody has deleted",
		before: () => app(service()),
		meanwhile: ({ simulator }) => simulator.organization.removeClient(idOf(simulator)),
		command: "refresh",
		program: () => app(service()),
		clients: [serviceNow],
		secret: "known",
		makes: 1,
	},
	{
		name: "refresh, of a secret that somebody has reset",
		before: () => app(service({ detectSecretReset: true })),
		meanwhile: ({ simulator }) => {
			simulator.organization.regenerateSecret(idOf(simulator));
		},
		command: "refresh",
		program: () => app(service({ detectSecretReset: true })),
		clients: [serviceNow],
		secret: "known",
		makes: 0,
		renews: 1,
	},
	{
		name: "replace",
		before: () => app(webApp()),
		command: "up",
		program: () => app(service()),
		clients: [serviceNow],
		secret: "known",
		makes: 1,
	},
	{
		name: "replace, guarded, the new client inactive",
		before: () => app(service(guarded)),
		command: "up",
		program: () => app(webApp({ ...guarded, state: "inactive" })),
		clients: [{ ...webAppNow, state: "inactive" }],
		secret: "known",
		makes: 1,
	},
];
