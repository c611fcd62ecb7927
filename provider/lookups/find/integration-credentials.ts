import type { IntegrationsApi } from "../../api/integrations-api";
import { byNameThenId, toRegExp } from "./by-name";
import type { Connect } from "./connect";
import { lookUp } from "./lookup-error";

/** Which integration credentials to list: those that match every given filter; all of them without filters. */
export interface ListIntegrationCredentialsArgs {
	/**
	 * A pattern for the whole name, case-sensitive: `*` matches any text, `?` one character.
	 *
	 * @default any
	 */
	namePattern?: string;
	/** The name of the credentials' type, such as `pureCloudOAuthClient`. @default any */
	type?: string;
}

/** Lists integration credentials with an API: ids and names, sorted by name, then by id; `""` is the name of one that has none. */
export async function listCredentials(
	connect: Connect<IntegrationsApi>,
	{ namePattern, type }: ListIntegrationCredentialsArgs,
): Promise<{ id: string; name: string }[]> {
	return lookUp("looking up integration credentials", async () => {
		const isWanted = namePattern === undefined ? undefined : toRegExp(namePattern);
		const { entities } = await (await connect()).getIntegrationsCredentialsListing();
		return entities
			.map((credential) => ({ id: credential.id, name: credential.name ?? "", type: credential.type?.name }))
			.filter((one) => (isWanted?.test(one.name) ?? true) && (type === undefined || one.type === type))
			.map(({ id, name }) => ({ id, name }))
			.toSorted(byNameThenId);
	});
}
