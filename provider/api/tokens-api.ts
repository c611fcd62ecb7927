import type { Caller, Operation } from "./api-client";
import { fieldsOf } from "./json";
import type { TokenInfo } from "./models";

/** What this package needs of the vendor's TokensApi. */
export interface TokensApi {
	/** Whose token this is, and for which organization: GET /api/v2/tokens/me. No permission needed. */
	getTokensMe(): Promise<TokenInfo>;
}

const me: Operation = { name: "get_tokens_me", method: "GET", path: "/api/v2/tokens/me" };

/** The operations, called through an API client. */
export function tokensOperations(client: Caller): TokensApi {
	return { getTokensMe: async () => fieldsOf(await client.call(me)) };
}
