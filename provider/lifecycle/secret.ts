import { GenesysCloudError, mayHaveActed, withoutCredentials } from "../api/errors";
import { operations } from "../api/oauth";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./failures";
import type { Kept } from "./outputs";
import { turnOf, type Unfinished } from "./rotation";
import { storeSecret } from "./secret-sink";
import type { Settings } from "./settings";

/** Work on a client's secret that ended early: what is known of the secret, and what is left to do. */
export class SecretWorkError extends GenesysCloudError {
	override readonly name = "SecretWorkError";
	/** What state must keep. */
	readonly kept: Kept;

	constructor(message: string, kept: Kept) {
		super(message);
		this.kept = kept;
	}
}

/**
 * Does what is to be done on a client's secret, in this order: renew it, show by a login that it works, hand it to the program's sink.
 * The list in `kept.unfinished` says what; it goes into state when the work ends early, and so to the next run.
 *
 * @param settings the client's settings: its grant and state say whether a login can show anything
 * @returns what is known then, with nothing left to do
 * @throws SecretWorkError when a step fails and something must be kept; the API's own error when nothing has happened
 */
export async function settleSecret(
	context: LifecycleContext,
	clientId: string,
	settings: Settings,
	kept: Kept,
): Promise<Kept> {
	let known = kept;
	if (isToRenew(known)) known = await renew(context, clientId, known);
	if (known.unfinished.includes("prove secret")) known = await prove(context, clientId, settings, known);
	if (known.unfinished.includes("store secret")) known = await store(context, clientId, settings, known);
	return known;
}

const isToRenew = ({ unfinished }: Kept) =>
	unfinished.includes("renew secret") || unfinished.includes("replace reset secret");

const without = (kept: Kept, step: Unfinished): Kept => ({
	...kept,
	unfinished: kept.unfinished.filter((other) => other !== step),
});

async function renew(context: LifecycleContext, clientId: string, kept: Kept): Promise<Kept> {
	const post = async (api: LifecycleContext["api"]): Promise<Kept> => {
		const { secret = "", dateModified } = await api.postOauthClientSecret(clientId);
		return {
			...kept,
			clientSecret: secret,
			secretVersion: kept.secretVersion + 1,
			secretRotatedAt: dateOfSecret(dateModified, api.serverTime()),
			unfinished: ["prove secret", "store secret"],
		};
	};
	try {
		return await post(context.api);
	} catch (error) {
		if (!mayHaveActed(error, operations.postOauthClientSecret.name)) throw error;
	}
	try {
		// The old secret may be dead already: a second new one loses nothing more, and this time its answer may arrive.
		return await post(context.apiAfterDeadline);
	} catch (error) {
		throw new SecretWorkError(
			`${reasonOf(error)}. The old secret may have stopped working; the next pulumi up makes a new one`,
			{ ...kept, unfinished: ["renew secret"] },
		);
	}
}

/** How far, in milliseconds, the server's dates may be apart from its Date header. */
const dateTolerance = 60_000;

/** When a secret was made: the client's dateModified, unless that is of another time, for then every run would find the secret old. */
function dateOfSecret(dateModified: string | undefined, now: number): string {
	const isOfNow = Math.abs(Date.parse(dateModified ?? "") - now) <= dateTolerance;
	return dateModified !== undefined && isOfNow ? dateModified : new Date(now).toISOString();
}

/** Pauses between logins, in milliseconds: the login may learn of a new secret a moment after the API made it. */
const pauses = [1000, 2000, 4000];

async function prove(context: LifecycleContext, clientId: string, settings: Settings, kept: Kept): Promise<Kept> {
	// Without a person only such a client can log in.
	if (settings["authorizedGrantType"] !== "CLIENT-CREDENTIALS" || settings["state"] === "inactive") {
		return without(kept, "prove secret");
	}
	for (const pause of [...pauses, undefined]) {
		let taken: boolean;
		try {
			taken = await context.api.checkLogin(clientId, kept.clientSecret);
		} catch (error) {
			throw new SecretWorkError(`the new secret is kept, but it couldn't be tried: ${reasonOf(error)}`, kept);
		}
		if (taken) return without(kept, "prove secret");
		if (pause !== undefined) await context.clock.sleep(pause);
	}
	throw new SecretWorkError("the login doesn't take the new secret; the next pulumi up makes another", {
		...kept,
		unfinished: ["renew secret"],
	});
}

/** A text by somebody else's code, without the secret, any piece of it, and what looks like a coding of it. */
function withoutSecret(text: string, secret: string): string {
	const isPiece = (word: string) => word.length >= 6 && secret.includes(word);
	const shown = withoutCredentials(text.replaceAll(secret, "[secret]"));
	return shown.replaceAll(/[\w+-]+/g, (word) => (isPiece(word) ? "[secret]" : word));
}

async function store(context: LifecycleContext, clientId: string, settings: Settings, kept: Kept): Promise<Kept> {
	const sink = kept.options["secretSink"];
	if (typeof sink !== "string" || kept.clientSecret === "") return without(kept, "store secret");
	const { name } = settings;
	const { deadline } = context;
	const turn = turnOf(kept.options);
	const stored = storeSecret(sink, {
		name: typeof name === "string" ? name : "",
		clientId,
		clientSecret: kept.clientSecret,
		secretVersion: kept.secretVersion,
		...(turn === undefined ? {} : { turn }),
	});
	const late = deadline.passed.then(() => {
		throw new GenesysCloudError(`no end within ${deadline.source}`);
	});
	try {
		await Promise.race([stored, late]);
	} catch (error) {
		const said = error instanceof Error ? `${error.name}: ${error.message}` : "it threw something that is no Error";
		throw new SecretWorkError(
			`the secret is kept in state, but secretSink ${sink} didn't take it (${withoutSecret(said, kept.clientSecret).slice(0, 300)}). The next pulumi up hands it over again`,
			kept,
		);
	}
	context.notice(`the secret of ${labelOf(settings, clientId)} (version ${kept.secretVersion}) was handed to ${sink}`);
	return without(kept, "store secret");
}
