import { version } from "../../provider/api/version";
import type { LeftOut } from "./selection";

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
	// npm allows no capitals, and no dot or underscore at the beginning.
	name: project.toLowerCase().replace(/^[._-]+/, "") || "genesyscloud-oauth-clients",
	private: true,
	dependencies: { "@pulumi/pulumi": "^3.276.0", "pulumi-genesyscloud-oauth": `^${version}` },
	devDependencies: { "@types/node": "^24", typescript: "~6.0.3" },
});

function readme(leftOut: readonly LeftOut[]): string {
	const rows = leftOut.map(({ clientId, reason }) => `| ${cell(clientId)} | ${cell(reason)} |\n`);
	const section = `
## Left out

| client id | why |
| --- | --- |
${rows.join("")}`;
	return `# OAuth clients of a Genesys Cloud organization

A Pulumi project, written by \`genesyscloud-oauth export\`. It adopts the organization's clients; its first \`pulumi up\` creates and changes
nothing in Genesys Cloud.

1. Install the packages: \`npm install\`. While \`pulumi-genesyscloud-oauth\` isn't on your registry, install its tarball:
   \`npm install ./vendor/pulumi-genesyscloud-oauth-${version}.tgz\`.
2. Set \`GENESYSCLOUD_REGION\`, \`GENESYSCLOUD_OAUTHCLIENT_ID\` and \`GENESYSCLOUD_OAUTHCLIENT_SECRET\`, and check them:
   \`npx --no genesyscloud-oauth doctor\`.
3. \`pulumi stack init <name>\`
4. \`pulumi preview\`: it reports no change for any client. A change means that somebody changed the client after the export.
5. \`pulumi up\`

From then on, change the clients here and run \`pulumi up\`. The comment at \`adopted\`, in options.ts or index.ts, explains how they are
protected from accidental deletion.
${leftOut.length > 0 ? section : ""}`;
}

/** Any text as a cell of a Markdown table. */
const cell = (text: string) => text.replaceAll(/[\s\p{Cc}]+/gu, " ").replaceAll(/[\\|`<>[\]*_]/g, "\\$&");
