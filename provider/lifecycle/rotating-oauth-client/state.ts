import { fieldsOf } from "../../api/json";
import { labelOf } from "../oauth-client/kind";
import { rotationKey, rotationNumberOf } from "../oauth-client/secret-rotation";
import { changedSettings } from "../oauth-client/settings";
import { toInputs as toClientInputs } from "../oauth-client/state";
import type { OAuthClientOutputs } from "../oauth-client/arguments";
import { picked, type Properties, unknownValue } from "../properties";
import {
	optionsOf,
	pairSettings,
	type PairClient,
	type PairClients,
	type RotatingOAuthClientOutputs,
} from "./arguments";
import { dueAt, rotationOf } from "./rotation";

/** One of the two clients. */
export type Letter = "a" | "b";
/** Both clients, in their order. */
export const letters = ["a", "b"] as const satisfies Letter[];

/** The client that is current after some rotations. */
export const currentAfter = (generation: number): Letter => (generation % 2 === 0 ? "a" : "b");
/** The other client. */
export const otherThan = (letter: Letter): Letter => (letter === "a" ? "b" : "a");

/** A pair in state. */
export interface Pair {
	/** The number of rotations. */
	generation: number;
	/** When the last rotation or the creation of the pair was: ISO 8601, UTC. */
	rotatedAt: string;
	/** The argument `rotation` of that time. */
	rotation: unknown;
	/** What state has of each client: the outputs of an OAuthClient. One that doesn't exist is missing. */
	clients: Partial<Record<Letter, Properties>>;
}

/** The pair in outputs; one without clients before its creation. */
export function pairIn({ generation, rotatedAt, rotation, clientStates }: Properties): Pair {
	const { a, b } = fieldsOf(clientStates);
	return {
		generation: typeof generation === "number" ? generation : 0,
		rotatedAt: textOf(rotatedAt),
		rotation,
		clients: { ...(a !== undefined && { a: fieldsOf(a) }), ...(b !== undefined && { b: fieldsOf(b) }) },
	};
}

/** The number of the rotation that created a client's secret: -1 for that of the first standby client. */
export const numberOf = ({ generation, clients }: Pair, letter: Letter): number =>
	rotationNumberOf(clients[letter] ?? {}) ?? (letter === currentAfter(generation) ? generation : generation - 1);

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The id of a client in state. */
export const idIn = (client: Properties | undefined): string => textOf(client?.["clientId"]);

/** The ids of the clients that exist. */
export const idsOf = ({ clients }: Pick<Pair, "clients">): string[] =>
	letters.flatMap((letter) => (clients[letter] === undefined ? [] : [idIn(clients[letter])]));

/** The pair's id: those of its clients. What replaces a lost client changes it with the next refresh. */
export const idOf = (pair: Pick<Pair, "clients">): string => idsOf(pair).join(",");

const suffixOf = (letter: Letter) => ` (${letter.toUpperCase()})`;

/**
 * The arguments of one of the clients, for the life cycle of an OAuthClient.
 *
 * @param number the number of the rotation that creates its secret: another one than in state rotates it
 */
export function inputsOf(inputs: Properties, letter: Letter, number: number, state: "active" | "inactive"): Properties {
	const { rotation: _, adopt, name, ...shared } = inputs;
	const adoption = adopt === unknownValue ? unknownValue : fieldsOf(adopt)[letter];
	return {
		...shared,
		...(adoption !== undefined && { adopt: adoption }),
		name: nameOf(name, letter),
		secretRotation: { rotateWhenChanged: { [rotationKey]: number } },
		state,
	};
}

/** The name of a client in messages. */
export const clientLabel = (inputs: Properties, letter: Letter, id?: unknown): string =>
	labelOf(inputsOf(inputs, letter, 0, "active"), id);

/** A pair's outputs. */
export function toOutputs(pair: Pair, inputs: Properties): RotatingOAuthClientOutputs {
	const { generation, rotatedAt, rotation, clients } = pair;
	const [current, previous] = [currentAfter(generation), otherThan(currentAfter(generation))];
	const { name = inputs["name"], ...settings } = picked(clients[current] ?? clients[previous] ?? {}, pairSettings);
	const due = dueAt(rotatedAt, rotationOf({ rotation }));
	return JSON.parse(
		JSON.stringify({
			...settings,
			name: baseName(name, clients[current] === undefined ? previous : current),
			...optionsOf(inputs),
			rotation,
			clientId: idIn(clients[current]),
			clientSecret: clients[current]?.["clientSecret"] ?? "",
			previousClientId: idIn(clients[previous]),
			previousClientSecret: clients[previous]?.["clientSecret"] ?? "",
			generation,
			rotatedAt,
			rotatesAt: due === undefined ? undefined : new Date(due).toISOString(),
			clients: {
				...Object.fromEntries(letters.map((letter) => [letter, shownOf(clients[letter])])),
				...differenceOf(clients, current, previous),
			},
			clientStates: clients,
		}),
	) as RotatingOAuthClientOutputs;
}

const shownOf = (client: Properties | undefined): PairClient | undefined =>
	client &&
	(picked(client, [
		"clientId",
		"state",
		"dateToDelete",
		"secretVersion",
		"secretRotatedAt",
		"secretFingerprint",
	] satisfies (keyof PairClient)[]) as unknown as PairClient);

/** The previous client with the settings in which it isn't as the current one; nothing without such settings. */
function differenceOf(clients: Pair["clients"], current: Letter, previous: Letter): PairClients {
	const [one, other] = [clients[current], clients[previous]];
	if (one === undefined || other === undefined) return {};
	const home = one["homeDivisionId"] as string | undefined;
	const found = { ...other, name: baseName(other["name"], previous) };
	const differsIn = changedSettings(found, settingsOf(one, current), home).filter((name) => name !== "state");
	return differsIn.length === 0 ? {} : { [previous]: { ...shownOf(other), differsIn } };
}

/** The name of a client in Genesys Cloud: the pair's, with its letter. */
export const nameOf = (name: unknown, letter: Letter): unknown =>
	typeof name === "string" && name !== unknownValue ? name + suffixOf(letter) : name;

/** A client's name without its letter. */
const baseName = (name: unknown, letter: Letter): unknown =>
	typeof name === "string" && name.endsWith(suffixOf(letter)) ? name.slice(0, -suffixOf(letter).length) : name;

/** The pair's arguments for the settings of one of its clients. */
export function settingsOf(client: Properties, letter: Letter): Properties {
	const { name, ...settings } = picked(toClientInputs(client as unknown as OAuthClientOutputs), pairSettings);
	return { ...settings, name: baseName(name, letter) };
}

/** The arguments for outputs that were read. */
export function toInputs(outputs: Properties): Properties {
	const { generation, clients } = pairIn(outputs);
	const letter =
		clients[currentAfter(generation)] === undefined ? otherThan(currentAfter(generation)) : currentAfter(generation);
	return { ...optionsOf(outputs), ...settingsOf(clients[letter] ?? {}, letter) };
}
