import { withoutPathWarnings } from "../yaml-clients";
import { type History, storyOf } from "./commands";
import { shortest } from "./shrinker";
import { Violation } from "./violation";
import { World } from "./world";

/** What came of a history. */
interface Ran {
	/** What didn't hold; undefined if all did. */
	violation: Violation | undefined;
	/** The last thing that Pulumi said. */
	said: string;
	/** How many commands of Pulumi it took. */
	commands: number;
	/** How many of its steps were done. */
	steps: number;
}

/** How many runs may look for a shorter history. */
const triesToShorten = 30;

/** Runs a history on a fresh stack. */
async function run(history: History): Promise<Ran> {
	const world = await World.start(history);
	let violation: Violation | undefined;
	let done = 0;
	try {
		for (const step of history.steps) {
			done += 1;
			await world.take(step);
		}
		await world.end();
	} catch (error) {
		if (!(error instanceof Violation)) {
			await world.close();
			throw error;
		}
		violation = error;
	}
	const { said, commands } = world.course;
	const leaked = await world.close();
	if (leaked.length > 0) violation ??= new Violation("no secret stands in clear", leaked.join(", "));
	return { violation, said, commands, steps: done };
}

/**
 * Runs a history. If something doesn't hold, and nothing of the kind was met before, looks for the shortest history that shows it.
 *
 * @param name what the history is called
 * @param broken the rules that didn't hold, each with the names of the histories that showed it; this one is added
 * @returns what to tell; empty if all holds
 */
export async function reportOf(name: string, history: History, broken: Map<string, string[]>): Promise<string> {
	const start = performance.now();
	const ran = await run(history);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const { violation, commands } = ran;
	const came = violation === undefined ? "holds" : violation.message;
	console.log(`${name}, ${history.front}: ${history.steps.length} steps, ${commands} commands, ${seconds} s: ${came}`);
	if (violation === undefined) return "";
	const { rule } = violation;
	const earlier = broken.get(rule) ?? [];
	broken.set(rule, [...earlier, name]);
	const begun = { ...history, steps: history.steps.slice(0, ran.steps) };
	let last = ran;
	const fails = async (candidate: History) => {
		const outcome = await run(candidate);
		const isAlike = outcome.violation?.rule === rule;
		if (isAlike) last = outcome;
		return isAlike;
	};
	const shorter = earlier.length > 0 ? begun : await shortest(begun, fails, triesToShorten);
	// At once: a long run may be stopped before it ends.
	console.log(told(name, shorter, last));
	return `${violation.message} (its story is above)`;
}

const told = (name: string, history: History, { violation, said }: Ran): string =>
	[
		`${name}: ${violation?.message}`,
		`The shortest history found, ${storyOf(history)}`,
		`What Pulumi said last:\n${withoutPathWarnings(said)}`,
		`To run it: HISTORY='${JSON.stringify(history)}' npm run test:thorough -- --project e2e histories`,
	].join("\n\n");
