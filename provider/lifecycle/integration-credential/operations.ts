import { operationsOf } from "../operations";
import { RunRegistry } from "../run-registry";
import type { Session } from "../session";
import { optionsOf } from "./arguments";
import { check } from "./check";
import { deleteCredential } from "./delete";
import { diff } from "./diff";
import { credentialKind } from "./kind";
import { describeCredentialAdoption, preview } from "./preview";
import { read } from "./read";
import { reconcile } from "./reconcile";

/** The operations on integration credentials that Pulumi calls. */
export const credentialOperations = (session: Session) =>
	operationsOf(session, {
		kind: credentialKind,
		run: new RunRegistry(credentialKind),
		check,
		diff,
		reconcile,
		preview,
		describeAdoptions: async (context, inputs) => [await describeCredentialAdoption(context, inputs)],
		read,
		toInputs: ({ name, type, ...outputs }) => ({ ...optionsOf(outputs), name, type }),
		remove: deleteCredential,
	});
