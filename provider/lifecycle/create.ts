import { GenesysCloudError, mayHaveActed } from "../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../api/models";
import { operations } from "../api/oauth";
import { adoptionOf, findAdopted, refuseUnfit } from "./adoption";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { reportDropped } from "./dropped";
import { partialFailure } from "./failures";
import type { OAuthClientOutputs } from "./inputs";
import { findLost } from "./lost-answer";
import { optionsOf } from "./options";
import { declaredNames, firstThatCanBeMade, type Kept, toOutputs } from "./outputs";
import { proveSecret, renewSecret, unfinishedAfter } from "./secret";
import { changedSettings, needsHomeDivision, type Settings, toRequest, unknownFields } from "./settings";

/** A client that is now there and managed. */
export interface Created {
	id: string;
	outs: OAuthClientOutputs;
}

/** Makes a client: one POST, and one PUT more when it is declared inactive. Or adopts one that is there. */
export async function create(context: LifecycleContext, inputs: Settings): Promise<Created> {
	const homeDivisionId = needsHomeDivision(inputs) ? await context.homeDivision() : undefined;
	const kept: Kept = {
		clientSecret: "",
		secretVersion: 0,
		secretRotatedAt: "",
		unfinished: [],
		options: optionsOf(inputs),
		declared: declaredNames(inputs),
		homeDivisionId,
	};
	return adoptionOf(inputs) === undefined ? make(context, inputs, kept) : adopt(context, inputs, kept);
}

async function make(context: LifecycleContext, inputs: Settings, kept: Kept): Promise<Created> {
	const wanted = toRequest(inputs, kept.homeDivisionId);
	const { client, secretUnknown } = await context.ledger.oneAtATime(wanted.name, async () => post(context, wanted));
	let outs = onlySurelyKnown(client, kept);
	try {
		if (secretUnknown) {
			kept = { ...kept, unfinished: ["renew secret"] };
			outs = onlySurelyKnown(client, kept);
			outs = toOutputs(client, kept);
			// The time may be up already; but a client without a known secret is of no use to anybody.
			const patient = { ...context, api: context.apiAfterDeadline };
			kept = { ...kept, ...(await renewSecret(patient, client.id)), unfinished: [] };
		} else {
			kept = { ...kept, clientSecret: client.secret ?? "", secretRotatedAt: client.dateCreated ?? "" };
		}
		kept.secretVersion = kept.clientSecret === "" ? 0 : 1;
		outs = onlySurelyKnown(client, kept);
		outs = toOutputs(client, kept);
		if (wanted.state === "inactive") {
			const request = { ...unknownFields(client), ...wanted };
			outs = toOutputs(await context.api.putOauthClient(client.id, request), kept);
		}
		reportDropped(context, outs, inputs);
		return { id: client.id, outs };
	} catch (error) {
		throw partialFailure(`creating ${labelOf({ ...wanted })}`, error, outs, inputs);
	}
}

/** Posts a client; when the answer is lost, finds what the POST made. */
async function post(
	context: LifecycleContext,
	wanted: OAuthClientRequest,
): Promise<{ client: OAuthClient; secretUnknown: boolean }> {
	// A new client can only be active.
	const request: OAuthClientRequest = { ...wanted, state: "active" };
	const startedAt = context.clock.now();
	try {
		const client = await context.api.postOauthClients(request);
		context.ledger.known.add(client.id);
		return { client, secretUnknown: false };
	} catch (error) {
		if (!mayHaveActed(error, operations.postOauthClients.name)) throw error;
		const client = await findLost(context, request, error, startedAt);
		context.ledger.known.add(client.id);
		context.notice(
			`the answer to the creation of OAuth client "${wanted.name}" was lost, but the client was made: it was found (${client.id})${client.authorizedGrantType === "TOKEN" ? "" : " and gets a new secret"}`,
		);
		return { client, secretUnknown: client.authorizedGrantType !== "TOKEN" };
	}
}

async function adopt(context: LifecycleContext, inputs: Settings, kept: Kept): Promise<Created> {
	const asked = adoptionOf(inputs) ?? {};
	const found = await findAdopted(context.api, asked);
	refuseUnfit(found, inputs);
	if (context.ledger.adopted.has(found.id)) {
		throw new GenesysCloudError(
			`${labelOf({ ...found }, found.id)} is adopted by another resource of this stack already: two resources can't manage one client`,
		);
	}
	context.ledger.adopted.add(found.id);
	context.ledger.known.add(found.id);
	const action = `adopting ${labelOf({ ...found }, found.id)}`;
	let outs = toOutputs(found, kept);
	let client = found;
	if (changedSettings({ ...outs }, inputs, kept.homeDivisionId).length > 0) {
		client = await context.api.putOauthClient(found.id, toRequest(inputs, kept.homeDivisionId, unknownFields(found)));
	}
	try {
		outs = toOutputs(client, kept);
		if (asked.rotateSecret === true && client.authorizedGrantType !== "TOKEN") {
			kept = { ...kept, ...(await renewSecret(context, client.id)), secretVersion: 1 };
			outs = toOutputs(client, kept);
			if (outs.authorizedGrantType === "CLIENT-CREDENTIALS" && outs.state === "active") {
				await proveSecret(context, client.id, kept.clientSecret);
			}
		}
		reportDropped(context, outs, inputs);
		return { id: client.id, outs };
	} catch (error) {
		const unknown = asked.rotateSecret === true && client.authorizedGrantType !== "TOKEN" && kept.clientSecret === "";
		const left: Kept = { ...kept, unfinished: unknown ? ["renew secret"] : unfinishedAfter(error) };
		outs = firstThatCanBeMade(
			() => toOutputs(client, left),
			() => toOutputs(found, left),
		);
		throw partialFailure(action, error, outs, inputs);
	}
}

/** What state needs at the very least, built so that nothing can fail between the POST and this. */
function onlySurelyKnown(made: OAuthClient, kept: Kept): OAuthClientOutputs {
	const { clientSecret, secretVersion, declared, unfinished, options } = kept;
	const unfinishedOrNot = unfinished.length > 0 ? { unfinished } : {};
	return {
		clientId: made.id,
		clientSecret,
		secretVersion,
		declared,
		...unfinishedOrNot,
		...options,
	} as unknown as OAuthClientOutputs;
}
