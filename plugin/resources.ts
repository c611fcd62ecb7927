import type { createLifecycle } from "../provider/lifecycle/create-lifecycle";
import { argumentsOf, secretOutputsOf, secretsOf, type Table } from "../provider/lifecycle/argument-table";
import {
	credentialTable,
	isPublicField,
	type NpmArgument as NpmArgumentOfCredential,
} from "../provider/lifecycle/integration-credential/arguments";
import { clientTable, type NpmArgument } from "../provider/lifecycle/oauth-client/arguments";
import {
	type NpmArgument as NpmArgumentOfPair,
	pairTable,
} from "../provider/lifecycle/rotating-oauth-client/arguments";
import type { Operations } from "../provider/lifecycle/operations";
import type { Properties } from "../provider/lifecycle/properties";
import { unknownSecretWarnings } from "../provider/lifecycle/oauth-client/unknown-secret";
import { unknownSecretsWarnings } from "../provider/lifecycle/rotating-oauth-client/unknown-secrets";
import { scopeWarning } from "../provider/api/scopes";
import { type Unmarked, isSecret } from "./values";

/** The life cycles of all resources. */
export type Lifecycle = ReturnType<typeof createLifecycle>;

/** A resource of the plugin: its operations, and what Pulumi must know beyond them. */
export interface PluginResource {
	operations: Operations;
	/** The arguments that it shows to programs. */
	arguments: readonly string[];
	/** What is always a secret. */
	secrets: ReturnType<typeof secretsOf>;
	/** The outputs that are secrets while these arguments are. */
	secretOutputs: (secretArguments: readonly string[]) => string[];
	/** The dynamic provider's arguments that the plugin doesn't have, and what to use instead. */
	instead: Readonly<Record<string, string>>;
	/** Inputs that the plugin adds to the program's. */
	added?: (marked: Properties) => Properties;
	/** Warnings about a program's arguments. */
	warnings: (news: Unmarked, olds?: Properties) => string[];
}

const instead = {
	connection: "use an explicit provider of the type pulumi:providers:genesyscloud-oauth",
	timeouts: "use the resource option customTimeouts",
} as const;

const sinks = {
	secretSink: "pass the output clientSecret to the store's own resource",
	keepSecretInState: "without a sink, the state must keep the secret",
} as const;

/** The arguments of any resource that may contain a secret which is known without a mark. */
export const secretParts = [clientTable, pairTable, credentialTable].flatMap((table) => secretsOf(table).parts);

const factsOf = (table: Table) => ({
	arguments: argumentsOf(table),
	secrets: secretsOf(table),
	secretOutputs: (secretArguments: readonly string[]) => secretOutputsOf(table, secretArguments),
});

/** The resources by the last part of their type. */
export const resourcesOf = (lifecycle: Lifecycle): Readonly<Record<string, PluginResource>> => ({
	OAuthClient: {
		operations: lifecycle.oauthClient,
		...factsOf(clientTable),
		instead: {
			...instead,
			...sinks,
		} satisfies Record<NpmArgument, string>,
		warnings: (news, olds = {}) => [
			...scopeWarnings(news),
			...unknownSecretWarnings(news.properties["adopt"], olds["secretVersion"]),
		],
	},
	RotatingOAuthClient: {
		operations: lifecycle.rotatingOAuthClient,
		...factsOf(pairTable),
		instead: {
			...instead,
			...sinks,
		} satisfies Record<NpmArgumentOfPair, string>,
		warnings: (news, olds = {}) => [
			...scopeWarnings(news),
			...unknownSecretsWarnings(news.properties["adopt"], olds["clients"]),
		],
	},
	IntegrationCredential: {
		operations: lifecycle.integrationCredential,
		...factsOf(credentialTable),
		instead: {
			...instead,
			client: "set fields.clientId and fields.clientSecret",
		} satisfies Record<NpmArgumentOfCredential | "client", string>,
		added: ({ fields }) => ({ plainFields: plainFieldsIn(fields) }),
		warnings: () => [],
	},
});

/** The names of the fields that the program gave as plain values; undefined if there are none. */
function plainFieldsIn(fields: unknown): string[] | undefined {
	if (typeof fields !== "object" || fields === null || isSecret(fields)) return undefined;
	const names = Object.keys(fields).filter((name) => !isPublicField(name) && !isSecret((fields as Properties)[name]));
	return names.length > 0 ? names.toSorted() : undefined;
}

function scopeWarnings({ properties, secrets }: Unmarked): string[] {
	const { scope } = properties;
	if (!Array.isArray(scope) || secrets.includes("scope")) return [];
	return scope
		.map((id) => (typeof id === "string" ? scopeWarning(id) : undefined))
		.filter((text) => text !== undefined);
}
