export { createManualClock, createRunningClock, realClock } from "./clock";
export type { Clock, ManualClock, ManualClockOptions, SettableClock } from "./clock";
export type {
	CutFault,
	DelayFault,
	Fault,
	FaultMoment,
	FaultTarget,
	HangFault,
	HtmlFault,
	MalformedFault,
	StatusFault,
} from "./fault";
export type { Faults } from "./faults";
export type {
	ClientChange,
	ClientRecord,
	CredentialChange,
	CredentialRecord,
	NewClient,
	Organization,
	SettingsChange,
} from "./organization/organization";
export type {
	Settings,
	Snapshot,
	StoredClient,
	StoredCredential,
	StoredDivision,
	StoredIntegration,
	StoredRole,
} from "./organization/organization-state";
export {
	DEFAULT_AUTHORIZATIONS,
	DEFAULT_DIVISIONS,
	DEFAULT_ROLES,
	DIVISION_IDS,
	PERMISSIONS,
	ROLE_IDS,
} from "./organization/seed-defaults";
export type * from "./organization/assumption-seed";
export type { ClientState, GrantType } from "./organization/client-values";
export type * from "./organization/seed";
export type { RequestEntry, RequestFilter, RequestLog } from "./request-log";
export { SCOPES } from "./routes/scope-catalog";
export type { Language, Scope } from "./routes/scope-catalog";
export { startSimulator } from "./simulator";
export type { Simulator, SimulatorOptions } from "./simulator";
