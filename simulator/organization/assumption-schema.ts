import * as v from "valibot";
import type { AssumptionSeed, LagSeed } from "./assumption-seed";
import { GRANT_TYPES } from "./client-values";

/** Milliseconds, seconds or days. */
const whole = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0)));
const text = v.pipe(v.string(), v.minLength(1));
const texts = v.exactOptional(v.array(text));
const flag = v.exactOptional(v.boolean());
const offset = v.exactOptional(v.pipe(v.number(), v.integer()));
const refusal = v.exactOptional(v.strictObject({ error: text, description: v.string() }));

/** The schema of a {@link LagSeed}. */
export const lagSchema = v.strictObject({
	secretByLogin: whole,
	oldSecretByLogin: whole,
	clientByLogin: whole,
	clientById: whole,
	clientInList: whole,
	clientChangeById: whole,
	clientChangeInList: whole,
	credentialById: whole,
	credentialInList: whole,
	roleGrant: whole,
	roleById: whole,
	roleInList: whole,
	roleByName: whole,
	refusalsAreCached: flag,
}) satisfies v.GenericSchema<unknown, LagSeed>;

/** The schema of an {@link AssumptionSeed}. */
export const assumptionsSchema = v.strictObject({
	refusalOfUnknownClient: refusal,
	refusalOfInactiveClient: refusal,
	refusalOfDisabledClient: refusal,
	refusalOfDeniedAddress: refusal,
	refusalOfThrottling: refusal,
	loginChecksGrantFirst: flag,
	tokensEndWithSecret: flag,
	clientsHaveBothRoleForms: flag,
	referencesHaveNames: flag,
	createdBy: v.exactOptional(v.picklist(["login", "user", "absent"])),
	refusedGrants: v.exactOptional(v.array(v.picklist(GRANT_TYPES))),
	requiredProperties: texts,
	redirectUriIsRequired: flag,
	unknownProperties: v.exactOptional(v.picklist(["refusedUnlessRead", "refused", "ignored"])),
	youngInactiveClients: v.exactOptional(v.picklist(["kept", "deleted"])),
	listHasLogin: flag,
	newSecretSetsDateModified: flag,
	creationDateIsAheadMs: offset,
	modificationDateIsAheadMs: offset,
	integrationsFilterByCredential: flag,
	credentialTypes: v.exactOptional(
		v.array(v.strictObject({ name: text, required: texts, optional: texts, shown: texts })),
	),
	ungroupedUsageFields: v.exactOptional(v.picklist(["absent", "empty"])),
	daysWithoutUsage: whole,
	maximumUsageDays: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
	usageIntervalIncludesEnd: flag,
	rateLimitCode: v.exactOptional(v.picklist(["too.many.requests", "too.many.requests.retry.after"])),
	rateLimitResetIsLaterSeconds: whole,
}) satisfies v.GenericSchema<unknown, AssumptionSeed>;
