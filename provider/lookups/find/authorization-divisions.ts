import type { AuthorizationApi, DivisionFilter } from "../../api/authorization-api";
import type { AuthzDivision } from "../../api/models";
import { byNameThenId, findOnlyOne, toRegExp } from "./by-name";
import { LookupError, lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";
import type { Connect } from "./connect";

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

/** Which divisions to list: all of them without a pattern. */
export interface GetAuthorizationDivisionsArgs {
	/**
	 * A pattern for the whole name, case-sensitive: `*` matches any text, `?` one character.
	 *
	 * @default any
	 */
	namePattern?: string;
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

/** Looks up a division with an API. */
export async function findDivision(
	connect: Connect<AuthorizationApi>,
	{ name, homeDivision }: GetAuthorizationDivisionArgs,
): Promise<AuthorizationDivisionResult> {
	if ((name === undefined) !== (homeDivision === true)) {
		throw new LookupError("looking up a division: set either name or homeDivision: true");
	}
	return name === undefined
		? lookUp("looking up the home division", async () => ({
				...toDivisionResult(await (await connect()).getAuthorizationDivisionsHome()),
				homeDivision: true,
			}))
		: lookUp(`looking up division "${name}"`, async () => byName(await connect(), name));
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
	connect: Connect<AuthorizationApi>,
	{ namePattern }: GetAuthorizationDivisionsArgs,
): Promise<GetAuthorizationDivisionsResult> {
	return lookUp("looking up divisions", async () => {
		const { entities } = await (await connect()).getAuthorizationDivisions();
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
