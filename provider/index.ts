/**
 * Every argument, output and function of `pulumi-genesyscloud-oauth`.
 *
 * @groupDescription Functions
 * Each lookup `getX` takes plain values and returns a promise. `getXOutput` takes outputs too and returns an output, which is unknown in a
 * preview while an argument is.
 *
 * @module
 */
// oxlint-disable-next-line import/no-unassigned-import -- must run before the libraries, which fail with other errors on an old Node
import "./required-node";
export type {
	ApiUsageRow,
	DomainEntityRef,
	GrantType,
	OAuthAuthorizationState,
	OAuthClientState,
	RoleDivision,
	UsageGranularity,
	UsageGroupBy,
	UsageMetric,
} from "./api/models";
export type { OAuthClientInputs, RoleDivisionInput } from "./lifecycle/inputs";
export type {
	AdoptInput,
	ConnectionInput,
	DeletionGuardInput,
	SecretRotationInput,
	TimeoutsInput,
} from "./lifecycle/inputs";
export { type CredentialClient, IntegrationCredential, type IntegrationCredentialArgs } from "./integration-credential";
export type {
	AdoptCredentialInput,
	CredentialGuardInput,
	IntegrationCredentialSettings,
} from "./lifecycle/credential/inputs";
export { OAuthClient, type OAuthClientArgs } from "./oauth-client";
export {
	getAuthorizationDivision,
	getAuthorizationDivisionOutput,
	type GetAuthorizationDivisionOutputArgs,
	getAuthorizationDivisions,
	getAuthorizationDivisionsOutput,
	type GetAuthorizationDivisionsOutputArgs,
} from "./lookups/authorization-divisions";
export type {
	AuthorizationDivisionResult,
	GetAuthorizationDivisionArgs,
	GetAuthorizationDivisionsArgs,
	GetAuthorizationDivisionsResult,
} from "./lookups/find/authorization-divisions";
export {
	getAuthorizationRole,
	getAuthorizationRoleOutput,
	type GetAuthorizationRoleOutputArgs,
	getAuthorizationRoles,
	getAuthorizationRolesOutput,
	type GetAuthorizationRolesOutputArgs,
} from "./lookups/authorization-roles";
export type {
	AuthorizationRoleResult,
	GetAuthorizationRoleArgs,
	GetAuthorizationRolesArgs,
	GetAuthorizationRolesResult,
} from "./lookups/find/authorization-roles";
export { isLookupError, LookupError } from "./lookups/find/lookup-error";
export {
	getOAuthAuthorization,
	getOAuthAuthorizationOutput,
	type GetOAuthAuthorizationOutputArgs,
	getOAuthAuthorizations,
	getOAuthAuthorizationsOutput,
} from "./lookups/oauth-authorizations";
export type {
	GetOAuthAuthorizationArgs,
	GetOAuthAuthorizationsResult,
	OAuthAuthorizationResult,
} from "./lookups/find/oauth-authorizations";
export { getOAuthClient, getOAuthClientOutput, type GetOAuthClientOutputArgs } from "./lookups/oauth-client";
export type { GetOAuthClientArgs } from "./lookups/find/oauth-client";
export type { OAuthClientResult } from "./lookups/find/oauth-client-result";
export {
	getOAuthClientUsage,
	getOAuthClientUsageOutput,
	type GetOAuthClientUsageOutputArgs,
} from "./lookups/oauth-client-usage";
export type {
	GetOAuthClientUsageArgs,
	GetOAuthClientUsageResult,
	UsageOfDays,
	UsageOfInterval,
	UsageTotals,
} from "./lookups/find/oauth-client-usage";
export { getOAuthClients, getOAuthClientsOutput, type GetOAuthClientsOutputArgs } from "./lookups/oauth-clients";
export type { GetOAuthClientsArgs, GetOAuthClientsResult } from "./lookups/find/oauth-clients";
export {
	getOAuthScope,
	getOAuthScopeOutput,
	type GetOAuthScopeOutputArgs,
	getOAuthScopes,
	getOAuthScopesOutput,
	type LanguageOutputArgs,
} from "./lookups/oauth-scopes";
export type {
	GetOAuthScopeArgs,
	GetOAuthScopesResult,
	LanguageArgs,
	OAuthScopeResult,
} from "./lookups/find/oauth-scopes";
export type { SecretSink, StoredSecret } from "./lifecycle/secret/secret-sink";
export {
	RotatingOAuthClient,
	type RotatingOAuthClientArgs,
	type RotatingOAuthClientInputs,
	type RotatingCredential,
	type RotationInputs,
} from "./rotating-oauth-client";
export { type KnownScope, knownScopes, type Scope } from "./scopes";
export { type InvalidArgument, validateOAuthClient } from "./validate-oauth-client";
