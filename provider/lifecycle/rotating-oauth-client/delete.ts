import { isNotFoundError } from "../../api/errors";
import type { LifecycleContext } from "../context";
import { deleteClient } from "../oauth-client/delete";
import { refuseWhenInUse } from "../oauth-client/deletion-guard";
import { loginEndByDeletion, requireOtherLogin } from "../oauth-client/own-login";
import type { Managed } from "../operations";
import type { Properties } from "../properties";
import { currentAfter, idIn, otherThan, pairIn } from "./state";

/** The clients of a pair in the order of their deletion: the one in use last. */
export function partsOf(_id: string, olds: Properties): Managed[] {
	const { generation, clients } = pairIn(olds);
	const current = currentAfter(generation);
	return [clients[otherThan(current)], clients[current]].flatMap((client) =>
		client === undefined ? [] : [{ id: idIn(client), olds: client }],
	);
}

/** Refuses the deletion of a pair before any of its clients is deleted. */
export async function requireRemovable(context: LifecycleContext, parts: Managed[]): Promise<void> {
	for (const { id, olds } of parts) {
		await requireOtherLogin(context, id, olds, loginEndByDeletion(olds));
		try {
			await refuseWhenInUse(context, id, olds);
		} catch (error) {
			// What doesn't exist isn't in use.
			if (!isNotFoundError(error)) throw error;
		}
	}
}

/** Deletes one of the clients, whose guard has been asked. */
export async function remove(context: LifecycleContext, id: string, olds: Properties): Promise<void> {
	await deleteClient(context, id, { ...olds, deletionGuard: undefined });
}
