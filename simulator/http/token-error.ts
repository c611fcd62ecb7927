/** The token endpoint's message for too many requests, sent with status 400, as the vendor's own tools match it. */
export const TOKEN_THROTTLED = "rate limit exceeded; the maximum number of token requests has been reached";

/** An error body of the token endpoint. */
export interface TokenErrorBody {
	/** The OAuth 2.0 error code. */
	error: string;
	/** What is wrong. */
	description: string;
	/** The same text, under its OAuth 2.0 name. */
	error_description: string;
}

/** The token endpoint's error body, with all three fields the vendor sends. */
export function toTokenErrorBody(error: string, description: string): TokenErrorBody {
	return { error, description, error_description: description };
}
