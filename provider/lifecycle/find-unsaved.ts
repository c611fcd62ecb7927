import { GenesysCloudError, enumerated, isApiError } from "../api/errors";
import { overrideVariables } from "../setting-places";
import type { LifecycleContext } from "./context";
import type { ResourceKind } from "./resource-kind";
import type { Properties } from "./properties";

/** How long after its creation an entity may be one that a killed run created, in milliseconds. */
const longestAge = 86_400_000;
/** How long after its creation a run may still change a new entity, in milliseconds. */
const creationTime = 60_000;

/** How to recognize what a killed run created. */
export interface UnsavedSearch<Entity> {
	/** What messages say of it. */
	kind: ResourceKind;
	/** Lists what existed at the start of the run. */
	list: () => Promise<Entity[]>;
	/** The permission that the listing needs. */
	permission: string;
	/** Whether it is what the program declares, as far as the list shows. */
	isNamesake: (entity: Entity) => boolean;
	/** Whether the login may have created it, and the user wouldn't see a difference. */
	mayBeOurs: (entity: Entity, login: string | undefined) => boolean;
	/** When it was created and last changed: ISO 8601. */
	datesOf: (entity: Entity) => { created?: string | undefined; modified?: string | undefined };
	/** What it has in common with what the program declares, for the error. */
	likeness: string;
	/** What taking it over does, for the error: " with a new secret". */
	withEffect: string;
	/** The same for the notice about an entity: "; its secret is rotated". */
	effectOn: (entity: Entity) => string;
}

/**
 * Checks before a create whether an earlier run may have created the same and been killed before Pulumi saved it. Lists what exists once for
 * all creates of a run. What was left looks like any other entity of that name, so the user decides.
 *
 * @param adoptionId identifies the adoption of an entity that is taken over
 * @returns the entity to take over; undefined to create a new one
 * @throws GenesysCloudError if there may be one
 */
export async function findUnsaved<Entity extends { id: string }>(
	context: LifecycleContext,
	inputs: Properties,
	adoptionId: string,
	search: UnsavedSearch<Entity>,
): Promise<Entity | undefined> {
	const takeOver = context.override("takeOver");
	const isChecked = inputs["allowSameName"] !== true;
	if (!isChecked && takeOver.size === 0) return undefined;
	const entities = await listed(context, search, takeOver.size > 0);
	const login = isChecked ? await context.login() : undefined;
	const sameName = entities.filter((entity) => search.isNamesake(entity) && !context.run.knows(entity.id));
	const taken = sameName.find(({ id }) => takeOver.has(id));
	const others = sameName.filter(
		(entity) => entity !== taken && isNew(context, search.datesOf(entity)) && search.mayBeOurs(entity, login),
	);
	if (isChecked) requireAllowed(context, inputs, search, others);
	if (taken === undefined) return undefined;
	context.run.hold(taken.id, adoptionId);
	const label = search.kind.label(inputs, taken.id);
	context.notice(`${label} is taken over, as set by ${takeOver.get(taken.id)}${search.effectOn(taken)}`);
	return taken;
}

/** What existed at the start of the run; nothing if the login may not list it and there is nothing to take over. */
async function listed<Entity>(
	context: LifecycleContext,
	{ kind, list, permission }: UnsavedSearch<Entity>,
	isRequired: boolean,
): Promise<Entity[]> {
	try {
		return await list();
	} catch (error) {
		if (isRequired || !(isApiError(error) && error.status === 403)) throw error;
		context.notice(
			`Pulumi's login isn't allowed to list ${kind.plural} (${permission}), so ${kind.noun}s are created without checking for those left by an interrupted run`,
		);
		return [];
	}
}

/** Fails if an interrupted run may have left an entity, unless the user allows to create another beside it. */
function requireAllowed<Entity extends { id: string }>(
	context: LifecycleContext,
	inputs: Properties,
	search: UnsavedSearch<Entity>,
	found: Entity[],
): void {
	const allowed = context.override("allowSameName");
	const undecided = found.filter(({ id }) => !allowed.has(id));
	if (undecided.length > 0) throw undecidedError(search, undecided);
	for (const { id } of found) {
		context.notice(`another ${search.kind.label(inputs)} is created beside ${id}, as set by ${allowed.get(id)}`);
	}
}

/** Whether an entity was created lately and not changed since. */
function isNew(
	context: LifecycleContext,
	dates: { created?: string | undefined; modified?: string | undefined },
): boolean {
	const created = Date.parse(dates.created ?? "");
	const modified = Date.parse(dates.modified ?? "");
	// Compares the server's dates with the server's time, since the local clock may be wrong.
	const isRecent = context.api.serverTime() - created <= longestAge;
	return isRecent && (Number.isNaN(modified) || modified - created <= creationTime);
}

function undecidedError<Entity extends { id: string }>(
	{ kind, datesOf, likeness, withEffect }: UnsavedSearch<Entity>,
	undecided: Entity[],
): GenesysCloudError {
	const ids = undecided
		.slice(0, 5)
		.map(({ id }) => id)
		.join(",");
	const created = enumerated(undecided.map((entity) => `${entity.id} (created ${datesOf(entity).created})`));
	return new GenesysCloudError(
		`an interrupted run may already have created this ${kind.noun} (${likeness}, not in state): ${created}. To take it over${withEffect}, run pulumi up once with ${overrideVariables.takeOver}=${ids}. To create another, because it is in use elsewhere or this run replaces it, run once with ${overrideVariables.allowSameName}=${ids}. allowSameName: true in the program disables this check`,
	);
}
