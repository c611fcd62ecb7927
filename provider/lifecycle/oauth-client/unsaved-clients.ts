import type { OAuthClient } from "../../api/models";
import { clientKind } from "./kind";
import type { LifecycleContext } from "../context";
import { findUnsaved } from "../find-unsaved";
import type { Properties } from "../properties";

/** Finds the client that an earlier run created and Pulumi didn't save, if the user takes it over: see `findUnsaved`. */
export async function findClientToTakeOver(
	context: LifecycleContext,
	inputs: Properties,
	adoptionId: string,
): Promise<OAuthClient | undefined> {
	return findUnsaved<OAuthClient>(context, inputs, adoptionId, {
		kind: clientKind,
		list: context.clientsAtStart,
		permission: "oauth:client:view",
		isNamesake: ({ name, state }) => name === inputs["name"] && state !== "deleted",
		mayBeOurs: ({ createdBy, state }, login) =>
			mayHaveCreated(context, createdBy?.id, login) && (state !== "inactive" || inputs["state"] === "inactive"),
		datesOf: ({ dateCreated, dateModified }) => ({ created: dateCreated, modified: dateModified }),
		likeness: "same name, same login",
		withEffect: " with a new secret",
		effectOn: ({ authorizedGrantType }) =>
			authorizedGrantType === "TOKEN" ? "" : "; its secret is rotated, and the old one stops working",
	});
}

/** Whether an author is the run's login, as far as known. */
const mayHaveCreated = ({ creatorIds }: LifecycleContext, author: string | undefined, login: string | undefined) =>
	author === undefined || (creatorIds.size > 0 ? creatorIds.has(author) : author === (login ?? author));
