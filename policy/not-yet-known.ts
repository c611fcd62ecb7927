/** What Pulumi throws when a policy reads a value that a preview doesn't know. Pulumi exports no name for it. */
interface UnknownValueError extends Error {
	/** The path of the value. */
	props: string[];
}

const isUnknownValue = (error: unknown): error is UnknownValueError =>
	error instanceof Error &&
	"unknownTypeSentinel" in error &&
	Array.isArray((error as Partial<UnknownValueError>).props);

/**
 * The values that one look at a resource found not to be known yet. What is known is judged all the same; only when nothing is wrong
 * with it, Pulumi is to tell that the rule couldn't be judged to the end.
 */
export class NotYetKnown {
	#first: UnknownValueError | undefined;

	/**
	 * Reads a value that may not be known.
	 *
	 * @returns undefined if it isn't
	 */
	read<Value>(value: () => Value): Value | undefined {
		try {
			return value();
		} catch (error) {
			if (!isUnknownValue(error)) throw error;
			this.#first ??= error;
			return undefined;
		}
	}

	/** The known items of a list, each with its place, from 1. A list that isn't known has none. */
	items<Item>(list: () => readonly Item[] | undefined): { item: Item; place: number }[] {
		const items = this.read(list);
		if (!Array.isArray(items)) return [];
		return Array.from({ length: items.length }, (_, index) => ({
			item: this.read(() => items[index] as Item),
			place: index + 1,
		})).filter((known): known is { item: Item; place: number } => known.item !== undefined);
	}

	/**
	 * Throws what Pulumi threw, if anything wasn't known. Pulumi then tells, at the level `advisory`, that the rule couldn't be judged.
	 *
	 * @param of whose value it is, where Pulumi doesn't say so
	 */
	rethrow(of = ""): void {
		const error = this.#first;
		if (error === undefined) return;
		error.message = `${error.props[0]}${of} isn't known yet; pulumi up looks at it again`;
		throw error;
	}
}
