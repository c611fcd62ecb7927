import * as v from "valibot";
import { assumptionsSchema, lagSchema } from "./assumption-schema";
import { CLIENT_STATES, GRANT_TYPES } from "./client-values";
import type { AuthorizationSeed, ClientSeed, CredentialSeed, IntegrationSeed, Seed } from "./seed";

const text = v.pipe(v.string(), v.minLength(1));
const texts = v.array(v.string());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const instant = v.pipe(
	v.string(),
	v.check((value) => !Number.isNaN(Date.parse(value)), "not an ISO 8601 date"),
);
const person = v.strictObject({ id: text, name: v.exactOptional(v.string()) });
const permissions = v.union([v.literal("all"), texts]);

const rolesSchema = v.strictObject({
	id: v.exactOptional(text),
	name: text,
	permissions: v.exactOptional(permissions),
	description: v.exactOptional(v.string()),
	defaultRoleId: v.exactOptional(text),
	userCount: v.exactOptional(count),
});

const divisionSchema = v.strictObject({
	id: v.exactOptional(text),
	name: text,
	description: v.exactOptional(v.string()),
	home: v.exactOptional(v.boolean()),
});

const clientEntries = {
	id: v.exactOptional(text),
	secret: v.exactOptional(text),
	name: text,
	description: v.exactOptional(v.string()),
	authorizedGrantType: v.exactOptional(v.picklist(GRANT_TYPES)),
	accessTokenValiditySeconds: v.exactOptional(positive),
	registeredRedirectUri: v.exactOptional(texts),
	roleIds: v.exactOptional(texts),
	roleDivisions: v.exactOptional(v.array(v.strictObject({ roleId: text, divisionId: text }))),
	scope: v.exactOptional(texts),
	state: v.exactOptional(v.picklist(CLIENT_STATES)),
	dateCreated: v.exactOptional(instant),
	dateModified: v.exactOptional(instant),
	dateToDelete: v.exactOptional(instant),
	createdBy: v.exactOptional(person),
	modifiedBy: v.exactOptional(person),
	permissions: v.exactOptional(permissions),
	tokenScopes: v.exactOptional(texts),
	addressIsDenied: v.exactOptional(v.boolean()),
	extra: v.exactOptional(v.record(v.string(), v.unknown())),
};
const clientSchema = v.strictObject(clientEntries);
const { id: _id, secret: _secret, ...changeable } = clientEntries;
const clientChangeSchema = v.strictObject({ ...changeable, name: v.exactOptional(text) });

const authorizationSchema = v.strictObject({
	clientId: v.exactOptional(text),
	clientName: text,
	description: v.exactOptional(v.union([v.string(), v.record(v.string(), v.string())])),
	authorizedGrantType: v.exactOptional(v.picklist(GRANT_TYPES)),
	scope: v.exactOptional(texts),
	roles: v.exactOptional(texts),
	state: v.picklist(["Unauthorized", "Requested", "Authorized", "Revoked"]),
	resourceOwner: v.exactOptional(person),
	dateCreated: v.exactOptional(instant),
	dateModified: v.exactOptional(instant),
});

const credentialEntries = {
	id: v.exactOptional(text),
	name: v.exactOptional(text),
	type: v.exactOptional(text),
	fields: v.exactOptional(v.record(v.string(), v.string())),
	createdDate: v.exactOptional(instant),
	modifiedDate: v.exactOptional(instant),
};
const credentialSchema = v.strictObject(credentialEntries);
const { id: _credentialId, ...changeableOfCredential } = credentialEntries;
const credentialChangeSchema = v.strictObject(changeableOfCredential);

const integrationSchema = v.strictObject({
	id: v.exactOptional(text),
	name: text,
	integrationType: v.exactOptional(text),
	credentialIds: v.exactOptional(texts),
});

const usageSchema = v.strictObject({
	clientId: text,
	date: v.pipe(v.string(), v.isoDate()),
	templateUri: text,
	httpMethod: text,
	status200: v.exactOptional(count),
	status300: v.exactOptional(count),
	status400: v.exactOptional(count),
	status500: v.exactOptional(count),
	status429: v.exactOptional(count),
	requests: v.exactOptional(count),
});

const limitsSchema = v.strictObject({
	clients: v.exactOptional(v.nullable(count)),
	requestsPerMinute: v.exactOptional(v.nullable(positive)),
	tokenRequestsPerMinute: v.exactOptional(v.nullable(positive)),
	requestBytes: v.exactOptional(positive),
});

