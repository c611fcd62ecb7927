import { oneLine } from "../../provider/api/one-line";
import type { CommandConnection, ConnectionOptions } from "../connection";
import { openConnection } from "../connection";
import { UsageError } from "../failure";
import { type OutputOptions, printJson, printLine, printTable } from "../output";
import { type Progress, startProgress } from "../progress";
import { readStackExports } from "../stack-export";
import { readTerraformState } from "../terraform-state";
import { buildExport, type Found } from "./build";
import { writeFiles } from "./files";
import { renderImportFile } from "./import-file";
import { type Language, renderOneFile, renderProgram } from "./languages";
import { renderProject } from "./project";
import type { ClientFilter, LeftOut } from "./selection";

/** The flags of `export`. */
export interface ExportOptions extends ConnectionOptions, OutputOptions, ClientFilter {
	/** The directory to write to. */
	output: string;
	/** The project's name. */
	project: string;
	/** The program's language. */
	language: Language;
	/** Print one file instead of writing a project. */
	stdout?: boolean;
	/** Also write a file for `pulumi import --file`, into the project. */
	importFile?: string;
	/** Export what is in this Terraform state. */
	terraformState?: string;
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
		/** Its name for the program's own use. */
		variable: string;
		/** Its file. */
		file: string;
	}[];
	/** The integration credentials in them. */
	credentials: {
		/** The credential's id. */
		credentialId: string;
		/** Its name in Genesys Cloud. */
		name: string;
		/** The name of its type. */
		type: string;
		/** Its resource's name in the program. */
		resourceName: string;
		/** Its name for the program's own use. */
		variable: string;
		/** Its file. */
		file: string;
	}[];
	/** The keys that the program takes secrets from in the stack's configuration. */
	secrets: { key: string; resourceName: string; field: string }[];
	/** What matches the filters but isn't exported. */
	leftOut: LeftOut[];
}

/** Writes a Pulumi program that takes over the organization's clients and integration credentials. */
export async function runExport(options: ExportOptions): Promise<void> {
	if (options.importFile !== undefined && options.language === "typescript") {
		throw new UsageError(
			"--import-file is for the plugin: Pulumi imports nothing into a dynamic provider, whose program adopts instead; give another --language",
		);
	}
	const managed = managedBy(options.excludeStack ?? []);
	const terraform = options.terraformState === undefined ? undefined : readTerraformState(options.terraformState);
	const connection = openConnection(options);
	const progress = startProgress("Reading the organization's OAuth clients", process.stderr, options);
	const read = async () => {
		const ownClientId = await ownClientIdOf(connection);
		const { includeOwn = false, importFile, ...filter } = options;
		const isImported = importFile !== undefined;
		return buildExport(connection.api, { ...filter, ownClientId, includeOwn, managed, terraform, isImported });
	};
	const found = await read().catch((error: unknown) => {
		progress.fail("Reading the organization's OAuth clients failed");
		throw error;
	});
	if (found.resources.length === 0) {
		progress.fail(`${found.total} OAuth clients read, none to export`);
		throw new Error(nothingLeft(found));
	}
	if (options.stdout) {
		progress.succeed(exportedText(found));
		process.stdout.write(renderOneFile(found, options.language, options.project));
		printLeftOut(found.leftOut, process.stderr);
	} else write(options, found, progress);
	for (const refusal of found.refusals) printLine(refusal, process.stderr);
}

function managedBy(files: readonly string[]): Map<string, string> {
	const { clients, credentials } = readStackExports(files);
	return new Map([
		...clients.map(({ clientId, project, stack }) => [clientId, `${project}/${stack}`] as const),
		...credentials,
	]);
}

/** The client that the credentials belong to; with an access token, the API says which. */
async function ownClientIdOf({ api, credentials }: CommandConnection): Promise<string | undefined> {
	return "clientId" in credentials ? credentials.clientId : (await api.getTokensMe()).OAuthClient?.id;
}

