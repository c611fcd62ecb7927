import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json";
import schema from "../../plugin/schema.json";

type Json = Record<string, unknown>;

interface Property extends Json {
	type?: string;
	$ref?: string;
	items?: Property;
	additionalProperties?: Property;
	description?: string;
	oneOf?: unknown;
	secret?: boolean;
}

interface Named {
	description?: string;
	properties?: Record<string, Property> | undefined;
	required?: string[] | undefined;
	enum?: { name: string; value: string }[];
}

interface Resource extends Named {
	isComponent?: boolean;
	inputProperties: Record<string, Property>;
	requiredInputs: string[];
}

interface YamlProgram {
	variables?: Record<string, { "fn::invoke": { function: string; arguments: Json } }>;
	resources?: Record<string, { type: string; properties: Json }>;
}

interface Lookup {
	description?: string;
	inputs: Named;
	outputs: Named;
}

const resources: Record<string, Resource> = schema.resources;
const functions: Record<string, Lookup> = schema.functions;
const types = schema.types as Record<string, Named>;
const lastPart = (token: string) => token.split(":").at(-1) ?? "";
const isEnum = (token: string) => types[token]?.enum !== undefined;
const pascal = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const members = { ...resources, ...functions };

/** Every list of properties, by where it is. */
const objects: Record<string, Record<string, Property>> = {
	config: schema.config.variables,
	provider: schema.provider.inputProperties,
	...Object.fromEntries(
		Object.entries(resources).flatMap(([token, { properties = {}, inputProperties }]) => [
			[token, properties],
			[`${token} (inputs)`, inputProperties],
		]),
	),
	...Object.fromEntries(
		Object.entries(functions).flatMap(([token, { inputs, outputs }]) => [
			[`${token} (inputs)`, inputs.properties ?? {}],
			[`${token} (result)`, outputs.properties ?? {}],
		]),
	),
	...Object.fromEntries(Object.entries(types).map(([token, { properties = {} }]) => [token, properties])),
};
const properties = Object.entries(objects).flatMap(([owner, list]) =>
	Object.entries(list).map(([name, property]) => ({ path: `${owner}.${name}`, name, property })),
);

/** What doesn't fit a type in values that a program writes. */
function unfit(given: Json, known?: Named): string[] {
	if (known?.properties === undefined) return ["an unknown type"];
	const missing = (known.required ?? []).filter((name) => !(name in given)).map((name) => `no ${name}`);
	const wrong = Object.entries(given).flatMap(([name, value]) => {
		const property = known.properties?.[name];
		return property === undefined ? [`unknown ${name}`] : unfitValue(name, value, property);
	});
	return [...missing, ...wrong];
}

function unfitValue(name: string, value: unknown, { type, $ref, items }: Property): string[] {
	// A value of another resource or lookup.
	if (typeof value === "string" && value.startsWith("${")) return [];
	if (items !== undefined) {
		return Array.isArray(value) ? value.flatMap((item) => unfitValue(name, item, items)) : [`${name} is no list`];
	}
	const named = types[$ref?.replace("#/types/", "") ?? ""];
	if (named?.enum !== undefined)
		return named.enum.some((one) => one.value === value) ? [] : [`${name} has no such value`];
	if (named !== undefined) return unfit(value as Json, named);
	const kind = Number.isInteger(value) && type === "integer" ? "integer" : typeof value;
	return kind === type ? [] : [`${name} is no ${type}`];
}

/** The types that a property refers to, and those that they refer to. */
function reached(list: Property[], seen = new Set<string>()): Set<string> {
	for (const { $ref, items, additionalProperties } of list) {
		const token = $ref?.replace("#/types/", "");
		if (token !== undefined && !seen.has(token) && types[token] !== undefined) {
			reached(Object.values(types[token].properties ?? {}), seen.add(token));
		}
		reached(
			[items, additionalProperties].filter((inner) => inner !== undefined),
			seen,
		);
	}
	return seen;
}

