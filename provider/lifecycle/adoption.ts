import { GenesysCloudError, enumerated, quoted } from "../api/errors";
import { fieldsOf } from "../api/json";
import type { LifecycleContext } from "./context";
import { findUnsaved } from "./find-unsaved";
import { hasUnknown, type Properties } from "./properties";
import type { ListsAtStart, Named, ResourceKind, Words } from "./resource-kind";
import { nameIn, type RunRegistry } from "./run-registry";

/**
 * Finds the existing one to adopt or take over, and records that this run manages it.
 *
 * @param adoptionId identifies the adoption
 * @returns undefined to create a new one
 */
export async function findExisting<Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	inputs: Properties,
	adoptionId: string,
): Promise<Entity | undefined> {
	const adopts = inputs["adopt"] !== undefined && (await context.mayAdopt());
	const found = await (adopts ? findToAdopt(context, kind, inputs, context.run) : findUnsaved(context, kind, inputs));
	if (found === undefined) return undefined;
	if (adopts && fieldsOf(inputs["adopt"])["rotateSecret"] === true) {
		const holder = (await context.entries()).get(found.id) ?? context.owner;
		if (holder !== context.owner) throw rotatedTwiceError(found.id, holder);
	}
	// Of a take-over nothing is awaited since it was found free: another create may be looking for the same.
	context.run.take(context.owner, found.id, adoptionId);
	return found;
}

/** The error for a secret in use: the stack's state has the client, and hands out its secret, under another resource. */
const rotatedTwiceError = (id: string, holder: string) =>
	new GenesysCloudError(
		`this stack has the client ${id} already, under the resource ${nameIn(holder)}, and adopt.rotateSecret would end the secret that this one hands out. If the resource has a new name in the program, give it an alias in place of adopt, which keeps the secret: aliases: [{ name: "${nameIn(holder)}" }], or in YAML aliases: ["${holder}"]. Otherwise remove rotateSecret`,
	);

/** What an adoption will do, for a preview. */
export interface ForetoldAdoption {
	/** What will be adopted. */
	id: string;
	/** What will happen to it, and a line for each setting that changes. */
	lines: string[];
}

/** What finding one to adopt needs of the context. */
export type FindingContext = Pick<LifecycleContext, "api" | keyof ListsAtStart>;

/**
 * Finds the one to adopt in the one list of the run.
 *
 * @param run of what changes it: it is read again, since others may have changed it after it was listed. Undefined for a preview
 * @throws GenesysCloudError if there is none, if several have that name, or if it can't become what the program declares
 */
export async function findToAdopt<Entity extends Named>(
	context: FindingContext,
	kind: ResourceKind<Entity>,
	inputs: Properties,
	run?: RunRegistry,
): Promise<Entity> {
	const { [kind.idName]: id, name } = fieldsOf(inputs["adopt"]);
	const found = await (typeof id === "string"
		? findById(context, kind, inputs, id, run)
		: findByName(context, kind, inputs, String(name), run));
	kind.requireAdoptable(found, inputs);
	return found;
}

async function findById<Entity extends Named>(
	context: FindingContext,
	{ thing, noun, idName, find, atStart, isAlike }: ResourceKind<Entity>,
	inputs: Properties,
	id: string,
	run: RunRegistry | undefined,
): Promise<Entity> {
	const listed = run === undefined ? (await atStart(context)).find((entity) => entity.id === id) : undefined;
	if (listed !== undefined && isAlike(listed, inputs)) return listed;
	const found = await find(context.api, id);
	if (typeof found !== "string") return found;
	throw new GenesysCloudError(
		`no ${thing} with the id ${quoted(id)} to adopt: check adopt.${idName} and the organization, or remove adopt to create a new ${noun}`,
	);
}

async function findByName<Entity extends Named>(
	context: FindingContext,
	kind: ResourceKind<Entity>,
	inputs: Properties,
	name: string,
	run: RunRegistry | undefined,
): Promise<Entity> {
	const { thing, noun, idName, find, list, atStart, isAlike, onlyListed } = kind;
	const isNamed = (entity: Entity) => entity.name === name;
	const [listed, ...more] = (await atStart(context)).filter(isNamed);
	if (listed !== undefined && more.length === 0 && isAlike(listed, inputs)) {
		if (run === undefined) return listed;
		const found = await find(context.api, listed.id);
		// The caller refuses one that the stack has, whatever its name is by now.
		if (typeof found !== "string" && (isNamed(found) || run.isManaged(found.id)))
			return { ...onlyListed?.(listed), ...found };
	}
	// This run, or somebody else, may have made, renamed or deleted one since the list.
	const namesakes = (await list(context.api)).filter(isNamed);
	const named = `named "${quoted(name)}"`;
	const [only, ...others] = namesakes;
	if (only === undefined) {
		throw new GenesysCloudError(
			`no ${thing} ${named} to adopt: check adopt.name (case-sensitive), or remove adopt to create a new ${noun}`,
		);
	}
	if (others.length === 0) return only;
	throw new GenesysCloudError(
		`${namesakes.length} ${thing}s are ${named}: choose one with adopt.${idName}: ${enumerated(namesakes.map((one) => one.id))}`,
	);
}

/** Whether the program adopts another one than state has. The last run's adoption is over, even if a new one has replaced that since. */
export function adoptsAnother({ idName }: Words, olds: Properties, news: Properties): boolean {
	const adopted = fieldsOf(news["adopt"])[idName];
	const isOver = [olds[idName], fieldsOf(olds["adopt"])[idName]].includes(adopted);
	return adopted !== undefined && olds[idName] !== undefined && !isOver && !hasUnknown(adopted);
}
