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
