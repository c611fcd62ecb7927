export type { DomainEntityRef, GrantType } from "./api/models";
export type { OAuthClientInputs, RoleDivisionInput } from "./lifecycle/inputs";
export { OAuthClient, type OAuthClientArgs } from "./oauth-client";
