/**
 * The entry point called by the text in Pulumi's state: `require("pulumi-genesyscloud-oauth/lifecycle")`. State written years ago still
 * calls it, so this path and the names and parameters here must never change; their implementation may.
 */
// oxlint-disable-next-line import/no-unassigned-import -- must run before the libraries, which fail with other errors on an old Node
import "../required-node";
import { createLifecycle } from "./create-lifecycle";
import { withSecretMarks } from "./secret-marks";
import { secretOutputs } from "./secret-outputs";

const lifecycle = createLifecycle({
	environment: process.env,
	// Pulumi shows it under the stack.
	say: (line) => process.stderr.write(`${line}\n`),
});

/**
 * Receives the stack's configuration. Pulumi calls it before the first operation on each kind of resources, without waiting for it.
 */
export async function configure(request: { config: { get(key: string): string | undefined } }): Promise<void> {
	lifecycle.session.configure((key) => request.config.get(key));
}

const oauthClient = withSecretMarks(lifecycle.oauthClient, secretOutputs.oauthClient);
export const { check, diff, create, read, update } = oauthClient;
const remove = oauthClient.delete;
export { remove as delete };

/** The provider of integration credentials. A stack may have these alone. */
export const integrationCredential = {
	...withSecretMarks(lifecycle.integrationCredential, secretOutputs.integrationCredential),
	configure,
};
/** The provider of the rotation of a pair, which connects to nothing. */
export const { clientRotation } = lifecycle;
