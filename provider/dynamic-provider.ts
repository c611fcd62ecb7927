/**
 * The entry point called by the text in Pulumi's state: `require("pulumi-genesyscloud-oauth/lifecycle")`. State written years ago still
 * calls it, so this path and the names and parameters here must never change; their implementation may.
 */
// oxlint-disable-next-line import/no-unassigned-import -- must run before the libraries, which fail with other errors on an old Node
import "./required-node";
import { createLifecycle } from "./lifecycle/create-lifecycle";
import { credentialTable } from "./lifecycle/integration-credential/arguments";
import { clientTable } from "./lifecycle/oauth-client/arguments";
import { pairTable } from "./lifecycle/rotating-oauth-client/arguments";
import { dynamicOperations } from "./dynamic-operations";
import { readStackEntries } from "./lifecycle/stack-entries";

const lifecycle = createLifecycle({
	environment: process.env,
	// Pulumi shows it under the stack.
	say: (line) => process.stderr.write(`${line}\n`),
	readEntries: readStackEntries,
});

/**
 * Receives the stack's configuration. Pulumi calls it before the first operation on each kind of resources, without waiting for it.
 */
export async function configure(request: { config: { get(key: string): string | undefined } }): Promise<void> {
	lifecycle.session.configure((key) => request.config.get(key));
}

const oauthClient = dynamicOperations(lifecycle.oauthClient, clientTable);
export const { check, diff, create, read, update } = oauthClient;
const remove = oauthClient.delete;
export { remove as delete };

/** The provider of integration credentials. A stack may have these alone. */
export const integrationCredential = {
	...dynamicOperations(lifecycle.integrationCredential, credentialTable),
	configure,
};
/** The provider of pairs of OAuth clients. A stack may have these alone. */
export const rotatingOAuthClient = {
	...dynamicOperations(lifecycle.rotatingOAuthClient, pairTable),
	configure,
};
