/**
 * When the implicit grant, `TOKEN`, ends: a sentence without its period, the same in warnings, the policy pack and the report. The
 * community's answer has March, later copies of the help page have May.
 */
export const endOfImplicitGrant =
	"Genesys Cloud is ending this grant: new clients can't be created since March or May 2026, and existing ones stop working in March or May 2027 (its community and its help name different months)";

/** What to do about a client of the implicit grant: a sentence without its period. */
export const moveFromImplicitGrant = "Move the application to CODE with PKCE";
