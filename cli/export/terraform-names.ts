import { isPublicField } from "../../provider/lifecycle/integration-credential/arguments";
import type { TerraformState } from "../terraform-state";
import { type ProgramName, programNames } from "./names";
import { secretKeys, secretPlace } from "./secret-keys";

/** The names that a program has for what is in Terraform's state: they depend on nothing else. */
export interface TerraformNames {
	/** The names of clients and credentials, by id. */
	names: ReadonlyMap<string, ProgramName>;
	/** The secrets that the program takes from the stack's configuration, and their values: undefined where the state has none. */
	secrets: readonly { key: string; value: string | undefined }[];
	/** The key of a secret, by `secretPlace`. */
	keys: ReadonlyMap<string, string>;
	/** The clients whose id and secret a credential contains: client ids by the credentials' ids. */
	contained: ReadonlyMap<string, string>;
}

/** Names what is in Terraform's state. */
export function terraformNames({ clients, credentials }: TerraformState): TerraformNames {
	const names = programNames([...clients, ...credentials]);
	const clientSecrets = new Map(clients.map(({ id, clientSecret }) => [id, clientSecret]));
	const contained = new Map(
		credentials.flatMap(({ id, fields: { clientId = "", clientSecret, ...others } }) =>
			clientSecret !== undefined && clientSecrets.get(clientId) === clientSecret && Object.keys(others).length === 0
				? [[id, clientId] as const]
				: [],
		),
	);
	const wantedOf = (id: string, field: string, value: string | undefined) => ({
		id,
		field,
		value,
		variable: names.get(id)?.variable ?? "",
	});
	const wanted = [
		...clients.flatMap(({ id, clientSecret }) =>
			clientSecret === undefined ? [] : [wantedOf(id, "clientSecret", clientSecret)],
		),
		...credentials.flatMap(({ id, fields }) =>
			Object.entries(fields)
				.filter(([field, value]) => !(isPublicField(field) && value !== undefined) && value !== "")
				.map(([field, value]) => wantedOf(id, field, value)),
		),
	];
	const keys = secretKeys(
		wanted,
		[...names.values()].map(({ variable }) => variable),
	);
	const secrets = wanted
		.filter(({ id }) => !contained.has(id))
		.map(({ value, ...secret }) => ({ key: keys.get(secretPlace(secret)) ?? "", value }));
	return { names, secrets, keys, contained };
}
