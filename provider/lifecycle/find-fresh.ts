import type { LifecycleContext } from "./context";
import type { Named, ResourceKind } from "./resource-kind";
import type { Properties } from "./properties";

/** Pauses between reads, in milliseconds: the API may show a change with a delay of 10 to 30 seconds. */
const pauses = [5000, 10_000, 15_000, 15_000, 15_000];

/** For how long after a change a read may be outdated, in milliseconds: later, other dates have other reasons. */
const longestLag = 60_000;
/** How exact the server's dates are, in milliseconds. */
const tolerance = 1000;

/**
 * Reads what state has. As long as the API shows it as it was before a change of the last minute that state knows of, by the server's own dates, it
 * is read again: what is decided by an outdated read, or sent back as it was, would undo that change.
 *
 * @returns the API's text if it says that there is none
 */
export async function findFresh<Entity extends Named>(
	{ api, clock }: LifecycleContext,
	{ find, inState, modifiedAt }: ResourceKind<Entity>,
	id: string,
	props: Properties,
): Promise<Entity | string> {
	const dateOf = (entity: Entity) => Date.parse(modifiedAt(entity) ?? "");
	const known = dateOf(inState(props, id));
	for (const pause of pauses) {
		const found = await find(api, id);
		const isOutdated = typeof found !== "string" && dateOf(found) < known - tolerance;
		if (!isOutdated || api.serverTime() - known > longestLag) return found;
		await clock.sleep(pause);
	}
	return find(api, id);
}
