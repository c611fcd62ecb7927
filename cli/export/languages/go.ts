import { comment, fixedEscape, type Syntax, textLiteral } from "../literal";
import {
	commented,
	enumerations,
	headerOf,
	type Program,
	type ProgramResource,
	protectionOf,
	Reference,
	roleNoter,
	type Source,
	sourcesOf,
} from "../program";

/** How Go writes strings and comments. */
const go: Pick<Syntax, "escape" | "text" | "comment"> = {
	escape: fixedEscape,
	comment: "//",
	// Go has no half of a character.
	text: (literal) => literal.replaceAll(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, "\\ufffd"),
};
const text = (value: string) => textLiteral(value, go as Syntax);

/** Go's identifiers have no combining marks. */
const identifier = (variable: string) => variable.replaceAll(/\p{M}/gu, "");
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The generated types of the arguments that aren't plain, by the resource's type and the argument's name, or by the name alone. */
const types: Readonly<Record<string, string>> = {
	...enumerations,
	roleDivisions: "RoleDivision",
	rotation: "Rotation",
	a: "Adopt",
	b: "Adopt",
	"OAuthClient.adopt": "Adopt",
	"RotatingOAuthClient.adopt": "AdoptPair",
	"IntegrationCredential.adopt": "AdoptCredential",
};

/** The arguments whose names are the program's. */
const maps: Readonly<Record<string, string>> = { fields: "StringMap", rotateWhenChanged: "Map" };

/** The program: `main.go`. */
export function renderGo(program: Program): string {
	const { resources } = program;
	const { secrets, lookups, outputs } = sourcesOf(resources);
	const used = new Set(outputs.map(({ variable }) => variable));
	const config = secrets.length > 0 ? '\t\tcfg := config.New(ctx, "")\n' : "";
	const found = lookups.map(
		(lookup) =>
			`\t\t${identifier(lookup.variable)} := genesyscloudoauth.${pascal(lookup.function)}Output(ctx, genesyscloudoauth.${pascal(lookup.function)}OutputArgs{\n\t\t\tName: pulumi.String(${text(lookup.name)}),\n\t\t})\n`,
	);
	return `${commented(headerOf(program), "//")}package main

import (
	"${goPackage}"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
${config === "" ? "" : '\t"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"\n'})

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
${commented(protectionOf, "\t\t//")}		adopted := []pulumi.ResourceOption{pulumi.Protect(true), pulumi.RetainOnDelete(true)}

${config}${found.join("")}${resources.map((resource) => renderResource(resource, program, used.has(resource.variable))).join("\n")}
		return nil
	})
}
`;
}

/** The path of the package that Pulumi generates: the repository in package.json decides it. */
const goPackage = "github.com/_OWNER_/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth";

function renderResource(resource: ProgramResource, { roleNames }: Program, isUsed: boolean): string {
	const { type, args, resourceName, variable, notes } = resource;
	const fields = Object.entries(args).map(([name, value]) => {
		const noteOn = roleNoter(name, roleNames);
		return `\t\t\t${pascal(name)}: ${valueOf(name, value, "\t\t\t", type, noteOn)},\n`;
	});
	const made = `genesyscloudoauth.New${type}(ctx, ${text(resourceName)}, &genesyscloudoauth.${type}Args{
${fields.join("")}		}, adopted...)`;
	const before = commented(notes, "\t\t//");
	return isUsed
		? `${before}\t\t${identifier(variable)}, err := ${made}\n\t\tif err != nil {\n\t\t\treturn err\n\t\t}\n`
		: `${before}\t\tif _, err := ${made}; err != nil {\n\t\t\treturn err\n\t\t}\n`;
}

function valueOf(
	name: string,
	value: unknown,
	indent: string,
	type: string,
	noteOn: (item: unknown) => string | undefined = () => undefined,
): string {
	const named = types[`${type}.${name}`] ?? types[name];
	if (value instanceof Reference) return reference(value.to);
	if (typeof value === "string")
		return named === undefined ? `pulumi.String(${text(value)})` : `genesyscloudoauth.${named}(${text(value)})`;
	if (typeof value === "number") return `pulumi.Int(${value})`;
	if (typeof value === "boolean") return `pulumi.Bool(${value})`;
	const inner = `${indent}\t`;
	if (Array.isArray(value)) {
		const items = value.map(
			(item) => `${inner}${valueOf(name, item, inner, type)},${comment(noteOn(item), go as Syntax)}\n`,
		);
		return `${named === undefined ? "pulumi.StringArray" : `genesyscloudoauth.${named}Array`}{\n${items.join("")}${indent}}`;
	}
	const isMap = maps[name] !== undefined;
	const parts = Object.entries(value ?? {}).map(
		([part, content]) =>
			`${inner}${isMap ? text(part) : pascal(part)}: ${valueOf(isMap ? "" : part, content, inner, isMap ? "" : type)},\n`,
	);
	const body = parts.length === 0 ? "{}" : `{\n${parts.join("")}${indent}}`;
	return isMap ? `pulumi.${maps[name]}${body}` : `&genesyscloudoauth.${named ?? pascal(name)}Args${body}`;
}

function reference(source: Source): string {
	if ("secret" in source) return `cfg.RequireSecret(${text(source.secret)})`;
	return "of" in source
		? `${identifier(source.of.variable)}.${pascal(source.output)}`
		: `${identifier(source.lookup.variable)}.Id()`;
}
