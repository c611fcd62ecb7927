import { fieldsOf } from "../../provider/api/json";
import type { Properties } from "../../provider/lifecycle/properties";
import type { ProgramName } from "./names";
import type { RoleNames } from "./role-names";

/** What looks up a role or a division by its name. */
export interface Lookup {
	/** The function. */
	function: "getAuthorizationRole" | "getAuthorizationDivision";
	/** Its argument. */
	name: string;
	/** The name of its result in the program. */
	variable: string;
}

/** A value that isn't in the program: a secret of the stack's configuration, another resource's output, or the id that a lookup finds. */
export type Source = { secret: string } | { output: "clientId" | "clientSecret"; of: ProgramName } | { lookup: Lookup };

/** Where an argument comes from: in place of its value. */
export class Reference {
	/** What it refers to. */
	readonly to: Source;

	constructor(to: Source) {
		this.to = to;
	}
}

/** A resource of the program. */
export interface ProgramResource extends ProgramName {
	/** Its type. */
	type: "OAuthClient" | "RotatingOAuthClient" | "IntegrationCredential";
	/** Its id for `pulumi import`. */
	importId: string;
	/** Its arguments, in their order: JSON values and references. */
	args: Properties;
	/** Comments before it, without others' text. */
	notes: readonly string[];
}

/** A program, in no language. */
export interface Program {
	/** Its resources; one that refers to another comes after that. */
	resources: readonly ProgramResource[];
	/** The names of roles, for comments. */
	roleNames: RoleNames;
	/** Whether the resources get into the stack by `pulumi import` instead of `adopt`. */
	isImported: boolean;
}

/** All references in a value. */
function referencesIn(value: unknown): Source[] {
	if (value instanceof Reference) return [value.to];
	if (typeof value !== "object" || value === null) return [];
	return Object.values(value).flatMap(referencesIn);
}

const each = <T>(values: T[]): T[] => [...new Set(values)];

/** What some resources take from elsewhere, each once and in their order. */
export function sourcesOf(resources: readonly ProgramResource[]): {
	secrets: string[];
	lookups: Lookup[];
	outputs: ProgramName[];
} {
	const sources = resources.flatMap(({ args }) => referencesIn(args));
	return {
		secrets: each(sources.flatMap((source) => ("secret" in source ? [source.secret] : []))),
		lookups: each(sources.flatMap((source) => ("lookup" in source ? [source.lookup] : []))),
		outputs: each(sources.flatMap((source) => ("of" in source ? [source.of] : []))),
	};
}

/** The arguments that are enumerations in the plugin's schema, with their types. */
export const enumerations: Readonly<Record<string, string>> = {
	authorizedGrantType: "GrantType",
	state: "DeclaredState",
};

/** The arguments that hold ids of roles, in a pair with a division or alone. */
const roleArguments: ReadonlySet<string> = new Set(["roleDivisions", "roleIds"]);

/**
 * What names the role of an item of an argument; undefined if the argument has no roles.
 *
 * @param roleId what the language calls the id of a role
 */
export const roleNoter = (argument: string, roleNames: RoleNames, roleId: "roleId" | "role_id" = "roleId") =>
	roleArguments.has(argument)
		? (item: unknown) => {
				const { [roleId]: id = item } = fieldsOf(item);
				return typeof id === "string" ? roleNames.get(id) : undefined;
			}
		: undefined;

/** The comment at the beginning of a program, in lines. */
export const headerOf = ({ isImported }: Program): string[] => [
	'OAuth clients and integration credentials of an organization, written by "genesyscloud-oauth export".',
	...(isImported
		? [
				"They get into the stack by pulumi import; README.md has the steps. The first pulumi up changes nothing in Genesys Cloud.",
			]
		: [
				"This program adopts them: the first pulumi up changes nothing in Genesys Cloud, later ones apply the changes you make here.",
			]),
	"Genesys Cloud never shows a secret: without adopt.clientSecret a client's clientSecret is empty. A rotation gives it a new secret,",
	"and the old one stops working at once. A role without a divisionId is granted in the home division.",
];

/** The comment at the resource options, in lines. */
export const protectionOf = [
	"For what existed before this program. Protected: Pulumi refuses to delete or replace it, even if its lines are removed here.",
	"Retained: what leaves the stack anyway stays in Genesys Cloud. To let Pulumi delete something, give it other options, run pulumi up,",
	"and only then remove its lines.",
] as const;

/** Lines as comments. */
export const commented = (lines: readonly string[], mark: string): string =>
	lines.map((line) => `${mark} ${line}\n`).join("");
