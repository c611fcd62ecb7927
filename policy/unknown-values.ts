/** What Pulumi throws when a policy reads a value that is unknown in a preview. Pulumi exports no name for it. */
interface UnknownValueError extends Error {
	/** The path of the value. */
	props: string[];
}

const isUnknownValue = (error: unknown): error is UnknownValueError =>
	error instanceof Error &&
	"unknownTypeSentinel" in error &&
	Array.isArray((error as Partial<UnknownValueError>).props);

/**
 * Reads values that may be unknown while a rule checks a resource, and remembers whether any was. The known values are checked anyway;
 * only if they break no rule does Pulumi report that the rule couldn't be checked completely.
 */
export class UnknownValues {
	#first: UnknownValueError | undefined;

	/**
	 * Reads a value that may be unknown.
	 *
	 * @returns undefined if it is unknown
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

	/** The known items of a list, each with its position, from 1; none if the whole list is unknown. */
	items<Item>(list: () => readonly Item[] | undefined): { item: Item; position: number }[] {
		const items = this.read(list);
		if (!Array.isArray(items)) return [];
		return Array.from({ length: items.length }, (_, index) => ({
			item: this.read(() => items[index] as Item),
			position: index + 1,
		})).filter((known): known is { item: Item; position: number } => known.item !== undefined);
	}

	/**
	 * Throws what Pulumi threw, if any value was unknown. Pulumi then reports, at the level `advisory`, that the rule couldn't be checked.
	 *
	 * @param of whose value it is, if Pulumi doesn't say so
	 */
	rethrow(of = ""): void {
		const error = this.#first;
		if (error === undefined) return;
		error.message = `${error.props[0]}${of} isn't known yet; pulumi up checks it again`;
		throw error;
	}
}
