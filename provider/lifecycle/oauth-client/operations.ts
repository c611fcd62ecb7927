import { operationsOf } from "../operations";
import { RunRegistry } from "../run-registry";
import type { Session } from "../session";
import { advise, check } from "./check";
import { deleteClient } from "./delete";
import { diff } from "./diff";
import { clientKind } from "./kind";
import type { OAuthClientOutputs } from "./arguments";
import { describeClientAdoption, preview } from "./preview";
import { read } from "./read";
import { reconcile } from "./reconcile";
import { toInputs } from "./state";

/** The operations on OAuth clients that Pulumi calls. */
export const clientOperations = (session: Session, run = new RunRegistry(clientKind)) =>
	operationsOf(session, {
		kind: clientKind,
		run,
		check,
		advise,
		diff,
		reconcile,
		preview,
		describeAdoptions: async (context, inputs) => [await describeClientAdoption(context, inputs)],
		read,
		toInputs: (outputs) => toInputs(outputs as unknown as OAuthClientOutputs),
		remove: deleteClient,
	});
