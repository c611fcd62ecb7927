import pLimit, { type LimitFunction } from "p-limit";
import { GenesysCloudError, quoted } from "../api/errors";
import { fieldsOf } from "../api/json";
import type { Properties } from "./properties";
import type { Words } from "./resource-kind";

/** Whether an adoption is of the thing with this id, which has these outputs in state. */
type IsAdopted = (id: string, olds: Properties) => boolean;

/** The resource that manages something, and its outputs in state, as far as known. */
interface Holder {
	owner: string;
	olds: Properties;
}

/**
 * What this process, which serves one run, has learned from Pulumi and the API about one kind of resources. An owner is the URN of the
 * resource that an operation is about.
 */
export class RunRegistry {
	readonly #kind: Words;
	/** What is in state or was created by this run, with the resource in whose entry it was seen last. */
	readonly #known = new Map<string, string>();
	readonly #holders = new Map<string, Holder>();
	readonly #declared = new Set<string>();
	/** The resources with an entry in state, each with whether a create of it may adopt. */
	readonly #entries = new Map<string, boolean>();
	readonly #adoptions = new Map<string, IsAdopted>();
	/** What was looked up for a resource, by both: the `adoptionId` of its new entry. */
	readonly #lookedUp = new Map<string, string>();
	readonly #deleted = new Set<string>();
	readonly #creates = new Map<string, LimitFunction>();

	/** @param kind what its messages say */
	constructor(kind: Words) {
		this.#kind = kind;
	}

	/** The noun for what it knows. */
	get noun(): string {
		return this.#kind.noun;
	}

	/** The name of what state has, in messages. */
	label({ id, olds }: { id: string; olds: Properties }): string {
		return this.#kind.label(olds, id);
	}

	/** Records that the program declares a resource: Pulumi checks what it declares, and nothing else. */
	declare(owner: string): void {
		this.#declared.add(owner);
	}

	/** Whether the program declares a resource, as far as known. A refresh compares state, before anything is declared. */
	isDeclared(owner: string): boolean {
		return this.#declared.has(owner);
	}

	/**
	 * Whether a create of a resource may adopt: a replacement only if it is one because of that. Undefined if this run hasn't compared the resource
	 * with an entry in state.
	 */
	mayAdopt(owner: string): boolean | undefined {
		return this.#entries.get(owner);
	}

	/** Records that a new resource is to adopt something. Fails if another resource manages that. */
	announce(owner: string, isAdopted: IsAdopted): void {
		for (const [id, holder] of this.#holders) if (isAdopted(id, holder.olds)) this.requireFree(owner, id);
		this.#adoptions.set(owner, isAdopted);
	}

	/** Records what a resource has in state, or what this run has created for it. */
	add(owner: string, id: string): void {
		this.#known.set(id, owner);
	}

	/**
	 * The authors of what a login is known to have made, as far as this run has seen it in state: what it created or changed last, and nobody else
	 * has changed.
	 */
	authorsOf(login: string): string[] {
		return [...this.#holders.values()].flatMap(({ olds }) => {
			const [author, changer] = [fieldsOf(olds["createdBy"])["id"], fieldsOf(olds["modifiedBy"])["id"]];
			const isMade = olds["loginClientId"] === login && olds["adoptionId"] === undefined && author === changer;
			return isMade && typeof author === "string" ? [author] : [];
		});
	}

	/** The resource that has it in state, or for which this run has created it, as far as known. */
	ownerOf(id: string): string | undefined {
		return this.#known.get(id);
	}

	/** Whether a resource of the program manages it. */
	isManaged(id: string): boolean {
		return this.#holders.has(id);
	}

	/** Records that state has an entry of a resource, which goes on managing what is there. Fails as `requireFree` does. */
	keep(owner: string, id: string, olds: Properties): void {
		this.#entries.set(owner, false);
		this.requireFree(owner, id, olds);
		this.#hold(id, { owner, olds });
	}

	/** Records that state has an entry of a resource that is replaced: it no longer manages what is there. The replacement may adopt. */
	replace(owner: string, adopts: boolean): void {
		this.#entries.set(owner, adopts);
	}

	/** Records that state loses the entry of a resource, of which nothing is left: what is created for it may adopt. */
	lose(owner: string): void {
		this.#entries.set(owner, true);
	}

	/** Records that a resource has adopted something, or created it: then without `adoptionId`. Fails as `requireFree` does, and for a second time. */
	take(owner: string, id: string, adoptionId?: string): void {
		this.requireFree(owner, id);
		if (this.#holders.has(id)) {
			throw new GenesysCloudError(
				`${nameIn(owner)} would adopt ${this.#kind.label({}, id)} twice: name two different ones`,
			);
		}
		this.#hold(id, { owner, olds: { adoptionId } });
	}

	/** Records that a resource gets an entry of what exists: an import, or a program that only reads it. */
	lookUp(owner: string, id: string, adoptionId: string): void {
		this.#lookedUp.set(`${owner} ${id}`, adoptionId);
	}

	/** Fails if another resource manages it, or is about to adopt it. `olds` are its outputs in state, if there are any. */
	requireFree(owner: string, id: string, olds: Properties = {}): void {
		const holder = this.#holders.get(id);
		if (holder !== undefined && holder.owner !== owner) throw this.#managedTwice(id, owner, holder.owner);
		for (const [other, isAdopted] of this.#adoptions)
			if (other !== owner && isAdopted(id, olds)) throw this.#managedTwice(id, owner, other);
	}

	/** Reverts an adoption that failed before any change, so that this run may retry it. */
	release(id: string): void {
		this.#known.delete(id);
		this.#holders.delete(id);
	}

	/** Whether something stays when an entry of a resource goes: another resource manages it, or the same one has a newer entry of it. */
	stays(owner: string, id: string, { adoptionId }: Properties): boolean {
		const holder = this.#holders.get(id);
		const newest = this.#lookedUp.get(`${owner} ${id}`) ?? adoptionId;
		if (newest !== adoptionId) return true;
		return holder !== undefined && (holder.owner !== owner || holder.olds["adoptionId"] !== adoptionId);
	}

	/** Deletes something once, also where state has two entries of it that both go. */
	async once(id: string, remove: () => Promise<void>): Promise<void> {
		return this.oneAtATime(id, async () => {
			if (this.#deleted.has(id)) return;
			await remove();
			this.#deleted.add(id);
		});
	}

	/** Runs creates with the same name one at a time, so that what a POST without response created can be identified. */
	async oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
		const limit = this.#creates.get(name) ?? pLimit(1);
		this.#creates.set(name, limit);
		return limit(work);
	}

	#hold(id: string, holder: Holder): void {
		this.add(holder.owner, id);
		this.#holders.set(id, holder);
	}

	#managedTwice(id: string, one: string, other: string): GenesysCloudError {
		const { noun, label } = this.#kind;
		return new GenesysCloudError(
			`two resources of this stack would manage ${label({}, id)}: ${[one, other].map(nameIn).toSorted().join(" and ")}. To rename a resource, give the new one an alias. To replace the ${noun} with a new one, remove adopt from the program. If state holds the ${noun} twice, remove one entry with pulumi state delete, which doesn't delete the ${noun}, and then its resource from the program`,
		);
	}
}

/** A resource's name, which is the end of its URN. */
export const nameIn = (urn: string): string => quoted(urn.split("::").at(-1) ?? "");
