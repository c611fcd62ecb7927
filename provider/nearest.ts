import leven from "leven";

const plain = (name: string) => name.replaceAll(/[^a-z]/gi, "").toLowerCase();

/**
 * The candidate closest to a mistyped name, or undefined if none is close: up to a third of the letters may differ. Case and punctuation
 * are ignored.
 */
export function nearest<Candidate extends string>(
	wanted: string,
	candidates: readonly Candidate[],
): Candidate | undefined {
	const ranked = candidates
		.map((candidate) => ({ candidate, distance: leven(plain(wanted), plain(candidate)) }))
		.toSorted((a, b) => a.distance - b.distance);
	const best = ranked[0];
	return best !== undefined && best.distance <= Math.max(2, wanted.length / 3) ? best.candidate : undefined;
}
