import type { ClientUsage, ReportedAuthor, ReportedClient, ReportedCredential } from "./report";

/** A number with thousands separators. */
export const formatNumber = (value: number): string => value.toLocaleString("en-US");

/** A number of things: `1 day`, `1,200 days`. */
export const formatCount = (value: number, noun: string): string =>
	`${formatNumber(value)} ${noun}${value === 1 ? "" : "s"}`;

/** The day of a date. */
export const formatDay = (date: string): string => date.slice(0, 10);

/** How far a date is from another, in UTC days: `tomorrow`, `in 5 days`; a past one is `today`. */
export function formatDistance(date: string, from: string): string {
	const days = (Date.parse(formatDay(date)) - Date.parse(formatDay(from))) / 86_400_000;
	return distances.format(Math.max(0, days), "day");
}

const distances = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** A percentage; `0 %` only for none at all. */
export function formatShare(part: number, whole: number): string {
	if (part === 0 || whole === 0) return "0 %";
	const share = (part / whole) * 100;
	return share < 0.1 ? "< 0.1 %" : `${share.toFixed(share < 10 ? 1 : 0)} %`;
}

/** A duration in the largest unit that gives a whole number of at least 2: `24 h`, `90 d`, `5 min`. */
export function formatSeconds(seconds: number): string {
	const units = [
		[86_400, "d"],
		[3600, "h"],
		[60, "min"],
	] as const;
	const [size, unit] = units.find(([length]) => seconds >= 2 * length && seconds % length === 0) ?? [1, "s"];
	return `${formatNumber(seconds / size)} ${unit}`;
}

/** How many requests a client made; `?` if unknown, `≥` if there may be more. */
export function formatRequests({ usage }: { usage: Pick<ClientUsage, "status" | "total"> | null }): string {
	if (usage === null || usage.status === "failed") return "?";
	return `${usage.status === "partial" ? "≥" : ""}${formatNumber(usage.total.requests)}`;
}

/** An integration credential: Genesys Cloud has some without a name. */
export const formatCredential = ({ name, id }: ReportedCredential): string => `${name.trim() || "no name"} (${id})`;

/** Who created or changed a client. */
export const formatAuthor = ({ name, id }: ReportedAuthor): string => (name === "" ? id : `${name} (${id})`);

/** How old a secret is; `≤` if it may be younger. */
export function formatSecretAge({ source, ageDays }: ReportedClient["secret"]): string {
	if (ageDays === null) return source === "none" ? "none" : "?";
	return `${source === "client" ? "≤" : ""}${formatNumber(ageDays)} d`;
}
