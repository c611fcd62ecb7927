// Writes plugin/schema.json, Pulumi's description of the plugin, from the types and JSDoc of provider/ and plugin/provider-settings.ts, so that it
// says what the dynamic provider's reference says. `--check` only says whether it would change.
//
// The schema has no `default`s: SDKs would send them as if the program had set them, and a client that moves over from the dynamic provider
// would change. The descriptions name them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { toJsonSchema } from "@valibot/to-json-schema";
import ts from "typescript";

import { ensureBuilt } from "./built-package.mjs";
import { writeGenerated } from "./generated-file.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = "plugin/schema.json";
const name = "genesyscloud-oauth";

await ensureBuilt();
const require = createRequire(import.meta.url);
const lifecycle = (file) => require(join(root, "dist/provider/lifecycle", file));
const { schemaOf } = lifecycle("table-schema.js");
const tables = [
	lifecycle("oauth-client/arguments.js").clientTable,
	lifecycle("rotating-oauth-client/arguments.js").pairTable,
	lifecycle("integration-credential/arguments.js").credentialTable,
];
const namesWhere = (holds) =>
	tables.flatMap((table) =>
		Object.keys(table).filter((property) => table[property].kind !== undefined && holds(table[property])),
	);

/** The arguments that the plugin doesn't show: Pulumi has its own means for them. */
const withheld = new Set(namesWhere(({ kind, front }) => kind !== "output" && (front === "npm" || front === "none")));
const secrets = new Set([
	...namesWhere(({ isSecret }) => isSecret),
	// Settings of the provider.
	"oauthClientSecret",
	"accessToken",
	"gatewayAuthPassword",
	"proxyAuthPassword",
]);
/** A new value usually replaces the resource. The schema can't require it where an argument can turn that off. */
const replaced = new Set(namesWhere(({ onChange }) => onChange === "replace"));
/** TypeScript has only numbers: what is whole is known of arguments by their schemas. */
const wholeNumbers = new Set([
	...tables.flatMap((table) => wholeIn(toJsonSchema(schemaOf(table), { errorMode: "ignore" }))),
	"secretVersion",
	"generation",
]);
/** The same for lookups. */
const wholeInLookups = /^(timeoutSeconds|days|requests|status\d+)$/;

/** The names of a schema's whole numbers, at any depth. */
function wholeIn({ properties = {}, items }) {
	const inner = Object.entries(properties);
	const own = inner.filter(([, part]) => part.type === "integer").map(([property]) => property);
	return own.concat(...inner.map(([, part]) => wholeIn(part)), items ? wholeIn(items) : []);
}

function packageSchema() {
	const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	const source = new Source();
	const settings = source.properties("ProviderSettings");
	return {
		name,
		displayName: "Genesys Cloud OAuth",
		version: manifest.version,
		description:
			"Genesys Cloud OAuth clients: creates, changes, replaces and removes them, and hands out their secrets as Pulumi secrets.",
		keywords: ["pulumi", "genesys-cloud", "oauth", "category/infrastructure"],
		homepage: manifest.homepage,
		repository: manifest.repository.url.replace(/^git\+|\.git$/g, ""),
		license: manifest.license,
		publisher: manifest.author,
		pluginDownloadURL: `github://api.github.com/${new URL(manifest.homepage).pathname.split("/")[1]}/${manifest.name}`,
		meta: { moduleFormat: "(.*)" },
		config: { variables: settings.properties },
		provider: {
			description:
				"The connection to an organization of Genesys Cloud. An explicit provider's settings come before the environment's.",
			inputProperties: settings.properties,
		},
		resources: {
			[`${name}:index:OAuthClient`]: source.resource("OAuthClient", "OAuthClientInputs", "examples/yaml/Pulumi.yaml"),
			[`${name}:index:RotatingOAuthClient`]: source.resource("RotatingOAuthClient", "RotatingOAuthClientInputs"),
			[`${name}:index:IntegrationCredential`]: source.resource("IntegrationCredential", "IntegrationCredentialInputs"),
		},
		functions: Object.fromEntries(source.lookups().map((lookup) => [`${name}:index:${lookup}`, source.lookup(lookup)])),
		types: source.types,
		language: languages,
	};
}

