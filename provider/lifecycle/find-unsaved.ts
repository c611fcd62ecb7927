import { GenesysCloudError, enumerated, isApiError, quoted } from "../api/errors";
import { overrideVariables } from "../setting-places";
import type { LifecycleContext } from "./context";
import type { Named, ResourceKind, Words } from "./resource-kind";
import type { Properties } from "./properties";
import { nameIn } from "./run-registry";

/** How long after its creation an entity may be one that a killed run created, in milliseconds. */
const longestAge = 86_400_000;

/**
 * Checks before a create whether an earlier run may have created the same and been killed before Pulumi saved it. Lists what exists once for
 * all creates of a run. What was left looks like any other entity of that name, so the user decides.
 *
 * @returns the entity to take over; undefined to create a new one
 * @throws GenesysCloudError if there may be one
 */
export async function findUnsaved<Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	inputs: Properties,
): Promise<Entity | undefined> {
	const takeOver = context.override("takeOver");
	const isChecked = inputs["allowSameName"] !== true;
	if (!isChecked && takeOver.size === 0) return undefined;
	const entities = await listed(context, kind, takeOver.size > 0);
	await warnOfMissing(context, takeOver, entities);
	const login = isChecked ? await context.login() : undefined;
	// The list is the same for all creates of a run.
	if (entities.length > 0 && !context.existing.has(kind.thing))
		context.existing.set(kind.thing, new Set(entities.map(({ id }) => id)));
	// As far as known: the author may have another id than the login, but no other OAuth client is the login.
	const authors = new Set([...context.creatorIds, ...(login === undefined ? [] : context.run.authorsOf(login))]);
	const mayBeLogin = (author: string | undefined) =>
		author === undefined ||
		author === login ||
		(authors.size > 0 ? authors.has(author) : login === undefined || !has(entities, author));
	const namesakes = entities.filter(
		(entity) => entity.name === inputs["name"] && kind.isAlike(entity, inputs) && !context.run.isManaged(entity.id),
	);
	const taken = namesakes.find(({ id }) => takeOver.has(id));
	const others = namesakes.filter(
		(entity) =>
			entity !== taken &&
			// Compares the server's date with the server's time, since the local clock may be wrong.
			context.api.serverTime() - Date.parse(kind.createdAt(entity) ?? "") <= longestAge &&
			kind.mayBeLeft(entity, inputs) &&
			// Two authors aren't one login.
			new Set(kind.authors(entity).filter((author) => author !== undefined)).size <= 1 &&
			kind.authors(entity).every(mayBeLogin),
	);
	if (isChecked && others.length > 0) await requireAllowed(context, inputs, kind, others);
	if (taken !== undefined) {
		context.run.requireFree(context.owner, taken.id);
		const source = takeOver.get(taken.id);
		context.notice(`${kind.label(inputs, taken.id)} is taken over, as set by ${source}${kind.effectOn(taken)}`);
	}
	return taken;
}

/** Warns of ids to take over that nothing has: they may be clients or credentials, whatever is created. */
async function warnOfMissing(
	context: LifecycleContext,
	takeOver: Map<string, string>,
	entities: { id: string }[],
): Promise<void> {
	if ([...takeOver.keys()].every((id) => has(entities, id))) return;
	const lists = await Promise.allSettled([context.clientsAtStart(), context.credentialsAtStart()]);
	// A list that the login may not see shows nothing to take over.
	const all = lists.flatMap((asked): { id: string }[] => (asked.status === "fulfilled" ? asked.value : []));
	for (const [id, source] of takeOver) {
		if (has(all, id)) continue;
		context.notice(
			`nothing is taken over for ${id}, as set by ${source}: this login sees no OAuth client and no integration credential with that id; check the id, the region and the credentials`,
		);
	}
}

const has = (entities: readonly { id: string }[], id: string) => entities.some((entity) => entity.id === id);

/** What existed at the start of the run; nothing if the login may not list it and there is nothing to take over. */
async function listed<Entity extends Named>(
	context: LifecycleContext,
	{ thing, noun, atStart, permission }: ResourceKind<Entity>,
	isRequired: boolean,
): Promise<Entity[]> {
	try {
		return await atStart(context);
	} catch (error) {
		if (isRequired || !(isApiError(error) && error.status === 403)) throw error;
		context.notice(
			`Pulumi's login isn't allowed to list ${thing}s (${permission}), so ${noun}s are created without checking for those left by an interrupted run`,
		);
		return [];
	}
}

/** Fails if an interrupted run may have left an entity, unless the user allows to create another beside it. */
async function requireAllowed<Entity extends Named>(
	context: LifecycleContext,
	inputs: Properties,
	kind: ResourceKind<Entity>,
	found: Entity[],
): Promise<void> {
	const { run, notice, override } = context;
	const allowed = override("allowSameName");
	const undecided = found.filter(({ id }) => !allowed.has(id));
	const entries = undecided.length === 0 ? new Map<string, string>() : await context.entries();
	const ownerOf = (id: string) => run.ownerOf(id) ?? entries.get(id) ?? "";
	// What this resource, or another of the program, has in state isn't left by an interrupted run.
	const others = undecided.filter(({ id }) => !run.isDeclared(ownerOf(id)));
	const renamed = others.find(({ id }) => ownerOf(id) !== "");
	if (renamed !== undefined) throw renamedError(kind, renamed.id, ownerOf(renamed.id));
	if (others.length > 0) throw undecidedError(kind, others);
	for (const { id } of found.filter((entity) => allowed.has(entity.id))) {
		notice(`another ${kind.label(inputs)} is created beside ${id}, as set by ${allowed.get(id)}`);
	}
}

const renamedError = ({ noun }: Words, id: string, urn: string) =>
	new GenesysCloudError(
		`this stack has a ${noun} of this name already: ${id}, under the resource ${nameIn(urn)}. If that resource has a new name in the program, give it an alias, which keeps the ${noun}: aliases: [{ name: "${nameIn(urn)}" }], or in YAML aliases: ["${quoted(urn, 300)}"]. To create another ${noun} beside it, set allowSameName: true, or run once with ${overrideVariables.allowSameName}=${id}`,
	);

function undecidedError<Entity extends Named>(
	{ noun, createdAt, likeness, takenWith }: ResourceKind<Entity>,
	undecided: Entity[],
): GenesysCloudError {
	const ids = undecided
		.slice(0, 5)
		.map(({ id }) => id)
		.join(",");
	const created = enumerated(undecided.map((entity) => `${entity.id} (created ${createdAt(entity)})`));
	return new GenesysCloudError(
		`an interrupted run may already have created this ${noun} (${likeness}, not in state): ${created}. To take it over${takenWith}, run pulumi up once with ${overrideVariables.takeOver}=${ids}. To create another, because it is in use elsewhere or this run replaces it, run once with ${overrideVariables.allowSameName}=${ids}. If the resource has only a new name in the program, give it an alias. allowSameName: true in the program disables this check`,
	);
}
