import type { OAuthClientRequest } from "../../api/models";
import { type NamesOf, namesOf, optionsIn, type RowsOf, type Schemas } from "../argument-table";
import { type ClientRow, clientRows, type OAuthClientOutputs } from "../oauth-client/arguments";
import type { Properties } from "../properties";
import type { RotatingOAuthClientInputs } from "./inputs";

/** What a user needs to find a client of a pair. */
export interface PairClient {
	/** The client id. */
	clientId: string;
	/** `active`, `inactive`, or `disabled` by Genesys Cloud support. */
	state: string;
	/** When Genesys Cloud will delete the client: ISO 8601; undefined if it won't. */
	dateToDelete?: string;
	/** The number of secrets that this stack has had for the client. */
	secretVersion: number;
	/** When its secret was created: ISO 8601, UTC. */
	secretRotatedAt: string;
	/** The first 12 hexadecimal digits of the secret's SHA-256. Empty without a secret. */
	secretFingerprint: string;
	/**
	 * Of the previous client, the names of the settings in which it isn't as the current one, because others have changed one of them or an
	 * update has failed half-way: the next `pulumi up` makes both as declared. Undefined if there are none.
	 */
	differsIn?: string[];
}

/** The clients of a pair. One is missing if it was deleted outside Pulumi: the next `pulumi up` creates it. */
export interface PairClients {
	/** The client whose name ends in (A): current after an even number of rotations. */
	a?: PairClient;
	/** The client whose name ends in (B): current after an odd number of rotations. */
	b?: PairClient;
}

/** The outputs of a pair that aren't arguments. Those that programs see are documented at the class. */
export interface PairAddedOutputs {
	clientId: string;
	clientSecret: string;
	previousClientId: string;
	previousClientSecret: string;
	generation: number;
	rotatedAt: string;
	rotatesAt?: string;
	clients: PairClients;
	/** What state has of each client: the same as of an OAuthClient. Secret, since the client's secret is in it. */
	clientStates: { a?: Properties; b?: Properties };
}

const { name, description, authorizedGrantType, scope, registeredRedirectUri, roleDivisions, roleIds } = clientRows;
const { additionalSettings, accessTokenValiditySeconds, secretSink, keepSecretInState, detectSecretReset } = clientRows;
const { deletionGuard, deletion, timeouts, connection, replaceOnGrantTypeChange, allowSameName } = clientRows;
const date = "must be an ISO 8601 date or date-time, such as 2026-01-01";

const rows = {
	adopt: {
		kind: "option",
		schema: (schemas: Schemas) => {
			const one = schemas.v.optional(clientRows.adopt.schema(schemas));
			return schemas.v.strictObject({ a: one, b: one }, "must be an object with a or b");
		},
		hasSecretPart: true,
	},
	name,
	description,
	authorizedGrantType,
	scope,
	registeredRedirectUri,
	roleDivisions,
	roleIds,
	accessTokenValiditySeconds,
	additionalSettings,
	rotation: {
		kind: "option",
		schema: ({ v, amount }: Schemas) =>
			v.strictObject(
				{
					periodDays: v.optional(amount("day", 0.01, 3650)),
					startingAt: v.optional(
						v.pipe(
							v.string(date),
							v.check((text) => !Number.isNaN(Date.parse(text)), date),
						),
					),
					rotateWhenChanged: v.optional(v.record(v.string(), v.any(), "must be an object of values")),
					deactivatePreviousAfterDays: v.optional(amount("day", 0.01, 3650)),
				},
				"must be an object such as { periodDays: 30 }",
			),
		required: true,
		parts: { oneOf: ["periodDays", "rotateWhenChanged"], needs: { deactivatePreviousAfterDays: "periodDays" } },
	},
	secretSink,
	keepSecretInState,
	detectSecretReset,
	deletionGuard,
	deletion,
	timeouts,
	connection,
	replaceOnGrantTypeChange,
	allowSameName,
	clientId: { kind: "output", changesWith: "secret" },
	clientSecret: { kind: "output", changesWith: "secret", isSecret: true },
	previousClientId: { kind: "output", changesWith: "secret" },
	previousClientSecret: { kind: "output", changesWith: "secret", isSecret: true },
	generation: { kind: "output", changesWith: "secret" },
	rotatedAt: { kind: "output", changesWith: "secret" },
	rotatesAt: { kind: "output", changesWith: "secret", madeOf: "rotation" },
	clients: { kind: "output", changesWith: "change" },
	clientStates: { kind: "output", changesWith: "change", isSecret: true, front: "none" },
} satisfies RowsOf<
	RotatingOAuthClientInputs,
	PairAddedOutputs,
	Omit<OAuthClientRequest, "dateToDelete" | "state">,
	ClientRow
>;

/** The name of an argument that is a setting of both clients in the API. */
export type PairSetting = NamesOf<typeof rows, { kind: "setting" }>;
/** The name of an output that the program sees beside the settings. */
export type PairAdded = Exclude<keyof PairAddedOutputs, NamesOf<typeof rows, { front: "none" }>>;
/** The name of an argument that only the npm package has. */
export type NpmArgument = NamesOf<typeof rows, { front: "npm" }>;

/** The outputs of a pair: the settings of its current client, what is added to them, and the options. */
export interface RotatingOAuthClientOutputs
	extends
		Pick<OAuthClientOutputs, PairSetting>,
		Pick<RotatingOAuthClientInputs, NamesOf<typeof rows, { kind: "option" }>>,
		PairAddedOutputs {}

/** Every argument and output of a RotatingOAuthClient, the arguments in the order of generated programs. */
export const pairTable: Readonly<Record<keyof typeof rows, ClientRow>> = rows;

/** The names of the settings. */
export const pairSettings = namesOf(rows, "setting");
export const { optionsOf, changedOptions, withoutOptions } = optionsIn(pairTable);
