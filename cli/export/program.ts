import type { Properties } from "../../provider/lifecycle/state/settings";
import { toLiteral } from "./literal";
import type { ProgramName } from "./names";
import type { RoleNames } from "./role-names";

/** A client, ready to be written down. */
export interface ProgramClient extends ProgramName {
	/** Its arguments. */
	args: Properties;
	/** When Genesys Cloud will delete it, as it says; undefined when it won't. */
	dateToDelete?: string | undefined;
}

/** So many clients still read well in one file; more are split by grant type. */
const mostInOneFile = 20;

const imports = `import { OAuthClient } from "pulumi-genesyscloud-oauth";`;

const header = `// The OAuth clients of an organization, as "genesyscloud-oauth export" found them. They are adopted: the first "pulumi up" makes no
// new client and changes nothing, and later ones change what you change here. Adopted clients keep their secrets, which Genesys Cloud
// never shows, so their clientSecret is empty; "rotateSecret: true" gives a client a new one, and the old one stops working at once.
// A role without a divisionId counts in the home division.
`;

const options = `/**
 * For clients that were there before this program. \`protect\`: Pulumi refuses to delete or to replace one, also when its lines go
 * missing here. \`retainOnDelete\`: one that leaves the stack all the same stays in Genesys Cloud. When you do want Pulumi to delete a
 * client, give it other options, run "pulumi up", and only then remove its lines.
 */
`;
const adopted = "const adopted: CustomResourceOptions = { protect: true, retainOnDelete: true };\n";
const optionsImport = `import type { CustomResourceOptions } from "@pulumi/pulumi";`;

/** The whole program as one file. */
export function renderSingleFile(clients: readonly ProgramClient[], roleNames: RoleNames): string {
	const blocks = clients.map((client) => renderClient(client, "const", roleNames));
	return `${optionsImport}\n${imports}\n\n${header}\n${options}${adopted}\n${blocks.join("\n")}`;
}

/** Where a client is written when the program has several files. */
const fileOf = ({ args }: ProgramClient) => `clients/${String(args["authorizedGrantType"]).toLowerCase()}.ts`;

/** A file of the program. */
export interface ProgramFile {
	/** Its text. */
	text: string;
	/** The clients in it. */
	clients: readonly ProgramClient[];
}

/** The program's files by path: one, or with many clients one for each grant type. */
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

/** The arguments that name roles by their ids: in a pair with a division, or alone. */
const roleArguments: ReadonlySet<string> = new Set(["roleDivisions", "roleIds"]);

/** Text that isn't ours goes into literals alone, never into names; a role's name stands as one in a comment. */
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
	return `// Genesys Cloud deletes this client on ${day}, unless it is made active before: remove these lines then.\n`;
}
