export { type CredentialFieldOptions, noPlainCredentialFields } from "./credential-fields";
export { type DeletionGuardOptions, requireDeletionGuard } from "./deletion-guard";
export { noImplicitGrant, noPasswordGrant } from "./grants";
export { type OwnerOptions, requireOwner } from "./owner";
export {
	type HttpsRedirectUrisOptions,
	noFragmentRedirectUris,
	noIpRedirectUris,
	noWildcardRedirectUris,
	requireHttpsRedirectUris,
} from "./redirect-uris";
export { noRolesInEveryDivision } from "./roles";
export type { RuleOptions } from "./rule";
export { type BroadScopesOptions, limitScopes, noBroadScopes, type ScopeLimitOptions } from "./scopes";
export { requireSecretRotation, type SecretRotationOptions } from "./secret-rotation";
export { limitTokenLife, type TokenLifeOptions } from "./token-life";
export { requireUniqueNames } from "./unique-names";
