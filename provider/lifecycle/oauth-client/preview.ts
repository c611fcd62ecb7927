import { type FindingContext, findToAdopt, type ForetoldAdoption } from "../adoption";
import { changedWith, outputsChangedBy } from "../argument-table";
import { changeLine } from "../change-line";
import type { LifecycleContext, Occasion } from "../context";
import { secretInputsOf } from "../hide-secret-inputs";
import { type Properties, picked, unknownProperties, unknownValue } from "../properties";
import { type ChangedSetting, clientTable, defaults, optionsOf, settingNames, withoutOptions } from "./arguments";
import { adoptionOf, clientKind } from "./kind";
import { loginEndOf, requireOtherLogin } from "./own-login";
import { mayHaveEnded, plan } from "./plan";
import { changedSettings, desiredSettings, needsHomeDivision, settingsLeftToApi, settingsLost } from "./settings";
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

/** What foretelling the adoption of a client needs of the context. */
export type ForetellingContext = FindingContext &
	Pick<LifecycleContext, "homeDivision" | "isLogin" | "override" | "notice">;

/**
 * Says what the adoption of a client will do, for a preview: also the old and the new value of each setting that it changes.
 *
 * @throws GenesysCloudError if there is no such client, if it can't become what the program declares, or if Pulumi's login would end
 */
export async function describeClientAdoption(
	context: ForetellingContext,
	inputs: Properties,
): Promise<ForetoldAdoption> {
	const found = await findToAdopt(context, clientKind, inputs);
	const rotates = adoptionOf(inputs)?.rotateSecret === true;
	const homeDivisionId = needsHomeDivision(inputs) ? await context.homeDivision() : undefined;
	const before: Properties = { ...toOutputs(found, carriedStateOf({})) };
	const after = desiredSettings(inputs, homeDivisionId);
	const changed = [...changedSettings(before, inputs, homeDivisionId), ...settingsLost(before, inputs)];
	await requireOtherLogin(context, found.id, before, loginEndOf(before, inputs, { replaces: [], rotates, changed }));
	const effect = changed.length === 0 ? "no setting changes" : `changes ${changed.join(", ")}`;
	const secret = rotates
		? "rotates its secret, and the old one stops working"
		: suppliedSecret({ ...found }, inputs) === undefined
			? "keeps its secret, which this stack doesn't know"
			: "keeps its secret, which is taken from adopt.clientSecret once login accepts it";
	const secretInputs = secretInputsOf(inputs);
	const label = clientKind.label({ ...found, secretInputs }, found.id);
	const isSecret = (name: ChangedSetting) => clientTable[name].isSecret === true || secretInputs.includes(name);
	return {
		id: found.id,
		lines: [
			`will adopt ${label} instead of creating a client: ${effect}; ${secret}`,
			...changed.map((name) => changeLine(name, before[name], after[name] ?? [], isSecret(name))),
		],
	};
}
