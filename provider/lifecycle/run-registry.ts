import pLimit, { type LimitFunction } from "p-limit";
import { GenesysCloudError } from "../api/errors";
import type { ResourceKind } from "./resource-kind";
import { type Properties, canonicalJson } from "./properties";

/**
 * What this process, which serves one run, has learned from Pulumi and the API about one kind of resources. Pulumi tells a dynamic provider neither a resource's name nor
 * the command, so the registry knows neither, and doesn't guess them.
 */
export class RunRegistry {
	readonly #kind: ResourceKind;
	readonly #known = new Set<string>();
	/** What this run manages, each with its adoption; undefined if the stack created it. */
	readonly #holders = new Map<string, string | undefined>();
	readonly #declared = new Set<string>();
	readonly #compared = new Set<string>();
	readonly #creates = new Map<string, LimitFunction>();

	constructor(kind: ResourceKind) {
		this.#kind = kind;
	}

	/** Records inputs that the program declares, as `check` returned them. */
	declare(inputs: Properties): void {
		this.#declared.add(textOf(inputs));
	}

	/** Whether the program declares these inputs. A refresh compares inputs from state, which aren't declared. */
	isDeclared(inputs: Properties): boolean {
		return this.#declared.has(textOf(inputs));
	}

	/** Records inputs that an entry in state was compared with: a create with them is a replacement. */
	compare(inputs: Properties): void {
		this.#compared.add(textOf(inputs));
	}

	/** Whether an entry in state was compared with these inputs. */
	isCompared(inputs: Properties): boolean {
		return this.#compared.has(textOf(inputs));
	}

	/** Records what is in state or was created by this run. */
	add(id: string): void {
		this.#known.add(id);
	}

	/** Whether it is in state or was created by this run, as far as known. */
	knows(id: string): boolean {
		return this.#known.has(id);
	}

	/**
	 * Records that an entry in state manages it.
	 *
	 * @throws GenesysCloudError if another entry manages it as well
	 */
	hold(id: string, adoptionId: string | undefined): void {
		if (this.isHeldByAnother(id, adoptionId)) throw this.managedTwiceError(id);
		this.add(id);
		this.#holders.set(id, adoptionId);
	}

	/** Reverts an adoption that failed before any change, so that this run may retry it. */
	release(id: string): void {
		this.#known.delete(id);
		this.#holders.delete(id);
	}

	/** Whether an entry with another adoption manages it. */
	isHeldByAnother(id: string, adoptionId: string | undefined): boolean {
		return this.#holders.has(id) && this.#holders.get(id) !== adoptionId;
	}

	/** The error for what two resources manage. */
	managedTwiceError(id: string): GenesysCloudError {
		const { noun, label } = this.#kind;
		return new GenesysCloudError(
			`another resource of this stack already manages ${label({}, id)}. To rename a resource, give the new one an alias. To replace the ${noun} with a new one, remove adopt from the program. If state holds the ${noun} twice, remove one entry with pulumi state delete, which doesn't delete the ${noun}, and then its resource from the program`,
		);
	}

	/** Runs creates with the same name one at a time, so that what a POST without response created can be identified. */
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
