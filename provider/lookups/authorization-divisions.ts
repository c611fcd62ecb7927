import * as pulumi from "@pulumi/pulumi";
import type { AuthorizationApi, DivisionFilter } from "../api/authorization-api";
import type { AuthzDivision } from "../api/models";
import { byNameThenId, findOnlyOne, toRegExp } from "./by-name";
import { lookupApi } from "./connection";
import { LookupError, lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";

/** Which division to look up: by exact name, or the home division. */
export type GetAuthorizationDivisionArgs =
	| {
			/** The division's exact name, case-sensitive. */
			name: string;
			homeDivision?: undefined;
	  }
	| {
			/** The home division, regardless of its name. */
			homeDivision: true;
			name?: undefined;
	  };

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

/** Which divisions to list: all of them without a pattern. */
export interface GetAuthorizationDivisionsArgs {
	/**
	 * A pattern for the whole name, case-sensitive: `*` matches any text, `?` one character.
	 *
	 * @default any
	 */
	namePattern?: string;
}

/** {@link GetAuthorizationDivisionsArgs}, which may be an output. */
export interface GetAuthorizationDivisionsOutputArgs {
	/** A pattern for the whole name, with `*` and `?`. @default any */
	namePattern?: pulumi.Input<string | undefined>;
}

/** The result of a division lookup. */
export interface AuthorizationDivisionResult {
	/** Id of the division, for `roleDivisions`. */
	id: string;
	/** The division's name. */
	name: string;
	/** The division's description; `""` without one. */
	description: string;
	/** Whether it is the organization's home division. */
	homeDivision: boolean;
	/** The division's path in the API. */
	selfUri?: string;
}

/** The divisions that were found. */
export interface GetAuthorizationDivisionsResult {
	/** The divisions, sorted by name, then by id. */
	divisions: AuthorizationDivisionResult[];
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
	return pulumi.output(args).apply((known) => getAuthorizationDivision(known));
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
	return pulumi
		.output(args)
		.apply(({ namePattern }) => getAuthorizationDivisions(namePattern === undefined ? {} : { namePattern }));
}

/** Looks up a division with an API. */
export async function findDivision(
	connect: () => AuthorizationApi,
	{ name, homeDivision }: GetAuthorizationDivisionArgs,
): Promise<AuthorizationDivisionResult> {
	if ((name === undefined) !== (homeDivision === true)) {
		throw new LookupError("looking up a division: set either name or homeDivision: true");
	}
	return name === undefined
		? lookUp("looking up the home division", async () => ({
				...toDivisionResult(await connect().getAuthorizationDivisionsHome()),
				homeDivision: true,
			}))
		: lookUp(`looking up division "${name}"`, async () => byName(connect(), name));
}

async function byName(api: AuthorizationApi, name: string): Promise<AuthorizationDivisionResult> {
	const list = async (filter?: DivisionFilter) => api.getAuthorizationDivisions(filter);
	const found = await findOnlyOne(
		list,
		{ name },
		{
			value: name,
			trait: "name",
			of: (division) => division.name,
			plural: "divisions",
			otherwise: "Use the id instead",
		},
	);
	return toDivisionResult(found);
}

/** Lists divisions with an API. */
export async function listDivisions(
	connect: () => AuthorizationApi,
	{ namePattern }: GetAuthorizationDivisionsArgs,
): Promise<GetAuthorizationDivisionsResult> {
	return lookUp("looking up divisions", async () => {
		const { entities } = await connect().getAuthorizationDivisions();
		const pattern = namePattern === undefined ? undefined : toRegExp(namePattern);
		const divisions = entities.map(toDivisionResult).filter(({ name }) => pattern?.test(name) ?? true);
		return { divisions: divisions.toSorted(byNameThenId) };
	});
}

const toDivisionResult = (division: AuthzDivision): AuthorizationDivisionResult => ({
	id: division.id,
	name: division.name ?? "",
	description: division.description ?? "",
	homeDivision: division.homeDivision ?? false,
	...pick(division, ["selfUri"]),
});
