import { readFileSync } from "node:fs";
import * as v from "valibot";
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

/** A stack whose export was given. */
export interface StackFile {
	/** The file. */
	file: string;
	/** The stack, as `project/stack`; "" when it has no resources. */
	stack: string;
	/** How many OAuth clients it manages. */
	clients: number;
}

/** A client in the state of a stack. */
export interface StackClient extends ManagedBy {
	/** The client id. */
	clientId: string;
	/** When the stack gave the client its present secret: ISO 8601; undefined when the stack has no secret or doesn't say. */
	secretRotatedAt?: string;
}

/** What the exports of stacks say. */
export interface Stacks {
	/** The files. */
	files: StackFile[];
	/** The clients in them. */
	clients: StackClient[];
}

// Only what is needed: versions of Pulumi add fields, and those of a stack are full of secrets, encrypted or not.
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

/** This package's OAuthClient, and what other providers call theirs. */
const isOAuthClient = ({ type }: Resource) => /oauth_?client$/i.test(type);

/** Whether the stack makes and deletes it: `OAuthClient.get` only reads (external), and what waits to be deleted is on its way out. */
const isManaged = (resource: Resource) => resource.custom !== false && !resource.external && !resource.delete;

/**
 * Reads what `pulumi stack export` wrote. Secrets in it are not looked at: ids and dates stand there in clear.
 *
 * @throws UsageError when a file can't be read or isn't such an export
 */
export function readStackExports(files: readonly string[]): Stacks {
	const stacks = files.map((file) => ({ file, clients: readStackExport(file) }));
	return {
		files: stacks.map(({ file, clients: { name, clients } }) => ({ file, stack: name, clients: clients.length })),
		clients: stacks.flatMap(({ clients }) => clients.clients),
	};
}

function readStackExport(file: string): { name: string; clients: StackClient[] } {
	const parsed = v.safeParse(exportSchema, parseFile(file));
	if (!parsed.success) {
		throw new UsageError(
			`${file} isn't the export of a stack (${v.getDotPath(parsed.issues[0]) ?? "the whole"} is not what it should be): write it with pulumi stack export --file ${file}`,
		);
	}
	const { resources } = parsed.output.deployment;
	const [first] = resources;
	const { project, stack } = first ? readUrn(first.urn) : { project: "", stack: "" };
	return {
		name: first ? `${project}/${stack}` : "",
		clients: resources.filter((resource) => isOAuthClient(resource) && isManaged(resource)).flatMap(toStackClient),
	};
}

function parseFile(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		throw new UsageError(
			`${file} can't be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}): give the file that pulumi stack export wrote`,
		);
	}
	try {
		// PowerShell writes a byte order mark when the output of a command goes to a file.
		return JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		// The parser's own message quotes the text, and that may hold a secret.
		throw new UsageError(`${file} isn't JSON: write it with pulumi stack export --file ${file}`);
	}
}

function toStackClient({ urn, id, outputs = {} }: Resource): StackClient[] {
	const { clientId = id, secretRotatedAt, secretVersion, clientSecret } = outputs;
	if (typeof clientId !== "string" || clientId === "") return [];
	const { project, stack, name } = readUrn(urn);
	// Without a secret of its own the provider puts the client's date there.
	const hasSecret = typeof secretVersion === "number" ? secretVersion > 0 : clientSecret !== undefined;
	const isDate = typeof secretRotatedAt === "string" && !Number.isNaN(Date.parse(secretRotatedAt));
	return [{ clientId, project, stack, resource: name, ...(hasSecret && isDate ? { secretRotatedAt } : {}) }];
}

/** `urn:pulumi:<stack>::<project>::<types>::<name>`; a name may hold `::` itself. */
function readUrn(urn: string): { stack: string; project: string; name: string } {
	const [stack = "", project = "", , ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
	return { stack, project, name: name.join("::") };
}
