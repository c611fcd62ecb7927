import type { ClientRecord, CredentialRecord } from "../../../../simulator";
import type { Properties } from "../../../../provider/lifecycle/properties";
import type { TestStack } from "../test-stack";
import { type Kind, kindOf } from "./program";

/** An entry in the state of one of the stacks. */
export interface Entry {
	stack: string;
	urn: string;
	kind: Kind;
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
			entries.push({
				stack: name,
				urn: resource.urn,
				kind,
				id: resource.id,
				isOld: resource.delete === true,
				protect: resource.protect === true,
				retainOnDelete: resource.retainOnDelete === true,
				outputs: resource.outputs ?? {},
			});
		}
	}
	const { organization } = stack.simulator;
	return {
		entries,
		clients: new Map(organization.clients().map((client) => [client.id, client])),
		credentials: new Map(organization.credentials().map((credential) => [credential.id, credential])),
	};
}

/** The entries that hold this id, without those that wait for their deletion. */
export const holdersOf = ({ entries }: Snapshot, id: string): Entry[] =>
	entries.filter((entry) => entry.id === id && !entry.isOld);

/** The entry of a resource. */
export const entryAt = ({ entries }: Snapshot, urn: string): Entry | undefined =>
	entries.find((entry) => entry.urn === urn && !entry.isOld && entry.stack === "test");

/** Whether a client or a credential is there. */
export const isLive = ({ clients, credentials }: Snapshot, id: string): boolean =>
	clients.has(id) || credentials.has(id);

/** The ids of all that is there. */
export const liveIds = ({ clients, credentials }: Snapshot): string[] => [...clients.keys(), ...credentials.keys()];
