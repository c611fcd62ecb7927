import { fixedEscape, type Syntax, textLiteral, toLiteral } from "../literal";
import { commented, headerOf, type Program, protectionOf, roleNoter, sourcesOf } from "../program";

/** How Pulumi's YAML writes values. */
export const yaml: Syntax = {
	escape: fixedEscape,
	property: (name) => `${/^[A-Za-z]\w*$/.test(name) ? name : textLiteral(name, yaml)}: `,
	truth: ["true", "false"],
	comment: "#",
	indent: "  ",
	space: " ",
	reference: (source) => {
		if ("secret" in source) return `\${${source.secret}}`;
		return "of" in source ? `\${${source.of.variable}.${source.output}}` : `\${${source.lookup.variable}.id}`;
	},
	// Otherwise it begins a reference.
	text: (literal) => literal.replaceAll("$", "$$$$"),
};

/** In a flow mapping a reference must be quoted, since braces end it. */
const quoted: Syntax = { ...yaml, reference: (source) => `"${yaml.reference(source)}"` };

/** Pulumi.yaml: the project, and its program. */
export function renderYaml(program: Program, project: string): string {
	const { resources, roleNames } = program;
	const { secrets, lookups } = sourcesOf(resources);
	const config = secrets.map((key) => `  ${key}: { type: string, secret: true }\n`);
	const variables = lookups.map(
		(lookup) => `  ${lookup.variable}:
    fn::invoke:
      function: genesyscloud-oauth:${lookup.function}
      arguments: { name: ${textLiteral(lookup.name, yaml)} }
`,
	);
	const blocks = resources.map(({ type, args, resourceName, variable, notes }) => {
		const fields = Object.entries(args).map(
			([name, value]) => `      ${name}: ${toLiteral(value, quoted, "      ", roleNoter(name, roleNames))}\n`,
		);
		return `${commented(notes, "  #")}  ${variable}:
    type: genesyscloud-oauth:${type}
    name: ${textLiteral(resourceName, yaml)}
    properties:
${fields.join("")}    options: { protect: true, retainOnDelete: true }
`;
	});
	return `name: ${project}
runtime: yaml
description: The OAuth clients of a Genesys Cloud organization
${commented(headerOf(program), "#")}${section("config", config)}${section("variables", variables)}${commented(protectionOf, "#")}resources:
${blocks.join("")}`;
}

const section = (name: string, entries: readonly string[]) =>
	entries.length === 0 ? "" : `${name}:\n${entries.join("")}`;
