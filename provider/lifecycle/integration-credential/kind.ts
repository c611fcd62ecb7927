import { GenesysCloudError, quoted } from "../../api/errors";
import type { Credential, CredentialInfo } from "../../api/integration-models";
import { orText } from "../not-found";
import { labelled, type ResourceKind } from "../resource-kind";
import { picked } from "../properties";
import { infoOf, typeOf } from "./state";

const label = labelled("integration credential");

/** What all resources have in common, for integration credentials. */
export const credentialKind: ResourceKind<Credential & CredentialInfo> = {
	thing: "integration credential",
	noun: "credential",
	idName: "credentialId",
	newParts: "id",
	adoptArguments: "adopt.credentialId",
	label,
	find: async (api, id) => orText(api.getIntegrationsCredential(id)),
	list: async (api) => (await api.getIntegrationsCredentialsListing()).entities,
	atStart: async (context) => context.credentialsAtStart(),
	onlyListed: (listed) => picked({ ...listed }, ["type", "createdDate", "modifiedDate"]),
	permission: "integrations:integration:view",
	clients: async (api) => (await api.getOauthClients()).entities.filter(({ state }) => state !== "deleted"),
	inState: infoOf,
	createdAt: ({ createdDate }) => createdDate,
	// Only the list shows it.
	modifiedAt: () => undefined,
	requireAdoptable: (credential, inputs) => {
		const type = credential.type?.name;
		if (type === undefined || type === typeOf(inputs)) return;
		throw new GenesysCloudError(
			`${label({ ...credential }, credential.id)} has the type ${quoted(type)}, but the program declares ${quoted(typeOf(inputs))}: declare its type to adopt it`,
		);
	},
	// An answer may lack the type.
	isAlike: ({ type }, inputs) => type === undefined || type.name === typeOf(inputs),
	authors: () => [],
	mayBeLeft: () => true,
	likeness: "same name, same type",
	takenWith: "",
	effectOn: () => "; its fields are replaced",
};
