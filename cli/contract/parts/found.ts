import { type Answer, isFine } from "../exchange";
import type { Trial } from "../trial";

/** When something new is asked for, in seconds. */
const looks = [0, 1, 5, 10, 20, 40];

/**
 * Asks for something new until it is found, and returns the answer: before that, nothing shows what a PUT of it does.
 *
 * @throws PartFailure if it isn't found
 */
export async function found(trial: Trial, path: string): Promise<Answer> {
	let answer: Answer | undefined;
	await trial.secondsUntil(looks, async () => {
		answer = await trial.call("GET", path);
		return isFine(answer);
	});
	return trial.fine(answer as Answer, "reading what was just made");
}
