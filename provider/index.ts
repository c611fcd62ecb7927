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
	type AuthorizationDivisionResult,
	getAuthorizationDivision,
	type GetAuthorizationDivisionArgs,
	getAuthorizationDivisionOutput,
	type GetAuthorizationDivisionOutputArgs,
	getAuthorizationDivisions,
	type GetAuthorizationDivisionsArgs,
	getAuthorizationDivisionsOutput,
	type GetAuthorizationDivisionsOutputArgs,
	type GetAuthorizationDivisionsResult,
} from "./lookups/authorization-divisions";
export {
	type AuthorizationRoleResult,
	getAuthorizationRole,
	type GetAuthorizationRoleArgs,
	getAuthorizationRoleOutput,
	type GetAuthorizationRoleOutputArgs,
	getAuthorizationRoles,
	type GetAuthorizationRolesArgs,
	getAuthorizationRolesOutput,
	type GetAuthorizationRolesOutputArgs,
	type GetAuthorizationRolesResult,
} from "./lookups/authorization-roles";
export { isLookupError, LookupError } from "./lookups/lookup-error";
export {
	getOAuthAuthorization,
	type GetOAuthAuthorizationArgs,
	getOAuthAuthorizationOutput,
	type GetOAuthAuthorizationOutputArgs,
	getOAuthAuthorizations,
	getOAuthAuthorizationsOutput,
	type GetOAuthAuthorizationsResult,
	type OAuthAuthorizationResult,
} from "./lookups/oauth-authorizations";
export {
	getOAuthClient,
	type GetOAuthClientArgs,
	getOAuthClientOutput,
	type GetOAuthClientOutputArgs,
} from "./lookups/oauth-client";
export type { OAuthClientResult } from "./lookups/oauth-client-result";
export {
	getOAuthClientUsage,
	type GetOAuthClientUsageArgs,
	getOAuthClientUsageOutput,
	type GetOAuthClientUsageOutputArgs,
	type GetOAuthClientUsageResult,
	type UsageOfDays,
	type UsageOfInterval,
	type UsageTotals,
} from "./lookups/oauth-client-usage";
export {
	getOAuthClients,
	type GetOAuthClientsArgs,
	getOAuthClientsOutput,
	type GetOAuthClientsOutputArgs,
	type GetOAuthClientsResult,
} from "./lookups/oauth-clients";
export {
	getOAuthScope,
	type GetOAuthScopeArgs,
	getOAuthScopeOutput,
	type GetOAuthScopeOutputArgs,
	getOAuthScopes,
	getOAuthScopesOutput,
	type GetOAuthScopesResult,
	type LanguageArgs,
	type LanguageOutputArgs,
	type OAuthScopeResult,
} from "./lookups/oauth-scopes";
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
