import { labelled, type Words } from "../resource-kind";

/** A pair's name in messages. */
export const labelOf = labelled("rotating OAuth client");

/** What messages say of a pair. */
export const pairKind: Words = {
	thing: "rotating OAuth client",
	noun: "pair",
	idName: "clientId",
	newParts: "ids and secrets",
	adoptArguments: "adopt.a and adopt.b",
	label: labelOf,
};
