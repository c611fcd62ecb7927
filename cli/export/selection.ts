import type { CredentialInfo } from "../../provider/api/integration-models";
import type { GrantType, OAuthClient } from "../../provider/api/models";

/** Which clients to export. A client must match each filter that is given. */
export interface ClientFilter {
	/** The name matches one of these, in which `*` matches any text. Case matters. */
	name?: readonly string[];
	/** The grant type is one of these. */
	grant?: readonly GrantType[];
	/** The state is one of these. */
	state?: readonly ("active" | "inactive")[];
	/** The id is one of these. */
	id?: readonly string[];
}

/** Why a client or credential that matches the filter isn't exported. */
type LeftOutCode = "own" | "managed" | "disabled" | "undeclarable" | "gone";

/** A client or credential that matches the filter but isn't exported. */
export interface LeftOut {
	/** The client id, if it is a client. */
	clientId?: string;
	/** The credential's id, if it is an integration credential. */
	credentialId?: string;
	/** Its name. */
	name: string;
	/** Why, for programs. */
	code: LeftOutCode;
	/** Why, and what to do. */
	reason: string;
}

/** What decides about an export besides the filter. */
export interface SelectionContext {
	/** The client that this command, and Pulumi with the same credentials, logs in with; undefined if unknown. */
	ownClientId: string | undefined;
	/** Whether that client is exported too. */
	includeOwn: boolean;
	/** The clients and credentials that other stacks manage: id to stack, as `project/stack`. */
	managed: ReadonlyMap<string, string>;
	/** The names in Terraform's state by id: nothing else is exported. Undefined without such a state. */
	terraform: ReadonlyMap<string, string> | undefined;
}

/** Whether a name matches one of the patterns; true without patterns. */
const nameMatcher = (patterns: readonly string[] | undefined) => {
	const expressions = patterns?.map(toRegExp);
	return (name: string) => expressions?.some((pattern) => pattern.test(name)) ?? true;
};

/** A name pattern as a regular expression, in which `*` is any text. */
const toRegExp = (pattern: string) =>
	new RegExp(
		`^${pattern
			.split(/\*+/)
			.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"))
			.join("[^]*")}$`,
	);

/** Splits the clients that match the filter into those to export and those to leave out. */
export function selectClients(
	clients: readonly OAuthClient[],
	filter: ClientFilter,
	context: SelectionContext,
): { selected: OAuthClient[]; leftOut: LeftOut[] } {
	const isNamed = nameMatcher(filter.name);
	const selected: OAuthClient[] = [];
	const leftOut: LeftOut[] = [];
	for (const client of clients) {
		const { id, name, authorizedGrantType, state = "active" } = client;
		const matches =
			state !== "deleted" &&
			isNamed(name) &&
			(context.terraform?.has(id) ?? true) &&
			(filter.grant === undefined || filter.grant.includes(authorizedGrantType)) &&
			(filter.state === undefined || filter.state.some((wanted) => wanted === state)) &&
			(filter.id === undefined || filter.id.includes(id));
		if (!matches) continue;
		const why = whyLeftOut(client, context);
		if (why === undefined) selected.push(client);
		else leftOut.push({ clientId: id, name, ...why });
	}
	return { selected, leftOut };
}

/** Splits the integration credentials in the same way: those that match names and ids. With a filter for clients alone there are none. */
export function selectCredentials(
	credentials: readonly CredentialInfo[],
	{ name: names, id: ids, grant, state }: ClientFilter,
	{ managed, terraform }: Pick<SelectionContext, "managed" | "terraform">,
): { selected: CredentialInfo[]; leftOut: LeftOut[] } {
	if (grant !== undefined || state !== undefined) return { selected: [], leftOut: [] };
	const isNamed = nameMatcher(names);
	const matching = credentials.filter(
		({ id, name = "" }) => isNamed(name) && (ids?.includes(id) ?? true) && (terraform?.has(id) ?? true),
	);
	return {
		selected: matching.filter(({ id }) => !managed.has(id)),
		leftOut: matching.flatMap(({ id, name = "" }) => {
			const stack = managed.get(id);
			return stack === undefined
				? []
				: [{ credentialId: id, name, code: "managed", reason: `the stack ${stack} manages it` }];
		}),
	};
}

function whyLeftOut(
	{ id, state }: OAuthClient,
	{ ownClientId, includeOwn, managed }: SelectionContext,
): Pick<LeftOut, "code" | "reason"> | undefined {
	const stack = managed.get(id);
	if (stack !== undefined) return { code: "managed", reason: `the stack ${stack} manages it` };
	if (id === ownClientId && !includeOwn) {
		return {
			code: "own",
			reason:
				"you are logged in with it: a stack that deletes it or rotates its secret would lock itself out; --include-own exports it",
		};
	}
	if (state === "disabled") {
		return { code: "disabled", reason: "Genesys Cloud's support has disabled it, so it can't be adopted" };
	}
	return undefined;
}
