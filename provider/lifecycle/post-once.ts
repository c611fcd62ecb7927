import { ConnectionError, type Created, isConnectionError, mayHaveActed } from "../api/errors";
import type { LifecycleContext } from "./context";

/** What a POST that creates has led to. */
type Outcome<Entity> =
	/** It was created, and the response is usable. */
	| { entity: Entity }
	/** It was created, and the response is usable only in part. */
	| { created: Created; unusable: unknown }
	/** It may have been created. */
	| { lost: unknown };

/**
 * Sends a POST that creates something, once, and records what it created.
 *
 * @param operation the vendor's name of the operation
 * @throws what the POST throws if it certainly created nothing
 */
export async function postOnce<Entity extends { id: string }>(
	{ run }: LifecycleContext,
	operation: string,
	post: () => Promise<Entity>,
): Promise<Outcome<Entity>> {
	try {
		const entity = await post();
		if (run.knows(entity.id)) return { lost: notNewError(operation, entity.id) };
		run.add(entity.id);
		return { entity };
	} catch (error) {
		if (!mayHaveActed(error, operation)) throw error;
		const created = isConnectionError(error) ? error.created : undefined;
		if (created === undefined || run.knows(created.id)) return { lost: error };
		run.add(created.id);
		return { created, unusable: error };
	}
}

/** The error for a response about something that this run knew before, such as one that a gateway repeats. */
const notNewError = (operation: string, id: string) =>
	new ConnectionError(
		`${operation} failed: the response is about ${id}, which existed before. Check proxies and the gateway, which may have repeated an older response`,
		{ operation, code: "UNREADABLE", mayHaveActed: true },
	);
