// Writes examples/pipeline/oauth-clients.schema.json: what an editor, and the pipeline itself, knows of a file of clients. Its limits and rules
// come from provider/lifecycle/oauth-client/arguments.ts, its texts and defaults from the JSDoc of its inputs.ts, its scopes from
// provider/api/scopes.ts, so that it can't drift from the provider's own rules. `--check` only says whether it would change.
// test/properties/client-schema.test.ts holds the result against the provider's own check.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { toJsonSchema } from "@valibot/to-json-schema";
import ts from "typescript";

import { ensureBuilt } from "./built-package.mjs";
import { writeGenerated } from "./generated-file.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = "examples/pipeline/oauth-clients.schema.json";
const sources = ["provider/lifecycle/oauth-client/inputs.ts", "provider/lifecycle/shared-inputs.ts"];

function fileSchema() {
	return {
		$schema: "http://json-schema.org/draft-07/schema#",
		title: "Genesys Cloud OAuth clients",
		description: "OAuth clients for the pipeline to provision. Written by tools/client-schema.mjs.",
		type: "object",
		additionalProperties: false,
		required: ["clients"],
		properties: {
			clients: {
				description:
					"The clients, each under its resource's name: how the stack knows it. A new name is a new client, with a new id and secret; to rename one, say so in options.renamedFrom.",
				type: "object",
				propertyNames: { pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" },
				additionalProperties: { $ref: "#/definitions/client" },
			},
		},
		definitions: { client: clientSchema() },
	};
}

function clientSchema() {
	const require = createRequire(import.meta.url);
	const { clientTable, grantTypes } = require(join(root, "dist/provider/lifecycle/oauth-client/arguments.js"));
	const { schemaOf } = require(join(root, "dist/provider/lifecycle/table-schema.js"));
	const { knownScopes } = require(join(root, "dist/provider/api/scopes.js"));
	// What JSON Schema can't say (a module exists, a URI is absolute) is left to the provider's own check.
	const { $schema: _, ...schema } = toJsonSchema(schemaOf(clientTable), { errorMode: "ignore" });
	const interfaces = readInterfaces();
	document(schema, "OAuthClientInputs", interfaces);
	schema.properties.registeredRedirectUri.items.format = "uri";
	// A scope that this version doesn't know may still be right.
	schema.properties.scope.items = {
		anyOf: [{ enum: [...knownScopes] }, schema.properties.scope.items],
	};
	schema.properties.options = optionsSchema;
	return { ...schema, allOf: [...grantRules(clientTable, grantTypes, schema), partRules(clientTable)] };
}

const optionsSchema = {
	description: "What Pulumi is to do with the client.",
	type: "object",
	additionalProperties: false,
	properties: {
		protect: {
			description: "Refuses to delete or replace the client, in preview already. Pulumi's protect.",
			type: "boolean",
			default: false,
		},
		retainOnDelete: {
			description:
				"Leaves the client in Genesys Cloud when it goes from this file. Must have been applied by an up to have an effect. Pulumi's retainOnDelete.",
			type: "boolean",
			default: false,
		},
		renamedFrom: {
			description:
				"The name that the client had in this file before. Without it a new name deletes the client and makes another one. Pulumi's aliases.",
			type: "string",
			pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
		},
	},
};

const filled = { type: "array", minItems: 1 };

/** What a grant type refuses: a list may be empty, and a switch off. */
function absent({ type }) {
	if (type === "array") return { type, maxItems: 0 };
	return type === "boolean" ? { const: false } : { not: {} };
}

/** What the grant types need and refuse: a rule for all grants that say the same of some arguments. */
function grantRules(table, grantTypes, schema) {
	const rules = new Map();
	const ruleFor = (reasonOf) => {
		const grants = grantTypes.filter((grant) => reasonOf(grant) !== undefined);
		const key = grants.join();
		rules.set(key, rules.get(key) ?? { grants, needed: [], refused: [] });
		return rules.get(key);
	};
	for (const [name, { refusedBy, requiredBy }] of Object.entries(table)) {
		if (refusedBy) ruleFor(refusedBy).refused.push(name);
		if (requiredBy) ruleFor(requiredBy).needed.push(name);
	}
	const formsOf = (name) => [name, ...Object.keys(table).filter((form) => table[form].olderFormOf === name)];
	return [...rules.values()].map(({ grants, needed, refused }) => {
		const required = needed.filter((name) => formsOf(name).length === 1);
		const choices = needed.filter((name) => formsOf(name).length > 1);
		const refusals = Object.fromEntries(refused.map((name) => [name, absent(schema.properties[name])]));
		return {
			if: { required: ["authorizedGrantType"], properties: { authorizedGrantType: { enum: grants } } },
			// oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
			then: {
				...Object.assign({}, ...choices.map((name) => ({ anyOf: oneFormOf(formsOf(name)) }))),
				...(required.length > 0 && { required }),
				properties: { ...Object.fromEntries(required.map((name) => [name, filled])), ...refusals },
			},
		};
	});
}

/** One of the forms of an argument, and not the others. */
const oneFormOf = (forms) =>
	forms.map((form) => ({
		required: [form],
		properties: Object.fromEntries(
			[form, ...forms.filter((other) => other !== form)].map((other) => [
				other,
				other === form ? filled : absent(filled),
			]),
		),
	}));

const requiring = (names) => ({ required: names });

/** What belongs together in the value of an argument. */
function partRules(table) {
	const properties = Object.entries(table).flatMap(([name, { parts }]) => {
		if (parts === undefined) return [];
		const { oneOf, anyOf, needs } = parts;
		const dependencies = needs && Object.fromEntries(Object.entries(needs).map(([part, other]) => [part, [other]]));
		const rule = {
			...(oneOf && { oneOf: oneOf.map((part) => requiring([part])) }),
			...(needs && { dependencies }),
			...(anyOf && { allOf: anyOf.map((ways) => ({ anyOf: ways.map(requiring) })) }),
		};
		return [[name, rule]];
	});
	return { properties: Object.fromEntries(properties) };
}

/** The interfaces of the provider's arguments, by name. */
function readInterfaces() {
	const declarations = sources
		.map((path) => ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true))
		.flatMap((file) => file.statements)
		.filter(ts.isInterfaceDeclaration);
	return new Map(declarations.map((declaration) => [declaration.name.text, declaration]));
}