describe("the plugin's schema", () => {
	test("describes every resource, function, type and property", () => {
		const texts = [
			...properties.map(({ path, property }) => ({ path, description: property.description })),
			...Object.entries({ ...members, ...types }).map(([path, { description }]) => ({ path, description })),
		];
		expect(texts.filter(({ description = "" }) => description.trim() === "").map(({ path }) => path)).toEqual([]);
		expect(texts.length).toBeGreaterThan(250);
	});

	test("has for every resource and function an example in each language, which is a file of plugin/examples", () => {
		const files = {
			typescript: "index.ts",
			python: "__main__.py",
			csharp: "Program.cs",
			go: "main.go",
			java: "App.java",
			yaml: "Pulumi.yaml",
		};
		for (const [token, { description = "" }] of Object.entries(members)) {
			const blocks = [...description.matchAll(/```(\w+)\n([\s\S]*?)\n```/g)].map(([, language, text]) => [
				language,
				text,
			]);
			const programs = Object.entries(files).map(([language, file]) => [
				language,
				readFileSync(`plugin/examples/${lastPart(token)}/${file}`, "utf8").trim(),
			]);
			expect(blocks).toEqual(programs);
			expect(Object.fromEntries(programs)["yaml"]).toContain(`genesyscloud-oauth:${lastPart(token)}\n`);
		}
		expect(readdirSync("plugin/examples").toSorted()).toEqual(Object.keys(members).map(lastPart).toSorted());
	});

	test.each(Object.keys(members).map(lastPart))("has an example in YAML that fits it: %s", (member) => {
		const program = parse(readFileSync(`plugin/examples/${member}/Pulumi.yaml`, "utf8")) as YamlProgram;
		const calls = Object.values(program.variables ?? {}).map(
			({ "fn::invoke": { function: token, arguments: given } }) => ({
				given,
				known: functions[token.replace(":", ":index:")]?.inputs,
			}),
		);
		const declared = Object.values(program.resources ?? {}).map(({ type, properties: given }) => {
			const resource = resources[type.replace(":", ":index:")];
			return { given, known: { properties: resource?.inputProperties, required: resource?.requiredInputs } };
		});
		expect([...calls, ...declared].flatMap(({ given, known }) => unfit(given, known))).toEqual([]);
	});

	test("has enumerations in what programs write, and none in results: an unknown value would make a result unreadable", () => {
		const results = [
			...Object.values(resources).flatMap((resource) => Object.values(resource.properties ?? {})),
			...Object.values(functions).flatMap(({ outputs }) => Object.values(outputs.properties ?? {})),
		];
		expect([...reached(results)].filter(isEnum)).toEqual([]);
		const inputs = Object.values(resources).flatMap(({ inputProperties }) => Object.values(inputProperties));
		expect([...reached(inputs)].filter(isEnum).map(lastPart).toSorted()).toEqual([
			"ClientDeletion",
			"DeclaredState",
			"GrantType",
		]);
	});

	test("has a list where the npm package takes one value or a list: Go has no unions", () => {
		expect(properties.filter(({ property }) => property.oneOf !== undefined)).toEqual([]);
		const { properties: filters = {} } = functions["genesyscloud-oauth:index:getOAuthClients"]?.inputs ?? {};
		expect(filters["authorizedGrantType"]).toMatchObject({ type: "array" });
		expect(types["genesyscloud-oauth:index:ClientState"]?.enum?.map(({ value }) => value)).toEqual([
			"active",
			"disabled",
			"inactive",
		]);
	});

	test("says of roleIds that it is deprecated, as SDKs do", () => {
		expect(resources["genesyscloud-oauth:index:OAuthClient"]?.inputProperties["roleIds"]).toMatchObject({
			description: expect.stringMatching(/^Ids of the roles/) as string,
			deprecationMessage: "Deprecated by Genesys Cloud; use `roleDivisions`",
		});
	});

	test("names packages after the owner of the repository, and none in Pulumi's own namespaces", () => {
		const owner = new URL(manifest.homepage).pathname.split("/")[1] ?? "";
		const { csharp, go, java, nodejs, python } = schema.language;
		expect(go.importBasePath).toBe(`github.com/${owner}/${manifest.name}/sdk/go/genesyscloudoauth`);
		expect([csharp.rootNamespace.toLowerCase(), java.basePackage]).toEqual([
			owner.toLowerCase().replaceAll(/[_-]/g, ""),
			`io.github.${owner.toLowerCase().replaceAll(/[_-]/g, "")}`,
		]);
		expect(nodejs.packageName).not.toMatch(/^@pulumi\//);
		const names = new Map([
			["index.ts", `"${nodejs.packageName}"`],
			["__main__.py", python.packageName],
			["main.go", `"${go.importBasePath}"`],
			["Program.cs", `${csharp.rootNamespace}.${csharp.namespaces["genesyscloud-oauth"]};`],
			["App.java", `${java.basePackage}.genesyscloudoauth.`],
		]);
		for (const [file, name] of names) {
			for (const folder of readdirSync("plugin/examples")) {
				expect(readFileSync(`plugin/examples/${folder}/${file}`, "utf8")).toContain(name);
			}
		}
	});

	// The plugin marks a provider's settings by it, and SDKs what programs read and write.
	test("says of every credential that it is a secret, and which argument replaces the resource", () => {
		const ours = "genesyscloud-oauth:index:";
		const marked = (mark: string) =>
			properties.filter(({ property }) => property[mark] === true).map(({ path }) => path.replace(ours, ""));
		const ofProvider = ["oauthClientSecret", "accessToken", "gatewayAuthPassword", "proxyAuthPassword"];
		expect(marked("secret").toSorted()).toEqual(
			[
				...ofProvider.flatMap((name) => [`config.${name}`, `provider.${name}`]),
				"OAuthClient.clientSecret",
				"OAuthClient (inputs).additionalSettings",
				"RotatingOAuthClient.clientSecret",
				"RotatingOAuthClient.previousClientSecret",
				"RotatingOAuthClient (inputs).additionalSettings",
				"IntegrationCredential (inputs).fields",
				"Adopt.clientSecret",
			].toSorted(),
		);
		expect(marked("willReplaceOnChanges")).toEqual([
			"OAuthClient (inputs).authorizedGrantType",
			"RotatingOAuthClient (inputs).authorizedGrantType",
			"IntegrationCredential (inputs).type",
		]);
	});

	test("has a logo that is a file of the repository: a picture in PNG, which C#'s generator makes the package's icon", () => {
		const path = new URL(schema.logoUrl).pathname.split("/").slice(4).join("/");
		expect(readFileSync(path).subarray(1, 4).toString()).toBe("PNG");
	});
});

describe("nothing in the plugin's schema becomes code that doesn't compile:", () => {
	test("no component has a secret output, which Java and C# would mark by an option that components don't have", () => {
		const components = Object.entries(resources).filter(([, { isComponent }]) => isComponent === true);
		const secrets = components.flatMap(([token, component]) =>
			Object.entries(component.properties ?? {})
				.filter(([, { secret }]) => secret === true)
				.map(([name]) => `${token}.${name}`),
		);
		expect(secrets).toEqual([]);
	});

	test("no member has the name of its class, which C# refuses", () => {
		const same = properties.filter(({ path, name }) => path.includes(`:${pascal(name)}.`));
		expect(same.map(({ path }) => path)).toEqual([]);
	});

	test("no type has the name of a class that generators make of a resource or function", () => {
		const suffixes = ["", "Args", "Result", "State", "Input", "Output"];
		const bases = Object.keys(members).map((token) => pascal(lastPart(token)));
		const made = new Set(bases.flatMap((base) => suffixes.map((suffix) => `${base}${suffix}`)));
		const own = [...Object.keys(types).map(lastPart), "Provider", "Config", "Utilities"];
		expect(own.filter((name) => made.has(name))).toEqual([]);
		const withoutCase = own.map((name) => name.toLowerCase());
		expect(new Set(withoutCase).size).toBe(withoutCase.length);
	});

	test("no property has a name that the SDKs' own classes have", () => {
		const reserved = new Set([
			"urn",
			"pulumi",
			"getClass",
			"hashCode",
			"equals",
			"toString",
			"notify",
			"wait",
			"builder",
		]);
		expect(properties.filter(({ name }) => reserved.has(name)).map(({ path }) => path)).toEqual([]);
		const ids = Object.entries(resources).filter(([, { properties: outputs = {} }]) => "id" in outputs);
		expect(ids).toEqual([]);
	});

	test("no text ends a comment, or is an escape sequence in Java or Python", () => {
		const text = JSON.stringify(schema);
		for (const part of ["*/", String.raw`\\`, String.raw`\"\"\"`]) expect(text).not.toContain(part);
	});

	test("every value of an enumeration has a name that is an identifier, once", () => {
		for (const { enum: values = [] } of Object.values(types)) {
			const names = values.map(({ name }) => name);
			expect(names.filter((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name))).toEqual([]);
			expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
		}
	});
});
