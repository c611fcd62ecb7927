import type { Clock } from "../api/clock";
import type { GenesysCloudApi } from "../api/genesys-cloud-api";
import type { Deadline } from "../api/deadline";
import type { OAuthClient } from "../api/models";
import type { Override } from "../config";
import type { RunRegistry } from "./run-registry";

/** What the work on one resource may use of the outside world. Everything here ends by the operation's deadline. */
export interface LifecycleContext {
	/** The API, logged in, with the operation's deadline. */
	api: GenesysCloudApi;
	/** When the operation must have ended. */
	deadline: Deadline;
	/** The same with a minute more: to bring what was begun to a known end when the time is up. */
	afterDeadline: () => LifecycleContext;
	/** Where the time comes from. */
	clock: Clock;
	/** The id of the home division, asked for once a run. */
	homeDivision: () => Promise<string>;
	/** The clients that were there when this run first asked. */
	clientsAtStart: () => Promise<OAuthClient[]>;
	/** Whom Pulumi logs in as: a client id; undefined when nothing tells. */
	login: () => Promise<string | undefined>;
	/** Tells the user something that is no failure: one line. */
	notice: (text: string) => void;
	/** The clients that an override names: their ids, each with the place that names it, in words. */
	override: (override: Override) => Map<string, string>;
	/** What this run has been told. */
	run: RunRegistry;
	/** Who made the clients that this run has made, as the API tells it: ids. */
	creatorIds: Set<string>;
}
