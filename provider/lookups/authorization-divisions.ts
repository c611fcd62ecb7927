import type * as pulumi from "../pulumi-sdk";
import { lookupApi } from "./connection";
import { lookUpOutput } from "./output-lookup";
import {
	type AuthorizationDivisionResult,
	type GetAuthorizationDivisionArgs,
	type GetAuthorizationDivisionsArgs,
	type GetAuthorizationDivisionsResult,
	findDivision,
	listDivisions,
} from "./find/authorization-divisions";

/** {@link GetAuthorizationDivisionArgs}; the name may be an output. */
export type GetAuthorizationDivisionOutputArgs =
	| {
			/** The division's exact name. */
			name: pulumi.Input<string>;
			homeDivision?: undefined;
	  }
	| {
			/** The home division, regardless of its name. */
			homeDivision: true;
			name?: undefined;
	  };

/** {@link GetAuthorizationDivisionsArgs}, which may be an output. */
export interface GetAuthorizationDivisionsOutputArgs {
	/** A pattern for the whole name, with `*` and `?`. @default any */
	namePattern?: pulumi.Input<string | undefined>;
}

/**
 * Looks up a division. Runs in previews too. Needs no permission. One call; if no division has exactly this name, one more for each 100
 * divisions, to suggest the closest name.
 *
 * ```ts
 * const home = await getAuthorizationDivision({ homeDivision: true });
 * ```
 *
 * @throws LookupError if there is none, if several have the name (`candidates` has their ids), or if the API fails (`cause`)
 */
export async function getAuthorizationDivision(
	args: GetAuthorizationDivisionArgs,
): Promise<AuthorizationDivisionResult> {
	return findDivision(lookupApi, args);
}

/** {@link getAuthorizationDivision} for a name that may be an output; the result is unknown if it is. */
export function getAuthorizationDivisionOutput(
	args: GetAuthorizationDivisionOutputArgs,
): pulumi.Output<AuthorizationDivisionResult> {
	return lookUpOutput(args, (known) => getAuthorizationDivision(known));
}

/**
 * Lists the organization's divisions. Runs in previews too. Needs no permission. One call for each 100 divisions.
 *
 * @throws LookupError if the API fails (`cause`)
 */
export async function getAuthorizationDivisions(
	args: GetAuthorizationDivisionsArgs = {},
): Promise<GetAuthorizationDivisionsResult> {
	return listDivisions(lookupApi, args);
}

/** {@link getAuthorizationDivisions} for arguments that may be outputs; the result is unknown if they are. */
export function getAuthorizationDivisionsOutput(
	args: GetAuthorizationDivisionsOutputArgs = {},
): pulumi.Output<GetAuthorizationDivisionsResult> {
	return lookUpOutput(args, ({ namePattern }) =>
		getAuthorizationDivisions(namePattern === undefined ? {} : { namePattern }),
	);
}
