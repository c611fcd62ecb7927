import type { IntegrationCredentialOutputs } from "./integration-credential/inputs";
import type { OAuthClientOutputs } from "./oauth-client/outputs";

/** The outputs that are always secrets. State must have each of them from the start, so that a refresh finds it marked. */
export const secretOutputs = {
	/** `unmanagedSettings` because its content is unknown. */
	oauthClient: ["clientSecret", "unmanagedSettings"] satisfies (keyof OAuthClientOutputs)[],
	/** A short password could be guessed from its fingerprint. */
	integrationCredential: ["fieldFingerprints"] satisfies (keyof IntegrationCredentialOutputs)[],
};
