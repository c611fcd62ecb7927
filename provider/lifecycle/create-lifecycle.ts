import { clientOperations } from "./oauth-client/operations";
import { credentialOperations } from "./integration-credential/operations";
import { rotationOperations } from "./rotating-oauth-client/client-rotation";
import { Session, type SessionOptions } from "./session";

/** The life cycles of all resources in one process, which share connections, tokens and what the run knows. */
export function createLifecycle(options: SessionOptions) {
	const session = new Session(options);
	return {
		session,
		oauthClient: clientOperations(session),
		integrationCredential: credentialOperations(session),
		clientRotation: rotationOperations(() => session.occasion().now),
	};
}
