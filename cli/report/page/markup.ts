import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Severity } from "../finding-catalog";

/** A part of the page: the result of `html`, or text that `html` will escape. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString> | string | Markup[];

/** The id of the element with a client's details, by its index in the report: the API's own ids are foreign text. */
export const detailsId = (index: number): string => `client-${index + 1}`;

/** A severity as a word in a frame. */
export const severityMark = (severity: Severity): Markup => html`<span class="severity ${severity}">${severity}</span>`;
