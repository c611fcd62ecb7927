import { GenesysCloudError, isNotFoundError } from "../api/errors";
import type { ResourceKind } from "./resource-kind";

/** What to do when something in state doesn't exist. */
export const adviceWhenDeleted = ({ noun, aThing, newParts }: ResourceKind, id: string, isMoved: boolean) =>
	isMoved
		? `The connection has changed, and ${aThing.replace(/^an? /, "")} ${id} isn't in the new organization: to create a new ${noun} there, run pulumi up --replace for this resource`
		: `The ${noun} was deleted outside Pulumi: run pulumi refresh, then pulumi up to create a new one, with a new ${newParts}`;

/** Calls the API, and adds advice to a 404. */
export async function explainNotFound<T>(advice: string, call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		throw new GenesysCloudError(`${error.message}. ${advice}`);
	}
}
