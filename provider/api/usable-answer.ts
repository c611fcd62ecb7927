import * as v from "valibot";
import type { Answer } from "./answer-fields";
import type { Created } from "./errors";
import { isDeeperThan, parseJson } from "./json";
import { errorOfUnreadable, type HttpResponse } from "./response-errors";

/** More levels than any model of the vendor has. What goes into the state is handled recursively, there and in Pulumi. */
const deepest = 32;

/**
 * The answer of a call, checked: from here on the code trusts its models.
 *
 * @param operation the vendor's name of the operation, for the error
 * @param answer what the answer must be; of an empty body, undefined is checked
 * @param created what the error keeps of an unusable answer
 * @throws ConnectionError which field is unusable and what kind of value it has, never the value
 */
export function usableAnswer<T>(
	operation: string,
	response: HttpResponse,
	answer: Answer<T>,
	created?: Answer<Created>,
): T {
	const isEmpty = response.body.trim() === "";
	const json = isEmpty ? undefined : parseJson(response.body);
	if (json === undefined && !isEmpty) throw errorOfUnreadable(operation, response);
	const checked = isDeeperThan(json, deepest) ? undefined : v.safeParse(answer, json, { abortEarly: true });
	if (checked?.success === true) return checked.output;
	const fault = checked === undefined ? `it is nested deeper than ${deepest} levels` : faultOf(checked.issues[0]);
	const kept = created && v.safeParse(created, json);
	throw errorOfUnreadable(operation, response, fault, kept?.success === true ? kept.output : undefined);
}

/** What is wrong with a field, without its value. */
function faultOf(issue: v.BaseIssue<unknown>): string {
	const field = v.getDotPath(issue);
	if (issue.input === undefined) return field === null ? "it is empty" : `${field} is missing`;
	return `${field ?? "it"} is ${kindOf(issue.input)}, not ${issue.message}`;
}

/** What kind of value it is. */
function kindOf(value: unknown): string {
	if (value === null) return "null";
	if (value === "") return "an empty text";
	if (Array.isArray(value)) return "a list";
	const kinds: Record<string, string> = { string: "a text", number: "a number", boolean: "true or false" };
	return kinds[typeof value] ?? "an object";
}
