/**
 * The entry that the text in Pulumi's state calls: `require("pulumi-genesyscloud-oauth/lifecycle")`. State written years ago still
 * calls it, so neither this path nor a name or a parameter here may ever change; what stands behind them may.
 */
// oxlint-disable-next-line import/no-unassigned-import -- on an old Node the libraries would fail first, and say something else
import "../required-node";
import { createLifecycle } from "./lifecycle";
import { session } from "./session";

/** Takes the stack's configuration; Pulumi calls it before the first operation, without waiting for it. */
export async function configure(request: { config: { get(key: string): string | undefined } }): Promise<void> {
	session.configure((key) => request.config.get(key));
}

const lifecycle = createLifecycle(session);
export const { check, diff, create, read, update } = lifecycle;
const remove = lifecycle.delete;
export { remove as delete };

export { clientRotation } from "./secret/client-rotation";
