import { type Syntax, textLiteral, toLiteral } from "../literal";
import type { ProgramName } from "../names";
import {
	commented,
	headerOf,
	type Program,
	type ProgramResource,
	protectionOf,
	roleNoter,
	sourcesOf,
} from "../program";

/** More resources than these are split into several files: a file for each grant type, and one for the credentials. */
const mostInOneFile = 20;

const isPlainName = (name: string) => /^[A-Za-z]\w*$/.test(name);

/** How TypeScript writes values. */
export const typescript: Syntax = {
	escape: (codePoint) => `\\u{${codePoint.toString(16)}}`,
	property: (name) => `${isPlainName(name) ? name : textLiteral(name, typescript)}: `,
	truth: ["true", "false"],
	comment: "//",
	indent: "\t",
	space: " ",
	reference: (source) => {
		if ("secret" in source) return `config.requireSecret(${textLiteral(source.secret, typescript)})`;
		return "of" in source ? `${source.of.variable}.${source.output}` : `${source.lookup.variable}.id`;
	},
};

const options = `/**\n${commented(protectionOf, " *")} */\n`;
const adopted = "const adopted: CustomResourceOptions = { protect: true, retainOnDelete: true };\n";
const sdkImport = (names: string) => `import ${names} from "@pulumi/pulumi";\n`;
const optionsImport = sdkImport("type { CustomResourceOptions }");

/** The program as one file. */
export function renderSingleFile(program: Program): string {
	const { resources } = program;
	const { takesConfig, imports, declarations } = headOf(resources);
	const blocks = resources.map((resource) => renderResource(resource, "const", program));
	const sdk = takesConfig ? sdkImport("{ Config, type CustomResourceOptions }") : optionsImport;
	return `${sdk}${imports}\n${commented(headerOf(program), "//")}\n${options}${adopted}\n${declarations}${blocks.join("\n")}`;
}

/** What a file with some resources imports and declares before them. */
function headOf(resources: readonly ProgramResource[]) {
	const { secrets, lookups } = sourcesOf(resources);
	const needed = new Set([
		...resources.map(({ type }) => type),
		...lookups.map((lookup) => `${lookup.function}Output`),
	]);
	const takesConfig = secrets.length > 0;
	const before = [
		...(takesConfig ? ["const config = new Config();\n"] : []),
		...lookups.map(
			(lookup) =>
				`const ${lookup.variable} = ${lookup.function}Output({ name: ${textLiteral(lookup.name, typescript)} });\n`,
		),
	];
	return {
		takesConfig,
		imports: `import { ${[...needed].toSorted((a, b) => a.localeCompare(b, "en")).join(", ")} } from "pulumi-genesyscloud-oauth";\n`,
		declarations: before.length === 0 ? "" : `${before.join("")}\n`,
	};
}

/** The file of a resource if the program has several files. */
const fileOf = ({ type, args }: ProgramResource) =>
	type === "IntegrationCredential"
		? "credentials.ts"
		: `clients/${String(args["authorizedGrantType"]).toLowerCase()}.ts`;

/** A file of the program: its text, and the resources in it. */
export interface ProgramFile {
	/** Its text. */
	text: string;
	/** Its resources. */
	resources: readonly ProgramResource[];
}

/** The program's files by path. */
export function renderTypeScript(program: Program): Map<string, ProgramFile> {
	const { resources } = program;
	if (resources.length <= mostInOneFile) return new Map([["index.ts", { text: renderSingleFile(program), resources }]]);
	const groups = Map.groupBy(resources, fileOf);
	const holders = new Map(resources.map((resource) => [resource.variable, fileOf(resource)]));
	const files = [...groups].map(([path, group]): [string, ProgramFile] => {
		const { takesConfig, imports, declarations } = headOf(group);
		const up = path.includes("/") ? "../" : "./";
		const others = Map.groupBy(
			sourcesOf(group).outputs.filter(({ variable }) => holders.get(variable) !== path),
			({ variable }) => holders.get(variable) ?? "",
		);
		const taken = [...others].map(([file, names]) => importOf(names, up + moduleOf(file)));
		const blocks = group.map((resource) => renderResource(resource, "export const", program));
		const text = `${takesConfig ? sdkImport("{ Config }") : ""}${imports}${taken.join("")}import { adopted } from "${up}options";\n\n${declarations}${blocks.join("\n")}`;
		return [path, { text, resources: group }];
	});
	const modules = [...groups.keys()].toSorted().map((path) => `import "./${moduleOf(path)}";\n`);
	return new Map([
		["index.ts", { text: `${commented(headerOf(program), "//")}\n${modules.join("")}`, resources: [] }],
		["options.ts", { text: `${optionsImport}\n${options}export ${adopted}`, resources: [] }],
		...files,
	]);
}

const moduleOf = (path: string) => path.replace(/\.ts$/, "");
const importOf = (names: readonly ProgramName[], from: string) =>
	`import { ${names.map(({ variable }) => variable).join(", ")} } from "${from}";\n`;

/** Foreign text is written only into literals, never into names; comments with roles' names hold literals too. */
function renderResource(
	{ type, args, resourceName, variable, notes }: ProgramResource,
	keyword: string,
	{ roleNames }: Program,
): string {
	const fields = Object.entries(args).map(
		([name, value]) => `\t\t${name}: ${toLiteral(value, typescript, "\t\t", roleNoter(name, roleNames))},\n`,
	);
	return `${commented(notes, "//")}${keyword} ${variable} = new ${type}(
	${textLiteral(resourceName, typescript)},
	{
${fields.join("")}	},
	adopted,
);
`;
}
