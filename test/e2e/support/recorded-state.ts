import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientSeed, CredentialSeed, Seed } from "../../../simulator";
import type { Front } from "../../api/support/provider-process";
import { declareProgram, type OtherLogin, type RecordedProgram } from "./recorded-program";
import { type Deployment, inClear, secretNamesIn, type StateResource } from "./state-file";
import type { StackOptions, TestStack } from "./test-stack";

/** What a release's program has left: in state, and in the organization. */
export interface RecordedState {
	/** The version of the package that wrote the state. */
	version: string;
	front: Front;
	program: RecordedProgram;
	/** The id of the client that Pulumi logs in with, and of the other login. */
	logins: { usual: string; other: string };
	/** The organization's clients and credentials, without their secrets: those are in the state, encrypted. */
	organization: { clients: ClientSeed[]; credentials: CredentialSeed[] };
	/** The answer of `pulumi stack export`. */
	stack: { version: number; deployment: Deployment };
}

const directory = join("test", "recorded-states");
/** Stands in a record for the simulator's port, which is another one each time. */
const portMark = "the simulator's port";

/** The names of all records: `0.1.0-dynamic`. */
export const recordedStates = (): string[] => readdirSync(directory).map((name) => name.replace(/\.json$/, ""));

/** A record. */
export const readRecord = (name: string): RecordedState =>
	JSON.parse(readFileSync(join(directory, `${name}.json`), "utf8")) as RecordedState;

/** Writes a record. */
export function writeRecord(record: RecordedState, port: string): void {
	const text = JSON.stringify(record, undefined, "\t").replaceAll(`"${port}"`, JSON.stringify(portMark));
	writeFileSync(join(directory, `${record.version}-${record.front}.json`), `${text}\n`);
}

/** What the organization needs beyond its clients, for the program. */
export const organizationSeed: Seed = { extraProperties: ["allowedAddresses"] };

/** The resources of a record, their secrets in clear. */
export const resourcesIn = ({ stack: { deployment } }: RecordedState): StateResource[] =>
	inClear(deployment.resources ?? [], deployment) as StateResource[];

/** The names of a resource's secret inputs, which a plugin gets marked, by its URN. */
export const secretInputsIn = ({ stack: { deployment } }: RecordedState): Map<string, string[]> =>
	new Map(deployment.resources?.map(({ urn, inputs = {} }) => [urn, secretNamesIn(inputs)]));

/** Every secret in outputs, by the id of its client. */
export function secretsIn(value: unknown, found = new Map<string, string>()): Map<string, string> {
	if (typeof value !== "object" || value === null) return found;
	for (const [name, id] of Object.entries(value)) {
		const secret = (value as Record<string, unknown>)[name.replace(/Id$/, "Secret")];
		const isLogin = /^(client|previousClient)Id$/.test(name) && typeof id === "string";
		if (isLogin && typeof secret === "string" && secret !== "") found.set(id, secret);
	}
	for (const part of Object.values(value)) secretsIn(part, found);
	return found;
}

/** The organization of a record, its secrets included. */
export function seedOf(record: RecordedState): Seed {
	const { logins, organization } = record;
	const resources = resourcesIn(record);
	const secrets = secretsIn(resources.map(({ outputs }) => outputs));
	const provider = resources.find(({ inputs }) => inputs?.["oauthClientId"] === logins.other);
	if (provider !== undefined) secrets.set(logins.other, String(provider.inputs?.["oauthClientSecret"]));
	const withFields = (credential: CredentialSeed): CredentialSeed => {
		const { inputs } = resources.find(({ id }) => id === credential.id) ?? {};
		return { ...credential, fields: inputs?.["fields"] as Record<string, string> };
	};
	const withSecret = (client: ClientSeed): ClientSeed => {
		const secret = secrets.get(client.id ?? "");
		return secret === undefined ? client : { ...client, secret };
	};
	return {
		...organizationSeed,
		administrator: { id: logins.usual },
		clients: organization.clients.map(withSecret),
		credentials: organization.credentials.map(withFields),
	};
}

/** Starts a stack that holds what a record holds, with a program that declares it. */
export async function startFrom(
	record: RecordedState,
	startStack: (options: StackOptions) => Promise<TestStack>,
): Promise<{ stack: TestStack; declare: (program: RecordedProgram) => void }> {
	const seed = seedOf(record);
	const stack = await startStack({ seed, passphrase: true });
	const { port } = new URL(stack.simulator.url);
	// Where state has no secret of the other login, any will do.
	const known = seed.clients?.find(({ id }) => id === record.logins.other)?.secret;
	const secret = known ?? stack.simulator.organization.regenerateSecret(record.logins.other);
	const other: OtherLogin = { id: record.logins.other, secret };
	const declare = (program: RecordedProgram) => declareProgram(stack, record.front, program, other);
	declare(record.program);
	stack.write("state.json", JSON.stringify(record.stack).replaceAll(JSON.stringify(portMark), `"${port}"`));
	const imported = await stack.pulumi("stack", "import", "--file", "state.json");
	if (imported.code !== 0) throw new Error(`pulumi stack import failed:\n${imported.output}`);
	return { stack, declare };
}
