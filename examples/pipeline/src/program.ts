import * as pulumi from "@pulumi/pulumi";
import {
	getAuthorizationDivision,
	getAuthorizationRole,
	IntegrationCredential,
	OAuthClient,
	type RoleDivisionInput,
	RotatingOAuthClient,
} from "pulumi-genesyscloud-oauth";
import type { Declared, DeclaredRole } from "#clients-file";

/** What the stack hands out, each by the name of the resource. */
export interface StackOutputs extends Record<string, pulumi.Output<Record<string, string>>> {
	/** The client ids; of a pair that of its current client. */
	clientIds: pulumi.Output<Record<string, string>>;
	/** The client secrets: a Pulumi secret. */
	clientSecrets: pulumi.Output<Record<string, string>>;
	/** The ids of the integration credentials: integrations refer to them. */
	credentialIds: pulumi.Output<Record<string, string>>;
}

/**
 * The Pulumi program: one resource for each declared client, each pair and each integration credential. Whatever else your clients need
 * (secret stores, other resources) goes in here.
 */
export function programOf({ clients, pairs, credentials }: Declared): () => Promise<StackOutputs> {
	return async () => {
		const rolesOf = roleLookup();
		const made = new Map<string, OAuthClient | RotatingOAuthClient>();
		for (const [resource, { options, roleDivisions, ...args }] of Object.entries(clients)) {
			const roles = await rolesOf(roleDivisions);
			made.set(resource, new OAuthClient(resource, { ...args, ...roles }, optionsOf(options)));
		}
		for (const [resource, { options, roleDivisions, ...args }] of Object.entries(pairs)) {
			const roles = await rolesOf(roleDivisions);
			made.set(resource, new RotatingOAuthClient(resource, { ...args, ...roles }, optionsOf(options)));
		}
		const credentialIds = Object.entries(credentials).map(([resource, { options, client: name, ...args }]) => {
			const one = made.get(name)!;
			const client = one instanceof OAuthClient ? one : one.current;
			return [resource, new IntegrationCredential(resource, { ...args, client }, optionsOf(options)).credentialId];
		});
		const ofEach = <Value>(value: (client: OAuthClient | RotatingOAuthClient) => Value) =>
			Object.fromEntries([...made].map(([resource, client]) => [resource, value(client)]));
		return {
			clientIds: pulumi.output(ofEach(({ clientId }) => clientId)),
			clientSecrets: pulumi.secret(ofEach(({ clientSecret }) => clientSecret)),
			credentialIds: pulumi.output(Object.fromEntries(credentialIds) as Record<string, pulumi.Output<string>>),
		};
	};
}

/** What finds the ids of roles and divisions that the file names: each name once a run. */
function roleLookup() {
	const roleOf = once(async (name) => (await getAuthorizationRole({ name })).id);
	const divisionOf = once(async (name) => (await getAuthorizationDivision({ name })).id);
	const withIds = async ({ roleName, divisionName, ...ids }: DeclaredRole): Promise<RoleDivisionInput> => ({
		roleId: ids.roleId ?? (await roleOf(roleName!)),
		...(divisionName === undefined
			? ids.divisionId && { divisionId: ids.divisionId }
			: { divisionId: await divisionOf(divisionName) }),
	});
	return async (roles: DeclaredRole[] | undefined) =>
		roles === undefined ? {} : { roleDivisions: await Promise.all(roles.map(withIds)) };
}

function once(find: (name: string) => Promise<string>): (name: string) => Promise<string> {
	const known = new Map<string, Promise<string>>();
	return async (name) => {
		const found = known.get(name) ?? find(name);
		known.set(name, found);
		return found;
	};
}

function optionsOf({
	renamedFrom,
	...rest
}: Declared["clients"][string]["options"] & object = {}): pulumi.CustomResourceOptions {
	return { ...rest, ...(renamedFrom !== undefined && { aliases: [{ name: renamedFrom }] }) };
}
