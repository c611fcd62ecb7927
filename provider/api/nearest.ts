import leven from "leven";

const plain = (name: string) => name.replaceAll(/[^a-z]/gi, "").toLowerCase();

/**
 * The candidate closest to a mistyped name, or undefined if none is close: up to a third of the letters may differ. Case, digits and
 * punctuation only decide between candidates that are equally close.
 */
export function nearest<Candidate extends string>(
	wanted: string,
	candidates: readonly Candidate[],
): Candidate | undefined {
	const ranked = candidates
		.map((candidate) => ({
			candidate,
			distance: leven(plain(wanted), plain(candidate)),
			exactly: leven(wanted, candidate),
		}))
		.toSorted((a, b) => a.distance - b.distance || a.exactly - b.exactly);
	const best = ranked[0];
	return best !== undefined && best.distance <= Math.max(2, wanted.length / 3) ? best.candidate : undefined;
}
