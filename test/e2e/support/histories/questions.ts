import type { Outcome } from "../test-stack";
import type { Answer } from "./commands";
import { askedAbout } from "./refusals";
import { hold } from "./violation";

/** How to run a command, and what its questions may be about. */
interface Asked {
	run: () => Promise<Outcome>;
	environment: NodeJS.ProcessEnv;
	/** Whether it is there. */
	isThere: (id: string) => boolean;
	/** Whether it is what the command is to replace. */
	isReplaced: (id: string) => boolean;
	/** Whether somebody uses it, as the user can see. */
	isUsed: (id: string) => boolean;
}

const variables: Record<Answer, string> = {
	"take over": "GENESYSCLOUD_TAKE_OVER",
	allow: "GENESYSCLOUD_ALLOW_SAME_NAME",
};

/**
 * Runs a command, and again as long as it asks about what an interrupted run may have left; answers as a user does.
 *
 * @returns how it ended, and what the user allowed it to make another one beside
 */
export async function answering(
	{ run, environment, isThere, isReplaced, isUsed }: Asked,
	answer: Answer,
): Promise<{ outcome: Outcome; allowed: Set<string> }> {
	const answers: Record<Answer, Set<string>> = { "take over": new Set(), allow: new Set() };
	let outcome = await run();
	// Each answer can lead to one more question.
	for (let tries = 0; outcome.code !== 0 && tries < 5; tries++) {
		const asked = askedAbout(outcome.output).filter((id) => !answers.allow.has(id) && !answers["take over"].has(id));
		if (asked.length === 0) break;
		for (const id of asked) {
			hold("a question is about something that is there", isThere(id), id);
			hold("a replacement asks no question", !isReplaced(id), id);
			answers[isUsed(id) ? "allow" : answer].add(id);
		}
		for (const [kind, variable] of Object.entries(variables))
			environment[variable] = [...answers[kind as Answer]].join(",");
		outcome = await run();
	}
	for (const variable of Object.values(variables)) delete environment[variable];
	return { outcome, allowed: answers.allow };
}
