import type { GenesysCloudApi } from "../api/create";
import { GenesysCloudError, isConnectionError } from "../api/errors";
import type { OAuthClient } from "../api/models";
import { partialFailure } from "./failures";
import type { OAuthClientOutputs } from "./inputs";
import { declaredNames, toOutputs } from "./outputs";
import { needsHomeDivision, type Settings, toRequest } from "./settings";

/** A made client. */
export interface Created {
	id: string;
	outs: OAuthClientOutputs;
}

/** Makes a client: one POST, and one PUT more when it is declared inactive. */
export async function create(
	api: GenesysCloudApi,
	homeDivision: () => Promise<string>,
	inputs: Settings,
): Promise<Created> {
	const homeDivisionId = needsHomeDivision(inputs) ? await homeDivision() : undefined;
	const wanted = toRequest(inputs, homeDivisionId);
	const made = await post(api, { ...wanted, state: "active" });
	const kept = { clientSecret: made.secret ?? "", declared: declaredNames(inputs), homeDivisionId };
	let outs = onlySurelyKnown(made, kept);
	try {
		outs = toOutputs(made, kept);
		if (wanted.state === "inactive") outs = toOutputs(await api.putOauthClient(made.id, wanted), kept);
		return { id: made.id, outs };
	} catch (error) {
		throw partialFailure(`creating OAuth client "${wanted.name}"`, error, outs, inputs);
	}
}

async function post(
	api: GenesysCloudApi,
	request: Parameters<GenesysCloudApi["postOauthClients"]>[0],
): Promise<OAuthClient> {
	try {
		return await api.postOauthClients(request);
	} catch (error) {
		if (!isConnectionError(error) || !error.mayHaveActed) throw error;
		throw new GenesysCloudError(
			`${error.message}. It isn't repeated, since that could make a second client: look for an OAuth client named "${request.name}" made just now, delete it if it is there (its secret is lost), then run pulumi up again`,
		);
	}
}

/** What state needs at the very least, built so that nothing can fail between the POST and this. */
function onlySurelyKnown(made: OAuthClient, kept: { clientSecret: string; declared: string[] }): OAuthClientOutputs {
	return {
		clientId: made.id,
		clientSecret: kept.clientSecret,
		declared: kept.declared,
	} as unknown as OAuthClientOutputs;
}
