import type { Clock } from "../clock";
import type { OrganizationState, RateWindow, StoredClient, StoredToken } from "./organization-state";
import { createSecret, digestOf } from "./secret-digest";
import { PERMISSIONS } from "./seed-defaults";

/** The window of the rate limits, in milliseconds. */
export const RATE_WINDOW_MS = 60_000;

/** The running organization: its state, and what can be derived from it. The rules of the API are in the routes. */
export class OrganizationStore {
	/** The current state. */
	state: OrganizationState;
	/** The clock. */
	readonly clock: Clock;

	constructor(state: OrganizationState, clock: Clock) {
		this.state = state;
		this.clock = clock;
	}

	/** The clients in order of creation, without those whose deletion date has passed. */
	clients(): StoredClient[] {
		this.#removeDue();
		return [...this.state.clients.values()];
	}

	/** A client by its id. */
	client(id: string): StoredClient | undefined {
		this.#removeDue();
		return this.state.clients.get(id);
	}

	/** Removes a client and its tokens. */
	removeClient(id: string): void {
		this.state.clients.delete(id);
		this.revokeTokens(id);
	}

	/** Issues a token for a client and returns its text; only its digest is stored. */
	issueToken(client: StoredClient, scopes: string[]): string {
		const token = createSecret();
		const now = this.clock.now();
		this.state.tokens.set(digestOf(token), {
			clientId: client.id,
			expires: now + client.accessTokenValiditySeconds * 1000,
			scopes,
			window: { start: now, count: 0 },
		});
		return token;
	}

	/** A token by its text. */
	token(token: string): StoredToken | undefined {
		return this.state.tokens.get(digestOf(token));
	}

	/** Revokes one token. */
	revokeToken(token: string): void {
		this.state.tokens.delete(digestOf(token));
	}

	/** Revokes the tokens of one client, or all tokens. */
	revokeTokens(clientId?: string): void {
		for (const [digest, token] of this.state.tokens)
			if (clientId === undefined || token.clientId === clientId) this.state.tokens.delete(digest);
	}

	/** The ids of a client's roles. The administrator has all, including roles added later. */
	rolesOf(client: StoredClient): Set<string> {
		if (client.id === this.state.administratorId) return new Set(this.state.roles.keys());
		return new Set([...client.roleIds, ...client.roleDivisions.map((pair) => pair.roleId)]);
	}

	/** What a client's tokens may do, with "all" expanded to the permissions that the simulator checks. */
	permissionsOf(client: StoredClient): string[] {
		const everything = Object.values(PERMISSIONS);
		if (client.permissions !== undefined) return client.permissions === "all" ? everything : client.permissions;
		return [...this.rolesOf(client)].flatMap((id) => {
			const permissions = this.state.roles.get(id)?.permissions ?? [];
			return permissions === "all" ? everything : permissions;
		});
	}

	/** Counts a call in its minute. Returns the number of calls, including this one, and the seconds until the minute ends. */
	countInWindow(window: RateWindow): { count: number; resetSeconds: number } {
		const now = this.clock.now();
		if (now - window.start >= RATE_WINDOW_MS) {
			window.start = now;
			window.count = 0;
		}
		window.count += 1;
		return { count: window.count, resetSeconds: Math.ceil((window.start + RATE_WINDOW_MS - now) / 1000) };
	}

	#removeDue(): void {
		const now = this.clock.now();
		for (const client of this.state.clients.values())
			if (client.dateToDelete !== undefined && Date.parse(client.dateToDelete) <= now) this.removeClient(client.id);
	}
}
