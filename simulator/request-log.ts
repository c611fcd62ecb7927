/** One call that reached the simulator. It never holds a secret, a token, a header or a body. */
export interface RequestEntry {
	/** The place in the order of arrival, from 1. {@link RequestLog.clear} doesn't start it again. */
	seq: number;
	/** When it arrived, by the simulator's clock, in milliseconds since 1970-01-01T00:00:00Z. */
	time: number;
	/** Whether it went to the token endpoint, to the Platform API, or to something the simulator doesn't have. */
	kind: "token" | "api" | "unknown";
	/** The HTTP method, in capitals. */
	method: string;
	/** The path, without the query string. */
	path: string;
	/** The path with its parameters' names, as the vendor's documentation has it; null for a route the simulator doesn't have. */
	template: string | null;
	/** The status that was answered; null while the call is under way, and for ever when the connection was cut. */
	status: number | null;
	/** The client whose token (or, at the token endpoint, whose id) came with the call; null when it isn't a client of the organization. */
	clientId: string | null;
	/** What was sent as `ININ-Correlation-Id`. */
	correlationId: string;
	/** The kind of the scripted fault that was applied, if one was. */
	fault: string | null;
	/** Whether the organization got to see the call: false when a fault answered, or cut, before. */
	processed: boolean;
}

/** Which entries are meant: every field that is given must be equal. */
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
	/** The status that was answered. */
	status?: number;
}

/** Every call that reached `/oauth/token` or the Platform API, oldest first. Control routes are not in it. */
export interface RequestLog {
	/** All entries, oldest first. */
	all(): RequestEntry[];
	/** The entries that match. */
	filter(filter: RequestFilter): RequestEntry[];
	/** How many entries match; all of them without a filter. */
	count(filter?: RequestFilter): number;
	/** Forgets all entries. */
	clear(): void;
	/**
	 * Resolves when enough matching calls have arrived, answered or not.
	 * @param count How many; 1 when left out.
	 */
	whenReceived(filter: RequestFilter, count?: number): Promise<void>;
}

/** The log as the server writes it. */
export class RequestRecorder implements RequestLog {
	#entries: RequestEntry[] = [];
	#seq = 0;
	#watchers: { filter: RequestFilter; count: number; resolve: () => void }[] = [];

	/** Adds a call that has just arrived; the server fills in the rest of the entry as it learns it. */
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
