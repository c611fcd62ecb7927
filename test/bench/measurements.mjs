/** The subjects of a bench, as a report names them and in its order. */
export const titles = {
	ours: "npm package",
	executable: "plugin, YAML",
	yaml: "plugin as a script, YAML",
	plugin: "plugin as a script, JavaScript",
	usual: "usual",
	floor: "floor",
	terraform: "Terraform",
};

/** A number as a report has it; nothing where there is none. */
export const number = (value, digits = 0) =>
	value === undefined
		? ""
		: value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A number of something: 1 pair, 10 pairs. */
export const counted = (count, title) => `${number(count)} ${count === 1 ? title.slice(0, -1) : title}`;

/** The greatest memory of the provider in a step, in megabytes. */
export const megabytes = ({ memory }) => (memory === undefined ? undefined : memory / 2 ** 20);

/** What was measured of one kind of resource, as medians over the runs. */
export class Measurements {
	/** Those of {@link titles} that were measured. */
	subjects;
	/** How many resources, each time. */
	sizes;
	#lives;

	constructor(lives, resource) {
		this.#lives = lives.filter((life) => life.resource === resource);
		this.subjects = Object.keys(titles).filter((name) => this.#lives.some(({ subject }) => subject === name));
		this.sizes = [...new Set(this.#lives.map(({ count }) => count))].toSorted((one, other) => one - other);
	}

	get largest() {
		return this.sizes.at(-1);
	}

	/** How often each size was measured. */
	get runs() {
		const runsOf = (count) => this.livesOf(this.subjects[0], count).length;
		return this.sizes.map((count) => `${runsOf(count)} of ${number(count)}`).join(", ");
	}

	/** The median of something over the runs. */
	over(subject, count, read) {
		return median(this.livesOf(subject, count).map(read));
	}

	/** The calls of a step by operation, as medians over the runs. */
	calls(subject, count, step) {
		const lives = this.livesOf(subject, count);
		const operations = [...new Set(lives.flatMap((life) => Object.keys(life[step].calls)))];
		return operations.map((operation) => [operation, median(lives.map((life) => life[step].calls[operation] ?? 0))]);
	}

	livesOf(subject, count) {
		return this.#lives.filter((life) => life.subject === subject && life.count === count);
	}
}

function median(values) {
	const known = values.filter((value) => value !== undefined).toSorted((one, other) => one - other);
	const middle = Math.floor(known.length / 2);
	return known.length % 2 === 1
		? known[middle]
		: known.length === 0
			? undefined
			: (known[middle - 1] + known[middle]) / 2;
}
