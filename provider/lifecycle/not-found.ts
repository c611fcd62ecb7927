import { GenesysCloudError, isNotFoundError } from "../api/errors";
import type { LifecycleContext } from "./context";
import { findFresh } from "./find-fresh";
import type { Named, ResourceKind, Words } from "./resource-kind";
import type { Properties } from "./properties";

/** What the API returns; its text if it says that there is none. */
export async function orText<Entity>(asked: Promise<Entity>): Promise<Entity | string> {
	try {
		return await asked;
	} catch (error) {
		if (isNotFoundError(error)) return error.message;
		throw error;
	}
}

/**
 * Finds what state has.
 *
 * @returns undefined if it was deleted
 * @throws GenesysCloudError if that isn't certain
 */
export async function findInState<Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	id: string,
	props: Properties,
): Promise<Entity | undefined> {
	const found = await findFresh(context, kind, id, props);
	if (typeof found !== "string") {
		context.run.add(context.owner, id);
		return found;
	}
	await requireDeleted(context, kind, { id, props, said: found });
	context.notice(
		`${kind.label(props, id)} was deleted outside Pulumi: pulumi up creates a new one, with a new ${kind.newParts}`,
	);
	return undefined;
}

/**
 * Verifies that something was deleted before Pulumi removes it from state, with its secret: it must be missing from the list too, and the
 * login must be in its organization, since in any other everything seems deleted. The organization is the right one if the login created or
 * last changed it, or if the list of clients contains the login that did. What was created less than a minute ago may be invisible.
 *
 * @param missing its id, its outputs in state, and the response that said it is deleted
 * @throws GenesysCloudError if it isn't certain
 */
export async function requireDeleted<Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	{ id, props, said }: { id: string; props: Properties; said: string },
): Promise<void> {
	const { api, clock, login: loginOf } = context;
	const { noun, label, list, clients, inState } = kind;
	// What is new may be invisible, in the list too: the 404 counts when it has lasted.
	if (mayBeUnseen(context, kind, inState(props, id))) await clock.sleep(longestUnseen);
	const listed = await list(api);
	if (has(listed, id))
		throw new GenesysCloudError(`${said}, but the ${noun} is still listed, so it was kept in state; run again`);
	const { loginClientId: author } = props;
	const login = await loginOf();
	if (typeof author === "string" && (author === login || has(await clients(api, listed), author))) return;
	throw new GenesysCloudError(
		`${label(props, id)} wasn't found, and neither was the login that created or last changed it (${typeof author === "string" ? author : "unknown"}), so Pulumi may be logged in to another organization (as ${login ?? "an unknown client"}): the ${noun} was kept in state. Check the region and the credentials; if the ${noun} was deleted, run pulumi state delete for it`,
	);
}

const has = (entities: { id: string }[], id: string) => entities.some((entity) => entity.id === id);

/** Runs a step of a deletion. What doesn't exist needs none: the list is asked, to be sure. */
export async function unlessDeleted<Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	id: string,
	props: Properties,
	step: () => Promise<void>,
): Promise<void> {
	try {
		await step();
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		await requireDeleted(context, kind, { id, props, said: error.message });
	}
}

/** For how long the API may not show something new, in milliseconds. */
const longestUnseen = 60_000;

/** Whether something is so new that the API may not show it yet, by the server's dates and time. */
const mayBeUnseen = <Entity extends Named>(
	{ api }: LifecycleContext,
	{ createdAt }: ResourceKind<Entity>,
	entity: Entity,
): boolean => api.serverTime() - Date.parse(createdAt(entity) ?? "") < longestUnseen;

/** What to do when something isn't found: to wait if it may be too new. */
export const adviceUnlessNew = <Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	entity: Entity,
	advice: string,
): string =>
	mayBeUnseen(context, kind, entity)
		? `The ${kind.noun} was created less than a minute ago, so it may not be visible yet: run again in a minute`
		: advice;

/** What to do when something in state was deleted. */
export const adviceWhenDeleted = ({ noun, newParts }: Words): string =>
	`The ${noun} was deleted outside Pulumi: run pulumi refresh, then pulumi up to create a new one, with a new ${newParts}`;

/**
 * Reads what state has before it is updated.
 *
 * @param isMoved whether the connection has changed: it must exist there too, so that it isn't managed in the wrong organization
 */
export async function findLive<Entity extends Named>(
	context: LifecycleContext,
	kind: ResourceKind<Entity>,
	{ id, olds }: { id: string; olds: Properties },
	isMoved: boolean,
): Promise<Entity> {
	const live = await findFresh(context, kind, id, olds);
	if (typeof live !== "string") return live;
	const { thing, noun } = kind;
	throw new GenesysCloudError(
		isMoved
			? `${live}. The connection has changed, and ${thing} ${id} isn't in the new organization: to create a new ${noun} there, run pulumi up --replace for this resource`
			: `${live}. ${adviceUnlessNew(context, kind, kind.inState(olds, id), adviceWhenDeleted(kind))}`,
	);
}

/** Calls the API, and adds advice to a 404. */
export async function explainNotFound<T>(advice: string, call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		throw new GenesysCloudError(`${error.message}. ${advice}`);
	}
}
