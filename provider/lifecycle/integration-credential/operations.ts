import { describeCredentialAdoption } from "../oauth-client/describe-adoption";
import { operationsOf } from "../operations";
import type { Session } from "../session";
import { check } from "./check";
import { credentialKind } from "./kind";
import { deleteCredential, isGuarded, refuseWhenUsed } from "./delete";
import { diff } from "./diff";
import { preview } from "./preview";
import { read } from "./read";
import { reconcile } from "./reconcile";
import { optionsOf } from "./state";

/** The operations on integration credentials that Pulumi calls. */
export const credentialOperations = (session: Session) =>
	operationsOf(session, {
		kind: credentialKind,
		run: session.credentials,
		check,
		diff,
		reconcile,
		preview,
		describeAdoption: describeCredentialAdoption,
		read,
		toInputs: ({ name, type, ...outputs }) => ({ ...optionsOf(outputs), name, type }),
		remove: deleteCredential,
		guard: async (context, id, props) => void (await refuseWhenUsed(context, id, props)),
		isGuarded,
	});
