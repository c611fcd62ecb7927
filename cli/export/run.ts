import type { OAuthClient } from "../../provider/api/models";
import { type CommandConnection, type ConnectionOptions, openConnection } from "../connection";
import { UsageError } from "../failure";
import { type OutputOptions, printable, printJson, printLine, printTable } from "../output";
import { type Progress, startProgress } from "../progress";
import { readStackExports } from "../stack-export";
import { declarationOf } from "./declaration";
import { writeFiles } from "./files";
import { programNames } from "./names";
import { type ProgramClient, renderProgram, renderSingleFile } from "./program";
import { renderProject } from "./project";
import { readRoleNames, type RoleNames } from "./role-names";
import { type ClientFilter, type LeftOut, selectClients } from "./selection";

/** The flags of `export`. */
export interface ExportOptions extends ConnectionOptions, OutputOptions, ClientFilter {
	/** The directory to write to. */
	output: string;
	/** The project's name. */
	project: string;
	/** Print one file instead of writing a project. */
	stdout?: boolean;
	/** Overwrite existing files. */
	force?: boolean;
	/** Also export the client that the command logs in with. */
	includeOwn?: boolean;
	/** Files of `pulumi stack export`: clients that these stacks manage are left out. */
	excludeStack?: readonly string[];
}

/** What `export --json` prints. */
export interface ExportJson {
	/** The directory. */
	directory: string;
	/** The files written, relative to it. */
	files: string[];
	/** The clients in them. */
	clients: {
		/** The client id. */
		clientId: string;
		/** Its name in Genesys Cloud. */
		name: string;
		/** Its grant type. */
		authorizedGrantType: string;
		/** Its state. */
		state: string;
		/** Its resource's name in the program. */
		resourceName: string;
		/** Its constant in the program. */
		variable: string;
		/** Its file. */
		file: string;
	}[];
	/** The clients that match the filters but aren't exported. */
	leftOut: LeftOut[];
}

/** Writes a Pulumi program that adopts the organization's clients. */
export async function runExport(options: ExportOptions): Promise<void> {
	const managed = managedClients(options.excludeStack ?? []);
	const connection = openConnection(options);
	const progress = startProgress("Reading the organization's OAuth clients", process.stderr, options);
	const found = await readClients(connection, options, managed).catch((error: unknown) => {
		progress.fail("Reading the organization's OAuth clients failed");
		throw error;
	});
	const { clients, leftOut } = found;
	if (clients.length === 0) {
		progress.fail(`${found.total} OAuth clients read, none to export`);
		throw new Error(nothingLeft(found.total, leftOut));
	}
	if (options.stdout) {
		progress.succeed(`${clients.length} of ${found.total} OAuth clients exported`);
		process.stdout.write(renderSingleFile(clients, found.roleNames));
		printLeftOut(leftOut, process.stderr);
	} else write(options, found, progress);
	if (found.noRoleNames !== undefined) printLine(`The program has no role names: ${found.noRoleNames}`, process.stderr);
}

function managedClients(files: readonly string[]): Map<string, string> {
	const { clients } = readStackExports(files);
	return new Map(clients.map(({ clientId, project, stack }) => [clientId, `${project}/${stack}`]));
}

interface Found {
	total: number;
	clients: (ProgramClient & { client: OAuthClient })[];
	leftOut: LeftOut[];
	roleNames: RoleNames;
	/** Why the names of roles are missing; undefined if they aren't. */
	noRoleNames: string | undefined;
}

async function readClients(
	connection: CommandConnection,
	options: ExportOptions,
	managed: ReadonlyMap<string, string>,
): Promise<Found> {
	const { api } = connection;
	const { entities } = await api.getOauthClients();
	const { selected, leftOut } = selectClients(entities, options, {
		ownClientId: await ownClientId(connection),
		includeOwn: options.includeOwn === true,
		managed,
	});
	const hasRoles = selected.some(({ roleDivisions }) => (roleDivisions ?? []).length > 0);
	const home = hasRoles ? (await api.getAuthorizationDivisionsHome()).id : undefined;
	const { roleNames, refusal: noRoleNames } = await readRoleNames(api, selected);
	const names = programNames(selected);
	const clients: Found["clients"] = [];
	for (const client of selected) {
		const declaration = declarationOf(client, home);
		const name = names.get(client.id);
		if ("reason" in declaration || name === undefined) {
			const reason = `this package can't declare it: ${"reason" in declaration ? declaration.reason : "it has no id"}`;
			leftOut.push({ clientId: client.id, name: client.name, code: "undeclarable", reason });
		} else clients.push({ ...name, args: declaration.args, dateToDelete: client.dateToDelete, client });
	}
	return { total: entities.length, clients, leftOut, roleNames, noRoleNames };
}

/** The client that the credentials belong to; with an access token, the API says which. */
async function ownClientId({ api, credentials }: CommandConnection): Promise<string | undefined> {
	return "clientId" in credentials ? credentials.clientId : (await api.getTokensMe()).OAuthClient?.id;
}

function nothingLeft(total: number, leftOut: readonly LeftOut[]): string {
	const first = leftOut[0];
	return first === undefined
		? `nothing to export: the organization has ${total} OAuth clients, and none matches --name, --grant, --state and --id`
		: `nothing to export: ${leftOut.length} OAuth clients match, but none can be exported; the first (${first.clientId}): ${first.reason}`;
}

function write(options: ExportOptions, { total, clients, leftOut, roleNames }: Found, progress: Progress): void {
	const program = renderProgram(clients, roleNames);
	const files = new Map([
		...renderProject(options.project, leftOut),
		...[...program].map(([path, { text }]) => [path, text] as const),
	]);
	try {
		writeFiles(options.output, files, options.force === true);
	} catch (error) {
		progress.fail(`${total} OAuth clients read, nothing written`);
		throw error instanceof UsageError ? error : new Error(`writing ${options.output} failed: ${String(error)}`);
	}
	progress.succeed(`${clients.length} of ${total} OAuth clients exported`);
	const fileOf = new Map([...program].flatMap(([path, file]) => file.clients.map((client) => [client, path] as const)));
	if (options.json) {
		printJson({
			directory: options.output,
			files: [...files.keys()].toSorted(),
			clients: clients.map((written) => ({
				clientId: written.client.id,
				name: written.client.name,
				authorizedGrantType: written.client.authorizedGrantType,
				state: written.client.state ?? "active",
				resourceName: written.resourceName,
				variable: written.variable,
				file: fileOf.get(written) ?? "",
			})),
			leftOut,
		} satisfies ExportJson);
		return;
	}
	printLine(`${options.output}: a Pulumi project that adopts ${countOf(clients.length)}`);
	for (const path of [...files.keys()].toSorted()) {
		const held = program.get(path)?.clients.length ?? 0;
		printLine(`  ${path}${held > 0 ? `  (${countOf(held)})` : ""}`);
	}
	printLeftOut(leftOut, process.stdout);
	printLine();
	printLine(`Next: read ${options.output}/README.md. The first pulumi up changes nothing in Genesys Cloud.`);
}

const countOf = (count: number) => `${count} OAuth client${count === 1 ? "" : "s"}`;

function printLeftOut(leftOut: readonly LeftOut[], stream: NodeJS.WritableStream): void {
	if (leftOut.length === 0) return;
	printLine("", stream);
	printLine(`Left out: ${countOf(leftOut.length)}`, stream);
	printTable(
		{
			head: ["client id", "name", "why"],
			rows: leftOut.map(({ clientId, name, reason }) => [printable(clientId), printable(name), printable(reason)]),
			widths: [undefined, 30, 60],
		},
		stream,
	);
}
