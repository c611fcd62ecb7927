import type { Operation } from "./api-client";
import { errorOfUnreadable } from "./response-errors";
import { fieldsOf } from "./json";

/** Fails if a response lacks its essential field. */
export function expectField<T>(called: Operation, response: unknown, field: keyof T & string): T {
	const value = fieldsOf(response)[field];
	const usable = field === "entities" ? Array.isArray(value) : typeof value === "string" && value !== "";
	if (!usable) throw errorOfUnreadable(called.name, { status: 200, headers: {}, body: "" });
	return response as T;
}
