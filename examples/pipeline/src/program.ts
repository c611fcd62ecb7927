import * as pulumi from "@pulumi/pulumi";
import { OAuthClient, RotatingOAuthClient } from "pulumi-genesyscloud-oauth";
import type { Declared } from "#clients-file";

/** What the stack hands out, each by the name of the resource. */
export interface StackOutputs extends Record<string, pulumi.Output<Record<string, string>>> {
	/** The client ids; of a pair that of its current client. */
	clientIds: pulumi.Output<Record<string, string>>;
	/** The client secrets: a Pulumi secret. */
	clientSecrets: pulumi.Output<Record<string, string>>;
}

/**
 * The Pulumi program: one resource for each declared client and each pair. Whatever else your clients need (secret stores, other resources)
 * goes in here.
 */
export function programOf({ clients, pairs }: Declared): () => Promise<StackOutputs> {
	return async () => {
		const made = [
			...Object.entries(clients).map(
				([resource, { options, ...args }]) => [resource, new OAuthClient(resource, args, optionsOf(options))] as const,
			),
			...Object.entries(pairs).map(
				([resource, { options, ...args }]) =>
					[resource, new RotatingOAuthClient(resource, args, optionsOf(options))] as const,
			),
		];
		return {
			clientIds: pulumi.output(Object.fromEntries(made.map(([resource, client]) => [resource, client.clientId]))),
			clientSecrets: pulumi.secret(
				Object.fromEntries(made.map(([resource, client]) => [resource, client.clientSecret])),
			),
		};
	};
}

function optionsOf({
	renamedFrom,
	...rest
}: Declared["clients"][string]["options"] & object = {}): pulumi.CustomResourceOptions {
	return { ...rest, ...(renamedFrom !== undefined && { aliases: [{ name: renamedFrom }] }) };
}
