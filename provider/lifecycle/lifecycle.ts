import { check } from "./check";
import { clientKind } from "./client-label";
import { deleteClient } from "./delete";
import { refuseWhenInUse } from "./deletion-guard";
import { diff } from "./diff";
import { operationsOf } from "./operations";
import { read } from "./read";
import { reconcile } from "./reconcile";
import type { Session } from "./session";

/** The operations on OAuth clients that Pulumi calls. */
export const createLifecycle = (session: Session) =>
	operationsOf(session, {
		kind: clientKind,
		run: session.run,
		check,
		diff,
		reconcile,
		read,
		remove: deleteClient,
		guard: refuseWhenInUse,
		isGuarded: (olds) => olds["deletionGuard"] !== undefined,
	});
