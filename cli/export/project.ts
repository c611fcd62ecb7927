import { version } from "../../provider/version";
import type { LeftOut } from "./selection";

/** The compiler's options: those of this package's examples. */
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

/** The files around the program that make it a Pulumi project, by path. */
export function renderProject(project: string, leftOut: readonly LeftOut[]): Map<string, string> {
	return new Map([
		[
			"Pulumi.yaml",
			`name: ${project}\nruntime: nodejs\ndescription: The OAuth clients of a Genesys Cloud organization\n`,
		],
		["package.json", json(packageOf(project))],
		["tsconfig.json", json(tsconfig)],
		[".gitignore", "node_modules/\n"],
		["README.md", readme(leftOut)],
	]);
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, "\t")}\n`;

const packageOf = (project: string) => ({
	// npm takes no capitals, and no dot or underscore at the beginning.
	name: project.toLowerCase().replace(/^[._-]+/, "") || "genesyscloud-oauth-clients",
	private: true,
	dependencies: { "@pulumi/pulumi": "^3.270.0", "pulumi-genesyscloud-oauth": `^${version}` },
	devDependencies: { "@types/node": "^24", typescript: "~6.0.3" },
});

function readme(leftOut: readonly LeftOut[]): string {
	const rows = leftOut.map(({ clientId, reason }) => `| ${cell(clientId)} | ${cell(reason)} |\n`);
	const section = `
## Not in here

| client id | why |
| --- | --- |
${rows.join("")}`;
	return `# OAuth clients of a Genesys Cloud organization

A Pulumi project, written by \`genesyscloud-oauth export\`. It adopts the clients that are there: nothing is made, nothing is changed.

1. Install the packages: \`npm install\`. While \`pulumi-genesyscloud-oauth\` isn't on your registry, give npm its tarball:
   \`npm install ./vendor/pulumi-genesyscloud-oauth-${version}.tgz\`.
2. Set \`GENESYSCLOUD_REGION\`, \`GENESYSCLOUD_OAUTHCLIENT_ID\` and \`GENESYSCLOUD_OAUTHCLIENT_SECRET\`. \`npx genesyscloud-oauth doctor\`
   tells whether they do.
3. \`pulumi stack init <name>\`
4. \`pulumi preview\`: each client says that nothing of it changes. If one does change, somebody has changed it since the export.
5. \`pulumi up\`

From then on change the clients here, with \`pulumi up\`. What protects them from being deleted by accident is explained at \`adopted\`,
in options.ts or index.ts.
${leftOut.length > 0 ? section : ""}`;
}

/** A cell of a Markdown table, whatever is in it. */
const cell = (text: string) => text.replaceAll(/[\s\p{Cc}]+/gu, " ").replaceAll(/[\\|`<>[\]*_]/g, "\\$&");
