import { operationsOf } from "../operations";
import type { Session } from "../session";
import { check } from "./check";
import { deleteClient } from "./delete";
import { diff } from "./diff";
import { clientKind } from "./kind";
import type { OAuthClientOutputs } from "./arguments";
import { describeClientAdoption, preview } from "./preview";
import { read } from "./read";
import { reconcile } from "./reconcile";
import { toInputs } from "./state";

/** The operations on OAuth clients that Pulumi calls. */
export const clientOperations = (session: Session) =>
	operationsOf(session, {
		kind: clientKind,
		check,
		diff,
		reconcile,
		preview,
		describeAdoption: describeClientAdoption,
		read,
		toInputs: (outputs) => toInputs(outputs as unknown as OAuthClientOutputs),
		remove: deleteClient,
	});
