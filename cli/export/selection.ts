import type { GrantType, OAuthClient } from "../../provider/api/models";

/** Which clients are wanted; what isn't given excludes nothing. */
export interface ClientFilter {
	/** Names, in which `*` stands for any text; one of them must fit. Upper and lower case count. */
	name?: readonly string[];
	/** Grants, one of them. */
	grant?: readonly GrantType[];
	/** States, one of them. */
	state?: readonly ("active" | "inactive")[];
	/** Ids, one of them. */
	id?: readonly string[];
}

/** Why a client that is wanted isn't exported. */
type LeftOutCode = "own" | "managed" | "disabled" | "undeclarable";

/** A client that is wanted and isn't exported. */
export interface LeftOut {
	/** The client id. */
	clientId: string;
	/** Its name. */
	name: string;
	/** Why, for machines. */
	code: LeftOutCode;
	/** Why, and what to do. */
	reason: string;
}

/** What an export takes into account beside the filter. */
export interface SelectionContext {
	/** The client that this command, and Pulumi with the same credentials, logs in with; undefined when that isn't known. */
	ownClientId: string | undefined;
	/** Whether that one is exported too. */
	includeOwn: boolean;
	/** The clients that other stacks manage: id to the stack, as `project/stack`. */
	managed: ReadonlyMap<string, string>;
}

/** A pattern of names as a regular expression: `*` is any text, everything else itself. */
const toRegExp = (pattern: string) =>
	new RegExp(
		`^${pattern
			.split(/\*+/)
			.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"))
			.join("[^]*")}$`,
	);

/** Splits clients into those to export and those that are wanted but left out; what the filter excludes is in neither. */
export function selectClients(
	clients: readonly OAuthClient[],
	filter: ClientFilter,
	context: SelectionContext,
): { selected: OAuthClient[]; leftOut: LeftOut[] } {
	const patterns = filter.name?.map(toRegExp);
	const selected: OAuthClient[] = [];
	const leftOut: LeftOut[] = [];
	for (const client of clients) {
		const { id, name, authorizedGrantType, state = "active" } = client;
		const isWanted =
			state !== "deleted" &&
			(patterns === undefined || patterns.some((pattern) => pattern.test(name))) &&
			(filter.grant === undefined || filter.grant.includes(authorizedGrantType)) &&
			(filter.state === undefined || filter.state.some((wanted) => wanted === state)) &&
			(filter.id === undefined || filter.id.includes(id));
		if (!isWanted) continue;
		const why = reasonAgainst(client, context);
		if (why === undefined) selected.push(client);
		else leftOut.push({ clientId: id, name, ...why });
	}
	return { selected, leftOut };
}

function reasonAgainst(
	{ id, state }: OAuthClient,
	{ ownClientId, includeOwn, managed }: SelectionContext,
): Pick<LeftOut, "code" | "reason"> | undefined {
	const stack = managed.get(id);
	if (stack !== undefined) return { code: "managed", reason: `the stack ${stack} manages it` };
	if (id === ownClientId && !includeOwn) {
		return {
			code: "own",
			reason:
				"you are logged in with it: a stack that deleted it or renewed its secret would lock itself out; --include-own exports it",
		};
	}
	if (state === "disabled") {
		return { code: "disabled", reason: "Genesys Cloud's support has disabled it, and such a client can't be adopted" };
	}
	return undefined;
}
