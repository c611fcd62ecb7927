import type { Caller, Operation } from "./api-client";
import type { TokenInfo } from "./models";
import { tokenInfo } from "./oauth-answers";

/** The operations of the vendor's TokensApi that this package uses. */
export interface TokensApi {
	/** The owner and the organization of the token in use: GET /api/v2/tokens/me. No permission needed. */
	getTokensMe(): Promise<TokenInfo>;
}

const me: Operation = { name: "get_tokens_me", method: "GET", path: "/api/v2/tokens/me" };

/** Implements the operations with an API client. */
export function tokensOperations(client: Caller): TokensApi {
	return { getTokensMe: async () => client.call(me, tokenInfo) };
}
