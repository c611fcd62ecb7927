/** A client's grant type (`authorizedGrantType` of the Platform API). */
export type GrantType = "CODE" | "TOKEN" | "SAML2-BEARER" | "PASSWORD" | "CLIENT-CREDENTIALS";

/** The state of a client (`state` of the Platform API). */
export type ClientState = "active" | "disabled" | "inactive";

/** The grants of the Platform API. */
export const GRANT_TYPES = [
	"CODE",
	"TOKEN",
	"SAML2-BEARER",
	"PASSWORD",
	"CLIENT-CREDENTIALS",
] as const satisfies readonly GrantType[];

/** The states of a client. */
export const CLIENT_STATES = ["active", "disabled", "inactive"] as const satisfies readonly ClientState[];
