import { quoted } from "../api/errors";
import { secretInputsOf } from "./hide-secret-inputs";
import type { Properties } from "./properties";

/** What messages say of a kind of resource. */
export interface ResourceKind {
	/** The vendor's noun with its article: `an OAuth client`. */
	readonly aThing: string;
	/** The noun for a resource that a message has named already: `client`. */
	readonly noun: string;
	/** Several of them: `OAuth clients`. */
	readonly plural: string;
	/** What a new one has anew: `id and secret`. */
	readonly newParts: string;
	/** The arguments that adopt one whose fields or secret are lost: `adopt.clientId and adopt.rotateSecret`. */
	readonly adoptArguments: string;
	/** Its name in messages: its name, unless it is a secret, and its id, if known. */
	label: (settings: Properties, id?: unknown) => string;
}

/** Returns how messages name a thing: by its name, unless it is a secret, and its id, if known. */
export const labelled =
	(thing: string) =>
	(settings: Properties, id?: unknown): string => {
		const { name } = settings;
		const isShown = typeof name === "string" && name !== "" && !secretInputsOf(settings).includes("name");
		const named = isShown ? `${thing} "${quoted(name)}"` : thing;
		return typeof id === "string" && id !== "" ? `${named} (${id})` : named;
	};
