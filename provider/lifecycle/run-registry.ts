import pLimit, { type LimitFunction } from "p-limit";
import { GenesysCloudError } from "../api/errors";
import { labelOf } from "./client-label";
import { canonicalJson } from "./state/canonical-json";
import type { Properties } from "./state/settings";

/**
 * What this process, which serves one run, has learned from Pulumi and the API. Pulumi tells a dynamic provider neither a resource's name nor
 * the command, so the registry knows neither, and doesn't guess them.
 */
export class RunRegistry {
	readonly #known = new Set<string>();
	/** The clients that this run manages, each with its adoption; undefined if the stack created it. */
	readonly #holders = new Map<string, string | undefined>();
	readonly #declared = new Set<string>();
	readonly #compared = new Set<string>();
	readonly #creates = new Map<string, LimitFunction>();

	/** Records inputs that the program declares, as `check` returned them. */
	declare(inputs: Properties): void {
		this.#declared.add(textOf(inputs));
	}

	/** Whether the program declares these inputs. A refresh compares inputs from state, which aren't declared. */
	isDeclared(inputs: Properties): boolean {
		return this.#declared.has(textOf(inputs));
	}

	/** Records inputs that a client in state was compared with: a create with them is a replacement. */
	compare(inputs: Properties): void {
		this.#compared.add(textOf(inputs));
	}

	/** Whether a client in state was compared with these inputs. */
	isCompared(inputs: Properties): boolean {
		return this.#compared.has(textOf(inputs));
	}

	/** Records a client that is in state or was created by this run. */
	addClient(clientId: string): void {
		this.#known.add(clientId);
	}

	/** Whether a client is in state or was created by this run, as far as known. */
	knowsClient(clientId: string): boolean {
		return this.#known.has(clientId);
	}

	/**
	 * Records that an entry in state manages a client.
	 *
	 * @throws GenesysCloudError if another entry manages it as well
	 */
	hold(clientId: string, adoptionId: string | undefined): void {
		if (this.isHeldByAnother(clientId, adoptionId)) throw this.managedTwiceError(clientId);
		this.addClient(clientId);
		this.#holders.set(clientId, adoptionId);
	}

	/** Reverts an adoption that failed before any change, so that this run may retry it. */
	release(clientId: string): void {
		this.#known.delete(clientId);
		this.#holders.delete(clientId);
	}

	/** Whether an entry with another adoption manages this client. */
	isHeldByAnother(clientId: string, adoptionId: string | undefined): boolean {
		return this.#holders.has(clientId) && this.#holders.get(clientId) !== adoptionId;
	}

	/** The error for a client managed by two resources. */
	managedTwiceError(clientId: string): GenesysCloudError {
		return new GenesysCloudError(
			`another resource of this stack already manages ${labelOf({}, clientId)}. To rename a resource, give the new one an alias. To replace the client with a new one, remove adopt from the program. If state holds the client twice, remove one entry with pulumi state delete, which doesn't delete the client, and then its resource from the program`,
		);
	}

	/** Runs creates with the same name one at a time, so that the client of a POST without response can be identified. */
	async oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
		const limit = this.#creates.get(name) ?? pLimit(1);
		this.#creates.set(name, limit);
		return limit(work);
	}
}

/** The program's inputs as text, without what Pulumi and `check` add. */
function textOf({ __provider: _provider, adoption: _adoption, ...inputs }: Properties): string {
	return canonicalJson(inputs);
}
