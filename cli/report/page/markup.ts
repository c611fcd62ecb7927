import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Severity } from "../finding-catalog";

/** A part of the page: what `html` made, or text that it will escape. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString> | string | Markup[];

/** The id of the element with a client's details, by its place in the report. Ids of the API's are foreign text. */
export const detailsId = (index: number): string => `client-${index + 1}`;

/** How grave a finding is, as a word in a frame. */
export const severityMark = (severity: Severity): Markup => html`<span class="severity ${severity}">${severity}</span>`;
