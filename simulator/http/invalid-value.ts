import * as v from "valibot";
import { ApiRefusal } from "./api-refusal";

/**
 * The vendor's refusal of a value, made from a schema's issue. The issue's message says what is allowed.
 * @param object The name of the whole object, used if the issue has no path.
 */
export function toInvalidValue(issue: v.BaseIssue<unknown>, object: string): ApiRefusal {
	const { input } = issue;
	const value = typeof input === "string" ? input : JSON.stringify(input ?? null);
	const field = v.getDotPath(issue) ?? object;
	return new ApiRefusal("invalid.value", { params: { value, field, allowed: issue.message } });
}
