import type { Properties } from "../../../../provider/lifecycle/properties";
import type { TestStack, YamlSections } from "../test-stack";
import type { History, OptionName, Slot } from "./commands";

/** A client of the program. */
export interface DeclaredClient {
	/** The logical name of its resource. */
	name: string;
	settings: Properties;
	options: Partial<Record<OptionName, boolean | string>>;
	/** Its former logical names that are aliases. */
	formerNames: string[];
	/** Whether an integration credential holds it. */
	hasCredential: boolean;
}

/** The clients that the program declares. */
export type Program = Map<Slot, DeclaredClient>;

/** How the two fronts name the types in URNs. */
const types = {
	yaml: {
		client: "genesyscloud-oauth:index:OAuthClient",
		credential: "genesyscloud-oauth:index:IntegrationCredential",
	},
	javascript: {
		client: "pulumi-nodejs:dynamic/genesyscloud:OAuthClient",
		credential: "pulumi-nodejs:dynamic/genesyscloud:IntegrationCredential",
	},
};

/** A kind of resources. */
export type Kind = "client" | "credential";

/** The URN of a resource of the stack `test`. */
export const urnOf = (front: History["front"], kind: Kind, name: string) =>
	`urn:pulumi:test::test::${types[front][kind]}::${name}`;

/** The kind of a resource in state; undefined for another one. */
export function kindOf(type: string): Kind | undefined {
	if (type.endsWith(":OAuthClient")) return "client";
	return type.endsWith(":IntegrationCredential") ? "credential" : undefined;
}

/** How long an operation may take, in seconds: a call that hangs must not hold a history for long. */
const seconds = 8;

function optionsOf(front: History["front"], kind: Kind, { options, formerNames }: DeclaredClient): object {
	const { ignoreChanges, ...others } = options;
	return {
		...(kind === "client" ? others : {}),
		...(kind === "client" && typeof ignoreChanges === "string" ? { ignoreChanges: [ignoreChanges] } : {}),
		...(formerNames.length > 0 ? { aliases: formerNames.map((name) => urnOf(front, kind, name)) } : {}),
		...(front === "yaml"
			? { customTimeouts: { create: `${seconds}s`, update: `${seconds}s`, delete: `${seconds}s` } }
			: {}),
	};
}

/** Reads its resources from a file, so that a change of the program is a change of that file. */
const javascript = `const { IntegrationCredential, OAuthClient } = require("pulumi-genesyscloud-oauth");
for (const { name, settings, options, credential } of require("./resources.json")) {
	const client = new OAuthClient(name, settings, options);
	if (credential) new IntegrationCredential(name, { name: credential.name, client }, credential.options);
}
`;

/** Makes a program the stack's. */
export function writeProgram(stack: TestStack, front: History["front"], program: Program): void {
	const clients = [...program.values()];
	if (front === "javascript") {
		const timeouts = { create: seconds, read: seconds, update: seconds, delete: seconds };
		const resources = clients.map((client) => ({
			name: client.name,
			settings: { ...client.settings, timeouts },
			options: optionsOf(front, "client", client),
			credential: client.hasCredential && {
				name: nameOfCredential(client),
				options: optionsOf(front, "credential", client),
			},
		}));
		stack.write("index.js", javascript);
		stack.write("resources.json", JSON.stringify(resources));
		return;
	}
	const resources: NonNullable<YamlSections["resources"]> = {};
	for (const client of clients) {
		const { name, settings, hasCredential } = client;
		resources[name] = {
			type: "genesyscloud-oauth:OAuthClient",
			properties: settings,
			options: optionsOf(front, "client", client),
		};
		if (!hasCredential) continue;
		resources[`${name}-credential`] = {
			type: "genesyscloud-oauth:IntegrationCredential",
			name,
			properties: {
				name: nameOfCredential(client),
				fields: { clientId: `\${${name}.clientId}`, clientSecret: `\${${name}.clientSecret}` },
			},
			options: optionsOf(front, "credential", client),
		};
	}
	stack.declareYaml({ resources });
}

/** Each client's credential has a name of its own: a rename of the resource doesn't change it. */
const nameOfCredential = ({ name }: DeclaredClient) => `Credential of ${name.replace(/\d+$/, "")}`;

/** A copy of a program. */
export const copyOf = (program: Program): Program => structuredClone(program);
