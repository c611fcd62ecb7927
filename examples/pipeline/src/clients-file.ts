import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import { type OAuthClientInputs, validateOAuthClient } from "pulumi-genesyscloud-oauth";
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** A client as the file declares it. */
interface DeclaredClient extends OAuthClientInputs {
	/** What Pulumi is to do with it. */
	options?: {
		/** Refuses to delete or replace the client. @default false */
		protect?: boolean;
		/** Leaves the client in Genesys Cloud when it goes from the file. @default false */
		retainOnDelete?: boolean;
		/** The name that the client had in the file before. */
		renamedFrom?: string;
	};
}

/** The clients of a file, by the name of their resource. */
export type DeclaredClients = Record<string, DeclaredClient>;

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
 * Reads the clients of a file. Its form is checked against the schema that editors use too, each client by the rules of the
 * provider itself: the same that a preview would apply, but for all clients at once.
 *
 * @returns the clients, or all that is wrong with the file
 */
export async function readClients(file: string): Promise<{ clients: DeclaredClients; mistakes: Mistake[] }> {
	const lines = new LineCounter();
	const document = parseDocument(readText(file), { lineCounter: lines, merge: true, prettyErrors: false });
	const mistakes: Mistake[] = document.errors.map(({ pos, message }) => {
		return { file, line: lines.linePos(pos[0]).line, path: "", message: `this isn't YAML: ${message}` };
	});
	if (mistakes.length > 0) return { clients: {}, mistakes };
	const content = document.toJS() as { clients?: Record<string, unknown> } | null;
	const found = [...wrongForm(content ?? {}), ...(await brokenRules(content?.clients))];
	for (const { path, message } of found) {
		const mistake = { file, line: lineOf(document, lines, path), path: pathText(path), message };
		if (!mistakes.some((other) => other.path === mistake.path)) mistakes.push(mistake);
	}
	mistakes.sort((a, b) => a.line - b.line);
	return { clients: (content?.clients ?? {}) as DeclaredClients, mistakes };
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

/** Whether an error is about the file around the clients, their options, or a value that is missing after its colon. */
function isAroundClients({ instancePath, data, keyword }: ErrorObject): boolean {
	const [, , ...client] = instancePath.split("/");
	if (client.length === 0) return keyword !== "propertyNames";
	if (client.length === 1 || data === null) return keyword === "type";
	return client[1] === "options";
}

const fromPointer = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** What the provider itself says of each client. */
async function brokenRules(clients: unknown): Promise<{ path: Path; message: string }[]> {
	const broken: { path: Path; message: string }[] = [];
	if (typeof clients !== "object" || clients === null) return broken;
	for (const [resource, client] of Object.entries(clients)) {
		if (typeof client !== "object" || client === null || Array.isArray(client)) continue;
		const { options: _, ...inputs } = client as DeclaredClient;
		for (const { property, reason } of await validateOAuthClient(inputs)) {
			broken.push({ path: ["clients", resource, ...toPath(property)], message: reason });
		}
	}
	return broken;
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
