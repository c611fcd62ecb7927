import * as pulumi from "@pulumi/pulumi";
import { OAuthClient } from "pulumi-genesyscloud-oauth";
import type { DeclaredClients } from "#clients-file";

/** What the stack hands out, each by the name of the resource. */
export interface StackOutputs extends Record<string, pulumi.Output<Record<string, string>>> {
	/** The client ids. */
	clientIds: pulumi.Output<Record<string, string>>;
	/** The client secrets: a Pulumi secret. */
	clientSecrets: pulumi.Output<Record<string, string>>;
}

/**
 * The Pulumi program: one resource for each declared client. Whatever else your clients need (secret stores, other resources) goes in
 * here.
 */
export function programOf(clients: DeclaredClients): () => Promise<StackOutputs> {
	return async () => {
		const made = Object.entries(clients).map(([resource, { options = {}, ...args }]) => {
			const { renamedFrom, ...rest } = options;
			const aliases = renamedFrom === undefined ? {} : { aliases: [{ name: renamedFrom }] };
			return [resource, new OAuthClient(resource, args, { ...rest, ...aliases })] as const;
		});
		return {
			clientIds: pulumi.output(Object.fromEntries(made.map(([resource, client]) => [resource, client.clientId]))),
			clientSecrets: pulumi.secret(
				Object.fromEntries(made.map(([resource, client]) => [resource, client.clientSecret])),
			),
		};
	};
}
