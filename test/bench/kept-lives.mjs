import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * The lives that were measured so far, a line of JSON each, so that a bench that was stopped can be continued. A life counts only under the
 * conditions that it was measured under.
 */
export class KeptLives {
	#file;
	#conditions;
	#lines;

	/**
	 * Reads the file, if there is one.
	 *
	 * @param conditions whatever must be the same for a life to count: the product, the machine, the versions
	 */
	static async open(file, conditions) {
		const kept = new KeptLives();
		kept.#file = file;
		kept.#conditions = JSON.stringify(conditions);
		kept.#lines = (await textOf(file)).split("\n").flatMap(parsed);
		return kept;
	}

	/** The life that was measured for a place in the plan; undefined if there is none yet. */
	find({ subject, resource, count, run }) {
		const key = JSON.stringify([subject, resource, count, run]);
		return this.#lines.find(
			({ conditions, life }) =>
				conditions === this.#conditions && JSON.stringify([life.subject, life.resource, life.count, life.run]) === key,
		)?.life;
	}

	/** Keeps a life, at once. */
	async add(life) {
		const line = { conditions: this.#conditions, life };
		this.#lines.push(line);
		await mkdir(dirname(this.#file), { recursive: true });
		// A line that a killed bench left unfinished must not take this one with it.
		await appendFile(this.#file, `\n${JSON.stringify(line)}\n`);
	}

	/** Forgets what was measured under these conditions. */
	async forget() {
		this.#lines = this.#lines.filter(({ conditions }) => conditions !== this.#conditions);
		await mkdir(dirname(this.#file), { recursive: true });
		await writeFile(this.#file, this.#lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
	}
}

function parsed(line) {
	try {
		return line === "" ? [] : [JSON.parse(line)];
	} catch {
		// The bench was killed while it wrote.
		return [];
	}
}

async function textOf(file) {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		if (error.code === "ENOENT") return "";
		throw error;
	}
}