/** Gives each property its text and its default, and those of the objects that it holds. */
function document(schema, name, interfaces) {
	const members = interfaces.get(name).members.filter(ts.isPropertySignature);
	for (const [key, property] of Object.entries(schema.properties)) {
		const member = members.find(({ name: { text } }) => text === key);
		if (!member?.jsDoc) throw new Error(`${name}.${key} has no JSDoc, which ${target} needs`);
		property.description = textOf(member);
		const defaultTag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
		const literal = defaultTag && literalOf(ts.getTextOfJSDocComment(defaultTag.comment));
		if (literal !== undefined) property.default = literal;
		const held = [...interfaces.keys()].find((other) => new RegExp(`\\b${other}\\b`).test(member.type.getText()));
		if (held) document(property.items ?? property, held, interfaces);
	}
}

function textOf(member) {
	const text = ts.getTextOfJSDocComment(member.jsDoc.at(-1).comment) ?? "";
	const deprecated = ts.getJSDocDeprecatedTag(member);
	const warning = deprecated ? `Deprecated ${ts.getTextOfJSDocComment(deprecated.comment)}. ` : "";
	return warning + text.trim().replaceAll(/\n(?!\n)(?<!\n\n)/g, " ");
}

/** A default that is no value but words ("the home division") is none that an editor could fill in. */
function literalOf(text) {
	try {
		return JSON.parse(text.trim());
	} catch {
		return undefined;
	}
}

// The schemas are asked of the package as it is built.
await ensureBuilt();
await writeGenerated(target, fileSchema());
