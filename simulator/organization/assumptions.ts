import { createHash } from "node:crypto";
import type { AssumptionSeed, CredentialTypeSeed, TokenRefusal } from "./assumption-seed";
import { CREDENTIAL_TYPES } from "./credential-types";
import type { OrganizationState, StoredClient } from "./organization-state";
import type { GrantType } from "./client-values";
import type { PersonReference, RoleDivision } from "./seed";

/** The token endpoint's message for too many requests, sent with status 400, as the vendor's own tools match it. */
export const TOKEN_THROTTLED = "rate limit exceeded; the maximum number of token requests has been reached";

/** Today's assumptions. */
export const DEFAULT_ASSUMPTIONS: Required<AssumptionSeed> = {
	refusalOfUnknownClient: { error: "invalid_client", description: "authentication failed" },
	refusalOfInactiveClient: { error: "invalid_client", description: "client is inactive" },
	refusalOfDisabledClient: { error: "invalid_client", description: "client is disabled" },
	refusalOfDeniedAddress: { error: "invalid_client", description: "address is not allowed" },
	refusalOfThrottling: { error: "invalid_request", description: TOKEN_THROTTLED },
	loginChecksGrantFirst: false,
	tokensEndWithSecret: false,
	clientsHaveBothRoleForms: false,
	referencesHaveNames: true,
	createdBy: "login",
	refusedGrants: [],
	requiredProperties: [],
	redirectUriIsRequired: false,
	unknownProperties: "refusedUnlessRead",
	youngInactiveClients: "kept",
	listHasLogin: true,
	newSecretSetsDateModified: true,
	creationDateIsAheadMs: 0,
	modificationDateIsAheadMs: 0,
	integrationsFilterByCredential: true,
	credentialTypes: [...CREDENTIAL_TYPES],
	ungroupedUsageFields: "absent",
	daysWithoutUsage: 0,
	maximumUsageDays: 365,
	usageIntervalIncludesEnd: false,
	rateLimitCode: "too.many.requests",
	rateLimitResetIsLaterSeconds: 0,
};

/** The fields of a usage row of the OAuth API, as recorded answers have them where they aren't grouped by. */
const EMPTY_USAGE_ROW = {
	clientId: "",
	clientName: "",
	organizationId: "",
	userId: "",
	templateUri: "",
	httpMethod: "",
	status200: 0,
	status300: 0,
	status400: 0,
	status500: 0,
	status429: 0,
	requests: 0,
};

/** Why the token endpoint refuses. */
export type TokenRefusalReason = "UnknownClient" | "InactiveClient" | "DisabledClient" | "DeniedAddress" | "Throttling";

/** How the API behaves by what is assumed about it: the only place where the seed's `assumptions` are read. */
export class Assumptions {
	readonly #state: () => Pick<OrganizationState, "settings" | "divisions">;

	constructor(state: () => Pick<OrganizationState, "settings" | "divisions">) {
		this.#state = state;
	}

