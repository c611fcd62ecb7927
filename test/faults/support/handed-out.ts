import type { Simulator } from "../../../simulator";
import { type EngineModel, type Row } from "../../engine-model";

/** A credential as an application was given it. */
interface Credential {
	id: string;
	secret: string;
}

/** A pair in state, and the credential that its applications had before a run. */
interface InUse {
	row: Row;
	before: Credential;
}

const credentialIn = ({ outputs }: Row): Credential => ({
	id: String(outputs["clientId"]),
	secret: String(outputs["clientSecret"]),
});
const previousIn = ({ outputs }: Row): Credential => ({
	id: String(outputs["previousClientId"]),
	secret: String(outputs["previousClientSecret"]),
});

const isPair = ({ outputs }: Row) => outputs["clientStates"] !== undefined;

/** What state has of the clients of a resource. */
export const clientsIn = ({ outputs }: Row): Row["outputs"][] =>
	"clientStates" in outputs ? Object.values(outputs["clientStates"] as Row["outputs"][]) : [outputs];

/** What state has of the client of a resource that is in use. */
export const currentIn = (row: Row): Row["outputs"] =>
	clientsIn(row).find((client) => client["clientId"] === row.outputs["clientId"]) ?? {};

/** Whether login accepts a credential, but for a client that support has disabled. */
const works = ({ organization }: Simulator, { id, secret }: Credential): boolean => {
	const client = organization.client(id);
	return client !== undefined && client.state !== "inactive" && organization.checkSecret(id, secret);
};

/** The pairs in state whose current credential logs in. */
export const pairsInUse = (simulator: Simulator, { rows }: EngineModel): InUse[] =>
	rows
		.filter(isPair)
		.map((row) => ({ row, before: credentialIn(row) }))
		.filter(({ before }) => works(simulator, before));

/**
 * What is wrong with the credentials of pairs after a run: the one that was current before it, and the one that is now, must log in. Of a pair
 * that goes, the standby client goes first.
 *
 * @param isGoing whether a run was to delete a pair
 */
export function wrongCredentials(
	simulator: Simulator,
	{ rows }: EngineModel,
	inUse: InUse[],
	isGoing: (row: Row) => boolean,
): string[] {
	return inUse
		.filter(({ row }) => rows.includes(row))
		.filter(({ row }) => !isGoing(row) || works(simulator, previousIn(row)))
		.flatMap(({ row, before }) => [
			works(simulator, before) ? [] : "the secret that was current before the run no longer logs in",
			works(simulator, credentialIn(row)) ? [] : "the secret that is current after the run doesn't log in",
		])
		.flat();
}

/** What is wrong with a pair in the end. */
export function wrongPair(simulator: Simulator, row: Row, generations: readonly number[]): string[] {
	const { organization } = simulator;
	const { generation } = row.outputs as { generation: number };
	const { id, secret } = previousIn(row);
	const previous = clientsIn(row).find(({ clientId }) => clientId === id);
	// What state says of it is true: that the secret is the client's, or that it may not be.
	const isSure = previous?.["pendingSecretSteps"] === undefined;
	const isKnown = !isSure || (organization.client(id) !== undefined && organization.checkSecret(id, secret));
	return [
		...(generations.includes(generation)
			? []
			: [`there were ${generation} rotations, not ${generations.join(" or ")}`]),
		...(isKnown ? [] : ["the previous secret in state isn't that of the previous client"]),
	];
}
