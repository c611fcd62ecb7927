import { measure } from "./measure.mjs";
import { isProvider } from "./pulumi-stack.mjs";

/** Stacks that run at the same time, each with its part of the resources. */
export class SideBySide {
	#organization;
	#stacks;

	/**
	 * @param count how many stacks
	 * @param start starts one of them
	 */
	static async create({ count, start, organization }) {
		const sideBySide = new SideBySide();
		sideBySide.#organization = organization;
		sideBySide.#stacks = await Promise.all(Array.from({ length: count }, async () => start()));
		return sideBySide;
	}

	/** What the programs declare from now on: so many in all. */
	async declare({ count, ...declared }) {
		const firstOf = (index) => Math.floor((index * count) / this.#stacks.length) + 1;
		await this.#each(async (stack, index) => {
			const first = firstOf(index);
			await stack.declare({ ...declared, first, count: firstOf(index + 1) - first });
		});
	}

	/** Runs a step in all of them and measures it. */
	async measure(step) {
		return measure(this.#organization, isProvider, async () => this.#each(async (stack) => stack.run(step)));
	}

	/** The size of all states, in bytes. */
	async stateSize() {
		const sizes = await this.#each(async (stack) => stack.stateSize());
		return sizes.reduce((sum, size) => sum + size);
	}

	async remove() {
		await this.#each(async (stack) => stack.remove());
	}

	async #each(work) {
		return Promise.all(this.#stacks.map(work));
	}
}
