import type { Operation } from "./api-client";
import { errorOfUnreadable } from "./response-errors";
import { fieldsOf } from "./json";

/** Fails when an answer lacks the field without which it is of no use, so that nothing is built on a half answer. */
export function expectField<T>(called: Operation, answer: unknown, field: keyof T & string): T {
	const value = fieldsOf(answer)[field];
	const usable = field === "entities" ? Array.isArray(value) : typeof value === "string" && value !== "";
	if (!usable) throw errorOfUnreadable(called.name, { status: 200, headers: {}, body: "" });
	return answer as T;
}
