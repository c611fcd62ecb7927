import type { Clock } from "../clock";
import type { LagSeed } from "./assumption-seed";
import type { OrganizationState, StoredClient } from "./organization-state";

/** Everything is seen at once. */
export const DEFAULT_LAG: Required<LagSeed> = {
	secretByLogin: 0,
	oldSecretByLogin: 0,
	clientByLogin: 0,
	clientById: 0,
	clientInList: 0,
	clientChangeById: 0,
	clientChangeInList: 0,
	credentialById: 0,
	credentialInList: 0,
	roleGrant: 0,
	roleById: 0,
	roleInList: 0,
	roleByName: 0,
	refusalsAreCached: false,
};

/** After how long something new is seen. */
type Delay = Exclude<keyof LagSeed, "refusalsAreCached" | ChangeDelay>;

/** After how long a change, or a deletion, is seen. */
export type ChangeDelay = "clientChangeById" | "clientChangeInList";

/** The delays whose refusals may be cached: those of the login service. */
const CACHED: ReadonlySet<Delay> = new Set<Delay>(["secretByLogin", "clientByLogin", "roleGrant"]);

/** What is new in the organization, and whether it is seen yet: the only place where the seed's `lag` is read. */
export class News {
	readonly #state: () => OrganizationState;
	readonly #clock: Clock;

	constructor(state: () => OrganizationState, clock: Clock) {
		this.#state = state;
		this.#clock = clock;
	}

	/** Something is new from now on: a client, credential or role by its id, a secret by its digest, a grant by {@link grantOf}. */
	note(what: string): void {
		const { news, cachedRefusals } = this.#state();
		news.set(what, this.#clock.now());
		for (const delay of CACHED) cachedRefusals.delete(`${delay} ${what}`);
	}

	/** Whether something is seen in one way. Asking too early prolongs the refusal if the seed says so. */
	isSeen(delay: Delay, what: string): boolean {
		const { news, cachedRefusals, settings } = this.#state();
		const lag = settings.lag[delay];
		const now = this.#clock.now();
		const cached = `${delay} ${what}`;
		if (now < (cachedRefusals.get(cached) ?? 0)) return false;
		if (now >= (news.get(what) ?? Number.NEGATIVE_INFINITY) + lag) return true;
		if (settings.lag.refusalsAreCached && CACHED.has(delay)) cachedRefusals.set(cached, now + lag);
		return false;
	}

	/** A client was changed or removed: keeps what it was for as long as that may be seen. */
	noteChange(before: StoredClient): void {
		const { formerClients, settings } = this.#state();
		const { clientChangeById, clientChangeInList } = settings.lag;
		const now = this.#clock.now();
		if (Math.max(clientChangeById, clientChangeInList) > 0)
			formerClients.push({ client: structuredClone(before), changedAt: now });
	}

	/** The clients that still look as they were before a change or a deletion. */
	notYetChanged(delay: ChangeDelay): Map<string, StoredClient> {
		const { formerClients, settings } = this.#state();
		const since = this.#clock.now() - settings.lag[delay];
		const recent = formerClients.filter(({ changedAt }) => changedAt > since);
		// Of several changes the first one decides, since none of them is seen.
		return new Map(recent.toReversed().map(({ client }) => [client.id, client]));
	}
}

/** A role's grant to a client, as {@link News} knows it. */
export const grantOf = (clientId: string, roleId: string): string => `${clientId} ${roleId}`;
