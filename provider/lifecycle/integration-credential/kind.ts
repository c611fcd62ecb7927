import { type ResourceKind, labelled } from "../resource-kind";

/** An integration credential, in messages. */
export const credentialKind: ResourceKind = {
	aThing: "an integration credential",
	noun: "credential",
	plural: "integration credentials",
	newParts: "id",
	adoptArguments: "adopt.credentialId",
	label: labelled("integration credential"),
};
