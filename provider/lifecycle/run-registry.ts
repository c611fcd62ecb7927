import pLimit, { type LimitFunction } from "p-limit";
import { GenesysCloudError } from "../api/errors";
import { labelOf } from "./client-label";
import { canonicalJson } from "./state/canonical-json";
import type { Properties } from "./state/settings";

/**
 * What Pulumi and the API have told this process, which serves one run: never what a run may be about. Pulumi tells a dynamic provider
 * neither a resource's name nor the command, so nothing here says which resource, or why.
 */
export class RunRegistry {
	readonly #known = new Set<string>();
	/** The client of each entry that this run goes on with, and the adoption that brought it there; undefined where the stack made it. */
	readonly #holders = new Map<string, string | undefined>();
	readonly #declared = new Set<string>();
	readonly #compared = new Set<string>();
	readonly #creates = new Map<string, LimitFunction>();

	/** Notes that the program declares these inputs: `check` has returned them. */
	declare(inputs: Properties): void {
		this.#declared.add(textOf(inputs));
	}

	/** Whether the program declares these inputs. A refresh compares with what state holds, and declares nothing. */
	isDeclared(inputs: Properties): boolean {
		return this.#declared.has(textOf(inputs));
	}

	/** Notes that a client in state was compared with these inputs: what is created of them replaces it. */
	compare(inputs: Properties): void {
		this.#compared.add(textOf(inputs));
	}

	/** Whether a client in state was compared with these inputs. */
	isCompared(inputs: Properties): boolean {
		return this.#compared.has(textOf(inputs));
	}

	/** Notes that an entry of state holds this client, or that this run has made it. */
	addClient(clientId: string): void {
		this.#known.add(clientId);
	}

	/** Whether an entry that this run knows of holds this client. */
	knowsClient(clientId: string): boolean {
		return this.#known.has(clientId);
	}

	/**
	 * Notes the entry that the program goes on managing a client with.
	 *
	 * @throws GenesysCloudError when another entry holds the client as well
	 */
	hold(clientId: string, adoptionId: string | undefined): void {
		if (this.isHeldByAnother(clientId, adoptionId)) throw this.managedTwiceError(clientId);
		this.addClient(clientId);
		this.#holders.set(clientId, adoptionId);
	}

	/** Takes back an adoption that failed before anything was changed: this run may try again. */
	release(clientId: string): void {
		this.#known.delete(clientId);
		this.#holders.delete(clientId);
	}

	/** Whether the program manages this client by another entry than the one with this adoption. */
	isHeldByAnother(clientId: string, adoptionId: string | undefined): boolean {
		return this.#holders.has(clientId) && this.#holders.get(clientId) !== adoptionId;
	}

	/** The error for a client that two resources would manage. */
	managedTwiceError(clientId: string): GenesysCloudError {
		return new GenesysCloudError(
			`another resource of this stack already manages ${labelOf({}, clientId)}. To rename a resource, give the new one an alias. To replace the client with a new one, remove adopt from the program. If state holds the client twice, remove one entry with pulumi state delete, which doesn't delete the client, and then its resource from the program`,
		);
	}

	/** Lets one create of a name happen at a time: only then can the client of an unanswered POST be told from a namesake of this run. */
	async oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
		const limit = this.#creates.get(name) ?? pLimit(1);
		this.#creates.set(name, limit);
		return limit(work);
	}
}

/** Inputs as the program gives them, without what Pulumi and `check` add. */
function textOf({ __provider: _provider, adoption: _adoption, ...inputs }: Properties): string {
	return canonicalJson(inputs);
}
