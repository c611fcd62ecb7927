import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import {
	type IntegrationCredentialSettings,
	type OAuthClientInputs,
	type RoleDivisionInput,
	type RotatingOAuthClientInputs,
	validateOAuthClient,
	validateRotatingOAuthClient,
} from "pulumi-genesyscloud-oauth";
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** What Pulumi is to do with a resource. */
interface DeclaredOptions {
	options?: {
		/** Refuses to delete or replace it. @default false */
		protect?: boolean;
		/** Leaves it in Genesys Cloud when it goes from the file. @default false */
		retainOnDelete?: boolean;
		/** The name that it had in the file before. */
		renamedFrom?: string;
	};
}

/** A role by its id or its name, in a division by its id or its name. */
export type DeclaredRole = Partial<RoleDivisionInput> & { roleName?: string; divisionName?: string };

/** The arguments of a resource as the file has them: roles may be named. */
type WithRoles<Inputs> = Omit<Inputs, "roleDivisions"> & { roleDivisions?: DeclaredRole[] };

/** What a file declares, by the name of the resource. */
export interface Declared {
	/** The clients. */
	clients: Record<string, WithRoles<OAuthClientInputs> & DeclaredOptions>;
	/** The pairs of clients that rotate without a failed login. */
	pairs: Record<string, WithRoles<RotatingOAuthClientInputs> & DeclaredOptions>;
	/** The integration credentials, each of which holds the login of a client or a pair of the file. */
	credentials: Record<string, Omit<IntegrationCredentialSettings, "type"> & { client: string } & DeclaredOptions>;
}

/** A file that may lack parts. */
type Found = { [Part in keyof Declared]?: Declared[Part] | undefined };

/** What is wrong with a file, and where. */
export interface Mistake {
	/** The file, as it was named. */
	file: string;
	/** The line, from 1. */
	line: number;
	/** The place in the file, such as `clients.crm-sync.scope`; empty for the whole file. */
	path: string;
	/** What is wrong and what to do. */
	message: string;
}

/** The line for a mistake. */
export const mistakeText = ({ file, line, path, message }: Mistake): string =>
	`${file}:${line}: ${path && `${path}: `}${message}`;

type Path = (string | number)[];

const schemaFile = new URL("../oauth-clients.schema.json", import.meta.url);

/**
 * Reads the clients of a file. Its form is checked against the schema that editors use too, each client and pair by the rules of the
 * provider itself: the same that a preview would apply, but for all at once.
 *
 * @returns what it declares, or all that is wrong with the file
 */
export async function readClients(file: string): Promise<{ declared: Declared; mistakes: Mistake[] }> {
	const lines = new LineCounter();
	const document = parseDocument(readText(file), { lineCounter: lines, merge: true, prettyErrors: false });
	const mistakes: Mistake[] = document.errors.map(({ pos, message }) => {
		return { file, line: lines.linePos(pos[0]).line, path: "", message: `this isn't YAML: ${message}` };
	});
	if (mistakes.length > 0) return { declared: { clients: {}, pairs: {}, credentials: {} }, mistakes };
	const content = document.toJS() as Partial<Declared> | null;
	const { clients, pairs, credentials } = content ?? {};
	const found = [
		...wrongForm(content ?? {}),
		...(await brokenRules("clients", clients, validateOAuthClient)),
		...(await brokenRules("pairs", pairs, validateRotatingOAuthClient)),
		...namesTwice({ clients, pairs, credentials }),
		...credentialsOfNobody({ clients, pairs, credentials }),
	];
	for (const { path, message } of found) {
		const mistake = { file, line: lineOf(document, lines, path), path: pathText(path), message };
		if (!mistakes.some((other) => other.path === mistake.path)) mistakes.push(mistake);
	}
	mistakes.sort((a, b) => a.line - b.line);
	return { declared: { clients: clients ?? {}, pairs: pairs ?? {}, credentials: credentials ?? {} }, mistakes };
}

function readText(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Error(`the file of clients ${file} can't be read (${code}): give another one with --clients`, {
			cause: error,
		});
	}
}

/** What the schema finds around the clients. Of a client itself the provider tells more: see `brokenRules`. */
function wrongForm(content: object): { path: Path; message: string }[] {
	const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, validateFormats: false });
	const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);
	validate(content);
	return (validate.errors ?? []).filter(isAroundClients).map((error) => {
		const path: Path = error.instancePath.split("/").slice(1).map(fromPointer);
		const { additionalProperty, missingProperty } = error.params as Record<string, string>;
		if (additionalProperty !== undefined) {
			const known = Object.keys((error.parentSchema as { properties: object }).properties);
			return { path: [...path, additionalProperty], message: `is unknown; use ${known.join(", ")}` };
		}
		if (missingProperty !== undefined) return { path, message: `lacks ${missingProperty}` };
		if (error.propertyName !== undefined) {
			const message =
				"is no name for a resource: use letters, digits, '.', '_' and '-', and begin with a letter or a digit";
			return { path: [...path, error.propertyName], message };
		}
		return { path, message: error.data === null ? "has no value: give one, or remove it" : (error.message ?? "") };
	});
}

