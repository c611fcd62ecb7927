import type { KeptLives, Place } from "./kept-lives.mjs";

export function planOf(
	subjects: { name: string; resources: string[] }[],
	sizes: Record<string, [count: number, runs: number][]>,
): (Place & { runs: number })[];
export function followPlan(options: {
	plan: (Place & { runs: number })[];
	kept: KeptLives;
	measureLife: (place: Place) => Promise<Record<string, unknown>>;
	sitting: string;
	log: (line: string) => void;
	now?: () => number;
}): Promise<(Place & { sitting: string })[]>;
