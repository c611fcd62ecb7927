import * as v from "valibot";
import { ApiRefusal } from "./api-refusal";

/**
 * The vendor's refusal of a value, from what a schema finds wrong with it. The schema's message is what would be allowed.
 * @param object The name of the whole, for when no field of it is to blame.
 */
export function toInvalidValue(issue: v.BaseIssue<unknown>, object: string): ApiRefusal {
	const { input } = issue;
	const value = typeof input === "string" ? input : JSON.stringify(input ?? null);
	const field = v.getDotPath(issue) ?? object;
	return new ApiRefusal("invalid.value", { params: { value, field, allowed: issue.message } });
}
