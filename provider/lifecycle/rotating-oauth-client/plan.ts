import { fieldsOf } from "../../api/json";
import type { Occasion } from "../context";
import { type Plan, plan as planClient } from "../oauth-client/plan";
import { changedNames, pendingStepsOf } from "../oauth-client/secret-rotation";
import { canBeTried } from "../oauth-client/secret-trial";
import { hasUnknown, type Properties, sameJson } from "../properties";
import { orderedBy, orderFor } from "../rotation-order";
import { changedOptions } from "./arguments";
import { dueAt, retiresAt, rotationOf } from "./rotation";
import {
	clientLabel,
	currentAfter,
	idsOf,
	inputsOf,
	type Letter,
	letters,
	numberOf,
	otherThan,
	type Pair,
	pairIn,
} from "./state";

/** What a program's arguments do to one of the clients. */
interface ClientPlan {
	/** Its arguments. */
	inputs: Properties;
	/** What state has of it; undefined if it is to be created. */
	olds: Properties | undefined;
	/** What that changes; undefined if it is to be created. */
	plan: Plan | undefined;
}

/** What a program's arguments do to a pair in state. */
export interface PairPlan {
	pair: Pair;
	/** The client that is current before the update. */
	current: Letter;
	/** Why the standby client becomes current with a new secret; undefined if it doesn't. */
	rotation: string | undefined;
	/** Whether the update first tries the secret of the current client by a login, which an earlier run couldn't. */
	tries: boolean;
	clients: Record<Letter, ClientPlan>;
	/** The arguments that differ. */
	changed: string[];
	/** The arguments that require a replacement. */
	replaces: string[];
	/** Whether an update has work beyond the arguments that differ. */
	hasOtherWork: boolean;
	/** Whether anything changes at all. */
	changes: boolean;
}

/**
 * Plans an update: the only place that knows when a pair rotates. Makes no call. A rotation touches the standby client alone: whatever stops it,
 * the secret in use stays.
 *
 * @param olds the pair's outputs in state
 * @param news the program's arguments
 * @param pair the pair as far as it is known
 * @param created the clients that this update has just made
 */
export function plan(
	olds: Properties,
	news: Properties,
	occasion: Occasion,
	pair = pairIn(olds),
	created: readonly Letter[] = [],
): PairPlan {
	const current = currentAfter(pair.generation);
	const standby = otherThan(current);
	// A current client that is missing is created first: the other one's secret is the only one in use.
	const isNew = pair.clients[current] === undefined || created.includes(current);
	const rotation = isNew ? undefined : rotationReason(pair, news, occasion);
	const retires = retiresAt(pair.rotatedAt, rotationOf(news));
	const isRetired = rotation === undefined && retires !== undefined && occasion.now >= retires;
	const planOf = (letter: Letter): ClientPlan => {
		const isRotated = letter === standby && rotation !== undefined;
		const number = isRotated ? pair.generation + 1 : numberOf(pair, letter);
		const inputs = inputsOf(news, letter, number, letter === standby && isRetired ? "inactive" : "active");
		const inState = pair.clients[letter];
		const kept = isRotated ? inState : inState && withoutSecretWork(inState);
		return { inputs, olds: inState, plan: kept && planClient(kept, inputs, { ...occasion, order: undefined }) };
	};
	const clients = { a: planOf("a"), b: planOf("b") };
	const plans = letters.flatMap((letter) => clients[letter].plan ?? []);
	const tries = triesCurrent(pair.clients[current] ?? {});
	const changed = new Set([
		...changedOptions(olds, news),
		...plans.flatMap((one) => [...one.changed, ...one.options]).filter((name) => !ofClient.has(name)),
	]);
	const isSwitched = plans.some((one) => one.changed.includes("state"));
	const hasOtherWork =
		tries ||
		isSwitched ||
		rotation !== undefined ||
		plans.length < letters.length ||
		plans.some((one) => one.hasOtherWork);
	const replaces = [...new Set(plans.flatMap((one) => one.replaces))];
	return {
		pair,
		current,
		rotation,
		tries,
		clients,
		replaces,
		hasOtherWork,
		changed: [...changed],
		changes: changed.size > 0 || replaces.length > 0 || hasOtherWork || hasUnknown(news),
	};
}

/** What the pair decides for each of its clients. */
const ofClient = new Set(["state", "secretRotation"]);

/** A client outside a rotation: a secret that was handed out is never replaced without one, whatever an earlier run left to do. */
export function withoutSecretWork(client: Properties): Properties {
	if (client["clientSecret"] === "") return client;
	return { ...client, pendingSecretSteps: pendingStepsOf(client).filter((step) => step === "store") };
}

/** Whether an update tries the secret of the current client, which an earlier run couldn't. */
export const triesCurrent = (client: Properties): boolean =>
	client["clientSecret"] !== "" && pendingStepsOf(client).includes("verify") && canBeTried(client);

/** Why the standby client becomes current, for a message; undefined if it doesn't. */
function rotationReason(pair: Pair, news: Properties, occasion: Occasion): string | undefined {
	const { generation, rotatedAt, clients } = pair;
	const current = currentAfter(generation);
	if (numberOf(pair, otherThan(current)) > generation) return "an earlier run didn't finish the rotation";
	const client = clients[current] ?? {};
	if (client["clientSecret"] !== "" && pendingStepsOf(client).some((step) => step.startsWith("renew")))
		return `login rejected the secret of ${clientLabel(news, current)}, which was reset outside Pulumi`;
	const order = orderFor(occasion, idsOf(pair));
	// Also where another rotation has come after that.
	const isFollowed = letters.some((letter) => clients[letter]?.["rotationOrder"] === order?.name);
	if (order !== undefined && !isFollowed) return orderedBy(order);
	const before = fieldsOf(fieldsOf(pair.rotation)["rotateWhenChanged"]);
	const rotation = rotationOf(news);
	const { rotateWhenChanged: values } = rotation;
	if (Object.keys(before).length > 0 && values !== undefined && !hasUnknown(values) && !sameJson(before, values))
		return `rotateWhenChanged has changed (${changedNames(before, values)})`;
	const due = dueAt(rotatedAt, rotation);
	if (due === undefined || occasion.now < due) return undefined;
	return `due since ${new Date(due).toISOString().slice(0, 10)} (periodDays: ${rotation.periodDays})`;
}
