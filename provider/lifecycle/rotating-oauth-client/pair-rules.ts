/** A client of a `RotatingOAuthClient`: A is current in even generations, B in odd ones. */
export type PairClient = "A" | "B";

/** When the first period begins, if the program doesn't say. */
export const defaultStart = "2020-01-01T00:00:00Z";

/** Whether a client is current. */
export const isCurrent = (client: PairClient, generation: number): boolean =>
	generation % 2 === (client === "A" ? 0 : 1);

/** The number of a client's own last rotation: the other client's rotations leave it, and so its secret. */
export const ownRotation = (client: PairClient, generation: number): number =>
	isCurrent(client, generation) ? generation : generation - 1;

/** The state of a client: the previous one stays active until it is deactivated. */
export const stateInPair = (client: PairClient, generation: number, previousActive: boolean): "active" | "inactive" =>
	isCurrent(client, generation) || previousActive ? "active" : "inactive";

/** The name of a client in Genesys Cloud. */
export const nameInPair = (client: PairClient, name: string): string => `${name} (${client})`;
