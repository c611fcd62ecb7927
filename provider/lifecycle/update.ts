import type { GenesysCloudApi } from "../api/create";
import { GenesysCloudError, isNotFoundError } from "../api/errors";
import { partialFailure } from "./failures";
import type { OAuthClientOutputs } from "./inputs";
import { carriedFrom, declaredNames, type Kept, keptFrom, toOutputs } from "./outputs";
import { changedSettings, needsHomeDivision, type Settings, toRequest } from "./settings";

/**
 * Gives a client the settings that the program declares: one PUT, or no call when it has them already. Also finishes what an
 * earlier, failed run left undone. The secret is never touched.
 */
export async function update(
	api: GenesysCloudApi,
	homeDivision: () => Promise<string>,
	id: string,
	olds: Settings,
	news: Settings,
): Promise<{ outs: OAuthClientOutputs }> {
	const before = keptFrom(olds);
	const homeDivisionId = needsHomeDivision(news) ? (before.homeDivisionId ?? (await homeDivision())) : undefined;
	const kept: Kept = { clientSecret: before.clientSecret, declared: declaredNames(news), homeDivisionId };
	// A client whose making failed half-way is in state without its dates.
	const complete = typeof olds["dateCreated"] === "string";
	if (complete && changedSettings(olds, news, homeDivisionId).length === 0) {
		const { homeDivisionId: _, ...rest } = olds as unknown as OAuthClientOutputs;
		return { outs: JSON.parse(JSON.stringify({ ...rest, ...kept })) as OAuthClientOutputs };
	}
	const client = await put(api, id, toRequest(news, homeDivisionId, carriedFrom(olds)));
	try {
		return { outs: toOutputs(client, kept) };
	} catch (error) {
		throw partialFailure(`updating OAuth client "${String(news["name"])}"`, error, { ...olds, clientId: id }, news);
	}
}

async function put(api: GenesysCloudApi, id: string, request: Parameters<GenesysCloudApi["putOauthClient"]>[1]) {
	try {
		return await api.putOauthClient(id, request);
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		throw new GenesysCloudError(
			`${error.message}. Somebody deleted the client outside Pulumi: run pulumi refresh, then pulumi up, which makes a new one with a new id and secret`,
		);
	}
}
