import { resources } from "./lives.mjs";
import { counted } from "./measurements.mjs";

/**
 * What a bench measures, in this order: small numbers first, so that a stopped bench has most of the rows; the subjects in turn, so that a
 * machine that is slow for a while is slow for all, and each run begins with another one.
 *
 * @param subjects the name of each and the kinds of resources that it has
 * @param sizes of each kind: pairs of how many, and how often
 */
export function planOf(subjects, sizes) {
	const kinds = Object.keys(sizes);
	const counts = [...new Set(kinds.flatMap((resource) => sizes[resource].map(([count]) => count)))];
	return counts
		.toSorted((one, other) => one - other)
		.flatMap((count) =>
			kinds.flatMap((resource) => {
				const its = subjects.filter((subject) => subject.resources.includes(resource)).map(({ name }) => name);
				const [, runs] = sizes[resource].find(([size]) => size === count) ?? [count, 0];
				return Array.from({ length: runs }, (_, index) =>
					its.map((_name, place) => ({
						subject: its[(place + index) % its.length],
						resource,
						count,
						run: index + 1,
						runs,
					})),
				).flat();
			}),
		);
}

/**
 * Takes each place of the plan from what is kept, or measures it and keeps it at once.
 *
 * @param measureLife measures one
 * @param sitting when this bench was started: kept with each life
 * @param now a clock, in milliseconds
 * @returns the lives of the whole plan
 */
export async function followPlan({ plan, kept, measureLife, sitting, log, now = Date.now }) {
	const missing = plan.filter((place) => kept.find(place) === undefined);
	if (missing.length < plan.length) {
		log(
			`${plan.length - missing.length} of ${plan.length} lives are kept from an earlier start; --fresh measures them again.`,
		);
	}
	const started = now();
	for (const [index, place] of missing.entries()) {
		const left = timeLeft(missing, index, (now() - started) / 1000);
		const { subject, resource, count, run, runs } = place;
		log(
			`[${index + 1} of ${missing.length}, about ${left} left] ${counted(count, resources[resource].title)}, run ${run} of ${runs}: ${subject}`,
		);
		const life = await measureLife(place);
		await kept.add({ subject, resource, count, run, sitting, ...life });
		const seconds = resources[resource].steps.map((step) => `${step} ${life[step].seconds.toFixed(2)}`);
		log(`  ${seconds.join(", ")} s`);
	}
	return plan.map((place) => kept.find(place));
}

/** What a life takes on the machine of docs/benchmark.md, in seconds: Pulumi's saving of the state grows with the square. */
function expectedSeconds({ resource, count }) {
	const [clients, trial] = resource === "OAuthClient" ? [count, 0] : [2 * count, 10];
	return 9 + trial + 0.06 * clients + 0.00045 * clients ** 2;
}

const expected = (places) => places.reduce((sum, place) => sum + expectedSeconds(place), 0);

/** By how far the first lives were off what was expected. */
function timeLeft(places, done, seconds) {
	const speed = done === 0 ? 1 : seconds / expected(places.slice(0, done));
	return `${Math.ceil((speed * expected(places.slice(done))) / 60)} min`;
}
