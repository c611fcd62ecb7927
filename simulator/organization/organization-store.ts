import type { Clock } from "../clock";
import { Assumptions } from "./assumptions";
import { News, grantOf } from "./lag";
import type { OrganizationState, RateWindow, StoredClient, StoredCredential, StoredToken } from "./organization-state";
import { createSecret, digestOf, isSecret } from "./secret-digest";
import { PERMISSIONS } from "./seed-defaults";

/** The window of the rate limits, in milliseconds. */
export const RATE_WINDOW_MS = 60_000;

/** The running organization: its state, and what can be derived from it. The rules of the API are in the routes. */
export class OrganizationStore {
	/** The current state. */
	state: OrganizationState;
	/** The clock. */
	readonly clock: Clock;
	/** How the API behaves by what is assumed about it. */
	readonly assumed: Assumptions = new Assumptions(() => this.state);
	/** What is new, and whether it is seen yet. */
	readonly news: News;

	constructor(state: OrganizationState, clock: Clock) {
		this.state = state;
		this.clock = clock;
		this.news = new News(() => this.state, clock);
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

	/** A client that a request names by its id: not before it is seen. */
	clientSeenById(id: string): StoredClient | undefined {
		return this.news.isSeen("clientById", id) ? this.client(id) : undefined;
	}

	/** A client as GET shows it: a change isn't seen at once. */
	clientShownById(id: string): StoredClient | undefined {
		if (!this.news.isSeen("clientById", id)) return undefined;
		const current = this.client(id);
		return this.news.notYetChanged("clientChangeById").get(id) ?? current;
	}

	/** The clients as the list shows them to a caller. */
	clientsListedFor(callerId: string): StoredClient[] {
		const current = this.clients().map((client) => [client.id, client] as const);
		const all = new Map([...current, ...this.news.notYetChanged("clientChangeInList")]);
		return [...all.values()].filter(
			({ id }) => this.news.isSeen("clientInList", id) && (this.assumed.listHasLogin() || id !== callerId),
		);
	}

	/** Stores a client that is new or has changed, and notes what is new about it. */
	saveClient(client: StoredClient): void {
		const before = this.state.clients.get(client.id);
		if (before === undefined) this.news.note(client.id);
		else this.news.noteChange(before);
		const had = new Set(before === undefined ? [] : roleIdsOf(before));
		for (const roleId of roleIdsOf(client)) if (!had.has(roleId)) this.news.note(grantOf(client.id, roleId));
		if (client.secretDigest !== before?.secretDigest) this.#replaceSecret(client, before?.secretDigest);
		this.state.clients.set(client.id, client);
	}

	#replaceSecret({ id, secretDigest }: StoredClient, old: string | undefined): void {
		if (secretDigest !== undefined) this.news.note(secretDigest);
		if (old === undefined) return;
		this.news.note(old);
		this.state.oldSecrets.set(old, id);
		if (this.assumed.tokensEndWithSecret()) this.revokeTokens(id);
	}

	/** Whether the login accepts a secret now: the client's own as soon as it is seen, a replaced one until that is seen. */
	acceptsSecret(client: StoredClient, secret: string): boolean {
		const digest = digestOf(secret);
		if (isSecret(secret, client.secretDigest)) return this.news.isSeen("secretByLogin", digest);
		return this.state.oldSecrets.get(digest) === client.id && !this.news.isSeen("oldSecretByLogin", digest);
	}

	/** Stores an integration credential that is new or has changed, and notes a new one. */
	saveCredential(credential: StoredCredential): void {
		if (!this.state.credentials.has(credential.id)) this.news.note(credential.id);
		this.state.credentials.set(credential.id, credential);
	}

	/** Removes a client and its tokens. */
	removeClient(id: string): void {
		const before = this.state.clients.get(id);
		if (before !== undefined) this.news.noteChange(before);
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

	/** The ids of a client's roles that count already. The administrator has all, including roles added later. */
	rolesOf(client: StoredClient): Set<string> {
		const isAdministrator = client.id === this.state.administratorId;
		const granted = isAdministrator ? [...this.state.roles.keys()] : roleIdsOf(client);
		return new Set(granted.filter((roleId) => this.news.isSeen("roleGrant", grantOf(client.id, roleId))));
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

/** The ids of the roles that were granted to a client, in either form. */
export function roleIdsOf(client: Pick<StoredClient, "roleIds" | "roleDivisions">): string[] {
	return [...client.roleIds, ...client.roleDivisions.map((pair) => pair.roleId)];
}
