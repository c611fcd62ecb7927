import { check } from "./check";
import { clientKind } from "./kind";
import { deleteClient } from "./delete";
import { refuseWhenInUse } from "./deletion-guard";
import { describeClientAdoption } from "./describe-adoption";
import { diff } from "./diff";
import type { OAuthClientOutputs } from "./outputs";
import { operationsOf } from "../operations";
import { preview } from "./preview";
import { read } from "./read";
import { reconcile } from "./reconcile";
import { toInputs } from "./state";
import type { Session } from "../session";

/** The operations on OAuth clients that Pulumi calls. */
export const clientOperations = (session: Session) =>
	operationsOf(session, {
		kind: clientKind,
		run: session.run,
		check,
		diff,
		reconcile,
		preview,
		describeAdoption: describeClientAdoption,
		read,
		toInputs: (outputs) => toInputs(outputs as unknown as OAuthClientOutputs),
		remove: deleteClient,
		guard: refuseWhenInUse,
		isGuarded: (olds) => olds["deletionGuard"] !== undefined,
	});