const usageQueriesSchema = v.strictObject({
	runningPolls: v.exactOptional(count),
	rowsPerAnswer: v.exactOptional(v.nullable(positive)),
	apis: v.exactOptional(v.array(v.picklist(["oauth", "jobs"]))),
});

const authorizationListsSchema = v.strictObject({
	nameFilter: v.exactOptional(v.picklist(["contains", "startsWith", "equals"])),
	nameFilterIsCaseSensitive: v.exactOptional(v.boolean()),
	permissionFilter: v.exactOptional(v.picklist(["any", "all"])),
	maxPageSize: v.exactOptional(v.nullable(positive)),
	nextUri: v.exactOptional(v.boolean()),
	uncountedUsers: v.exactOptional(v.picklist(["absent", "zero"])),
});

const integrationCredentialsSchema = v.strictObject({
	redaction: v.exactOptional(v.picklist(["omitted", "masked", "empty"])),
	showsClientId: v.exactOptional(v.boolean()),
	omittedFields: v.exactOptional(v.picklist(["clear", "keep"])),
	usedOnesCanBeDeleted: v.exactOptional(v.boolean()),
});

const settingsEntries = {
	limits: v.exactOptional(limitsSchema),
	usageQueries: v.exactOptional(usageQueriesSchema),
	clientsPerPage: v.exactOptional(v.nullable(positive)),
	authorizationLists: v.exactOptional(authorizationListsSchema),
	integrationCredentials: v.exactOptional(integrationCredentialsSchema),
	latencyMs: v.exactOptional(count),
	scopeEnforcement: v.exactOptional(v.boolean()),
	expiredTokenCode: v.exactOptional(v.picklist(["bad.credentials", "credentials.expired"])),
	extraProperties: v.exactOptional(texts),
	lag: v.exactOptional(lagSchema),
	assumptions: v.exactOptional(assumptionsSchema),
};

const seedSchema = v.strictObject({
	organization: v.exactOptional(
		v.strictObject({
			id: v.exactOptional(text),
			name: v.exactOptional(text),
			defaultCountryCode: v.exactOptional(text),
		}),
	),
	administrator: v.exactOptional(
		v.strictObject({
			id: v.exactOptional(text),
			name: v.exactOptional(text),
			accessTokenValiditySeconds: v.exactOptional(positive),
		}),
	),
	roles: v.exactOptional(v.array(rolesSchema)),
	divisions: v.exactOptional(
		v.pipe(
			v.array(divisionSchema),
			v.check(
				(divisions) => divisions.filter((division) => division.home).length === 1,
				"exactly one division must be the home division",
			),
		),
	),
	clients: v.exactOptional(v.array(clientSchema)),
	authorizations: v.exactOptional(v.array(authorizationSchema)),
	credentials: v.exactOptional(v.array(credentialSchema)),
	integrations: v.exactOptional(v.array(integrationSchema)),
	usage: v.exactOptional(v.array(usageSchema)),
	...settingsEntries,
});

/** The schemas of external input: the seed and the bodies of the control routes. */
export const schemas = {
	/** A whole {@link Seed}. */
	seed: seedSchema satisfies v.GenericSchema<unknown, Seed>,
	/** A {@link ClientSeed}. */
	client: clientSchema satisfies v.GenericSchema<unknown, ClientSeed>,
	/** A change to a client: any fields of {@link ClientSeed} except id and secret. */
	clientChange: clientChangeSchema satisfies v.GenericSchema<unknown, Partial<Omit<ClientSeed, "id" | "secret">>>,
	/** A role. */
	role: rolesSchema,
	/** A division. */
	division: divisionSchema,
	/** An {@link AuthorizationSeed}. */
	authorization: authorizationSchema satisfies v.GenericSchema<unknown, AuthorizationSeed>,
	/** A {@link CredentialSeed}. */
	credential: credentialSchema satisfies v.GenericSchema<unknown, CredentialSeed>,
	/** A change to a credential: any fields of {@link CredentialSeed} except the id. */
	credentialChange: credentialChangeSchema satisfies v.GenericSchema<unknown, Partial<Omit<CredentialSeed, "id">>>,
	/** An {@link IntegrationSeed}. */
	integration: integrationSchema satisfies v.GenericSchema<unknown, IntegrationSeed>,
	/** A day's usage of one operation by one client. */
	usage: usageSchema,
	/** The settings that can change while the simulator runs. */
	settings: v.strictObject(settingsEntries),
};
