import type { Occasion } from "../provider/lifecycle/context";

/** A moment at which nobody orders a rotation. */
export const occasionAt = (now: number): Occasion => ({ now, order: undefined });
