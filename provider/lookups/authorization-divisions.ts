import * as pulumi from "@pulumi/pulumi";
import type { AuthorizationApi } from "../api/authorization-api";
import type { AuthzDivision } from "../api/models";
import { byNameThenId, theOnlyOne, thoseWith, toRegExp, type Wanted } from "./by-name";
import { lookupApi } from "./connection";
import { LookupError, lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";

/** Which division: by its exact name, or the organization's home division. */
export type GetAuthorizationDivisionArgs =
	| {
			/** The division's name: exact, upper and lower case told apart. */
			name: string;
			homeDivision?: undefined;
	  }
	| {
			/** The home division, whatever it is called. */
			homeDivision: true;
			name?: undefined;
	  };

/** {@link GetAuthorizationDivisionArgs}, whose name may be an output. */
export type GetAuthorizationDivisionOutputArgs =
	| {
			/** The division's exact name. */
			name: pulumi.Input<string>;
			homeDivision?: undefined;
	  }
	| {
			/** The home division, whatever it is called. */
			homeDivision: true;
			name?: undefined;
	  };

/** Which divisions: all of them unless a pattern is given. */
export interface GetAuthorizationDivisionsArgs {
	/**
	 * The whole name, in which `*` stands for any text and `?` for one character; upper and lower case are told apart.
	 *
	 * @default any
	 */
	namePattern?: string;
}

/** {@link GetAuthorizationDivisionsArgs}, which may be an output. */
export interface GetAuthorizationDivisionsOutputArgs {
	/** The whole name, with `*` and `?`. @default any */
	namePattern?: pulumi.Input<string | undefined>;
}

/** A division as a lookup returns it. */
export interface AuthorizationDivisionResult {
	/** Id of the division, for `roleDivisions`. */
	id: string;
	/** Its name, as administrators see it. */
	name: string;
	/** What it is for; `""` when nobody said. */
	description: string;
	/** Whether it is the organization's home division. */
	homeDivision: boolean;
	/** The division's path in the API. */
	selfUri?: string;
}

/** The divisions that were found. */
export interface GetAuthorizationDivisionsResult {
	/** The divisions, by name, then by id. */
	divisions: AuthorizationDivisionResult[];
}

/**
 * Looks up a division. Runs in previews too. Needs no permission. One call; when no division has exactly this name, one more for each
 * 100 divisions, to name the nearest.
 *
 * ```ts
 * const home = await getAuthorizationDivision({ homeDivision: true });
 * ```
 *
 * @throws LookupError when there is none, when several have the name (`candidates`), or when the API fails (`cause`)
 */
export async function getAuthorizationDivision(
	args: GetAuthorizationDivisionArgs,
): Promise<AuthorizationDivisionResult> {
	return findDivision(lookupApi, args);
}

/** {@link getAuthorizationDivision} for a name that may be an output. Unknown in a preview in which it is. */
export function getAuthorizationDivisionOutput(
	args: GetAuthorizationDivisionOutputArgs,
): pulumi.Output<AuthorizationDivisionResult> {
	return pulumi.output(args).apply((known) => getAuthorizationDivision(known));
}

/**
 * Lists the organization's divisions. Runs in previews too. Needs no permission. One call for each 100 divisions.
 *
 * @throws LookupError when the API fails (`cause`)
 */
export async function getAuthorizationDivisions(
	args: GetAuthorizationDivisionsArgs = {},
): Promise<GetAuthorizationDivisionsResult> {
	return listDivisions(lookupApi, args);
}

/** {@link getAuthorizationDivisions} for arguments that may be outputs. Unknown in a preview in which they are. */
export function getAuthorizationDivisionsOutput(
	args: GetAuthorizationDivisionsOutputArgs = {},
): pulumi.Output<GetAuthorizationDivisionsResult> {
	return pulumi
		.output(args)
		.apply(({ namePattern }) => getAuthorizationDivisions(namePattern === undefined ? {} : { namePattern }));
}

/** Looks a division up through an API. */
export async function findDivision(
	connect: () => AuthorizationApi,
	{ name, homeDivision }: GetAuthorizationDivisionArgs,
): Promise<AuthorizationDivisionResult> {
	if ((name === undefined) !== (homeDivision === true)) {
		throw new LookupError("looking up a division: give name, or homeDivision: true, one of them");
	}
	return name === undefined
		? lookUp("looking up the home division", async () => ({
				...toDivisionResult(await connect().getAuthorizationDivisionsHome()),
				homeDivision: true,
			}))
		: lookUp(`looking up division "${name}"`, async () => byName(connect(), name));
}

/** What Genesys Cloud's filter finds is compared exactly; where it finds nothing, all divisions are. */
async function byName(api: AuthorizationApi, name: string): Promise<AuthorizationDivisionResult> {
	const wanted: Wanted<AuthzDivision> = {
		value: name,
		trait: "name",
		of: (division) => division.name,
		plural: "divisions",
		otherwise: "Use the id of the one that is meant",
	};
	const { entities: filtered } = await api.getAuthorizationDivisions({ name });
	const entities = thoseWith(filtered, wanted).length > 0 ? filtered : (await api.getAuthorizationDivisions()).entities;
	return toDivisionResult(theOnlyOne(entities, wanted));
}

/** Lists divisions through an API. */
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
