import type { Properties } from "../../../../provider/lifecycle/properties";
import type { TestStack, YamlSections } from "../test-stack";
import { type History, isPair, type Letter, type OptionName, type Slot } from "./commands";

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

/** The clients and the pair that the program declares. */
export type Program = Map<Slot, DeclaredClient>;

/** Both clients of a pair. */
export const letters: Letter[] = ["a", "b"];

/** What a program declares of a client in Genesys Cloud: a pair declares two. */
export interface OneClient extends DeclaredClient {
	slot: Slot;
	/** Which client of a pair it is. */
	letter: Letter | undefined;
	/** The client to adopt. */
	adopts: string | undefined;
}

/** What a program declares of each client. */
export const eachClient = (program: Program): OneClient[] =>
	[...program].flatMap(([slot, declared]): OneClient[] => {
		const { adopt, ...settings } = declared.settings;
		const { clientId, ...byLetter } = (adopt ?? {}) as { clientId?: string } & Partial<
			Record<Letter, { clientId: string }>
		>;
		if (!isPair(slot)) return [{ ...declared, slot, letter: undefined, adopts: clientId }];
		const nameOf = (letter: Letter) => `${String(settings["name"])} (${letter.toUpperCase()})`;
		return letters.map((letter) =>
			Object.assign({}, declared, {
				settings: { ...settings, name: nameOf(letter) },
				slot,
				letter,
				adopts: byLetter[letter]?.clientId,
			}),
		);
	});

/** How the two fronts name the types in URNs. */
export const types = {
	yaml: {
		client: "genesyscloud-oauth:index:OAuthClient",
		pair: "genesyscloud-oauth:index:RotatingOAuthClient",
		credential: "genesyscloud-oauth:index:IntegrationCredential",
	},
	javascript: {
		client: "pulumi-nodejs:dynamic/genesyscloud:OAuthClient",
		pair: "pulumi-nodejs:dynamic/genesyscloud:RotatingOAuthClient",
		credential: "pulumi-nodejs:dynamic/genesyscloud:IntegrationCredential",
	},
};

/** A kind of resources. */
export type Kind = keyof (typeof types)["yaml"];

/** The URN of a resource of the stack `test`. */
export const urnOf = (front: History["front"], kind: Kind, name: string) =>
	`urn:pulumi:test::test::${types[front][kind]}::${name}`;

/** The kind of the resource of a place. */
export const kindAt = (slot: Slot): Kind => (isPair(slot) ? "pair" : "client");

/** The kind of a resource in state; undefined for another one. */
export function kindOf(type: string): Kind | undefined {
	if (type.endsWith(":OAuthClient")) return "client";
	if (type.endsWith(":RotatingOAuthClient")) return "pair";
	return type.endsWith(":IntegrationCredential") ? "credential" : undefined;
}

/** How long an operation may take, in seconds: a call that hangs must not hold a history for long. */
const seconds = 8;

function optionsOf(front: History["front"], kind: Kind, { options, formerNames }: DeclaredClient): object {
	const { ignoreChanges, ...others } = options;
	return {
		...(kind === "credential" ? {} : others),
		...(kind !== "credential" && typeof ignoreChanges === "string" ? { ignoreChanges: [ignoreChanges] } : {}),
		...(formerNames.length > 0 ? { aliases: formerNames.map((name) => urnOf(front, kind, name)) } : {}),
		...(front === "yaml"
			? { customTimeouts: { create: `${seconds}s`, update: `${seconds}s`, delete: `${seconds}s` } }
			: {}),
	};
}

/** Reads its resources from a file, so that a change of the program is a change of that file. */
const javascript = `const { IntegrationCredential, OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
for (const { name, settings, options, credential } of require("./resources.json")) {
	const client = settings.rotation ? new RotatingOAuthClient(name, settings, options).current : new OAuthClient(name, settings, options);
	if (credential) new IntegrationCredential(name, { name: credential.name, client }, credential.options);
}
`;

/** Makes a program the stack's. */
export function writeProgram(stack: TestStack, front: History["front"], program: Program): void {
	const clients = [...program].map(([slot, client]) => Object.assign({ kind: kindAt(slot) }, client));
	if (front === "javascript") {
		const timeouts = { create: seconds, read: seconds, update: seconds, delete: seconds };
		const resources = clients.map((client) => ({
			name: client.name,
			settings: { ...client.settings, timeouts },
			options: optionsOf(front, client.kind, client),
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
			type: types.yaml[client.kind].replace("index:", ""),
			properties: settings,
			options: optionsOf(front, client.kind, client),
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
