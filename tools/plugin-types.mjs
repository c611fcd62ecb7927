// The types and JSDoc of provider/ and plugin/provider-settings.ts, as the compiler sees them, in the form of Pulumi's schema.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

import { isWhole, replaced, secrets, withheld } from "./plugin-arguments.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const resourceNames = ["OAuthClient", "RotatingOAuthClient", "IntegrationCredential"];
/** The filters of the lists of resources. */
const filters = { OAuthClient: "getOAuthClientsArgs", IntegrationCredential: "ListIntegrationCredentialsArgs" };

/** The types of the provider, as the compiler sees them, in Pulumi's form. */
export class PluginTypes {
	/** The named types, collected on the way. */
	named = {};
	#package;
	#checker;
	#scope;
	#file;

	/** @param packageName the package that the types are of */
	constructor(packageName) {
		this.#package = packageName;
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
			'export type ListIntegrationCredentialsArgs = import("./provider/lookups/find/integration-credentials").ListIntegrationCredentialsArgs;',
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

	/** The resources, by class. */
	resources() {
		return resourceNames.map((resource) => [resource, this.#resource(resource)]);
	}

	/** The lookups with plain arguments, by name. */
	functions() {
		return lookupNames().map((lookup) => [lookup, this.#lookup(lookup)]);
	}

	/** The properties of one of the known interfaces. */
	properties(interfaceName) {
		return this.#object(this.#known(interfaceName), inputOf(interfaceName));
	}

	#resource(className) {
		const type = this.#known(className);
		const { properties, required } = this.#outputs(type, className);
		const inputs = this.properties(`${className}Inputs`);
		const filter = filters[className];
		return {
			description: this.#text(type.symbol),
			properties,
			required,
			inputProperties: inputs.properties,
			requiredInputs: inputs.required,
			...(filter && { listInputs: { type: "object", ...this.#object(this.#declared(filter), inputOf(filter)) } }),
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
		return this.#members(outputs, outputOf(className), (symbol) => valueOfOutput(this.#typeOf(symbol)));
	}

	#lookup(lookup) {
		const symbol = this.#checker.getPropertyOfType(this.#known("provider"), lookup);
		return {
			description: this.#text(this.#checker.getAliasedSymbol(symbol)),
			inputs: { type: "object", ...this.#object(this.#declared(`${lookup}Args`), inputOf(`${lookup}Args`)) },
			outputs: { type: "object", ...this.#object(this.#declared(`${lookup}Result`), outputOf(`${lookup}Result`)) },
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
	#object(type, place) {
		const parts = type.isUnion() ? type.types.filter((part) => !isUndefined(part)) : [type];
		const each = parts.map((part) => this.#members(this.#checker.getPropertiesOfType(part), place));
		return {
			properties: Object.assign({}, ...each.map(({ properties }) => properties)),
			required: each[0].required.filter((property) => each.every(({ required }) => required.includes(property))),
		};
	}

	#members(symbols, place, typeOf = (symbol) => this.#typeOf(symbol)) {
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
						...this.#spec(value, within(place, `.${symbol.name}`)),
						...(isWhole(symbol.name) && { type: "integer" }),
						description: this.#text(symbol),
						...this.#deprecation(symbol),
						...(secrets.has(symbol.name) && { secret: true }),
						...(replaced.has(symbol.name) && place.name.endsWith("Inputs") && { willReplaceOnChanges: true }),
					},
				]),
			),
			required: entries.filter(({ isOptional }) => !isOptional).map(({ symbol }) => symbol.name),
		};
	}

	/** The schema of a type. */
	#spec(type, place) {
		const { flags } = type;
		if (flags & ts.TypeFlags.StringLike) return { type: "string" };
		if (flags & ts.TypeFlags.NumberLike) return { type: "number" };
		if (flags & ts.TypeFlags.BooleanLike) return { type: "boolean" };
		if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return { $ref: "pulumi.json#/Any" };
		if (type.isUnion()) return this.#union(type, place);
		if (this.#checker.isArrayType(type)) {
			return { type: "array", items: this.#spec(this.#checker.getTypeArguments(type)[0], within(place, "Item")) };
		}
		const values = this.#checker.getIndexInfoOfType(type, ts.IndexKind.String);
		if (values) return { type: "object", additionalProperties: this.#spec(values.type, within(place, "Value")) };
		if (flags & ts.TypeFlags.Object) return this.#objectType(type, place);
		throw new Error(`${place.name} has a type that Pulumi's schema can't have: ${this.#checker.typeToString(type)}`);
	}

	#union(type, place) {
		if (type.types.every((part) => part.isStringLiteral())) {
			// A value that the schema doesn't know would make a whole result unreadable.
			return place.isInput ? this.#choice(type, place) : { type: "string" };
		}
		// A known scope, or any other text; true or false.
		for (const one of ["StringLike", "NumberLike", "BooleanLike"]) {
			if (type.types.every((part) => isA(part, ts.TypeFlags[one]))) return { type: one.slice(0, -4).toLowerCase() };
		}
		// One value or a list of them: the list, since Go has no unions.
		const list = type.types.find((part) => this.#checker.isArrayType(part));
		if (list) return this.#spec(list, place);
		throw new Error(`${place.name} has a union that Pulumi's schema can't have: ${this.#checker.typeToString(type)}`);
	}

	/** An enumeration, under its own name. */
	#choice(type, place) {
		// The compiler's order isn't that of the declaration, and changes with other files.
		const values = type.types.map(({ value }) => ({ name: pascal(value), value }));
		values.sort((a, b) => (a.value < b.value ? -1 : 1));
		return this.#reference(type.aliasSymbol ?? type.symbol, place, { type: "string", enum: values });
	}

	#objectType(type, place) {
		// In an output a property is always set that may be absent in an input: one type for both.
		if (type.aliasSymbol?.name === "Required") return this.#objectType(type.aliasTypeArguments[0], place);
		const symbol = type.aliasSymbol ?? type.symbol;
		return this.#reference(symbol, place, { type: "object", ...this.#object(type, { ...place, name: symbol.name }) });
	}

	/** A reference to a named type. `Result` at the end would be doubled in Python and C#, and names what is in a list. */
	#reference(symbol, place, spec) {
		if (/^__|^Partial$/.test(symbol?.name ?? "__"))
			throw new Error(`${place.name} needs a type with a name, for the SDKs`);
		const own = symbol.name.replace(/Input$/, "").replace(/^(.*)Result$/, "Listed$1");
		const token = `${this.#package}:index:${own}`;
		const known = this.named[token];
		if (known && shapeOf(known) !== shapeOf(spec)) throw new Error(`${place.name}: there are two types ${own}`);
		this.named[token] ??= { description: this.#text(symbol), ...spec };
		return { $ref: `#/types/${token}` };
	}

	#deprecation(symbol) {
		const tag = symbol.getJsDocTags(this.#checker).find((one) => one.name === "deprecated");
		return tag && { deprecationMessage: `Deprecated ${ts.displayPartsToString(tag.text)}` };
	}

	/** A symbol's JSDoc, with its default. */
	#text(symbol) {
		const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
		const tags = symbol.getJsDocTags(this.#checker);
		const [fallback] = tags.filter((tag) => tag.name === "default").map((tag) => ts.displayPartsToString(tag.text));
		return [
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

const isA = (type, flag) =>
	(type.flags & flag) !== 0 || (type.isIntersection() && type.types.some((part) => isA(part, flag)));
const isUndefined = (type) => (type.flags & ts.TypeFlags.Undefined) !== 0;
const pascal = (text) =>
	text === text.toUpperCase()
		? text.toLowerCase().replaceAll(/(^|[^a-z0-9]+)([a-z0-9])/g, (_, _gap, letter) => letter.toUpperCase())
		: text[0].toUpperCase() + text.slice(1);

/** The place that a type is at: its name for messages, and whether programs write it. */
const inputOf = (name) => ({ name, isInput: true });
const outputOf = (name) => ({ name, isInput: false });
const within = ({ name, isInput }, part) => ({ name: `${name}${part}`, isInput });

const withoutText = (key, value) => (key === "description" && typeof value === "string" ? undefined : value);

/** What two types of one name must agree in: all but their texts and what is required. */
function shapeOf({ properties = {}, enum: values }) {
	const sorted = Object.entries(properties).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return JSON.stringify([sorted, values], withoutText);
}

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
