import { fixedEscape, type Syntax, textLiteral, toLiteral } from "../literal";
import {
	commented,
	enumerations,
	headerOf,
	type Program,
	type ProgramResource,
	protectionOf,
	Reference,
	roleNoter,
	sourcesOf,
} from "../program";

/** A name as Python has it. */
const snake = (name: string) => name.replaceAll(/(?<!^)(?=\p{Lu})/gu, "_").toLowerCase();

/** How Python writes values. */
const python: Syntax = {
	escape: fixedEscape,
	property: (name) => `${textLiteral(name, python)}: `,
	truth: ["True", "False"],
	comment: "#",
	indent: "    ",
	space: "",
	reference: (source) => {
		if ("secret" in source) return `config.require_secret(${textLiteral(source.secret, python)})`;
		return "of" in source
			? `${snake(source.of.variable)}.${snake(source.output)}`
			: `${snake(source.lookup.variable)}.id`;
	},
};

/** The program: `__main__.py`. */
export function renderPython(program: Program): string {
	const { resources } = program;
	const { secrets, lookups } = sourcesOf(resources);
	const config = secrets.length > 0 ? "config = pulumi.Config()\n" : "";
	const found = lookups.map(
		(lookup) =>
			`${snake(lookup.variable)} = genesyscloud.${snake(lookup.function)}_output(name=${textLiteral(lookup.name, python)})\n`,
	);
	return `${commented(headerOf(program), "#")}
import pulumi
import pulumi_genesyscloud_oauth as genesyscloud

${commented(protectionOf, "#")}adopted = pulumi.ResourceOptions(protect=True, retain_on_delete=True)

${config}${found.join("")}${config === "" && found.length === 0 ? "" : "\n"}${resources
		.map((resource) => renderResource(resource, program))
		.join("\n")}`;
}

function renderResource(
	{ type, args, resourceName, variable, notes }: ProgramResource,
	{ roleNames }: Program,
): string {
	const fields = Object.entries(args).map(([name, value]) => {
		const literal = toLiteral(inSnake(name, value), python, "    ", roleNoter(name, roleNames, "role_id"));
		const enumeration = enumerations[name];
		return `    ${snake(name)}=${enumeration === undefined ? literal : `genesyscloud.${enumeration}(${literal})`},\n`;
	});
	return `${commented(notes, "#")}${snake(variable)} = genesyscloud.${type}(
    ${textLiteral(resourceName, python)},
${fields.join("")}    opts=adopted,
)
`;
}

/** A value with the names of its properties as Python has them; a credential's fields have their own. */
function inSnake(argument: string, value: unknown): unknown {
	if (argument === "fields" || typeof value !== "object" || value === null || value instanceof Reference) return value;
	if (Array.isArray(value)) return value.map((item) => inSnake(argument, item));
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [snake(name), inSnake(name, part)]));
}
