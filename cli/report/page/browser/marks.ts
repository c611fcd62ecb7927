import type { Severity } from "../../finding-catalog";
import { formatDay, formatDistance } from "../../format";
import { type Content, element } from "./element";
import { type Entry, fragmentOf } from "./view";

/** A severity as a word in a frame. */
export const severityMark = (severity: Severity): Content =>
	element("span", { class: `severity ${severity}` }, severity);

/** A client's name, which leads to its details, and its id. */
export const clientLink = ({ name, id }: Pick<Entry, "name" | "id">): Content => [
	element("a", { href: fragmentOf({ client: id }), "data-client": id }, name.trim() || "(no name)"),
	element("span", { class: "id" }, id),
];

/** A day and how far it is from the report's day: `2026-03-16 (tomorrow)`. */
export const dueText = (dueAt: string, generatedAt: string): string =>
	`${formatDay(dueAt)} (${formatDistance(dueAt, generatedAt)})`;
