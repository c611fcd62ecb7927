import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { StoredClient } from "../organization/organization-state";
import type { RequestEntry } from "../request-log";

/** What the layers of the server hand on to each other with a call. */
export interface ApiEnv {
	Bindings: HttpBindings;
	Variables: {
		/** The correlation id of the call. */
		correlationId: string;
		/** The entry of the log, to be filled in. */
		entry: RequestEntry;
		/** The client whose token came with the call; set once it is authenticated. */
		caller: StoredClient;
		/** The token itself; set once it is authenticated. */
		token: string;
		/** The body, checked to be a JSON object; set for the operations that take one. */
		body: Record<string, unknown>;
	};
}

/** One call to the simulated API. */
export type ApiContext = Context<ApiEnv>;
