import { argumentsOf, outputsOf, type Row, secretsOf, type Table } from "./lifecycle/argument-table";
import { credentialTable } from "./lifecycle/integration-credential/arguments";
import { clientTable } from "./lifecycle/oauth-client/arguments";
import { pairTable } from "./lifecycle/rotating-oauth-client/arguments";

/** What the arguments and outputs of a resource are: for programs that read Pulumi's events, or its state. */
export interface ResourceFields {
	/** The names of the arguments. */
	readonly arguments: readonly string[];
	/**
	 * The names of the outputs that show what others change in Genesys Cloud: the settings that it returns, what is made of them, and, for a
	 * resource with a setting that it doesn't return, the date of the last change.
	 */
	readonly settings: readonly string[];
	/** The names of the arguments that are secrets, or have one in them. */
	readonly secrets: readonly string[];
}

function fieldsOf(table: Table): ResourceFields {
	const names = argumentsOf(table).filter((name) => table[name]?.front === undefined || table[name].front === "npm");
	const { inputs, parts } = secretsOf(table);
	// The older form of a setting is the same setting once more.
	const isSetting = (name = "") => table[name]?.kind === "setting" && table[name].olderFormOf === undefined;
	const hasHiddenSetting = Object.values(table).some(({ isWriteOnly }) => isWriteOnly);
	const showsChange = ({ changesWith, front, isSecret }: Row) =>
		hasHiddenSetting && changesWith === "change" && front === undefined && isSecret === undefined;
	return {
		arguments: names,
		settings: outputsOf(table).filter(
			(name) => isSetting(name) || isSetting(table[name]?.madeOf) || showsChange(table[name]!),
		),
		secrets: names.filter((name) => inputs.includes(name) || parts.includes(name)),
	};
}

/**
 * The fields of each resource, by the name of its class.
 *
 * ```ts
 * const drifted = resourceFields.OAuthClient.settings.filter((name) => before[name] !== after[name]);
 * ```
 */
export const resourceFields = {
	OAuthClient: fieldsOf(clientTable),
	RotatingOAuthClient: fieldsOf(pairTable),
	IntegrationCredential: fieldsOf(credentialTable),
} as const;
