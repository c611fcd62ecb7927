import type { OAuthClient } from "../../api/models";
import type { LifecycleContext } from "../context";
import type { Properties } from "../properties";
import type { CarriedState } from "./state";

/** How long the login may take to learn of a new secret, in milliseconds: until then a login that fails could be remembered as a refusal. */
const pauseBeforeFirst = 10_000;
/** Pauses between logins, in milliseconds: a refusal counts when it has lasted. */
const pauses = [15_000, 15_000, 15_000];

/** Whether a login can show that a secret works: clients of the grant TOKEN have none, and only an active client can log in. */
export const canBeTried = ({ authorizedGrantType, state = "active" }: Properties): boolean =>
	authorizedGrantType !== "TOKEN" && state === "active";

/** Whether a rejection says that a secret is wrong: login has told a right secret of a client of this grant. */
export const tellsSecrets = (grant: unknown, { triedGrant }: Pick<CarriedState, "triedGrant">): boolean =>
	grant === "CLIENT-CREDENTIALS" || triedGrant === grant;

/** What a client's secret was found to be: `untold` if login can't tell with this grant. */
type Trial = "accepted" | "rejected" | "untold";

/**
 * Tries a client's secret by a login. A rejection counts when it has lasted for most of a minute. Records whether login has told a right secret of
 * the client's grant: as long as it hasn't, a rejection of one that only users can log in with says nothing.
 *
 * @param isNew whether the secret was made just now, or the client activated
 * @param source where the secret came from, for messages
 * @throws the login's error if it says nothing about the secret
 */
export async function trySecret(
	{ api, clock }: Pick<LifecycleContext, "api" | "clock">,
	client: OAuthClient,
	carried: CarriedState,
	isNew: boolean,
	source = "the state of this stack",
): Promise<Trial> {
	const { authorizedGrantType: grant } = client;
	const waits = [isNew ? pauseBeforeFirst : 0, ...(isNew ? pauses : [pauseBeforeFirst, ...pauses])];
	for (const wait of waits) {
		if (wait > 0) await clock.sleep(wait);
		const answer = await api.trySecret(client.id, carried.clientSecret, source);
		if (answer !== "rejected") {
			if (answer === "accepted for another grant") carried.triedGrant = grant;
			return "accepted";
		}
		if (!tellsSecrets(grant, carried)) return "untold";
	}
	return "rejected";
}
