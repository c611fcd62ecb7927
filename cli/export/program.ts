import type { Properties } from "../../provider/lifecycle/properties";
import { toLiteral } from "./literal";
import type { ProgramName } from "./names";
import type { RoleNames } from "./role-names";

/** A client, ready to be written into the program. */
export interface ProgramClient extends ProgramName {
	/** Its arguments. */
	args: Properties;
	/** When Genesys Cloud will delete it; undefined if it won't. */
	dateToDelete?: string | undefined;
}

/** More clients than these are split into a file for each grant type. */
const mostInOneFile = 20;

const imports = `import { OAuthClient } from "pulumi-genesyscloud-oauth";`;

const header = `// The OAuth clients of an organization, written by "genesyscloud-oauth export". This program adopts them: the first "pulumi up" creates
// and changes nothing, later ones apply the changes you make here. Adopted clients keep their secrets, which Genesys Cloud never shows,
// so their clientSecret is empty; "rotateSecret: true" gives a client a new secret, and the old one stops working at once.
// A role without a divisionId is granted in the home division.
`;

const options = `/**
 * For clients that existed before this program. \`protect\`: Pulumi refuses to delete or replace them, even if their lines are removed
 * here. \`retainOnDelete\`: a client that leaves the stack anyway stays in Genesys Cloud. To let Pulumi delete a client, give it other
 * options, run "pulumi up", and only then remove its lines.
 */
`;
const adopted = "const adopted: CustomResourceOptions = { protect: true, retainOnDelete: true };\n";
const optionsImport = `import type { CustomResourceOptions } from "@pulumi/pulumi";`;

/** The whole program as one file. */
export function renderSingleFile(clients: readonly ProgramClient[], roleNames: RoleNames): string {
	const blocks = clients.map((client) => renderClient(client, "const", roleNames));
	return `${optionsImport}\n${imports}\n\n${header}\n${options}${adopted}\n${blocks.join("\n")}`;
}

/** The file of a client if the program has several files. */
const fileOf = ({ args }: ProgramClient) => `clients/${String(args["authorizedGrantType"]).toLowerCase()}.ts`;

/** A file of the program. */
export interface ProgramFile {
	/** Its text. */
	text: string;
	/** The clients in it. */
	clients: readonly ProgramClient[];
}

/** The program's files by path: one, or one for each grant type if there are many clients. */
export function renderProgram(clients: readonly ProgramClient[], roleNames: RoleNames): Map<string, ProgramFile> {
	if (clients.length <= mostInOneFile) {
		return new Map([["index.ts", { text: renderSingleFile(clients, roleNames), clients }]]);
	}
	const groups = Map.groupBy(clients, fileOf);
	const files = [...groups].map(([path, group]): [string, ProgramFile] => {
		const blocks = group.map((client) => renderClient(client, "export const", roleNames));
		const text = `${imports}\nimport { adopted } from "../options";\n\n${blocks.join("\n")}`;
		return [path, { text, clients: group }];
	});
	const modules = [...groups.keys()].toSorted().map((path) => `import "./${path.replace(/\.ts$/, "")}";\n`);
	return new Map([
		["index.ts", { text: `${header}\n${modules.join("")}`, clients: [] }],
		["options.ts", { text: `${optionsImport}\n\n${options}export ${adopted}`, clients: [] }],
		...files,
	]);
}

/** The arguments that hold ids of roles, in a pair with a division or alone. */
const roleArguments: ReadonlySet<string> = new Set(["roleDivisions", "roleIds"]);

/** Foreign text is written only into literals, never into names; comments with roles' names hold literals too. */
function renderClient(
	{ args, resourceName, variable, dateToDelete }: ProgramClient,
	keyword: string,
	roleNames: RoleNames,
): string {
	const nameOfRole = (item: unknown) =>
		roleNames.get(String(typeof item === "object" && item !== null && "roleId" in item ? item.roleId : item));
	const fields = Object.entries(args).map(([name, value]) => {
		const literal = toLiteral(value, "\t\t", roleArguments.has(name) ? nameOfRole : undefined);
		return `\t\t${name}: ${literal},\n`;
	});
	return `${deletionNote(dateToDelete)}${keyword} ${variable} = new OAuthClient(
	${toLiteral(resourceName)},
	{
${fields.join("")}	},
	adopted,
);
`;
}

function deletionNote(dateToDelete: string | undefined): string {
	const time = Date.parse(dateToDelete ?? "");
	if (Number.isNaN(time)) return "";
	const day = new Date(time).toISOString().slice(0, 10);
	return `// Genesys Cloud deletes this client on ${day} unless it becomes active before; remove these lines then.\n`;
}
