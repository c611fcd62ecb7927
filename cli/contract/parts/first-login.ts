import { type Answer, isFine } from "../exchange";
import { PartFailure, described, type Trial } from "../trial";

/** When a new client is tried, in seconds: asked too early, the login may remember its refusal for longer. */
const tries = [0, 10, 25, 40, 55];

/**
 * The first login of a new client that is accepted.
 *
 * @throws PartFailure if none is
 */
export async function firstLogin(trial: Trial, client: { id: string; secret: string }): Promise<Answer> {
	let answer: Answer | undefined;
	await trial.secondsUntil(tries, async () => {
		answer = await trial.logIn(client);
		return isFine(answer);
	});
	if (answer === undefined || !isFine(answer)) {
		throw new PartFailure(
			`the login of a new client failed for ${tries.at(-1)} s: ${answer === undefined ? "" : described(answer)}`,
		);
	}
	return answer;
}
