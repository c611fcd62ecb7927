import type { Measurements } from "./measurements.mjs";

export function summaryOf(measurements: Measurements): string;
