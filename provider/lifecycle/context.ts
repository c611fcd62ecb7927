import type { Clock } from "../api/clock";
import type { GenesysCloudApi } from "../api/genesys-cloud-api";
import type { Deadline } from "../api/deadline";
import type { RotationOrder } from "../config";
import type { OverrideName } from "../setting-places";
import type { Hide } from "./hide-secret-inputs";
import type { ListsAtStart } from "./resource-kind";
import type { RunRegistry } from "./run-registry";

/** What decides about a rotation beside the program and state. */
export interface Occasion {
	/** The time, in milliseconds since 1970. */
	now: number;
	/** The user's order to rotate; undefined without one. */
	order: RotationOrder | undefined;
}

/** The external services that an operation on one resource uses, all limited by the operation's deadline. */
export interface LifecycleContext extends ListsAtStart {
	/** The API, logged in, with the operation's deadline. */
	api: GenesysCloudApi;
	/** The operation's deadline. */
	deadline: Deadline;
	/** The same context with one more minute, to bring work with an unknown outcome to a known one after a timeout, or in a cancelled run. */
	afterDeadline: () => LifecycleContext;
	/** The clock to use. */
	clock: Clock;
	/** What decides about a rotation. */
	occasion: () => Occasion;
	/** The id of the home division, requested once per run. */
	homeDivision: () => Promise<string>;
	/** The client id that this connection logs in with; undefined if unknown. */
	login: () => Promise<string | undefined>;
	/**
	 * Whether Pulumi logs in with a client: by this connection, the usual one, or another that the program declares or this run has used. No call,
	 * except that only the API knows whose an access token is.
	 */
	isLogin: (clientId: string) => Promise<boolean>;
	/** Hides the resource's secret arguments, of the program and of state. */
	hide: Hide;
	/** Shows the user a notice, which isn't an error: one line, and possibly details in further ones. */
	notice: (...lines: string[]) => void;
	/** The client ids in an override, each with its source, for messages. */
	override: (override: OverrideName) => Map<string, string>;
	/** The resource that the operation is about: its URN. */
	owner: string;
	/** Whether a create may adopt: not if it replaces what state has. */
	mayAdopt: () => Promise<boolean>;
	/** The resources in the stack's state, their URNs by id, as far as they can be read. */
	entries: () => Promise<ReadonlyMap<string, string>>;
	/** What this run knows about the resources of this kind. */
	run: RunRegistry;
	/** `createdBy` ids of the clients that this run created. */
	creatorIds: Set<string>;
	/** The ids of what existed at the start of the run, by kind (its `thing`), as far as it was listed. */
	existing: Map<string, ReadonlySet<string>>;
}