const languages = {
	csharp: { respectSchemaVersion: true, rootNamespace: "Pulumi" },
	go: { respectSchemaVersion: true, generateResourceContainerTypes: true },
	nodejs: { respectSchemaVersion: true },
	python: { respectSchemaVersion: true, pyproject: { enabled: true } },
};

/** The types of the provider, as the compiler sees them. */
class Source {
	/** The schema's named types, collected on the way. */
	types = {};
	#tokens = new Map();
	#checker;
	#scope;
	#file;

	constructor() {
		const config = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8")).config;
		const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
		// Conditional types give what the signature of a generic lookup has for any metric.
		const path = join(root, "plugin-schema-source.ts");
		const text = [
			'import * as provider from "./provider/index";',
			'import type { OAuthClientInputs } from "./provider/lifecycle/oauth-client/inputs";',
			'import type { IntegrationCredentialInputs } from "./provider/lifecycle/integration-credential/inputs";',
			'import type { ProviderSettings } from "./plugin/provider-settings";',
			"export interface Known {",
			"provider: typeof provider; OAuthClientInputs: OAuthClientInputs; OAuthClient: provider.OAuthClient;",
			"RotatingOAuthClientInputs: provider.RotatingOAuthClientInputs; RotatingOAuthClient: provider.RotatingOAuthClient;",
			"IntegrationCredentialInputs: IntegrationCredentialInputs; IntegrationCredential: provider.IntegrationCredential;",
			"ProviderSettings: ProviderSettings; }",
			...lookupNames().flatMap((lookup) => [
				`export type ${lookup}Args = NonNullable<Parameters<typeof provider.${lookup}>[0]>;`,
				`export type ${lookup}Result = Awaited<ReturnType<typeof provider.${lookup}>>;`,
			]),
		].join("\n");
		const host = ts.createCompilerHost(options);
		const readSource = host.getSourceFile.bind(host);
		host.getSourceFile = (file, ...rest) =>
			file === path ? ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) : readSource(file, ...rest);
		const program = ts.createProgram({ rootNames: [path], options: { ...options, noEmit: true }, host });
		this.#checker = program.getTypeChecker();
		this.#file = program.getSourceFile(path);
		this.#scope = new Map(
			this.#checker
				.getExportsOfModule(this.#checker.getSymbolAtLocation(this.#file))
				.map((symbol) => [symbol.name, symbol]),
		);
	}

	/** The names of the lookups with plain arguments. */
	lookups() {
		return lookupNames();
	}

	/** The properties of one of the known interfaces. */
	properties(interfaceName) {
		return this.#object(this.#known(interfaceName), interfaceName);
	}

	/** A resource, with an example in Pulumi YAML. */
	resource(className, inputsName, example) {
		const type = this.#known(className);
		const properties = this.#outputs(type, className);
		const inputs = this.properties(inputsName);
		return {
			description: [this.#text(type.symbol), ...(example ? [exampleUsage(example)] : [])].join("\n\n"),
			properties: properties.properties,
			required: properties.required,
			inputProperties: inputs.properties,
			requiredInputs: inputs.required,
		};
	}

	#outputs(type, className) {
		const outputs = this.#checker
			.getPropertiesOfType(type)
			.filter((symbol) => symbol.declarations?.[0]?.getSourceFile().fileName.includes("/provider/"))
			.filter(
				({ declarations: [declaration] }) =>
					ts.isPropertyDeclaration(declaration) || ts.isPropertySignature(declaration),
			)
			.filter((symbol) => valueOfOutput(this.#typeOf(symbol)) !== undefined);
		return this.#members(outputs, className, (symbol) => valueOfOutput(this.#typeOf(symbol)));
	}

	lookup(lookup) {
		const symbol = this.#checker.getPropertyOfType(this.#known("provider"), lookup);
		const inputs = this.#object(this.#declared(`${lookup}Args`), `${lookup}Args`);
		const outputs = this.#object(this.#declared(`${lookup}Result`), `${lookup}Result`);
		return {
			description: this.#text(symbol),
			inputs: { type: "object", properties: inputs.properties, required: inputs.required },
			outputs: { type: "object", properties: outputs.properties, required: outputs.required },
		};
	}

	#known(property) {
		const known = this.#checker.getDeclaredTypeOfSymbol(this.#scope.get("Known"));
		return this.#typeOf(this.#checker.getPropertyOfType(known, property));
	}

	#declared(typeName) {
		return this.#checker.getDeclaredTypeOfSymbol(this.#scope.get(typeName));
	}

	#typeOf(symbol) {
		return this.#checker.getTypeOfSymbolAtLocation(symbol, this.#file);
	}

	/** The properties of an object, or of all objects of a union: only what all of them require is required. */
	#object(type, owner) {
		const parts = type.isUnion() ? type.types.filter((part) => !isUndefined(part)) : [type];
		const each = parts.map((part) => this.#members(this.#checker.getPropertiesOfType(part), owner));
		return {
			properties: Object.assign({}, ...each.map(({ properties }) => properties)),
			required: each[0].required.filter((property) => each.every(({ required }) => required.includes(property))),
		};
	}

	#members(symbols, owner, typeOf = (symbol) => this.#typeOf(symbol)) {
		const used = symbols.filter((symbol) => !withheld.has(symbol.name));
		const entries = used.flatMap((symbol) => {
			const type = typeOf(symbol);
			const isOptional =
				(symbol.flags & ts.SymbolFlags.Optional) !== 0 || (type.isUnion() && type.types.some(isUndefined));
			const value = this.#checker.getNonNullableType(type);
			// An alternative's property that must not be set.
			if (isUndefined(type) || (value.flags & ts.TypeFlags.Never) !== 0) return [];
			return [{ symbol, isOptional, value }];
		});
		return {
			properties: Object.fromEntries(
				entries.map(({ symbol, value }) => [
					symbol.name,
					{
						...this.#spec(value, `${owner}.${symbol.name}`),
						...((wholeNumbers.has(symbol.name) || wholeInLookups.test(symbol.name)) && { type: "integer" }),
						description: this.#text(symbol),
						...(secrets.has(symbol.name) && { secret: true }),
						...(replaced.has(symbol.name) && owner.endsWith("Inputs") && { willReplaceOnChanges: true }),
					},
				]),
			),
			required: entries.filter(({ isOptional }) => !isOptional).map(({ symbol }) => symbol.name),
		};
	}

	/** The schema of a type. */
	#spec(type, owner) {
		const { flags } = type;
		if (flags & ts.TypeFlags.StringLike) return { type: "string" };
		if (flags & ts.TypeFlags.NumberLike) return { type: "number" };
		if (flags & ts.TypeFlags.BooleanLike) return { type: "boolean" };
		if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return { $ref: "pulumi.json#/Any" };
		if (type.isUnion()) return this.#union(type, owner);
		if (this.#checker.isArrayType(type)) {
			return { type: "array", items: this.#spec(this.#checker.getTypeArguments(type)[0], `${owner}Item`) };
		}
		const values = this.#checker.getIndexInfoOfType(type, ts.IndexKind.String);
		if (values) return { type: "object", additionalProperties: this.#spec(values.type, `${owner}Value`) };
		if (flags & ts.TypeFlags.Object) return this.#named(type, owner);
		throw new Error(`${owner} has a type that Pulumi's schema can't have: ${this.#checker.typeToString(type)}`);
	}

	#union(type, owner) {
		if (type.types.every((part) => part.isStringLiteral())) return this.#choice(type, owner);
		// A known scope, or any other text; true or false.
		for (const one of ["StringLike", "NumberLike", "BooleanLike"]) {
			if (type.types.every((part) => isA(part, ts.TypeFlags[one]))) return { type: one.slice(0, -4).toLowerCase() };
		}
		// One value or a list of them.
		const list = type.types.find((part) => this.#checker.isArrayType(part));
		const [item] = list ? this.#checker.getTypeArguments(list) : [];
		if (item) return { oneOf: [this.#spec(item, owner), this.#spec(list, owner)] };
		throw new Error(`${owner} has a union that Pulumi's schema can't have: ${this.#checker.typeToString(type)}`);
	}

	/** An enumeration, under its own name or its property's. */
	#choice(type, owner) {
		const token = `${name}:index:${type.aliasSymbol?.name ?? typeName(owner)}`;
		this.types[token] ??= {
			type: "string",
			...(type.aliasSymbol && { description: this.#text(type.aliasSymbol) }),
			enum: type.types.map(({ value }) => ({ name: pascal(value), value })),
		};
		return { $ref: `#/types/${token}` };
	}

	#named(type, owner) {
		// In an output a property is always set that may be absent in an input: one type for both.
		if (type.aliasSymbol?.name === "Required") return this.#named(type.aliasTypeArguments[0], owner);
		this.#tokens.set(type, this.#tokens.get(type) ?? this.#define(type, owner));
		return { $ref: `#/types/${this.#tokens.get(type)}` };
	}

	#define(type, owner) {
		const symbol = type.aliasSymbol ?? type.symbol;
		const own = symbol.name.startsWith("__") || symbol.name === "Partial" ? typeName(owner) : symbol.name;
		const token = `${name}:index:${own.replace(/Input$/, "")}`;
		if (token in this.types) return token;
		this.types[token] = {};
		const { properties, required } = this.#object(type, own);
		const description = this.#text(symbol);
		this.types[token] = { type: "object", ...(description && { description }), properties, required };
		return token;
	}

	/** A symbol's JSDoc, with its default. */
	#text(symbol) {
		const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
		const tags = symbol.getJsDocTags(this.#checker);
		const [fallback] = tags.filter((tag) => tag.name === "default").map((tag) => ts.displayPartsToString(tag.text));
		const [deprecated] = tags
			.filter((tag) => tag.name === "deprecated")
			.map((tag) => ts.displayPartsToString(tag.text));
		return [
			deprecated && `Deprecated ${deprecated}.`,
			// A lookup's example is in TypeScript, for the package of the dynamic provider.
			text
				.replaceAll(/```ts[\s\S]*?```\s*/g, "")
				.replaceAll(/\{@link (\w+)\}/g, "`$1`")
				.trim()
				.replaceAll(/(?<!\n)\n(?!\n)/g, " "),
			fallback && `Default: ${/^["[\d]|^(true|false)$/.test(fallback) ? `\`${fallback}\`` : fallback}.`,
		]
			.filter(Boolean)
			.join(" ");
	}
}

/** An example in the form that Pulumi's registry shows. */
function exampleUsage(file) {
	const program = readFileSync(join(root, file), "utf8").trim();
	return `{{% examples %}}\n## Example Usage\n{{% example %}}\n\n\`\`\`yaml\n${program}\n\`\`\`\n{{% /example %}}\n{{% /examples %}}`;
}

const isA = (type, flag) =>
	(type.flags & flag) !== 0 || (type.isIntersection() && type.types.some((part) => isA(part, flag)));
const isUndefined = (type) => (type.flags & ts.TypeFlags.Undefined) !== 0;
const pascal = (text) =>
	text === text.toUpperCase()
		? text.toLowerCase().replaceAll(/(^|[^a-z0-9]+)([a-z0-9])/g, (_, _gap, letter) => letter.toUpperCase())
		: text[0].toUpperCase() + text.slice(1);
const typeName = (owner) =>
	owner
		.replace(/^get|(Inputs?|Result)(?=\.)/g, "")
		.split(".")
		.map((part) => part[0].toUpperCase() + part.slice(1))
		.join("");

/** What an output holds: the type argument of `pulumi.Output`, which is an intersection of interfaces. */
function valueOfOutput(type) {
	return type.aliasTypeArguments?.[0] ?? type.types?.[0]?.typeArguments?.[0] ?? type.typeArguments?.[0];
}

function lookupNames() {
	const text = readFileSync(join(root, "provider/index.ts"), "utf8");
	return [...text.matchAll(/^export \{([^}]*)\}/gm)]
		.flatMap(([, names]) => names.match(/\bget[A-Z]\w*/g) ?? [])
		.filter((lookup) => !lookup.endsWith("Output"));
}

await writeGenerated(target, packageSchema());
