import { version } from "../../provider/api/version";
import type { Found } from "./build";
import type { Language } from "./languages";

/** The compiler options of this package's examples. */
const tsconfig = {
	compilerOptions: {
		target: "es2023",
		module: "node20",
		types: ["node"],
		strict: true,
		skipLibCheck: true,
		noEmit: true,
	},
	include: ["*.ts", "clients"],
};

/** A project to write. */
export interface Project {
	/** Its name. */
	name: string;
	/** Its language. */
	language: Language;
	/** The file for `pulumi import`, if there is one. */
	importFile: string | undefined;
	/** The stack's secrets come from Terraform's state. */
	isFromTerraform: boolean;
}

/** The files around the program that make it a Pulumi project, by path. */
export function renderProject(project: Project, found: Found): Map<string, string> {
	const { name, language } = project;
	const description = "description: The OAuth clients of a Genesys Cloud organization\n";
	const readme: [string, string] = ["README.md", readmeOf(project, found)];
	if (language === "yaml") return new Map([readme]);
	if (language === "python") {
		return new Map([
			[
				"Pulumi.yaml",
				`name: ${name}\nruntime:\n  name: python\n  options: { toolchain: pip, virtualenv: venv }\n${description}`,
			],
			["requirements.txt", "pulumi>=3.216.0,<4.0.0\n"],
			[".gitignore", "venv/\n__pycache__/\n"],
			readme,
		]);
	}
	if (language === "go") {
		return new Map([
			["Pulumi.yaml", `name: ${name}\nruntime: go\n${description}`],
			["go.mod", `module ${packageName(name)}\n\ngo 1.24\n`],
			readme,
		]);
	}
	return new Map([
		["Pulumi.yaml", `name: ${name}\nruntime: nodejs\n${description}`],
		["package.json", json(packageOf(name))],
		["tsconfig.json", json(tsconfig)],
		[".gitignore", "node_modules/\n"],
		readme,
	]);
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, "\t")}\n`;

/** npm allows no capitals, and no dot or underscore at the beginning. */
const packageName = (project: string) => project.toLowerCase().replace(/^[._-]+/, "") || "genesyscloud-oauth-clients";

/** Nobody owns the package's name on a registry yet: there a stranger could publish another. */
const tarball = `vendor/pulumi-genesyscloud-oauth-${version}.tgz`;

const packageOf = (project: string) => ({
	name: packageName(project),
	private: true,
	dependencies: { "@pulumi/pulumi": "^3.276.0", "pulumi-genesyscloud-oauth": `file:${tarball}` },
	devDependencies: { "@types/node": "^24", typescript: "~6.0.3" },
});

/** How to get what the program needs. */
const installation: Readonly<Record<Language, string>> = {
	typescript: `Put the package's tarball here: \`${tarball}\`. Then \`npm install\`.`,
	yaml: "Install the plugin `genesyscloud-oauth`, and Node.js 22.12 or newer.",
	python:
		"Install the plugin `genesyscloud-oauth`, and Node.js 22.12 or newer. Then `pulumi install`, and `pulumi package add genesyscloud-oauth`,\n   which generates the Python package.",
	go: "Install the plugin `genesyscloud-oauth`, and Node.js 22.12 or newer. Then `pulumi package add genesyscloud-oauth`, which generates the\n   Go package, and `go mod tidy`.",
};

function readmeOf({ language, importFile, isFromTerraform }: Project, { leftOut, secrets }: Found): string {
	const byHand = secrets.map(
		({ key, resourceName, field }) => `| \`${key}\` | ${cell(field)} of ${cell(resourceName)} |\n`,
	);
	const command = language === "typescript" ? "npx --no genesyscloud-oauth" : "genesyscloud-oauth";
	const steps = [
		installation[language],
		`Set \`GENESYSCLOUD_REGION\`, \`GENESYSCLOUD_OAUTHCLIENT_ID\` and \`GENESYSCLOUD_OAUTHCLIENT_SECRET\`, and check them:
   \`${command} doctor\`.`,
		"`pulumi stack init <name>`",
		...(secrets.length > 0
			? [
					isFromTerraform
						? `Store the secrets of Terraform's state in the stack's configuration, with the state that was exported:
   \`${command} set-secrets --terraform-state <file> --stack <name>\`.`
						: "Store the [secrets](#secrets) in the stack's configuration: `pulumi config set --secret <key>` asks for one.",
				]
			: []),
		...(importFile === undefined
			? []
			: [
					`\`pulumi import --file ${importFile} --generate-code=false\`: the resources get into the stack, protected and unchanged.`,
				]),
		"`pulumi preview`: it reports no change for any client. A change means that somebody changed the client after the export.",
		"`pulumi up`",
	];
	const left = leftOut.map(
		({ clientId, credentialId = clientId ?? "", reason }) => `| ${cell(credentialId)} | ${cell(reason)} |\n`,
	);
	return `# OAuth clients of a Genesys Cloud organization

A Pulumi project, written by \`genesyscloud-oauth export\`. It takes over the organization's clients and integration credentials; its first
\`pulumi up\` creates and changes nothing in Genesys Cloud.

${steps.map((step, index) => `${index + 1}. ${step}\n`).join("")}
From then on, change them here and run \`pulumi up\`. The comment at \`adopted\`, or at \`resources\` in YAML, explains how they are protected from
accidental deletion.
${section("Secrets", "| key | what it is |\n| --- | --- |\n", byHand)}${section("Left out", "| id | why |\n| --- | --- |\n", left)}`;
}

const section = (heading: string, head: string, rows: readonly string[]) =>
	rows.length === 0 ? "" : `\n## ${heading}\n\n${head}${rows.join("")}`;

/** Any text as a cell of a Markdown table. */
const cell = (text: string) => text.replaceAll(/[\s\p{Cc}]+/gu, " ").replaceAll(/[\\|`<>[\]*_]/g, "\\$&");
