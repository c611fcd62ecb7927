import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { StoredClient } from "../organization/organization-state";
import type { RequestEntry } from "../request-log";

/** What the layers of the server pass on with a call. */
export interface ApiEnv {
	Bindings: HttpBindings;
	Variables: {
		/** The correlation id of the call. */
		correlationId: string;
		/** The log entry, to be completed. */
		entry: RequestEntry;
		/** The client whose token came with the call; set by `authenticate`. */
		caller: StoredClient;
		/** The token itself; set by `authenticate`. */
		token: string;
		/** The body, a JSON object; set for operations that take one. */
		body: Record<string, unknown>;
	};
}

/** One call to the simulated API. */
export type ApiContext = Context<ApiEnv>;
