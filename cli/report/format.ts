import type { ReportedClient } from "./report";

/** A number with its thousands apart. */
export const formatNumber = (value: number): string => value.toLocaleString("en-US");

/** A number of things: `1 day`, `1,200 days`. */
export const formatCount = (value: number, noun: string): string =>
	`${formatNumber(value)} ${noun}${value === 1 ? "" : "s"}`;

/** The day of a date. */
export const formatDay = (date: string): string => date.slice(0, 10);

/** A share in per cent: `0 %` only for none at all. */
export function formatShare(part: number, whole: number): string {
	if (part === 0 || whole === 0) return "0 %";
	const share = (part / whole) * 100;
	return share < 0.1 ? "< 0.1 %" : `${share.toFixed(share < 10 ? 1 : 0)} %`;
}

/** A time in the greatest unit that it is a whole number of: `24 h`, `90 d`, `300 s`. */
export function formatSeconds(seconds: number): string {
	const units = [
		[86_400, "d"],
		[3600, "h"],
		[60, "min"],
	] as const;
	const [size, unit] = units.find(([length]) => seconds >= 2 * length && seconds % length === 0) ?? [1, "s"];
	return `${formatNumber(seconds / size)} ${unit}`;
}

/** How many requests a client made; `?` when that isn't known, `≥` when there were more. */
export function formatRequests({ usage }: Pick<ReportedClient, "usage">): string {
	if (usage === null || usage.status === "failed") return "?";
	return `${usage.status === "partial" ? "≥" : ""}${formatNumber(usage.total.requests)}`;
}

/** How old a secret is; `≤` when it may be younger. */
export function formatSecretAge({ source, ageDays }: ReportedClient["secret"]): string {
	if (ageDays === null) return source === "none" ? "none" : "?";
	return `${source === "client" ? "≤" : ""}${formatNumber(ageDays)} d`;
}
