import { GenesysCloudError, enumerated, quoted } from "../api/errors";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./presentable-errors";
import type { ResourceKind } from "./resource-kind";

/** Pauses before each listing, in milliseconds: the list may show a new entity with a delay. */
const pauses = [0, 1000, 2000, 4000];
/** In milliseconds: the Date header has whole seconds. */
const clockTolerance = 2000;

/** How to recognize what a POST created. */
interface Search<Entity> {
	/** What messages say of it. */
	kind: ResourceKind;
	/** The name that was sent. */
	name: string;
	/** When the POST was sent, by the local clock. */
	startedAt: number;
	/** Lists what exists. */
	list: () => Promise<Entity[]>;
	/** Whether this run may have created it, by its name, its author and its creation: at `since` or later. */
	mayBeOurs: (entity: Entity, since: number) => boolean;
	/** Whether it has the settings that were sent. */
	isAsSent: (entity: Entity) => boolean;
}

/**
 * Finds what a POST without a usable response created: it has the name and settings that were sent, was created since, and isn't known to
 * this run.
 *
 * @param error the error of the POST
 * @throws GenesysCloudError if there is none, or if it can't be identified among several: then it lists them
 */
export async function recoverPosted<Entity extends { id: string }>(
	context: LifecycleContext,
	error: unknown,
	{ kind, name, startedAt, list, mayBeOurs, isAsSent }: Search<Entity>,
): Promise<Entity> {
	const { noun, adoptArguments } = kind;
	const named = `named "${quoted(name)}"`;
	const lost = (said: string) =>
		new GenesysCloudError(
			`${reasonOf(error)}. The create isn't retried, since that could create a second ${noun}. ${said}`,
		);
	let others: Entity[] = [];
	for (const pause of pauses) {
		if (pause > 0) await context.clock.sleep(pause);
		const entities = await list().catch((failure: unknown) => {
			throw lost(
				`It is unknown whether the ${noun} was created (${reasonOf(failure)}): before you run pulumi up again, look for a new ${noun} ${named}, and delete it or adopt it with ${adoptArguments}`,
			);
		});
		// Compares the server's dates with the server's time, since the local clock may be wrong.
		const since = context.api.serverTime() - (context.clock.now() - startedAt) - clockTolerance;
		others = entities.filter((entity) => !context.run.knows(entity.id) && mayBeOurs(entity, since));
		const candidates = others.filter(isAsSent);
		const [only] = candidates;
		if (only !== undefined && candidates.length === 1) return only;
		if (candidates.length > 1) break;
	}
	if (others.length === 0) throw lost(`No ${noun} ${named} was created; run pulumi up again, which checks once more`);
	const ids = enumerated(others.map(({ id }) => id));
	throw lost(
		`The created ${noun} can't be identified among these new ${noun}s ${named}, or its settings differ from those sent: ${ids}. Delete the unused ones, or adopt one with ${adoptArguments}, then run pulumi up again`,
	);
}
