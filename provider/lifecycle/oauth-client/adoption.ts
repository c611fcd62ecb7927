import { GenesysCloudError, enumerated, quoted } from "../../api/errors";
import type { OAuthClient } from "../../api/models";
import type { GenesysCloudApi } from "../../api/genesys-cloud-api";
import { labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import { findClient } from "./find-client";
import type { AdoptInput } from "./inputs";
import type { Properties } from "../properties";

/** The `adopt` argument, if there is one. */
export function adoptionOf(settings: Properties): AdoptInput | undefined {
	const adopt = settings["adopt"];
	return typeof adopt === "object" && adopt !== null ? adopt : undefined;
}

/**
 * Finds the client to adopt, and records that this run manages it.
 *
 * @param adoptionId identifies the adoption
 * @throws GenesysCloudError if there is no such client, another resource manages it, or it can't become what the program declares
 */
export async function holdClientToAdopt(
	{ api, run }: LifecycleContext,
	adopt: AdoptInput,
	inputs: Properties,
	adoptionId: string,
): Promise<OAuthClient> {
	const found = await findClientToAdopt(api, adopt);
	requireAdoptable(found, inputs);
	if (run.knows(found.id)) throw run.managedTwiceError(found.id);
	run.hold(found.id, adoptionId);
	return found;
}

/**
 * Finds the client to adopt.
 *
 * @throws GenesysCloudError if there is none, or if several have that name: then it lists their ids
 */
export async function findClientToAdopt(api: GenesysCloudApi, adopt: AdoptInput): Promise<OAuthClient> {
	if (adopt.clientId !== undefined) {
		const client = await findClient(api, adopt.clientId);
		if (typeof client === "string") {
			throw new GenesysCloudError(
				`no OAuth client with the id ${quoted(adopt.clientId)} to adopt: check adopt.clientId and the organization, or remove adopt to create a new client`,
			);
		}
		return client;
	}
	const { entities } = await api.getOauthClients();
	const namesakes = entities.filter(({ name, state }) => name === adopt.name && state !== "deleted");
	const [only] = namesakes;
	if (only === undefined) {
		throw new GenesysCloudError(
			`no OAuth client named "${quoted(adopt.name ?? "")}" to adopt: check adopt.name (case-sensitive), or remove adopt to create a new client`,
		);
	}
	if (namesakes.length > 1) {
		throw new GenesysCloudError(
			`${namesakes.length} OAuth clients are named "${quoted(adopt.name ?? "")}": choose one with adopt.clientId: ${enumerated(namesakes.map(({ id }) => id))}`,
		);
	}
	return only;
}

/** Fails if the client can't safely become what the program declares. */
export function requireAdoptable(client: OAuthClient, inputs: Properties): void {
	if (client.state === "disabled") {
		throw new GenesysCloudError(
			`${labelOf({ ...client }, client.id)} can't be adopted: Genesys Cloud support has disabled it, and only they can enable it`,
		);
	}
	// Otherwise everyone with the old secret would get the new grant.
	if (client.authorizedGrantType !== inputs["authorizedGrantType"] && inputs["replaceOnGrantTypeChange"] !== false) {
		throw new GenesysCloudError(
			`${labelOf({ ...client }, client.id)} has the grant type ${client.authorizedGrantType}, but the program declares ${String(inputs["authorizedGrantType"])}: declare ${client.authorizedGrantType} to adopt it, or set replaceOnGrantTypeChange to false to change it in place`,
		);
	}
}
