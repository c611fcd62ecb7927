import { GenesysCloudError } from "../../api/errors";
import type { OAuthClient } from "../../api/models";
import type { Properties } from "../properties";
import { orText } from "../not-found";
import { labelled, type ResourceKind } from "../resource-kind";
import type { AdoptInput } from "./inputs";
import { clientOf } from "./settings";

/** A client's name in messages. */
export const labelOf = labelled("OAuth client");

/** What all resources have in common, for OAuth clients. */
export const clientKind: ResourceKind<OAuthClient> = {
	thing: "OAuth client",
	noun: "client",
	idName: "clientId",
	newParts: "id and secret",
	adoptArguments: "adopt.clientId and adopt.rotateSecret",
	label: labelOf,
	find: async (api, id) => {
		const client = await orText(api.getOauthClient(id));
		const isDeleted = typeof client !== "string" && client.state === "deleted";
		return isDeleted ? "get_oauth_client returned the state deleted" : client;
	},
	list: async (api) => (await api.getOauthClients()).entities.filter(({ state }) => state !== "deleted"),
	atStart: async (context) => context.clientsAtStart(),
	permission: "oauth:client:view",
	clients: async (_api, listed) => listed,
	inState: (outputs, id) => ({ ...clientOf(outputs), id }),
	createdAt: ({ dateCreated }) => dateCreated,
	modifiedAt: ({ dateModified }) => dateModified,
	requireAdoptable,
	isAlike: ({ state }) => state !== "deleted",
	authors: ({ createdBy, modifiedBy }) => [createdBy?.id, modifiedBy?.id],
	mayBeLeft: ({ state }, inputs) => state !== "inactive" || inputs["state"] === "inactive",
	likeness: "same name, same login",
	takenWith: " with a new secret",
	effectOn: ({ authorizedGrantType }) =>
		authorizedGrantType === "TOKEN" ? "" : "; its secret is rotated, and the old one stops working",
};

/** The `adopt` argument, if there is one. */
export function adoptionOf(settings: Properties): AdoptInput | undefined {
	const adopt = settings["adopt"];
	return typeof adopt === "object" && adopt !== null ? adopt : undefined;
}

function requireAdoptable(client: OAuthClient, inputs: Properties): void {
	const label = labelOf({ ...client }, client.id);
	if (client.state === "disabled") {
		throw new GenesysCloudError(
			`${label} can't be adopted: Genesys Cloud support has disabled it, and only they can enable it`,
		);
	}
	// Otherwise everyone with the old secret would get the new grant.
	if (client.authorizedGrantType !== inputs["authorizedGrantType"] && inputs["replaceOnGrantTypeChange"] !== false) {
		throw new GenesysCloudError(
			`${label} has the grant type ${client.authorizedGrantType}, but the program declares ${String(inputs["authorizedGrantType"])}: declare ${client.authorizedGrantType} to adopt it, or set replaceOnGrantTypeChange to false to change it in place`,
		);
	}
}

/** Notices about a client's state that the user should see regardless of the program. */
export function stateNotices(outputs: Properties): string[] {
	const { clientId, state, dateToDelete } = outputs;
	const client = labelOf(outputs, clientId);
	return [
		...(state === "disabled"
			? [`${client} is disabled by Genesys Cloud support: logins with it fail, and only they can enable it`]
			: []),
		...(typeof dateToDelete === "string"
			? [`${client} is scheduled for deletion on ${dateToDelete.slice(0, 10)}`]
			: []),
	];
}
