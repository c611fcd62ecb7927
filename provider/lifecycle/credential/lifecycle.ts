import { operationsOf } from "../operations";
import type { Session } from "../session";
import { check } from "./check";
import { credentialKind } from "./credential-kind";
import { deleteCredential, isGuarded, refuseWhenUsed } from "./delete";
import { diff } from "./diff";
import { read } from "./read";
import { reconcile } from "./reconcile";

/** The operations on integration credentials that Pulumi calls. */
export const createCredentialLifecycle = (session: Session) =>
	operationsOf(session, {
		kind: credentialKind,
		run: session.credentials,
		check,
		diff,
		reconcile,
		read,
		remove: deleteCredential,
		guard: async (context, id, props) => void (await refuseWhenUsed(context, id, props)),
		isGuarded,
	});
