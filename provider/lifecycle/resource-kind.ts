import { quoted } from "../api/errors";
import type { GenesysCloudApi } from "../api/genesys-cloud-api";
import type { CredentialInfo } from "../api/integration-models";
import type { OAuthClient } from "../api/models";
import { secretInputsOf } from "./hide-secret-inputs";
import type { Properties } from "./properties";

/** Something in the API that a resource manages. */
export interface Named {
	id: string;
	name?: string;
}

/** What messages say of a kind of resource. */
export interface Words {
	/** The vendor's noun: `OAuth client`. */
	readonly thing: string;
	/** The noun for a resource that a message has named already: `client`. */
	readonly noun: string;
	/** The output with its id, also the argument of `adopt`: `clientId`. */
	readonly idName: string;
	/** What a new one has anew: `id and secret`. */
	readonly newParts: string;
	/** The arguments that adopt one whose fields or secret are lost: `adopt.clientId and adopt.rotateSecret`. */
	readonly adoptArguments: string;
	/** Its name in messages: its name, unless it is a secret, and its id, if known. */
	readonly label: (settings: Properties, id?: unknown) => string;
}

/** What existed when this run first listed it. */
export interface ListsAtStart {
	/** The OAuth clients. */
	clientsAtStart: () => Promise<OAuthClient[]>;
	/** The integration credentials. */
	credentialsAtStart: () => Promise<CredentialInfo[]>;
}

/** A kind of resource: its words, and how to find what exists in the API. */
export interface ResourceKind<Entity extends Named> extends Words {
	/** Reads one; the API's text if it says that there is none. */
	readonly find: (api: GenesysCloudApi, id: string) => Promise<Entity | string>;
	/** Lists what exists. */
	readonly list: (api: GenesysCloudApi) => Promise<Entity[]>;
	/** Lists what existed at the start of the run. */
	readonly atStart: (lists: ListsAtStart) => Promise<Entity[]>;
	/** What a list shows of one, and a read may not. @default nothing */
	readonly onlyListed?: (entity: Entity) => Partial<Entity>;
	/** The permission that the listing needs. */
	readonly permission: string;
	/** The OAuth clients that exist, given the list of this kind. */
	readonly clients: (api: GenesysCloudApi, listed: Entity[]) => Promise<{ id: string }[]>;
	/** What state has of one. */
	readonly inState: (outputs: Properties, id: string) => Entity;
	/** When it was created: ISO 8601. */
	readonly createdAt: (entity: Entity) => string | undefined;
	/** When it was last changed, as far as a read tells: ISO 8601. */
	readonly modifiedAt: (entity: Entity) => string | undefined;
	/** Fails if it can't safely become what the program declares. */
	readonly requireAdoptable: (entity: Entity, inputs: Properties) => void;
	/** Whether a namesake is what the program declares, as far as the list shows. */
	readonly isAlike: (entity: Entity, inputs: Properties) => boolean;
	/** The ids of who created it, and of others who changed it, as far as the API says. */
	readonly authors: (entity: Entity) => (string | undefined)[];
	/** Whether an interrupted run may have left one that is alike as it is. */
	readonly mayBeLeft: (entity: Entity, inputs: Properties) => boolean;
	/** What one that an interrupted run may have left has in common with what the program declares. */
	readonly likeness: string;
	/** What taking it over does: " with a new secret". */
	readonly takenWith: string;
	/** The same for the notice about one: "; its secret is rotated". */
	readonly effectOn: (entity: Entity) => string;
}

/** Returns how messages name a thing: by its name, unless it is a secret, and its id, if known. */
export const labelled =
	(thing: string): Words["label"] =>
	(settings, id) => {
		const { name } = settings;
		const isShown = typeof name === "string" && name !== "" && !secretInputsOf(settings).includes("name");
		const named = isShown ? `${thing} "${quoted(name)}"` : thing;
		return typeof id === "string" && id !== "" ? `${named} (${id})` : named;
	};