	get #seed(): Required<AssumptionSeed> {
		return this.#state().settings.assumptions;
	}

	/** How the token endpoint refuses. */
	tokenRefusal(reason: TokenRefusalReason): TokenRefusal {
		return this.#seed[`refusalOf${reason}`];
	}

	/** Whether the token endpoint checks the grant before the secret. */
	loginChecksGrantFirst(): boolean {
		return this.#seed.loginChecksGrantFirst;
	}

	/** Whether a client's tokens end with its secret. */
	tokensEndWithSecret(): boolean {
		return this.#seed.tokensEndWithSecret;
	}

	/** The roles of a client as the API returns them. */
	rolesShown({ roleIds, roleDivisions }: StoredClient): { roleIds: string[]; roleDivisions: RoleDivision[] } {
		if (!this.#seed.clientsHaveBothRoleForms) return { roleIds, roleDivisions };
		const homeId = [...this.#state().divisions.values()].find(({ home }) => home)?.id ?? "*";
		const paired = new Set(roleDivisions.map(({ roleId }) => roleId));
		const unpaired = roleIds.filter((roleId) => !paired.has(roleId));
		return {
			roleIds: [...new Set([...roleIds, ...paired])],
			roleDivisions: [...roleDivisions, ...unpaired.map((roleId) => ({ roleId, divisionId: homeId }))],
		};
	}

	/** Whom a change by a login is attributed to. */
	authorFor({ id, name }: Pick<StoredClient, "id" | "name">): PersonReference {
		return { id: this.#seed.createdBy === "user" ? userIdOf(id) : id, name };
	}

	/** An author as the API returns it; undefined if it doesn't. */
	authorShown({ id, name }: PersonReference): PersonReference | undefined {
		if (this.#seed.createdBy === "absent") return undefined;
		return this.#seed.referencesHaveNames && name !== undefined ? { id, name } : { id };
	}

	/** Whether no client can get this grant. */
	refusesGrant(grant: GrantType): boolean {
		return this.#seed.refusedGrants.includes(grant);
	}

	/** The properties without which no client with this grant is created. */
	requiredProperties(grant: GrantType): readonly string[] {
		const redirectUris = grant === "CODE" || grant === "TOKEN" ? ["registeredRedirectUri"] : [];
		return [
			...(this.#seed.redirectUriIsRequired ? redirectUris : []),
			...(grant === "CLIENT-CREDENTIALS" ? this.#seed.requiredProperties : []),
		];
	}

	/** The properties beside the vendor's OAuthClientRequest that a POST or PUT stores. */
	writableProperties(existing: StoredClient | undefined): ReadonlySet<string> {
		const { unknownProperties, requiredProperties } = this.#seed;
		const read = unknownProperties === "refusedUnlessRead" ? Object.keys(existing?.extra ?? {}) : [];
		return new Set([...this.#state().settings.extraProperties, ...requiredProperties, ...read]);
	}

	/** Whether a POST or PUT with any other property is refused. */
	refusesUnknownProperties(): boolean {
		return this.#seed.unknownProperties !== "ignored";
	}

	/** Whether a client younger than 30 days is deleted when it becomes inactive. */
	deletesYoungInactiveClients(): boolean {
		return this.#seed.youngInactiveClients === "deleted";
	}

	/** Whether the list of clients has the one that asks. */
	listHasLogin(): boolean {
		return this.#seed.listHasLogin;
	}

	/** Whether a new secret sets `dateModified`. */
	newSecretSetsDateModified(): boolean {
		return this.#seed.newSecretSetsDateModified;
	}

	/** The date of a creation at a moment, ISO 8601. */
	dateOfCreation(now: number): string {
		return new Date(now + this.#seed.creationDateIsAheadMs).toISOString();
	}

	/** The date of a change at a moment, ISO 8601. */
	dateOfChange(now: number): string {
		return new Date(now + this.#seed.modificationDateIsAheadMs).toISOString();
	}

	/** Whether the list of integrations can be filtered by a credential. */
	integrationsFilterByCredential(): boolean {
		return this.#seed.integrationsFilterByCredential;
	}

	/** The types of integration credentials. */
	credentialTypes(): readonly CredentialTypeSeed[] {
		return this.#seed.credentialTypes;
	}

	/** A usage row of the OAuth API as it is returned. */
	usageRowShown(row: Record<string, unknown>): Record<string, unknown> {
		return this.#seed.ungroupedUsageFields === "empty" ? { ...EMPTY_USAGE_ROW, ...row } : row;
	}

	/** How many of the latest whole days have no usage yet. */
	daysWithoutUsage(): number {
		return this.#seed.daysWithoutUsage;
	}

	/** The maximum of `days`. */
	maximumUsageDays(): number {
		return this.#seed.maximumUsageDays;
	}

	/** The first moment after an interval of a usage query. */
	endOfUsage(end: number): number {
		return this.#seed.usageIntervalIncludesEnd ? end + 1 : end;
	}

	/** The seconds until the minute of the rate limit ends, as the header has them. */
	rateLimitReset(seconds: number): number {
		return seconds + this.#seed.rateLimitResetIsLaterSeconds;
	}

	/** The code of a 429. */
	rateLimitCode(): Required<AssumptionSeed>["rateLimitCode"] {
		return this.#seed.rateLimitCode;
	}
}

/** The id of the user that stands for a login: always the same one. */
function userIdOf(clientId: string): string {
	const hex = createHash("sha256").update(`user of ${clientId}`).digest("hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
