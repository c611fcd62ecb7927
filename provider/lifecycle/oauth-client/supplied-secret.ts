import { GenesysCloudError } from "../../api/errors";
import type { LifecycleContext } from "../context";
import { reasonOf } from "../presentable-errors";
import type { Properties } from "../properties";
import { adoptionOf, labelOf } from "./kind";
import { canBeTried, trySecret } from "./secret-trial";
import type { Subject } from "./state";

/**
 * The secret that the program supplies for a client whose secret the stack doesn't know; undefined without one, and as long as no login could try
 * it: of an inactive client, or one that has none.
 *
 * @param client as it is
 * @param inputs what the program makes of it
 */
export function suppliedSecret(client: Properties, inputs: Properties): string | undefined {
	const { state = "active" } = inputs;
	const isTriable = canBeTried(client) || (client["state"] === "inactive" && canBeTried({ ...client, state }));
	return isTriable ? adoptionOf(inputs)?.clientSecret : undefined;
}

/**
 * Changes a client, and takes the secret that the program supplies for it: tried before any change, unless only the change makes that possible.
 *
 * @param secret undefined for none
 * @throws GenesysCloudError if login rejects it, or if it couldn't be tried
 */
export async function takingSecret<T>(
	context: LifecycleContext,
	subject: Subject,
	secret: string | undefined,
	change: () => Promise<T>,
): Promise<T> {
	if (secret === undefined) return change();
	const isFirst = canBeTried({ ...subject.client });
	if (isFirst) await take(context, subject, secret, "Nothing was changed");
	const result = await change();
	if (!isFirst)
		await take(context, subject, secret, "The client is active now, and its secret is unknown to the stack");
	subject.isUnsaved = true;
	return result;
}

/** @param effect what the run has done before this, for messages */
async function take(context: LifecycleContext, subject: Subject, clientSecret: string, effect: string): Promise<void> {
	const { client, carried } = subject;
	const label = labelOf(subject.inputs, client.id);
	const tried = { ...carried, clientSecret };
	// Where it had to wait for a change, login may not know of that yet.
	const isChanged = subject.isUnsaved;
	let trial;
	try {
		trial = await trySecret(context, client, tried, isChanged, "adopt.clientSecret");
	} catch (error) {
		throw new GenesysCloudError(`adopt.clientSecret couldn't be tried by a login: ${reasonOf(error)}. ${effect}`);
	}
	if (trial === "rejected") {
		throw new GenesysCloudError(
			`login rejected adopt.clientSecret: it isn't the secret of ${label}. ${effect}. Correct it, or remove it to leave the secret unknown`,
		);
	}
	if (trial === "untold") {
		context.notice(
			`adopt.clientSecret of ${label} was taken untried: login rejected it, but has never told a right secret of this client, which it may not do for the grant ${client.authorizedGrantType}`,
		);
	}
	Object.assign(carried, {
		clientSecret,
		secretVersion: 1,
		// Nobody can tell how old it is.
		secretRotatedAt: new Date(context.api.serverTime()).toISOString(),
		triedGrant: tried.triedGrant,
	});
}