/** Whether an error is about the file around the clients and pairs, their options, a value that is missing after its colon, or a credential. */
function isAroundClients({ instancePath, data, keyword }: ErrorObject): boolean {
	const [, part, ...client] = instancePath.split("/");
	if (part === "credentials" && client.length > 0) return true;
	if (client.length === 0) return keyword !== "propertyNames";
	if (client.length === 1 || data === null) return keyword === "type";
	return client[1] === "options";
}

const fromPointer = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** What the provider itself says of each client, or each pair. */
async function brokenRules(
	part: "clients" | "pairs",
	declared: unknown,
	validate: typeof validateOAuthClient,
): Promise<{ path: Path; message: string }[]> {
	const broken: { path: Path; message: string }[] = [];
	for (const [resource, one] of Object.entries(declared ?? {}) as [string, unknown][]) {
		if (typeof one !== "object" || one === null || Array.isArray(one)) continue;
		const { options: _, ...inputs } = one as Declared["clients"][string];
		const { roleDivisions: roles } = inputs;
		const isList = Array.isArray(roles);
		if (isList) broken.push(...roles.flatMap((role, at) => bothForms([part, resource, "roleDivisions", at], role)));
		// The rules are about ids; which one a name has is asked of Genesys Cloud later.
		const checked = isList ? { ...inputs, roleDivisions: roles.map(withNamesAsIds) } : inputs;
		for (const { property, reason } of await validate(checked)) {
			broken.push({ path: [part, resource, ...toPath(property)], message: reason });
		}
	}
	return broken;
}

const forms = { role: "roleId", division: "divisionId" } as const;

function bothForms(path: Path, role: DeclaredRole): { path: Path; message: string }[] {
	return Object.entries(forms).flatMap(([thing, id]) => {
		const name = `${thing}Name`;
		const isTwice = id in Object(role) && name in Object(role);
		return isTwice ? [{ path: [...path, name], message: `set either ${id} or ${name}` }] : [];
	});
}

function withNamesAsIds(role: DeclaredRole): unknown {
	if (typeof role !== "object" || role === null) return role;
	const { roleName, divisionName, ...rest } = role;
	return {
		...(roleName !== undefined && { roleId: roleName }),
		...(divisionName !== undefined && { divisionId: divisionName }),
		...rest,
	};
}

/** The stack's outputs, its results and comments have one name for each. */
function namesTwice(content: Found): { path: Path; message: string }[] {
	const owners = new Map<string, string>();
	return Object.entries(content).flatMap(([part, declared]) =>
		Object.keys(declared ?? {}).flatMap((name) => {
			const owner = owners.get(name);
			if (owner !== undefined)
				return [{ path: [part, name], message: `is the name of a ${owner} too: choose another` }];
			owners.set(name, part.slice(0, -1));
			return [];
		}),
	);
}

/** A credential holds a client or a pair of the file. */
function credentialsOfNobody({ clients, pairs, credentials }: Found): { path: Path; message: string }[] {
	const known = Object.keys({ ...clients, ...pairs });
	return Object.entries(credentials ?? {}).flatMap(([name, credential]) => {
		const client: unknown = Object(credential).client;
		if (typeof client !== "string" || known.includes(client)) return [];
		return [{ path: ["credentials", name, "client"], message: "is none of the clients and pairs of this file" }];
	});
}

/** `roleDivisions[0].roleId` as a path. */
const toPath = (text: string): Path =>
	[...text.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([key, index]) => (index === undefined ? key : Number(index)));
const pathText = (path: Path) =>
	path.map((key, at) => (typeof key === "number" ? `[${key}]` : `${at === 0 ? "" : "."}${key}`)).join("");

/** The line of a place in a document, or of the nearest place around it that there is. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
	let node: Node | null = document.contents;
	let start = 0;
	for (const key of path) {
		if (isAlias(node)) node = node.resolve(document) ?? null;
		if (isMap(node)) {
			const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
			if (pair === undefined) break;
			start = (pair.key as Node).range?.[0] ?? start;
			node = pair.value as Node | null;
		} else if (isSeq(node)) {
			node = (node.items[Number(key)] ?? null) as Node | null;
			start = node?.range?.[0] ?? start;
		} else break;
	}
	return lines.linePos(start).line;
}
