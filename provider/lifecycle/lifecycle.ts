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

/** Does a step, and turns its failure into what Pulumi should show. */
async function shown<T>(action: string, settings: Properties, work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw presentable(action, error, secretInputHider(settings));
	}
}

/** The steps that Pulumi asks for, over what one process shares. */
export function createLifecycle(session: Session) {
	const { run } = session;
	return {
		/** Validates what a program declares, without a call to the API. */
		check: async (_olds: Properties, news: Properties) => {
			return shown("checking an OAuth client", news, () => {
				const { inputs, failures } = checkInputs(news);
				run.declare(inputs);
				// Pulumi checks once more what it will replace a client by: whatever that one was adopted for is over.
				if (inputs["adopt"] !== undefined && run.isCompared(inputs)) inputs["adoption"] = "done";
				return { inputs, failures: failures.map(withoutValue) };
			});
		},

		/** Says whether a client changes, and whether it must be replaced. */
		diff: async (id: string, olds: Properties, news: Properties) => {
			run.addClient(id);
			const { notices, ...result } = diffClient(olds, news, session.now());
			const hide = secretInputHider(news);
			for (const notice of notices) session.notice(hide(notice));
			// A refresh asks only to show what it found.
			if (!run.isDeclared(news)) return result;
			// Unless what replaces it is to adopt another.
			if (!result.replaces.includes("adopt")) run.compare(news);
			// What is replaced lets its client go: another resource may have adopted it in this run.
			const letsGo = result.replaces.length > 0 && run.isHeldByAnother(id, adoptionIdOf(olds));
			if (!letsGo) await shown(`comparing ${labelOf(news, id)}`, news, () => run.hold(id, adoptionIdOf(olds)));
			// A replacement ends with a delete: better refused in the preview than after the new client was made.
			if (result.replaces.length > 0 && olds["deletionGuard"] !== undefined) {
				await shown(`replacing ${labelOf(olds, id)}`, olds, async () =>
					refuseWhenInUse(session.context(olds, "delete"), id, olds).catch((error: unknown) => {
						// A client that is gone needs no deletion.
						if (!isNotFoundError(error)) throw error;
					}),
				);
			}
			return result;
		},

		/** Makes or adopts a client. */
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

		/** Changes a client in place. */
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
