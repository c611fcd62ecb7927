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
	ClientState,
	RoleDivision,
	UsageGranularity,
	UsageGroupBy,
	UsageMetric,
} from "./api/models";
export type {
	AdoptInput,
	ClientDeletion,
	DeclaredState,
	DeletionGuardInput,
	OAuthClientInputs,
	RoleDivisionInput,
	SecretRotationInput,
} from "./lifecycle/oauth-client/inputs";
export type { ConnectionInput, TimeoutsInput } from "./lifecycle/shared-inputs";
export { type CredentialClient, IntegrationCredential, type IntegrationCredentialArgs } from "./integration-credential";
export type {
	AdoptCredentialInput,
	CredentialGuardInput,
	IntegrationCredentialSettings,
} from "./lifecycle/integration-credential/inputs";
export { OAuthClient, type OAuthClientArgs } from "./oauth-client";
export {
	type GetAuthorizationDivisionOutputArgs,
	type GetAuthorizationDivisionsOutputArgs,
	getAuthorizationDivision,
	getAuthorizationDivisionOutput,
	getAuthorizationDivisions,
	getAuthorizationDivisionsOutput,
} from "./lookups/authorization-divisions";
export type {
	AuthorizationDivisionResult,
	GetAuthorizationDivisionArgs,
	GetAuthorizationDivisionsArgs,
	GetAuthorizationDivisionsResult,
} from "./lookups/find/authorization-divisions";
export {
	type GetAuthorizationRoleOutputArgs,
	type GetAuthorizationRolesOutputArgs,
	getAuthorizationRole,
	getAuthorizationRoleOutput,
	getAuthorizationRoles,
	getAuthorizationRolesOutput,
} from "./lookups/authorization-roles";
export type {
	AuthorizationRoleResult,
	GetAuthorizationRoleArgs,
	GetAuthorizationRolesArgs,
	GetAuthorizationRolesResult,
} from "./lookups/find/authorization-roles";
export { LookupError, isLookupError } from "./lookups/find/lookup-error";
export {
	type GetOAuthAuthorizationOutputArgs,
	getOAuthAuthorization,
	getOAuthAuthorizationOutput,
	getOAuthAuthorizations,
	getOAuthAuthorizationsOutput,
} from "./lookups/oauth-authorizations";
export type {
	AuthorizedClient,
	GetOAuthAuthorizationArgs,
	GetOAuthAuthorizationsResult,
	OAuthAuthorizationResult,
} from "./lookups/find/oauth-authorizations";
export { type GetOAuthClientOutputArgs, getOAuthClient, getOAuthClientOutput } from "./lookups/oauth-client";
export type { GetOAuthClientArgs } from "./lookups/find/oauth-client";
export type { OAuthClientResult } from "./lookups/find/oauth-client-result";
export {
	type GetOAuthClientUsageOutputArgs,
	getOAuthClientUsage,
	getOAuthClientUsageOutput,
} from "./lookups/oauth-client-usage";
export type {
	GetOAuthClientUsageArgs,
	GetOAuthClientUsageResult,
	UsageOfDays,
	UsageOfInterval,
	UsageTotals,
} from "./lookups/find/oauth-client-usage";
export { type GetOAuthClientsOutputArgs, getOAuthClients, getOAuthClientsOutput } from "./lookups/oauth-clients";
export type { GetOAuthClientsArgs, GetOAuthClientsResult } from "./lookups/find/oauth-clients";
export {
	type GetOAuthScopeOutputArgs,
	type LanguageOutputArgs,
	getOAuthScope,
	getOAuthScopeOutput,
	getOAuthScopes,
	getOAuthScopesOutput,
} from "./lookups/oauth-scopes";
export type {
	GetOAuthScopeArgs,
	GetOAuthScopesResult,
	LanguageArgs,
	OAuthScopeResult,
} from "./lookups/find/oauth-scopes";
export type { SecretSink, StoredSecret } from "./lifecycle/oauth-client/secret-sink";
export { type RotatingCredential, RotatingOAuthClient, type RotatingOAuthClientArgs } from "./rotating-oauth-client";
export type { PairClient, PairClients } from "./lifecycle/rotating-oauth-client/arguments";
export type {
	AdoptPairInput,
	RotatingOAuthClientInputs,
	RotationInput,
} from "./lifecycle/rotating-oauth-client/inputs";
export { type KnownScope, type Scope, knownScopes } from "./api/scopes";
export { type ResourceFields, resourceFields } from "./resource-fields";
export { type InvalidArgument, validateOAuthClient, validateRotatingOAuthClient } from "./validate-oauth-client";
