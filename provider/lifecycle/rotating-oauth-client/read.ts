import { GenesysCloudError, quoted } from "../../api/errors";
import type { LifecycleContext } from "../context";
import { read as readClient } from "../oauth-client/read";
import { rotationKey } from "../oauth-client/secret-rotation";
import type { Read } from "../operations";
import type { Properties } from "../properties";
import { optionsOf } from "./arguments";
import { idIn, idOf, letters, numberOf, pairIn, settingsOf, toOutputs } from "./state";

/**
 * Reads the clients of a pair, as an OAuthClient is read. A client that was deleted outside Pulumi is missing: the next update creates it. Without
 * state, for an import, the id names them.
 */
export async function read(context: LifecycleContext, id: string, props: Properties): Promise<Read> {
	const isImport = props["clientStates"] === undefined;
	const pair = pairIn(isImport ? importedProps(context, id) : props);
	const inputs = isImport ? { rotation: pair.rotation } : props;
	let drifted: Properties | undefined;
	await Promise.all(
		letters.map(async (letter) => {
			const client = pair.clients[letter];
			if (client === undefined) return;
			const found = await readClient(context, idIn(client), isImport ? {} : client);
			if (found.id === "") delete pair.clients[letter];
			else pair.clients[letter] = { ...found.props, secretRotation: rotationOf(numberOf(pair, letter)) };
			if (found.inputs !== undefined) drifted = settingsOf({ ...found.props }, letter);
		}),
	);
	if (Object.keys(pair.clients).length === 0) return { id: "" };
	const [a, b] = letters.map((letter) => idIn(pair.clients[letter]));
	if (isImport && a === b) throw notTwoError(id);
	const outs = toOutputs(pair, inputs);
	return {
		id: idOf(pair),
		props: outs,
		...(isImport && { isNew: true }),
		...(drifted !== undefined && { inputs: { ...optionsOf(props), ...drifted } }),
	};
}

const rotationOf = (number: number) => ({ rotateWhenChanged: { [rotationKey]: number } });

const notTwoError = (id: string) =>
	new GenesysCloudError(
		`${quoted(id)} doesn't name two clients: give the ids or the names of both, the one in use first: <id or name>,<id or name>`,
	);

/** The state of a pair to import: its id names the clients, the current one first. Its program decides when it rotates. */
function importedProps(context: LifecycleContext, id: string): Properties {
	const [a = "", b = "", ...others] = id.split(",").map((each) => each.trim());
	if (a === "" || b === "" || others.length > 0) throw notTwoError(id);
	return {
		generation: 0,
		rotatedAt: new Date(context.occasion().now).toISOString(),
		rotation: { rotateWhenChanged: {} },
		clientStates: { a: { clientId: a }, b: { clientId: b } },
	};
}
