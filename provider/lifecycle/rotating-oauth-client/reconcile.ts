import { GenesysCloudError } from "../../api/errors";
import type { RotationOrder } from "../../config";
import type { LifecycleContext, Occasion } from "../context";
import { findLive } from "../not-found";
import { clientKind } from "../oauth-client/kind";
import { withSecretTried } from "../oauth-client/read";
import { attempt } from "../oauth-client/reconcile";
import { pendingStepsOf } from "../oauth-client/secret-rotation";
import { carriedStateOf } from "../oauth-client/state";
import type { Managed, Reconciled } from "../operations";
import { partialFailure, reasonOf } from "../presentable-errors";
import { type Properties, sameJson } from "../properties";
import { orderFor } from "../rotation-order";
import { labelOf, pairKind } from "./kind";
import { requireOtherLogins } from "./own-login";
import { plan, triesCurrent, withoutSecretWork } from "./plan";
import {
	clientLabel,
	currentAfter,
	idIn,
	idOf,
	idsOf,
	inputsOf,
	type Letter,
	letters,
	numberOf,
	otherThan,
	type Pair,
	pairIn,
	toOutputs,
} from "./state";
import { validityText } from "./rotation";

/** The work on a pair. */
interface Work {
	context: LifecycleContext;
	/** The same with the order that the run has for the pair: of the client whose new secret follows it. */
	ordered: LifecycleContext;
	inputs: Properties;
	/** What is known of the pair, after each step. */
	pair: Pair;
	/** Whether something has changed that isn't in state: a failure must save it. */
	isUnsaved: boolean;
}

/**
 * Makes a pair what the program declares. A rotation gives the standby client a new secret, tries it by a login, and only then makes it current:
 * whatever stops it, the secret in use stays, and the next run goes on with the standby client alone.
 *
 * @param managed the pair in state; undefined for a new resource or a replacement
 */
export async function reconcile(context: LifecycleContext, inputs: Properties, managed?: Managed): Promise<Reconciled> {
	const pair = pairIn(managed?.olds ?? {});
	const occasion = context.occasion();
	const order = orderFor(occasion, idsOf(pair));
	const ofClient = (its: RotationOrder | undefined): LifecycleContext => ({
		...context,
		occasion: () => ({ ...context.occasion(), order: its }),
		// A client that a pair in state lacks is new to the stack.
		mayAdopt: async () => managed !== undefined || context.mayAdopt(),
	});
	const work: Work = {
		// What is rotated is for the pair to decide.
		context: ofClient(undefined),
		ordered: ofClient(order && { ...order, ids: new Set(["all"]) }),
		inputs,
		pair,
		isUnsaved: false,
	};
	const resultOf = () => ({ id: managed?.id ?? idOf(pair), outs: toOutputs(pair, inputs) });
	try {
		await (managed === undefined ? createMissing(work) : update(work, managed.olds, occasion));
		return resultOf();
	} catch (error) {
		if (!work.isUnsaved) throw error;
		const action = `${managed === undefined ? "creating" : "updating"} ${labelOf(inputs, managed?.id)}`;
		const { id, outs } = resultOf();
		throw partialFailure(action, error, { ...outs }, context.hide, { ...pairKind, id });
	}
}

/** Creates or adopts the clients that don't exist. A new current client is as good as a rotation. */
async function createMissing(work: Work): Promise<Letter[]> {
	const { context, inputs, pair } = work;
	const missing = letters.filter((letter) => pair.clients[letter] === undefined);
	if (missing.includes(currentAfter(pair.generation))) {
		pair.rotatedAt = new Date(context.occasion().now).toISOString();
		pair.rotation = inputs["rotation"];
	}
	await all(missing, async (letter) => bring(work, letter, inputsOf(inputs, letter, numberOf(pair, letter), "active")));
	return missing;
}

async function update(work: Work, olds: Properties, occasion: Occasion): Promise<void> {
	const { context, inputs, pair } = work;
	await requireOtherLogins(context, plan(olds, inputs, occasion, pair));
	const current = currentAfter(pair.generation);
	const standby = otherThan(current);
	const created = await createMissing(work);
	await tryCurrent(work);
	const { rotation, clients } = plan(olds, inputs, occasion, pair, created);
	const isRotating = rotation !== undefined;
	if (isRotating) {
		await bring(work, standby, clients[standby].inputs, true);
		pair.generation += 1;
		pair.rotatedAt = new Date(occasion.now).toISOString();
		context.notice(
			`${clientLabel(inputs, standby, idIn(pair.clients[standby]))} is current now, with a new secret; ${validityText(clientLabel(inputs, current), pair.rotatedAt, inputs)}`,
		);
	}
	pair.rotation = inputs["rotation"];
	const others = letters.filter((letter) => !created.includes(letter) && !(isRotating && letter === standby));
	await all(others, async (letter) => bring(work, letter, clients[letter].inputs));
}

/** Tries the secret in use by a login, where an earlier run couldn't: a rejection is a reason to rotate. */
async function tryCurrent({ context, pair }: Work): Promise<void> {
	const current = currentAfter(pair.generation);
	const client = pair.clients[current];
	if (client === undefined || !triesCurrent(client)) return;
	// What is rejected may also be inactive by now.
	const live = await findLive(context, clientKind, { id: idIn(client), olds: client }, false);
	const { pendingSecretSteps, triedGrant } = await withSecretTried(context, live, carriedStateOf(client));
	pair.clients[current] = { ...client, pendingSecretSteps, triedGrant };
}

/**
 * Makes one of the clients what its arguments say.
 *
 * @param rotates whether its secret may be rotated
 */
async function bring(work: Work, letter: Letter, settings: Properties, rotates = false): Promise<void> {
	const { inputs, pair } = work;
	const before = pair.clients[letter];
	const isNewCurrent = before === undefined && letter === currentAfter(pair.generation);
	const context = rotates || isNewCurrent ? work.ordered : work.context;
	const olds = before === undefined || rotates ? before : withoutSecretWork(before);
	const { outs, error } = await attempt(context, settings, olds && { id: idIn(olds), olds });
	if (outs !== undefined) {
		const withheld = pendingStepsOf(before ?? {}).filter((step) => !pendingStepsOf(olds ?? {}).includes(step));
		const steps = [...withheld, ...pendingStepsOf({ ...outs })];
		const after = { ...outs, pendingSecretSteps: steps.length > 0 ? steps : undefined };
		work.isUnsaved ||= !sameJson(before, after);
		pair.clients[letter] = after;
	}
	if (error === undefined) return;
	const reason = reasonOf(error, context.hide);
	const stays = rotates ? `; ${clientLabel(inputs, otherThan(letter))} stays current with the secret that it has` : "";
	throw new GenesysCloudError(`${clientLabel(inputs, letter, idIn(pair.clients[letter]))}: ${reason}${stays}`);
}

/** Does something for clients side by side, and fails for all that fail. */
async function all(some: Letter[], work: (letter: Letter) => Promise<void>): Promise<void> {
	const failed = (await Promise.allSettled(some.map(work))).filter((one) => one.status === "rejected");
	const [first, second] = failed.map(({ reason }) => reason as Error);
	if (first === undefined) return;
	throw second === undefined ? first : new GenesysCloudError(`${first.message}; ${second.message}`);
}