const clientsIn = ({ resources }: Found) => resources.flatMap(({ clients }) => clients);
const exportedText = (found: Found) => `${clientsIn(found).length} of ${found.total} OAuth clients exported`;

function nothingLeft({ total, leftOut }: Found): string {
	const first = leftOut[0];
	return first === undefined
		? `nothing to export: the organization has ${total} OAuth clients, and none matches --name, --grant, --state, --id and --terraform-state`
		: `nothing to export: ${leftOut.length} OAuth clients match, but none can be exported; the first (${first.clientId ?? first.credentialId}): ${first.reason}`;
}

function write(options: ExportOptions, found: Found, progress: Progress): void {
	const { language, importFile } = options;
	const program = renderProgram(found, language, options.project);
	const isFromTerraform = options.terraformState !== undefined;
	const files = new Map([
		...renderProject({ name: options.project, language, importFile, isFromTerraform }, found),
		...[...program].map(([path, { text }]) => [path, text] as const),
		...(importFile === undefined ? [] : [[importFile, renderImportFile(found)] as const]),
	]);
	try {
		writeFiles(options.output, files, options.force === true);
	} catch (error) {
		progress.fail(`${found.total} OAuth clients read, nothing written`);
		throw error instanceof UsageError ? error : new Error(`writing ${options.output} failed: ${String(error)}`);
	}
	progress.succeed(exportedText(found));
	if (options.json) {
		printJson(exportJson(options.output, [...files.keys()], found, program));
		return;
	}
	printLine(`${options.output}: a Pulumi project that takes over ${countOf(found)}`);
	for (const path of [...files.keys()].toSorted()) {
		const held = program.get(path)?.resources.length ?? 0;
		printLine(`  ${path}${held > 0 ? `  (${held} resource${held === 1 ? "" : "s"})` : ""}`);
	}
	printLeftOut(found.leftOut, process.stdout);
	printLine();
	printLine(`Next: read ${options.output}/README.md. The first pulumi up changes nothing in Genesys Cloud.`);
}

function exportJson(
	directory: string,
	files: string[],
	{ resources, secrets, leftOut }: Found,
	program: ReturnType<typeof renderProgram>,
): ExportJson {
	const fileOf = new Map([...program].flatMap(([path, file]) => file.resources.map((one) => [one, path] as const)));
	const described = resources.map((resource) => {
		const { resourceName, variable, clients, credential } = resource;
		return { clients, credential, place: { resourceName, variable, file: fileOf.get(resource) ?? "" } };
	});
	return {
		directory,
		files: files.toSorted(),
		clients: described.flatMap(({ clients, place }) =>
			clients.map(({ id, name, authorizedGrantType, state = "active" }) => ({
				clientId: id,
				name,
				authorizedGrantType,
				state,
				...place,
			})),
		),
		credentials: described.flatMap(({ credential, place }) =>
			credential === undefined
				? []
				: [{ credentialId: credential.id, name: credential.name ?? "", type: credential.type?.name ?? "", ...place }],
		),
		secrets,
		leftOut,
	};
}

const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`;

/** How many of what an export has. */
function countOf(found: Found): string {
	const [clients, credentials] = [
		clientsIn(found).length,
		found.resources.filter(({ credential }) => credential).length,
	];
	const others = credentials === 0 ? "" : ` and ${counted(credentials, "integration credential")}`;
	return `${counted(clients, "OAuth client")}${others}`;
}

function printLeftOut(leftOut: readonly LeftOut[], stream: NodeJS.WritableStream): void {
	if (leftOut.length === 0) return;
	printLine("", stream);
	printLine(`Left out: ${leftOut.length}`, stream);
	printTable(
		{
			head: ["id", "name", "why"],
			rows: leftOut.map(({ clientId, credentialId = clientId ?? "", name, reason }) => [
				oneLine(credentialId),
				oneLine(name),
				oneLine(reason),
			]),
			widths: [undefined, 30, 60],
		},
		stream,
	);
}
