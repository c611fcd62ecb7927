import { credentialOperations } from "./integration-credential/operations";
import { clientKind } from "./oauth-client/kind";
import { clientOperations } from "./oauth-client/operations";
import { pairOperations } from "./rotating-oauth-client/operations";
import { RunRegistry } from "./run-registry";
import { Session, type SessionOptions } from "./session";

/** The life cycles of all resources in one process, which share connections, tokens and what the run knows. */
export function createLifecycle(options: SessionOptions) {
	const session = new Session(options);
	const clients = new RunRegistry(clientKind);
	return {
		session,
		oauthClient: clientOperations(session, clients),
		rotatingOAuthClient: pairOperations(session, clients),
		integrationCredential: credentialOperations(session),
	};
}
