import { GenesysCloudError, enumerated, quoted } from "../api/errors";
import type { GenesysCloudApi } from "../api/genesys-cloud-api";
import { fieldsOf } from "../api/json";
import type { LifecycleContext } from "./context";
import { findUnsaved } from "./find-unsaved";
import { hasUnknown, type Properties } from "./properties";
import type { Named, ResourceKind, Words } from "./resource-kind";
import { nameIn } from "./run-registry";

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
	const found = await (adopts ? findToAdopt(context.api, kind, inputs) : findUnsaved(context, kind, inputs));
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

/**
 * Finds the one to adopt.
 *
 * @throws GenesysCloudError if there is none, if several have that name, or if it can't become what the program declares
 */
export async function findToAdopt<Entity extends Named>(
	api: GenesysCloudApi,
	kind: ResourceKind<Entity>,
	inputs: Properties,
): Promise<Entity> {
	const found = await findAdopted(api, kind, fieldsOf(inputs["adopt"]));
	kind.requireAdoptable(found, inputs);
	return found;
}

async function findAdopted<Entity extends Named>(
	api: GenesysCloudApi,
	{ thing, noun, idName, find, list }: ResourceKind<Entity>,
	{ [idName]: id, name }: Properties,
): Promise<Entity> {
	if (typeof id === "string") {
		const found = await find(api, id);
		if (typeof found !== "string") return found;
		throw new GenesysCloudError(
			`no ${thing} with the id ${quoted(id)} to adopt: check adopt.${idName} and the organization, or remove adopt to create a new ${noun}`,
		);
	}
	const named = `named "${quoted(String(name))}"`;
	const namesakes = (await list(api)).filter((entity) => entity.name === name);
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
