import {
	ConnectionError,
	type Created,
	GenesysCloudError,
	enumerated,
	isConnectionError,
	mayHaveActed,
	quoted,
} from "../api/errors";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./presentable-errors";
import type { Named, ResourceKind } from "./resource-kind";

/** Pauses before each listing, in milliseconds: the list may show a new entity with a delay of 15 to 30 seconds. */
const pauses = [0, 2000, 5000, 8000, 10_000, 10_000, 10_000];
/**
 * How much older than the POST what it created may seem, in milliseconds: the server's dates needn't be those of its Date header, which has whole
 * seconds. Where what existed before wasn't listed, the date alone tells.
 */
const dateTolerance = { listed: 600_000, unlisted: 2000 };

/** A POST that creates something. */
interface Post<Entity> {
	/** The vendor's name of the operation. */
	operation: string;
	/** The name that is sent. */
	name: string;
	/** Creates with the same key run one at a time, so that what a POST without response created can be identified. @default the name */
	key?: string;
	send: () => Promise<Entity>;
	/** Whether something of that name has the settings that were sent. */
	isAsSent: (entity: Entity) => boolean;
}

/** What was created; only its id, and possibly its secret, if the response told no more. */
type Posted<Entity> =
	/** `isRecovered`: the POST had no usable response, and it was found in the list. */
	{ entity: Entity; isRecovered: boolean } | { created: Created; unusable: unknown };

/**
 * Creates something with one POST, which is never retried, and records that this run manages it. If the outcome is unknown, looks for what it
 * may have created.
 *
 * @throws GenesysCloudError if nothing was created, or if it can't be identified
 */
export async function postOnce<Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	post: Post<Entity>,
): Promise<Posted<Entity>> {
	const { run, owner, creatorIds } = context;
	const { operation, name, key = name, send } = post;
	return run.oneAtATime(key, async () => {
		const startedAt = context.clock.now();
		let lost: unknown;
		try {
			const entity = await send();
			if (!isKnown(context, kind, entity.id)) {
				run.take(owner, entity.id);
				const [author] = kind.authors(entity);
				if (author !== undefined) creatorIds.add(author);
				return { entity, isRecovered: false };
			}
			lost = notNewError(operation, entity.id);
		} catch (error) {
			if (!mayHaveActed(error, operation)) throw error;
			const created = isConnectionError(error) ? error.created : undefined;
			if (created !== undefined && !isKnown(context, kind, created.id)) {
				run.take(owner, created.id);
				return { created, unusable: error };
			}
			lost = error;
		}
		const entity = await recover(context.afterDeadline(), kind, post, startedAt, lost);
		run.take(owner, entity.id);
		return { entity, isRecovered: true };
	});
}

/** Whether a POST of now can't have created something: this run knows it, or it was in the list before. */
const isKnown = <Entity extends Named>(
	{ run, existing }: LifecycleContext,
	{ thing }: ResourceKind<Entity>,
	id: string,
): boolean => run.ownerOf(id) !== undefined || existing.get(thing)?.has(id) === true;

/** The error for a response about something that this run knew before, such as one that a gateway repeats. */
const notNewError = (operation: string, id: string) =>
	new ConnectionError(
		`${operation} failed: the response is about ${id}, which existed before. Check proxies and the gateway, which may have repeated an older response`,
		{ operation, code: "UNREADABLE", mayHaveActed: true },
	);

/**
 * Finds what a POST without a usable response created: it has the name and settings that were sent, was created since, and isn't known to
 * this run, nor was there at its start.
 */
async function recover<Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	{ name, isAsSent }: Post<Entity>,
	startedAt: number,
	error: unknown,
): Promise<Entity> {
	const { api, clock, creatorIds, existing } = context;
	const { thing, noun, adoptArguments, list, authors, createdAt } = kind;
	const named = `named "${quoted(name)}"`;
	const lost = (said: string) =>
		new GenesysCloudError(
			`${reasonOf(error)}. The create isn't retried, since that could create a second ${noun}. ${said}`,
		);
	let others: Entity[] = [];
	for (const pause of pauses) {
		try {
			if (pause > 0) await clock.sleep(pause);
		} catch {
			// A cancelled run doesn't wait for what isn't visible yet: the next one looks for it.
			break;
		}
		const entities = await list(api).catch((failure: unknown) => {
			throw lost(
				`It is unknown whether the ${noun} was created (${reasonOf(failure)}): before you run pulumi up again, look for a new ${noun} ${named}, and delete it or adopt it with ${adoptArguments}`,
			);
		});
		// Compares the server's dates with the server's time, since the local clock may be wrong.
		const since =
			api.serverTime() - (clock.now() - startedAt) - dateTolerance[existing.has(thing) ? "listed" : "unlisted"];
		others = entities.filter((entity) => {
			const [author] = authors(entity);
			const mayBeOurs = author === undefined || creatorIds.size === 0 || creatorIds.has(author);
			const isNew = !isKnown(context, kind, entity.id) && Date.parse(createdAt(entity) ?? "") >= since;
			return entity.name === name && isNew && mayBeOurs;
		});
		const [only, another] = others.filter(isAsSent);
		if (another !== undefined) break;
		if (only !== undefined) return only;
	}
	if (others.length === 0)
		throw lost(
			`No ${noun} ${named} is visible yet: run pulumi up again in a minute, which looks for it before it creates one`,
		);
	const ids = enumerated(others.map(({ id }) => id));
	throw lost(
		`The created ${noun} can't be identified among these new ${noun}s ${named}, or its settings differ from those sent: ${ids}. Delete the unused ones, or adopt one with ${adoptArguments}, then run pulumi up again`,
	);
}
