import * as v from "valibot";
import { uuidForm } from "./uuid";

/**
 * The fields of answers. Each message is what the field should have been, for the sentence "name is a number, not a text". The limits are far above
 * what Genesys Cloud sends: they keep an answer that isn't Genesys Cloud's out of the state.
 */

/** The schema of a field or an answer. */
export type Answer<T> = v.GenericSchema<unknown, T>;

const longestText = 1_000_000;
const longestList = 10_000;
const longestPage = 100_000;

/** Any text: a name, a description. */
export const text = v.pipe(v.string("a text"), v.maxLength(longestText, `a text of at most ${longestText} characters`));
/** A word, a date, a status: a short text. */
export const shortText = v.pipe(v.string("a text"), v.maxLength(100, "a short text"));
/** The id of a client or of integration credentials. */
export const uuid = v.pipe(v.string("a UUID"), v.regex(uuidForm, "a UUID"));
/** The id of a role, a division, a user, an integration: the vendor documents no form. */
export const plainId = v.pipe(v.string("an id"), v.regex(/^[\w:*-][\w.:*-]{0,99}$/, "an id"));
/** An id that is only sent back. */
export const opaqueId = v.pipe(v.string("an id"), v.regex(/^[^\s\p{Cc}.][^\s\p{Cc}]{0,299}$/u, "an id"));
/** A client secret: of the characters that OAuth allows (RFC 6749, appendix A), so that it is the one that the API keeps. */
export const secretText = v.pipe(
	v.string("a secret"),
	v.regex(/^[\x20-\x7e]{1,1000}$/, "a secret of 1 to 1000 printable ASCII characters"),
);
/** A field that may be absent, null or empty: all three are none. */
const maybeFilled = (field: Answer<string>, what: string) =>
	v.pipe(
		v.nullish(v.union([v.literal(""), field], what)),
		v.transform((value) => value || undefined),
	);
/** A client secret, if there is one. */
export const maybeSecret = maybeFilled(secretText, "a secret");
/** An id, if there is one. */
export const maybeId = maybeFilled(plainId, "an id");
/** A text, if there is one. */
export const maybeText = maybeFilled(text, "a text");
/** A short text, if there is one. */
export const maybeShortText = maybeFilled(shortText, "a short text");
/** A count or a number of seconds: JSON also holds fractions, and numbers that are read as infinite. */
export const numeric = v.pipe(
	v.number("a number"),
	v.safeInteger("a whole number"),
	v.minValue(0, "a number from 0 up"),
);
/** A yes or no. */
export const flag = v.boolean("true or false");

/** The answer of an operation that returns nothing. */
export const anyAnswer = v.unknown();

/** A field that may be absent or null. Null becomes absent. */
export const maybe = <T>(field: Answer<T>) =>
	v.pipe(
		v.nullish(field),
		v.transform((value) => value ?? undefined),
	);

/** A list. */
export const listOf = <T>(item: Answer<T>, longest = longestList) =>
	v.pipe(v.array(item, "a list"), v.maxLength(longest, `a list of at most ${longest}`));

/** An object with these fields of a model; its other fields pass through. */
export const answerOf = <T extends object>(fields: { [Name in keyof T]?: v.GenericSchema }): Answer<T> =>
	v.pipe(
		// To valibot a list is an object.
		v.custom((value) => typeof value === "object" && value !== null && !Array.isArray(value), "an object"),
		v.looseObject(fields as v.ObjectEntries),
	) as unknown as Answer<T>;

/** An object that is named by the id asked for. The API may write the same id in other case. */
export const withId = (asked: string): Answer<string> =>
	v.pipe(
		v.string("the id that was asked for"),
		v.check((id) => id.toLowerCase() === asked.toLowerCase(), "the id that was asked for"),
	);

/** A page of a list. */
export interface Page<Entity> {
	entities: Entity[];
	/** Path of the next page, if there is one. */
	nextUri?: string;
	/** Number of this page, from 1. */
	pageNumber?: number;
	/** Number of pages. */
	pageCount?: number;
}

/** The path of a page, of which only the query is used. */
export const pageUri = v.pipe(
	v.string("a path"),
	v.maxLength(10_000, "a path"),
	v.check((uri) => URL.canParse(uri, "https://unused"), "a path"),
);

/** A page of entities. */
export const pageOf = <Entity>(entity: Answer<Entity>): Answer<Page<Entity>> =>
	answerOf<Page<Entity>>({
		entities: listOf(entity, longestPage),
		nextUri: maybe(pageUri),
		pageNumber: maybe(numeric),
		pageCount: maybe(numeric),
	});
