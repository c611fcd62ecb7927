/**
 * The entry point called by the text in Pulumi's state: `require("pulumi-genesyscloud-oauth/lifecycle")`. State written years ago still
 * calls it, so this path and the names and parameters here must never change; their implementation may.
 */
// oxlint-disable-next-line import/no-unassigned-import -- must run before the libraries, which fail with other errors on an old Node
import "../required-node";
import { createCredentialLifecycle } from "./credential/lifecycle";
import { createLifecycle } from "./lifecycle";
import { session } from "./session";

/** Receives the stack's configuration. Pulumi calls it before the first operation, without waiting for it. */
export async function configure(request: { config: { get(key: string): string | undefined } }): Promise<void> {
	session.configure((key) => request.config.get(key));
}

const lifecycle = createLifecycle(session);
export const { check, diff, create, read, update } = lifecycle;
const remove = lifecycle.delete;
export { remove as delete };

/** The provider of integration credentials. */
export const integrationCredential = createCredentialLifecycle(session);

export { clientRotation } from "./secret/client-rotation";
