import type { Clock } from "../api/clock";
import type { GenesysCloudApi } from "../api/create";

/** What the work on one resource may use of the outside world. */
export interface LifecycleContext {
	/** The API, logged in, with the resource's deadline. */
	api: GenesysCloudApi;
	/** The API without the deadline: to bring what was begun into a known state when the time is up. */
	apiAfterDeadline: GenesysCloudApi;
	/** Where the time comes from. */
	clock: Clock;
	/** The id of the home division, asked for once. */
	homeDivision: () => Promise<string>;
	/** Tells the user something that is no failure: one line. */
	notice: (text: string) => void;
	/** Whether the operator has allowed to delete this client although it is in use. */
	allowsDeletion: (clientId: string) => boolean;
	/** What this process has made, found and adopted. */
	ledger: Ledger;
}

/** What a provider process remembers of its run, so that no client is taken for another. */
export interface Ledger {
	/** Ids of the clients that this process has made or looked at. */
	known: Set<string>;
	/** Ids of the clients that this process has adopted. */
	adopted: Set<string>;
	/** Who made the clients that this process has made, as the API tells it: ids. */
	authors: Set<string>;
	/** Lets one create of a name happen at a time: only so can a lost answer's client be told from a namesake's. */
	oneAtATime: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}
