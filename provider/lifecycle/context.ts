import type { Clock } from "../api/clock";
import type { GenesysCloudApi } from "../api/create";
import type { Deadline } from "../api/deadline";
import type { OAuthClient } from "../api/models";
import type { BegunCreates } from "./begun-creates";

/** What the work on one resource may use of the outside world. */
export interface LifecycleContext {
	/** The API, logged in, with the resource's deadline. */
	api: GenesysCloudApi;
	/** The API without the deadline: to bring what was begun into a known state when the time is up. */
	apiAfterDeadline: GenesysCloudApi;
	/** When the operation must have ended. */
	deadline: Deadline;
	/** How long it may take, in seconds. */
	timeoutSeconds: number;
	/** Where the time comes from. */
	clock: Clock;
	/** The id of the home division, asked for once. */
	homeDivision: () => Promise<string>;
	/** Tells the user something that is no failure: one line. */
	notice: (text: string) => void;
	/** What allows to delete this client although it is in use, in words; undefined when nothing does. */
	allowsDeletion: (clientId: string) => string | undefined;
	/** What this process has made, found and adopted. */
	ledger: Ledger;
	/** Who made the clients that this process has made in this organization, as the API tells it: ids. */
	authors: Set<string>;
	/** Which creates were begun, in this run and by one that was killed. */
	begunCreates: BegunCreates;
	/** The clients that were there when this process first asked. */
	clientsBefore: () => Promise<OAuthClient[]>;
}

/** What a provider process remembers of its run, so that no client is taken for another. */
export interface Ledger {
	/** Ids of the clients that this process has made or looked at. */
	known: Set<string>;
	/** Ids of the clients that this process has adopted. */
	adopted: Set<string>;
	/** Ids of the clients that an earlier run adopted and that the program, which this process serves, goes on managing. */
	staying: Set<string>;
	/** Lets one create of a name happen at a time: only so can a lost answer's client be told from a namesake's. */
	oneAtATime: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}
