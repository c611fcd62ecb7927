import type { createLifecycle } from "../provider/lifecycle/create-lifecycle";
import { isPublicField } from "../provider/lifecycle/integration-credential/public-fields";
import type { CheckFailure } from "../provider/lifecycle/check-arguments";
import { secretOutputs } from "../provider/lifecycle/secret-outputs";
import type { Properties } from "../provider/lifecycle/properties";
import { unknownSecretWarning } from "../provider/lifecycle/oauth-client/unknown-secret";
import { scopeWarning } from "../provider/scopes";
import { type Unmarked, isSecret } from "./values";

/** The life cycles of all resources. */
export type Lifecycle = ReturnType<typeof createLifecycle>;

/** The operations on a resource, as the life cycle has them for each kind. */
interface Operations {
	check: (olds: Properties, news: Properties) => Promise<{ inputs: Properties; failures: CheckFailure[] }>;
	diff: (
		id: string,
		olds: Properties,
		news: Properties,
	) => Promise<{ changes: boolean; changed: string[]; hasOtherWork: boolean; replaces: string[] }>;
	preview: (inputs: Properties, managed?: { id: string; olds: Properties }) => Promise<Properties>;
	create: (inputs: Properties, seconds?: number) => Promise<{ id: string; outs: object }>;
	read: (id: string, props: Properties) => Promise<{ id: string; props?: object; inputs?: Properties }>;
	update: (id: string, olds: Properties, news: Properties, seconds?: number) => Promise<{ outs: object }>;
	delete: (id: string, props: Properties, seconds?: number) => Promise<void>;
	toInputs: (outputs: Properties) => Properties;
}

/** A resource of the plugin: its operations, and what Pulumi must know beyond them. */
export interface PluginResource {
	operations: Operations;
	/** The inputs that are always secrets. */
	secretInputs: readonly string[];
	/** The outputs that are always secrets. */
	secretOutputs: readonly string[];
	/** The outputs that are secrets because an input is: each with that input. */
	derived: readonly (readonly [output: string, input: string])[];
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

/** The resources by the last part of their type. */
export const resourcesOf = (lifecycle: Lifecycle): Readonly<Record<string, PluginResource>> => ({
	OAuthClient: {
		operations: lifecycle.oauthClient,
		secretInputs: [],
		secretOutputs: secretOutputs.oauthClient,
		// The API makes one list of roles of the other.
		derived: [
			["roleIds", "roleDivisions"],
			["roleDivisions", "roleIds"],
			["secretRotatesAt", "secretRotation"],
		],
		instead: { ...instead, secretSink: "pass the output clientSecret to the store's own resource" },
		warnings: (news, olds) => [...scopeWarnings(news), ...secretWarnings(news.properties, olds)],
	},
	IntegrationCredential: {
		operations: lifecycle.integrationCredential,
		secretInputs: ["fields"],
		secretOutputs: secretOutputs.integrationCredential,
		derived: [],
		instead: { ...instead, client: "set fields.clientId and fields.clientSecret" },
		added: ({ fields }) => ({ plainFields: plainFieldsIn(fields) }),
		warnings: () => [],
	},
	/** Registered by `RotatingOAuthClient` only. */
	ClientRotation: {
		operations: lifecycle.clientRotation,
		secretInputs: [],
		secretOutputs: [],
		derived: [],
		instead: {},
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

const secretWarnings = ({ adopt }: Properties, olds: Properties = {}): string[] =>
	[unknownSecretWarning(adopt, olds["secretVersion"])].filter((text) => text !== undefined);
