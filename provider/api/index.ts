export { type ApiClientOptions } from "./api-client";
export { type AuthorizationApi, type DivisionFilter, type RoleFilter } from "./authorization-api";
export { type BasicCredentials } from "./basic-credentials";
export { type Clock, systemClock } from "./clock";
export {
	createOAuthApi,
	type GenesysCloudApi,
	type OAuthApiOptions,
	type UsageApiChoice,
	type UsageApiName,
} from "./genesys-cloud-api";
export { credentialsOfClients } from "./credentials-of-clients";
export * from "./errors";
export * from "./integration-models";
export type { IntegrationsApi } from "./integrations-api";
export { integrationsOfCredential } from "./integrations-of-credential";
export { secretHider } from "./masking";
export * from "./models";
export { type LanguageOptions, type OAuthApi, operations, type UsageResultOptions } from "./oauth-api";
export { type Proxies, type ProxyServer } from "./proxy-server";
export { type RateLimitReading } from "./rate-limit-window";
export { describeWait, type RateLimitWait } from "./rate-limit-wait";
export { describeReadOnlyField } from "./read-only-fields";
export { type Gateway, gatewayHosts, type Hosts, regionHosts, type RegionName, regions } from "./regions";
export { type Credentials } from "./token-source";
export { type TokensApi } from "./tokens-api";
export { type Timeouts } from "./transport";
export type {
	ClientUsageJobRequest,
	OrganizationUsageJobRequest,
	PublicApiUsageRow,
	UsageApi,
	UsageJob,
	UsageJobPage,
	UsageJobResult,
} from "./usage-api";
export { type UsageAnswer } from "./usage-query";
export { type OrganizationUsage, usageOfClient, usageOfOrganization, type UsageQuestion } from "./usage-source";
export type { KnownScope, Scope } from "./scopes";
