import { expect, test } from "vitest";
import { resourceFields } from "../../provider";

test("the fields of each resource come from its table of arguments: what others can change, and what is secret", () => {
	const { OAuthClient, RotatingOAuthClient, IntegrationCredential } = resourceFields;
	const settings = ["name", "description", "authorizedGrantType", "scope", "registeredRedirectUri", "roleDivisions"];
	expect(RotatingOAuthClient.settings).toEqual([...settings, "accessTokenValiditySeconds"]);
	expect(OAuthClient.settings).toEqual([...settings, "accessTokenValiditySeconds", "state", "dateToDelete"]);
	expect(IntegrationCredential.settings).toEqual(["name", "type", "modifiedDate"]);
	expect(OAuthClient.secrets).toEqual(["adopt", "additionalSettings"]);
	expect(RotatingOAuthClient.secrets).toEqual(["adopt", "additionalSettings"]);
	expect(IntegrationCredential.secrets).toEqual(["fields"]);
	expect(OAuthClient.arguments).toEqual(expect.arrayContaining(["roleIds", "secretSink", "timeouts", "allowSameName"]));
	// What only the plugin, or only the state, has.
	expect(IntegrationCredential.arguments).not.toContain("plainFields");
	expect(IntegrationCredential.arguments).not.toContain("clientDeletionGuard");
});
