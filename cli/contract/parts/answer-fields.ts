import { fieldsOf } from "../../../provider/api/json";
import type { Answer } from "../exchange";

/** A field that is a text; empty otherwise. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A field that is a list; empty otherwise. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The objects of a field that is a list. */
export const objectsOf = (value: unknown): Record<string, unknown>[] => listOf(value).map(fieldsOf);

/** The objects of a list that the API returned. */
export const entitiesOf = ({ items }: Answer): Record<string, unknown>[] => items.map(fieldsOf);

/** The one with an id. */
export const entityOf = (answer: Answer, id: string): Record<string, unknown> | undefined =>
	entitiesOf(answer).find((entity) => entity["id"] === id);

/** Names in a sentence. */
export const listed = (names: readonly string[]): string => names.join(", ") || "none";

/** The id and the secret of a client that was made, or given a new secret. */
export const credentialsOf = ({ body }: Answer): { id: string; secret: string } => ({
	id: textOf(body["id"]),
	secret: textOf(body["secret"]),
});

/** How many seconds a date is ahead of the answer's own `Date`; undefined without either. */
export function secondsAhead(date: unknown, { headers }: Answer): number | undefined {
	const seconds = (Date.parse(textOf(date)) - Date.parse(textOf(headers["date"]))) / 1000;
	return Number.isNaN(seconds) ? undefined : Math.round(seconds);
}
