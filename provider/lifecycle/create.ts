import { deadlineIn } from "../api/deadline";
import { GenesysCloudError, isNotFoundError, mayHaveActed } from "../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../api/models";
import { operations } from "../api/oauth";
import { adoptionOf, findAdopted, refuseUnfit } from "./adoption";
import { labelOf } from "./client-label";
import type { BegunCreate } from "./begun-creates";
import type { LifecycleContext } from "./context";
import { reportDropped } from "./dropped";
import { partialFailure } from "./failures";
import type { OAuthClientOutputs } from "./inputs";
import { findLost } from "./lost-answer";
import { findInterrupted } from "./interrupted-create";
import { optionsOf } from "./options";
import { declaredNames, firstThatCanBeMade, type Kept, toOutputs } from "./outputs";
import { SecretWorkError, settleSecret } from "./secret";
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
	const { client, found, begun } = await context.ledger.oneAtATime(wanted.name, async () => post(context, wanted));
	if (wanted.state === "inactive" || kept.options["secretSink"] !== undefined) begun.made(client.id);
	// A client that was found without its secret needs another, and so does a service that was made without one.
	const needsSecret = found
		? wanted.authorizedGrantType !== "TOKEN"
		: wanted.authorizedGrantType === "CLIENT-CREDENTIALS";
	const clientSecret = found ? "" : (client.secret ?? "");
	let known: Kept = {
		...kept,
		clientSecret,
		secretVersion: clientSecret === "" ? 0 : 1,
		secretRotatedAt: client.dateCreated ?? "",
		unfinished: clientSecret === "" && needsSecret ? ["renew secret"] : ["store secret"],
	};
	let outs = onlySurelyKnown(client, known);
	try {
		outs = toOutputs(client, known);
		// The time may be up already; but a client without a known secret is of no use to anybody.
		const patient = found ? { ...context, api: context.apiAfterDeadline, deadline: graceful() } : context;
		known = await settleSecret(patient, client.id, inputs, known);
		outs = onlySurelyKnown(client, known);
		outs = toOutputs(client, known);
		const isAsWanted = !found || changedSettings({ ...client }, { ...wanted }).length === 0;
		if (wanted.state === "inactive" || !isAsWanted) {
			const request = { ...unknownFields(client), ...wanted };
			outs = toOutputs(await context.api.putOauthClient(client.id, request), known);
		}
		reportDropped(context, outs, inputs);
		return { id: client.id, outs };
	} catch (error) {
		const last = error instanceof SecretWorkError ? error.kept : undefined;
		if (last !== undefined)
			outs = firstThatCanBeMade(
				() => toOutputs(client, last),
				() => onlySurelyKnown(client, last),
			);
		throw partialFailure(`creating ${labelOf({ ...wanted })}`, error, outs, inputs);
	} finally {
		begun.end();
	}
}

interface Posted {
	client: OAuthClient;
	/** Whether it was made by a POST whose answer is lost. */
	found: boolean;
	/** To be ended when Pulumi is told of the client. */
	begun: BegunCreate;
}

/** Posts a client; when the answer is lost, now or in a run that was killed, finds what the POST made. */
async function post(context: LifecycleContext, wanted: OAuthClientRequest): Promise<Posted> {
	// A new client can only be active.
	const request: OAuthClientRequest = { ...wanted, state: "active" };
	const interrupted = await findInterrupted(context, wanted);
	if (interrupted !== undefined) return { ...interrupted, found: true };
	const begun = context.begunCreates.begin(wanted.name, context.timeoutSeconds);
	const { startedAt } = begun;
	try {
		const client = await context.api.postOauthClients(request);
		context.ledger.known.add(client.id);
		if (client.createdBy?.id !== undefined) context.authors.add(client.createdBy.id);
		return { client, found: false, begun };
	} catch (error) {
		if (!mayHaveActed(error, operations.postOauthClients.name)) {
			begun.end();
			throw error;
		}
		// Until it is found it may still appear: then the next run takes it.
		begun.leave();
		const client = await findLost(context, request, error, startedAt);
		context.ledger.known.add(client.id);
		context.notice(
			`the answer to the creation of OAuth client "${wanted.name}" was lost, but the client was made: it was found (${client.id})${client.authorizedGrantType === "TOKEN" ? "" : " and gets a new secret"}`,
		);
		return { client, found: true, begun };
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
	context.begunCreates.forget(found.name);
	const action = `adopting ${labelOf({ ...found }, found.id)}`;
	const renews = asked.rotateSecret === true && inputs["authorizedGrantType"] !== "TOKEN";
	let known: Kept = { ...kept, unfinished: renews ? ["renew secret"] : [] };
	let client = found;
	if (changedSettings({ ...toOutputs(found, known) }, inputs, kept.homeDivisionId).length > 0) {
		try {
			client = await context.api.putOauthClient(found.id, toRequest(inputs, kept.homeDivisionId, unknownFields(found)));
		} catch (error) {
			// Nothing goes into state: this run, too, may try again.
			context.ledger.adopted.delete(found.id);
			if (!isNotFoundError(error)) throw error;
			throw new GenesysCloudError(
				`${error.message}. It was there a moment ago: run pulumi up again, or check that nobody deletes it`,
			);
		}
	}
	try {
		known = await settleSecret(context, client.id, inputs, known);
		const outs = toOutputs(client, known);
		reportDropped(context, outs, inputs);
		return { id: client.id, outs };
	} catch (error) {
		const last = error instanceof SecretWorkError ? error.kept : known;
		const outs = firstThatCanBeMade(
			() => toOutputs(client, last),
			() => toOutputs(found, last),
		);
		throw partialFailure(action, error, outs, inputs);
	}
}

/** The time that is left for the secret of a client that was made when the time was up. */
const graceful = () => deadlineIn(60, "60 seconds after the operation's own time");

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
