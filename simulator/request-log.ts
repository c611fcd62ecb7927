/** One call that reached the simulator, without secrets, tokens, headers and bodies. */
export interface RequestEntry {
	/** The sequence number in order of arrival, from 1. {@link RequestLog.clear} doesn't reset it. */
	seq: number;
	/** When it arrived, by the simulator's clock, in milliseconds since 1970-01-01T00:00:00Z. */
	time: number;
	/** Whether it went to the token endpoint, to the Platform API, or to a route the simulator doesn't have. */
	kind: "token" | "api" | "unknown";
	/** The HTTP method, in capitals. */
	method: string;
	/** The path, without the query string. */
	path: string;
	/** The path template of the vendor's documentation; null for a route the simulator doesn't have. */
	template: string | null;
	/** The response's status; null while the call is in progress, and forever if the connection was cut. */
	status: number | null;
	/** The client whose token (or, at the token endpoint, whose id) came with the call; null if the organization has no such client. */
	clientId: string | null;
	/** The response's `ININ-Correlation-Id`. */
	correlationId: string;
	/** The kind of the scripted fault that was applied, if any. */
	fault: string | null;
	/** Whether the organization processed the call: false if a fault responded or cut the connection before. */
	processed: boolean;
}

/** Selects entries: every given field must be equal. */
export interface RequestFilter {
	/** The HTTP method, in capitals. */
	method?: string;
	/** The path template, for example `/api/v2/oauth/clients/{clientId}`. */
	template?: string;
	/** The exact path. */
	path?: string;
	/** Token endpoint, Platform API, or neither. */
	kind?: RequestEntry["kind"];
	/** The client whose token came with the call. */
	clientId?: string;
	/** The response's status. */
	status?: number;
}

/** All calls to `/oauth/token` and the Platform API, oldest first, without control routes. */
export interface RequestLog {
	/** All entries, oldest first. */
	all(): RequestEntry[];
	/** The entries that match. */
	filter(filter: RequestFilter): RequestEntry[];
	/** How many entries match; without a filter, all. */
	count(filter?: RequestFilter): number;
	/** Removes all entries. */
	clear(): void;
	/**
	 * Resolves when enough matching calls have arrived, completed or not.
	 * @param count How many; 1 if omitted.
	 */
	whenReceived(filter: RequestFilter, count?: number): Promise<void>;
}

/** The log as the server writes it. */
export class RequestRecorder implements RequestLog {
	#entries: RequestEntry[] = [];
	#seq = 0;
	#watchers: { filter: RequestFilter; count: number; resolve: () => void }[] = [];

	/** Adds a call that has just arrived; the server completes the entry later. */
	record(entry: Omit<RequestEntry, "seq">): RequestEntry {
		this.#seq += 1;
		const recorded: RequestEntry = { seq: this.#seq, ...entry };
		this.#entries.push(recorded);
		this.#watchers = this.#watchers.filter((watcher) => {
			if (this.count(watcher.filter) < watcher.count) return true;
			watcher.resolve();
			return false;
		});
		return recorded;
	}

	all(): RequestEntry[] {
		return this.#entries.map((entry) => ({ ...entry }));
	}

	filter(filter: RequestFilter): RequestEntry[] {
		return this.all().filter((entry) => matches(entry, filter));
	}

	count(filter: RequestFilter = {}): number {
		return this.#entries.filter((entry) => matches(entry, filter)).length;
	}

	clear(): void {
		this.#entries = [];
	}

	async whenReceived(filter: RequestFilter, count = 1): Promise<void> {
		if (this.count(filter) >= count) return;
		await new Promise<void>((resolve) => {
			this.#watchers.push({ filter, count, resolve });
		});
	}
}

function matches(entry: RequestEntry, filter: RequestFilter): boolean {
	const { method, template, path, kind, clientId, status } = filter;
	return (
		(method === undefined || entry.method === method) &&
		(template === undefined || entry.template === template) &&
		(path === undefined || entry.path === path) &&
		(kind === undefined || entry.kind === kind) &&
		(clientId === undefined || entry.clientId === clientId) &&
		(status === undefined || entry.status === status)
	);
}
