import { fieldsOf } from "../../api/json";
import { operationsOf } from "../operations";
import type { RunRegistry } from "../run-registry";
import type { Session } from "../session";
import { advise } from "../oauth-client/check";
import { check } from "./check";
import { partsOf, remove, requireRemovable } from "./delete";
import { diff } from "./diff";
import { pairKind } from "./kind";
import { describePairAdoption, preview } from "./preview";
import { read } from "./read";
import { reconcile } from "./reconcile";
import { letters, toInputs } from "./state";

/** The operations on pairs of OAuth clients that Pulumi calls. */
export const pairOperations = (session: Session, run: RunRegistry) =>
	operationsOf(session, {
		kind: pairKind,
		run,
		partsOf,
		adoptionsIn: ({ adopt }) => letters.map((letter) => fieldsOf(adopt)[letter]),
		check,
		advise,
		diff,
		reconcile,
		preview,
		describeAdoptions: describePairAdoption,
		read,
		toInputs,
		requireRemovable,
		remove,
	});
