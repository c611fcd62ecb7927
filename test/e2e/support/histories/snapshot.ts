import type { ClientRecord, CredentialRecord } from "../../../../simulator";
import type { Properties } from "../../../../provider/lifecycle/properties";
import type { TestStack } from "../test-stack";
import type { Letter } from "./commands";
import { type Kind, kindOf, letters } from "./program";

/** What an entry in the state of one of the stacks has of a client or a credential: that of a pair has two clients. */
export interface Entry {
	stack: string;
	urn: string;
	kind: Exclude<Kind, "pair">;
	/** Which client of a pair it is; undefined for another one. */
	letter: Letter | undefined;
	/** Whether a pair hands it out as the previous one. */
	isStandby: boolean;
	id: string;
	/** Whether it only waits for its deletion, after a replacement. */
	isOld: boolean;
	protect: boolean;
	retainOnDelete: boolean;
	/** The outputs, secrets in clear. */
	outputs: Properties;
}

/** What there is at a moment: in the states and in the organization. */
export interface Snapshot {
	entries: Entry[];
	clients: Map<string, ClientRecord>;
	credentials: Map<string, CredentialRecord>;
}

/** Looks at the states of these stacks and at the organization. Makes no call, and starts no engine. */
export async function look(stack: TestStack, stacks: Iterable<string>): Promise<Snapshot> {
	const entries: Entry[] = [];
	for (const name of stacks) {
		for (const resource of await stack.stateInClear(name)) {
			const kind = kindOf(resource.type);
			if (kind === undefined || resource.id === undefined || resource.id === "") continue;
			const outputs = resource.outputs ?? {};
			const shared = {
				stack: name,
				urn: resource.urn,
				isOld: resource.delete === true,
				protect: resource.protect === true,
				retainOnDelete: resource.retainOnDelete === true,
			};
			if (kind === "pair") for (const client of clientsOf(outputs)) entries.push({ ...shared, ...client });
			else entries.push({ ...shared, kind, id: resource.id, letter: undefined, isStandby: false, outputs });
		}
	}
	const { organization } = stack.simulator;
	return {
		entries,
		clients: new Map(organization.clients().map((client) => [client.id, client])),
		credentials: new Map(organization.credentials().map((credential) => [credential.id, credential])),
	};
}

/** The clients of a pair in state, the current one first. */
function clientsOf(pair: Properties): Pick<Entry, "kind" | "id" | "letter" | "isStandby" | "outputs">[] {
	const states = pair["clientStates"] as Partial<Record<Letter, Properties>>;
	const [current, standby] = Number(pair["generation"]) % 2 === 0 ? letters : letters.toReversed();
	return [current, standby].flatMap((letter) => {
		const outputs = states[letter!];
		if (outputs === undefined) return [];
		return [{ kind: "client", id: String(outputs["clientId"]), letter, isStandby: letter === standby, outputs }];
	});
}

/** Whether the deletion of what an entry holds has set it to inactive, and left it at that. */
export const isDeactivated = ({ clients }: Snapshot, { id, outputs }: Entry): boolean =>
	outputs["deletion"] === "deactivate" && clients.get(id)?.state === "inactive";

/** The entries that hold this id, without those that wait for their deletion. */
export const holdersOf = ({ entries }: Snapshot, id: string): Entry[] =>
	entries.filter((entry) => entry.id === id && !entry.isOld);

/** The entry of a resource; of a pair, that of one of its clients, or of the current one. */
export const entryAt = ({ entries }: Snapshot, urn: string, letter?: Letter): Entry | undefined =>
	entries.find(
		(entry) =>
			entry.urn === urn && !entry.isOld && entry.stack === "test" && (letter === undefined || entry.letter === letter),
	);

/** Whether a client or a credential is there. */
export const isLive = ({ clients, credentials }: Snapshot, id: string): boolean =>
	clients.has(id) || credentials.has(id);

/** The ids of all that is there. */
export const liveIds = ({ clients, credentials }: Snapshot): string[] => [...clients.keys(), ...credentials.keys()];
