import type { GenesysCloudApi } from "../api/create";
import { GenesysCloudError, isNotFoundError } from "../api/errors";
import type { OAuthClient } from "../api/models";
import type { OAuthClientOutputs } from "./inputs";
import { keptFrom, toInputs, toOutputs } from "./outputs";
import { changedSettings, type Settings } from "./settings";

/** A client as it is now; an empty id when it is gone. */
export interface Read {
	id: string;
	props?: OAuthClientOutputs;
	/** The inputs to compare the program with from now on; absent when the ones in state are still right. */
	inputs?: Settings;
}

/** Reads a client: one GET. The secret, which the API doesn't show, is carried over from state. */
export async function read(api: GenesysCloudApi, id: string, props: Settings): Promise<Read> {
	// State of a managed client always holds its grant; OAuthClient.get brings nothing but an id.
	const isLookup = props["authorizedGrantType"] === undefined && props["clientId"] === undefined;
	const client = await find(api, id);
	if (client === undefined) {
		if (isLookup)
			throw new GenesysCloudError(
				`there is no OAuth client with the id ${id}: check the id, and that it belongs to this organization`,
			);
		return { id: "" };
	}
	const outputs = toOutputs(client, keptFrom(props));
	const before = toInputs({ ...outputs, ...(props as Partial<OAuthClientOutputs>) });
	const drifted = !isLookup && changedSettings({ ...outputs }, before, outputs.homeDivisionId).length > 0;
	return drifted ? { id, props: outputs, inputs: toInputs(outputs) } : { id, props: outputs };
}

/** The client, or undefined when the vendor itself says that it doesn't exist. Whatever else is unclear throws. */
async function find(api: GenesysCloudApi, id: string): Promise<OAuthClient | undefined> {
	try {
		const client = await api.getOauthClient(id);
		return client.state === "deleted" ? undefined : client;
	} catch (error) {
		if (isNotFoundError(error)) return undefined;
		throw error;
	}
}
