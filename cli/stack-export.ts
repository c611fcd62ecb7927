import { readFileSync } from "node:fs";
import * as v from "valibot";
import { fieldsOf } from "../provider/api/json";
import { UsageError } from "./failure";

/** The resource that manages a client. */
export interface ManagedBy {
	/** The project of its stack. */
	project: string;
	/** The name of its stack. */
	stack: string;
	/** The resource's name in the program. */
	resource: string;
}

/** A file of `pulumi stack export`. */
export interface StackFile {
	/** The file. */
	file: string;
	/** The stack, as `project/stack`; "" if it has no resources. */
	stack: string;
	/** How many OAuth clients it manages. */
	clients: number;
}

/** A client in the state of a stack. */
export interface StackClient extends ManagedBy {
	/** The client id. */
	clientId: string;
	/** When the client's current secret was created: ISO 8601; undefined if the stack has no secret or no date. */
	secretRotatedAt?: string;
}

/** The contents of several stack exports. */
export interface Stacks {
	/** The files. */
	files: StackFile[];
	/** Their clients. */
	clients: StackClient[];
	/** The integration credentials that they manage: ids to stacks, as `project/stack`. */
	credentials: ReadonlyMap<string, string>;
}

// Only what is needed: newer versions of Pulumi add fields, and the others hold secrets, encrypted or not.
const exportSchema = v.object({
	deployment: v.object({
		resources: v.optional(
			v.array(
				v.object({
					urn: v.string(),
					type: v.string(),
					id: v.optional(v.string()),
					custom: v.optional(v.boolean()),
					external: v.optional(v.boolean()),
					delete: v.optional(v.boolean()),
					outputs: v.optional(v.record(v.string(), v.unknown())),
				}),
			),
			[],
		),
	}),
});

type Resource = NonNullable<v.InferOutput<typeof exportSchema>["deployment"]["resources"]>[number];

/** This package's OAuthClient, and that of other providers. */
const isOAuthClient = ({ type }: Resource) => /oauth_?client$/i.test(type);
/** This package's pair of clients. */
const isPair = ({ type }: Resource) => type.endsWith(":RotatingOAuthClient");

/** Whether the stack manages it: not one that is only read with `OAuthClient.get` (external), or that is pending deletion. */
const isManaged = (resource: Resource) => resource.custom !== false && !resource.external && !resource.delete;

/**
 * Reads files of `pulumi stack export`. It doesn't read their secrets: ids and dates are there in clear text.
 *
 * @throws UsageError if a file can't be read or isn't a stack export
 */
export function readStackExports(files: readonly string[]): Stacks {
	const stacks = files.map((file) => ({ file, clients: readStackExport(file) }));
	return {
		files: stacks.map(({ file, clients: { name, clients } }) => ({ file, stack: name, clients: clients.length })),
		clients: stacks.flatMap(({ clients }) => clients.clients),
		credentials: new Map(
			stacks.flatMap(({ clients: { name, credentials } }) => credentials.map((id) => [id, name] as const)),
		),
	};
}

function readStackExport(file: string): { name: string; clients: StackClient[]; credentials: string[] } {
	const parsed = v.safeParse(exportSchema, parseFile(file));
	if (!parsed.success) {
		throw new UsageError(
			`${file} isn't a stack export (${v.getDotPath(parsed.issues[0]) ?? "its content"} is missing or invalid): write it with pulumi stack export --file ${file}`,
		);
	}
	const { resources } = parsed.output.deployment;
	const [first] = resources;
	const { project, stack } = first ? parseUrn(first.urn) : { project: "", stack: "" };
	return {
		name: first ? `${project}/${stack}` : "",
		clients: resources.filter(isManaged).flatMap(toStackClients),
		credentials: resources
			.filter((resource) => isManaged(resource) && resource.type.endsWith(":IntegrationCredential"))
			.flatMap(({ id }) => id ?? []),
	};
}

function parseFile(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		throw new UsageError(
			`${file} can't be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}): give a file written by pulumi stack export`,
		);
	}
	try {
		// PowerShell starts redirected output with a byte order mark.
		return JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		// The parser's message quotes the text, which may hold a secret.
		throw new UsageError(`${file} isn't JSON: write it with pulumi stack export --file ${file}`);
	}
}

/** The clients that a resource manages: none of most. */
function toStackClients(resource: Resource): StackClient[] {
	const { urn, id, outputs = {} } = resource;
	if (isPair(resource))
		return Object.values(fieldsOf(outputs["clients"])).flatMap((one) => clientIn(urn, fieldsOf(one)));
	return isOAuthClient(resource) ? clientIn(urn, { clientId: id, ...outputs }) : [];
}

function clientIn(
	urn: string,
	{ clientId, secretRotatedAt, secretVersion, clientSecret }: Readonly<Record<string, unknown>>,
): StackClient[] {
	if (typeof clientId !== "string" || clientId === "") return [];
	const { project, stack, name } = parseUrn(urn);
	// For a client whose secret the stack doesn't have, secretRotatedAt is the client's date.
	const hasSecret = typeof secretVersion === "number" ? secretVersion > 0 : clientSecret !== undefined;
	const isDate = typeof secretRotatedAt === "string" && !Number.isNaN(Date.parse(secretRotatedAt));
	return [{ clientId, project, stack, resource: name, ...(hasSecret && isDate ? { secretRotatedAt } : {}) }];
}

/** Splits `urn:pulumi:<stack>::<project>::<types>::<name>`; the name may itself contain `::`. */
function parseUrn(urn: string): { stack: string; project: string; name: string } {
	const [stack = "", project = "", , ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
	return { stack, project, name: name.join("::") };
}
