import { findToAdopt } from "../adoption";
import { changedWith, outputsChangedBy } from "../argument-table";
import type { LifecycleContext, Occasion } from "../context";
import { type Properties, picked, unknownProperties, unknownValue } from "../properties";
import { clientTable, defaults, optionsOf, settingNames, withoutOptions } from "./arguments";
import { adoptionOf, clientKind } from "./kind";
import { loginEndByAdoption, requireOtherLogin } from "./own-login";
import { mayHaveEnded, plan } from "./plan";
import { changedSettings, desiredSettings, needsHomeDivision, settingsLeftToApi } from "./settings";
import { suppliedSecret } from "./supplied-secret";
import { carriedStateOf, declaredNames, toOutputs } from "./state";

/**
 * The outputs that a client will have, for a preview: known as far as the program and state decide them. What depends on an unknown value or
 * on the API is unknown.
 *
 * @param olds the outputs in state; undefined for a new client
 */
export function preview(inputs: Properties, occasion: Occasion, olds?: Properties): Properties {
	const { homeDivisionId } = olds ?? {};
	const desired = desiredSettings(inputs, typeof homeDivisionId === "string" ? homeDivisionId : unknownValue);
	const isNew = olds === undefined;
	const { changed, options, rotates, supplied, tries } = isNew
		? {
				changed: settingNames.filter((name) => name in desired),
				options: [],
				rotates: true,
				supplied: undefined,
				tries: false,
			}
		: plan(olds, inputs, occasion);
	const hasNewSecret =
		tries ||
		supplied !== undefined ||
		mayHaveEnded(olds ?? {}, inputs) ||
		inputs["authorizedGrantType"] === "TOKEN" ||
		rotates;
	return {
		...withoutOptions(olds ?? defaults),
		...(olds !== undefined && unknownProperties(settingsLeftToApi(olds, inputs, changed))),
		...picked(desired, changed),
		...unknownProperties([
			...changedWith(clientTable, [...changed, ...options]),
			...(isNew ? outputsChangedBy(clientTable, "create") : []),
			...(changed.length > 0 ? outputsChangedBy(clientTable, "change") : []),
			...(hasNewSecret ? outputsChangedBy(clientTable, "secret") : []),
		]),
		...optionsOf(inputs),
		...secretForetold(inputs),
		declared: declaredNames(inputs),
	};
}

/** What the program alone decides of an output with a secret: none, if the state doesn't keep it. */
export function secretForetold({ keepSecretInState }: Properties, names = ["clientSecret"]): Properties {
	if (keepSecretInState === unknownValue) return unknownProperties(names);
	return keepSecretInState === false ? Object.fromEntries(names.map((name) => [name, ""])) : {};
}

/**
 * Says what the adoption of a client will do, for a preview.
 *
 * @throws GenesysCloudError if there is no such client, if it can't become what the program declares, or if Pulumi's login would end
 */
export async function describeClientAdoption(
	context: Pick<LifecycleContext, "api" | "homeDivision" | "login" | "override" | "notice">,
	inputs: Properties,
): Promise<{ id: string; text: string }> {
	const found = await findToAdopt(context.api, clientKind, inputs);
	const rotates = adoptionOf(inputs)?.rotateSecret === true;
	await requireOtherLogin(context, found.id, { ...found }, loginEndByAdoption(found, inputs, rotates));
	const homeDivisionId = needsHomeDivision(inputs) ? await context.homeDivision() : undefined;
	const changed = changedSettings({ ...toOutputs(found, carriedStateOf({})) }, inputs, homeDivisionId);
	const effect = changed.length === 0 ? "no setting changes" : `changes ${changed.join(", ")}`;
	const secret = rotates
		? "rotates its secret, and the old one stops working"
		: suppliedSecret({ ...found }, inputs) === undefined
			? "keeps its secret, which this stack doesn't know"
			: "keeps its secret, which is taken from adopt.clientSecret once login accepts it";
	const text = `will adopt ${clientKind.label({ ...found }, found.id)} instead of creating a client: ${effect}; ${secret}`;
	return { id: found.id, text };
}
