import { quoted } from "../../api/errors";
import { adoptionOf, findClientToAdopt, requireAdoptable } from "./adoption";
import { labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import { findCredentialToAdopt } from "../integration-credential/adoption";
import { loginEndByAdoption, requireOtherLogin } from "./own-login";
import { carriedStateOf, toOutputs } from "./state";
import type { Properties } from "../properties";
import { changedSettings, needsHomeDivision } from "./settings";

/** What describing an adoption needs of a context. */
export type AdoptionContext = Pick<LifecycleContext, "api" | "login" | "override" | "notice">;

/**
 * Says what the adoption of a client will do, for a preview.
 *
 * @throws GenesysCloudError if there is no such client, or if it can't become what the program declares, or
 * if Pulumi logs in with it and no longer could
 */
export async function describeClientAdoption(context: AdoptionContext, inputs: Properties): Promise<string> {
	const { api } = context;
	const adopt = adoptionOf(inputs) ?? {};
	const found = await findClientToAdopt(api, adopt);
	requireAdoptable(found, inputs);
	await requireOtherLogin(
		context,
		found.id,
		{ ...found },
		loginEndByAdoption(found, inputs, adopt.rotateSecret === true),
	);
	const homeDivisionId = needsHomeDivision(inputs) ? (await api.getAuthorizationDivisionsHome()).id : undefined;
	const changed = changedSettings({ ...toOutputs(found, carriedStateOf({})) }, inputs, homeDivisionId);
	const effect = changed.length === 0 ? "no setting changes" : `changes ${changed.join(", ")}`;
	const secret =
		adopt.rotateSecret === true
			? "rotates its secret, and the old one stops working"
			: "keeps its secret, which this stack doesn't know";
	return `will adopt ${labelOf({ ...found }, found.id)} instead of creating a client: ${effect}; ${secret}`;
}

/** Says what the adoption of an integration credential will do: it always replaces the fields. */
export async function describeCredentialAdoption(
	{ api }: Pick<AdoptionContext, "api">,
	inputs: Properties,
): Promise<string> {
	const { name, id } = await findCredentialToAdopt(api, inputs);
	return `will adopt integration credential "${quoted(name ?? "")}" (${id}) instead of creating one, and replace its name and fields`;
}
