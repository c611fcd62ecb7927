import type { ApiContext } from "./api-context";
import { ApiRefusal } from "./api-refusal";

/** The vendor's refusal of a query parameter. */
export function toInvalidParameter(parameter: string, value: string, allowed: string): ApiRefusal {
	return new ApiRefusal("invalid.query.param.value", { params: { value, parameter, allowed } });
}

/** A whole number from 1. An empty parameter counts as absent. */
export function numberParameter(
	context: ApiContext,
	name: string,
	{ fallback, maximum = null }: { fallback: number; maximum?: number | null },
): number {
	const given = context.req.query(name);
	if (given === undefined || given === "") return fallback;
	const allowed = maximum === null ? "whole numbers from 1" : `whole numbers from 1 to ${maximum}`;
	if (!/^[1-9]\d{0,8}$/.test(given) || (maximum !== null && Number(given) > maximum))
		throw toInvalidParameter(name, given, allowed);
	return Number(given);
}

/** `true` or `false`. An empty parameter counts as absent. */
export function booleanParameter(context: ApiContext, name: string, fallback: boolean): boolean {
	const given = context.req.query(name);
	if (given === undefined || given === "") return fallback;
	if (given !== "true" && given !== "false") throw toInvalidParameter(name, given, "true, false");
	return given === "true";
}

/** A text. An empty parameter counts as absent. */
export function textParameter(context: ApiContext, name: string): string | undefined {
	return context.req.query(name) || undefined;
}

/** A list: a repeated parameter, or values separated by commas, as the vendor's SDK for Go sends them. */
export function listParameter(context: ApiContext, name: string): string[] | undefined {
	const values = (context.req.queries(name) ?? []).flatMap((value) => value.split(",")).filter((value) => value !== "");
	return values.length > 0 ? values : undefined;
}
