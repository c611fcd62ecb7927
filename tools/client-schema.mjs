// Writes examples/pipeline/oauth-clients.schema.json: what an editor, and the pipeline itself, knows of a file of clients. Its limits and rules
// come from the arguments.ts of each resource in provider/lifecycle, its texts and defaults from the JSDoc of their
// inputs.ts, its scopes from provider/api/scopes.ts, so that it can't drift from the provider's own rules. `--check` only says whether it would change.
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
const sources = [
	"oauth-client/inputs.ts",
	"rotating-oauth-client/inputs.ts",
	"integration-credential/inputs.ts",
	"shared-inputs.ts",
].map((file) => `provider/lifecycle/${file}`);

// The schemas are asked of the package as it is built.
await ensureBuilt();
const require = createRequire(import.meta.url);
const built = (file) => require(join(root, "dist/provider", file));
const { clientTable, grantTypes } = built("lifecycle/oauth-client/arguments.js");
const { pairTable } = built("lifecycle/rotating-oauth-client/arguments.js");
const { credentialTable } = built("lifecycle/integration-credential/arguments.js");
const { schemaOf } = built("lifecycle/table-schema.js");
const { secretsOf } = built("lifecycle/argument-table.js");
const { withoutSecretParts } = built("lifecycle/secret-parts.js");
const { knownScopes } = built("api/scopes.js");

function fileSchema() {
	return {
		$schema: "http://json-schema.org/draft-07/schema#",
		title: "Genesys Cloud OAuth clients",
		description:
			"OAuth clients, pairs and integration credentials for the pipeline to provision. Written by tools/client-schema.mjs.",
		type: "object",
		additionalProperties: false,
		anyOf: [requiring(["clients"]), requiring(["pairs"])],
		properties: {
			clients: {
				description:
					"The clients, each under its resource's name: how the stack knows it. A new name is a new client, with a new id and secret; to rename one, say so in options.renamedFrom.",
				...resourcesOf("client"),
			},
			pairs: {
				description:
					"The pairs of clients that rotate without a failed login, each under its resource's name, which no client has. In Genesys Cloud the clients are named with (A) and (B) at the end.",
				...resourcesOf("pair"),
			},
			credentials: {
				description:
					"The integration credentials that hold the login of a client or pair of this file, each under its resource's name, which no client and no pair has. An update of the client's secret updates the credential.",
				...resourcesOf("credential"),
			},
		},
		definitions: {
			client: argumentsSchema(clientTable, "OAuthClientInputs"),
			pair: argumentsSchema(pairTable, "RotatingOAuthClientInputs"),
			credential: credentialSchema(),
			// A scope that this version doesn't know may still be right.
			scope: { anyOf: [{ enum: [...knownScopes] }, { type: "string", pattern: "\\S" }] },
		},
	};
}

const requiring = (names) => ({ required: names });

const resourcesOf = (definition) => ({
	type: "object",
	propertyNames: { pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" },
	additionalProperties: { $ref: `#/definitions/${definition}` },
});

function argumentsSchema(table, inputs) {
	// What JSON Schema can't say (a module exists, a URI is absolute) is left to the provider's own check.
	const { $schema: _, ...schema } = toJsonSchema(schemaOf(table), { errorMode: "ignore" });
	// A file in a repository is no place for a secret.
	for (const name of secretsOf(table).parts) schema.properties[name] = withoutSecretParts(schema.properties[name]);
	document(schema, inputs, readInterfaces());
	schema.properties.registeredRedirectUri.items.format = "uri";
	schema.properties.scope.items = { $ref: "#/definitions/scope" };
	nameRoles(schema.properties.roleDivisions.items);
	schema.properties.options = optionsSchema;
	return { ...schema, allOf: [...grantRules(table, schema), partRules(table)] };
}

/** In the file a role and a division may be named. */
function nameRoles(role) {
	const text = { type: "string", minLength: 1 };
	role.properties.roleName = {
		description: "The role's exact name, in place of roleId. Each run looks it up, previews too.",
		...text,
	};
	role.properties.divisionName = {
		description: "The division's exact name, in place of divisionId. Each run looks it up, previews too.",
		...text,
	};
	role.required = [];
	role.oneOf = [requiring(["roleId"]), requiring(["roleName"])];
	role.not = requiring(["divisionId", "divisionName"]);
}

/** A credential of the file holds a client of the file: it has no fields, and only the type for that. */
function credentialSchema() {
	const { $schema: _, ...schema } = toJsonSchema(schemaOf(credentialTable), { errorMode: "ignore" });
	for (const name of ["type", "checkType", "fields", "clientDeletionGuard", "plainFields"])
		delete schema.properties[name];
	document(schema, "IntegrationCredentialSettings", readInterfaces());
	schema.properties.client = {
		description: "The client or pair of this file whose login it holds: of a pair that of the current client.",
		type: "string",
		minLength: 1,
	};
	schema.properties.options = optionsSchema;
	const { adopt } = credentialTable;
	return { ...schema, required: ["name", "client"], allOf: [partRules({ adopt })] };
}

const optionsSchema = {
	description: "What Pulumi is to do with it.",
	type: "object",
	additionalProperties: false,
	properties: {
		protect: {
			description: "Refuses to delete or replace it, in preview already. Pulumi's protect.",
			type: "boolean",
			default: false,
		},
		retainOnDelete: {
			description:
				"Leaves it in Genesys Cloud when it goes from this file. Must have been applied by an up to have an effect. Pulumi's retainOnDelete.",
			type: "boolean",
			default: false,
		},
		renamedFrom: {
			description:
				"The name that it had in this file before. Without it a new name deletes it and makes another one. Pulumi's aliases.",
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
function grantRules(table, schema) {
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

/** The interfaces of the arguments, by name. */
function readInterfaces() {
	const declarations = sources
		.map((path) => ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true))
		.flatMap((file) => file.statements)
		.filter(ts.isInterfaceDeclaration);
	return new Map(declarations.map((declaration) => [declaration.name.text, declaration]));
}

/** The properties of an interface, and those of the interfaces that it extends. */
function membersOf(name, interfaces) {
	const { members, heritageClauses = [] } = interfaces.get(name);
	const extended = heritageClauses.map((clause) => clause.getText()).join(" ");
	const inherited = [...interfaces.keys()].filter((other) => new RegExp(`\\b${other}\\b`).test(extended));
	return [...members.filter(ts.isPropertySignature), ...inherited.flatMap((other) => membersOf(other, interfaces))];
}

/** Gives each property its text and its default, and those of the objects that it holds. */
function document(schema, name, interfaces) {
	const members = membersOf(name, interfaces);
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

await writeGenerated(target, fileSchema());
