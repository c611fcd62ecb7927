import { readFileSync } from "node:fs";
import * as v from "valibot";
import { oauthClientType } from "../provider/api/credentials-of-clients";
import { UsageError } from "./failure";

/** A client in Terraform's state. */
interface TerraformClient {
	/** The client id. */
	id: string;
	/** Its address in Terraform without the type, such as `module.crm.sync[0]`. */
	name: string;
	/** Its secret, if `expose_client_secret` put it there. */
	clientSecret: string | undefined;
}

/** An integration credential in Terraform's state: a resource of its own, or that of a client's `integration_credential_name`. */
interface TerraformCredential {
	/** The credential's id. */
	id: string;
	/** Its address in Terraform without the type. */
	name: string;
	/** Its fields; one whose value isn't in the state is undefined. */
	fields: Readonly<Record<string, string | undefined>>;
}

/** What this package can take over from Terraform's state, and what a program needs to say the same. */
export interface TerraformState {
	/** The clients. */
	clients: TerraformClient[];
	/** The integration credentials. */
	credentials: TerraformCredential[];
	/** The roles that Terraform looks up by name: ids to names. */
	roles: ReadonlyMap<string, string>;
	/** The divisions that Terraform looks up by name: ids to names. */
	divisions: ReadonlyMap<string, string>;
}

/** A resource or data source: the same of both forms. */
interface Entry {
	mode: string;
	type: string;
	name: string;
	values: Readonly<Record<string, unknown>>;
}

const values = v.record(v.string(), v.unknown());
const indexKey = v.nullish(v.union([v.string(), v.number()]));
const common = { mode: v.string(), type: v.string(), name: v.string() };

/** The state file: `terraform.tfstate`, `terraform state pull`. */
const stateFile = v.object({
	version: v.literal(4),
	resources: v.array(
		v.object({
			...common,
			module: v.nullish(v.string()),
			instances: v.array(
				v.object({ index_key: indexKey, attributes: v.nullish(values), deposed: v.nullish(v.string()) }),
			),
		}),
	),
});

interface ShownModule {
	address?: string | null | undefined;
	resources?: v.InferOutput<typeof shownResource>[] | null | undefined;
	child_modules?: ShownModule[] | null | undefined;
}
const shownResource = v.object({
	...common,
	index: indexKey,
	values: v.nullish(values),
	deposed_key: v.nullish(v.string()),
});
const shownModule: v.GenericSchema<ShownModule> = v.object({
	address: v.nullish(v.string()),
	resources: v.nullish(v.array(shownResource)),
	child_modules: v.nullish(v.array(v.lazy(() => shownModule))),
});

/** The output of `terraform show -json`. */
const shownState = v.object({ format_version: v.string(), values: v.object({ root_module: shownModule }) });

/**
 * Reads Terraform's state: the state file, or the output of `terraform show -json`.
 *
 * @param file the file; `-` for standard input
 * @throws UsageError if it can't be read, or is neither; never with a part of it, since state has secrets
 */
export function readTerraformState(file: string): TerraformState {
	const entries = entriesIn(file, parse(file));
	const managed = (type: string) => entries.filter((entry) => entry.mode === "managed" && entry.type === type);
	const named = (type: string) =>
		new Map(
			entries
				.filter((entry) => entry.mode === "data" && entry.type === type)
				.flatMap(({ values: { id, name } }) =>
					typeof id === "string" && typeof name === "string" ? [[id, name] as const] : [],
				),
		);
	const clients = managed("genesyscloud_oauth_client");
	const credentials = managed("genesyscloud_integration_credential").map(
		({ name, values: { id, credential_type_name: type, fields } }) => ({
			id: text(id),
			name: `${name}.credential`,
			fields: {
				// Terraform can take the secret from the client that it has just created, and doesn't keep it then.
				...(type === oauthClientType && { clientId: undefined, clientSecret: undefined }),
				...(v.is(v.record(v.string(), v.string()), fields) && fields),
			},
		}),
	);
	const ofClients = clients.map(({ name, values: { id, client_secret: secret, integration_credential_id: of } }) => ({
		id: text(of),
		name: `${name}.credential`,
		fields: { clientId: text(id), clientSecret: text(secret) || undefined },
	}));
	return {
		clients: once(
			clients.map(({ name, values: { id, client_secret: secret } }) => ({
				id: text(id),
				name,
				clientSecret: text(secret) || undefined,
			})),
		),
		credentials: once([...credentials, ...ofClients]),
		roles: named("genesyscloud_auth_role"),
		divisions: named("genesyscloud_auth_division"),
	};
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Those that have an id, each once: Terraform may have a resource at two addresses. */
const once = <T extends { id: string }>(all: T[]): T[] =>
	[...Map.groupBy(all, ({ id }) => id)].flatMap(([id, [first]]) => (id === "" || first === undefined ? [] : [first]));

function parse(file: string): unknown {
	const shown = file === "-" ? "standard input" : file;
	let content: string;
	try {
		content = readFileSync(file === "-" ? 0 : file, "utf8");
	} catch (error) {
		throw new UsageError(
			`${shown} can't be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}): ${howToGet}`,
		);
	}
	try {
		return JSON.parse(content.replace(/^\uFEFF/, ""));
	} catch {
		// The parser's message quotes the text, which may hold a secret.
		throw new UsageError(`${shown} isn't JSON: ${howToGet}`);
	}
}

const howToGet = "give the output of terraform state pull or of terraform show -json";

function entriesIn(file: string, content: unknown): Entry[] {
	if (v.is(stateFile, content)) {
		return content.resources.flatMap(({ module: path, instances, ...resource }) =>
			instances
				.filter(({ deposed }) => !deposed)
				.map(({ index_key: index, attributes }) => entryOf(resource, path, index, attributes)),
		);
	}
	if (v.is(shownState, content)) return shownEntries(content.values.root_module);
	throw new UsageError(`${file === "-" ? "standard input" : file} isn't Terraform's state: ${howToGet}`);
}

const shownEntries = ({ address, resources, child_modules: children }: ShownModule): Entry[] => [
	...(resources ?? [])
		.filter(({ deposed_key: deposed }) => !deposed)
		.map(({ index, values: attributes, ...resource }) => entryOf(resource, address, index, attributes)),
	...(children ?? []).flatMap(shownEntries),
];

const entryOf = (
	{ mode, type, name }: { mode: string; type: string; name: string },
	path: string | null | undefined,
	index: string | number | null | undefined,
	attributes: Entry["values"] | null | undefined,
): Entry => ({
	mode,
	type,
	name: `${path ? `${path}.` : ""}${name}${index === undefined || index === null ? "" : `[${index}]`}`,
	values: attributes ?? {},
});
