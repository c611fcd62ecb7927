import { isNotFoundError } from "../api/errors";
import { check as checkInputs } from "./check";
import { labelOf } from "./client-label";
import { deleteClient } from "./delete";
import { refuseWhenInUse } from "./deletion-guard";
import { diff as diffClient } from "./diff";
import { presentable, withoutValue } from "./presentable-errors";
import { read as readClient } from "./read";
import { reconcile } from "./reconcile";
import { secretInputHider } from "./hide-secret-inputs";
import type { Session } from "./session";
import { adoptionIdOf } from "./state/outputs";
import type { Properties } from "./state/settings";

/** Runs an operation and turns its error into one that Pulumi shows well. */
async function shown<T>(action: string, settings: Properties, work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw presentable(action, error, secretInputHider(settings));
	}
}

/** The provider's operations that Pulumi calls. */
export function createLifecycle(session: Session) {
	const { run } = session;
	return {
		/** Validates the program's arguments, without an API call. */
		check: async (_olds: Properties, news: Properties) => {
			return shown("checking an OAuth client", news, () => {
				const { inputs, failures } = checkInputs(news);
				run.declare(inputs);
				// Pulumi checks the inputs of a replacement again: its adoption is over.
				if (inputs["adopt"] !== undefined && run.isCompared(inputs)) inputs["adoption"] = "done";
				return { inputs, failures: failures.map(withoutValue) };
			});
		},

		/** Returns whether a client changes, and whether it must be replaced. */
		diff: async (id: string, olds: Properties, news: Properties) => {
			run.addClient(id);
			const { notices, ...result } = diffClient(olds, news, session.now());
			const hide = secretInputHider(news);
			for (const notice of notices) session.notice(hide(notice));
			// A refresh calls diff only to show what it found.
			if (!run.isDeclared(news)) return result;
			// Unless the replacement adopts another client.
			if (!result.replaces.includes("adopt")) run.compare(news);
			// A replaced resource releases its client: another resource may have adopted it in this run.
			const isReleased = result.replaces.length > 0 && run.isHeldByAnother(id, adoptionIdOf(olds));
			if (!isReleased) await shown(`comparing ${labelOf(news, id)}`, news, () => run.hold(id, adoptionIdOf(olds)));
			// A replacement ends with a delete: refuse it in the preview, not after the new client is created.
			if (result.replaces.length > 0 && olds["deletionGuard"] !== undefined) {
				await shown(`replacing ${labelOf(olds, id)}`, olds, async () =>
					refuseWhenInUse(session.context(olds, "delete"), id, olds).catch((error: unknown) => {
						// A deleted client needs no deletion.
						if (!isNotFoundError(error)) throw error;
					}),
				);
			}
			return result;
		},

		/** Creates or adopts a client. */
		create: async (inputs: Properties) => {
			return shown(`creating ${labelOf(inputs)}`, inputs, async () =>
				reconcile(session.context(inputs, "create"), inputs),
			);
		},

		/** Reads a client. */
		read: async (id: string, props: Properties = {}) => {
			return shown(`reading OAuth client ${id}`, props, async () =>
				readClient(session.context(props, "read"), id, props),
			);
		},

		/** Updates a client in place. */
		update: async (id: string, olds: Properties, news: Properties) => {
			const { outs } = await shown(`updating ${labelOf(news, id)}`, news, async () =>
				reconcile(session.context(news, "update"), news, { id, olds }),
			);
			return { outs };
		},

		/** Deletes a client. */
		delete: async (id: string, props: Properties = {}) => {
			return shown(`deleting ${labelOf(props, id)}`, props, async () =>
				deleteClient(session.context(props, "delete"), id, props),
			);
		},
	};
}
