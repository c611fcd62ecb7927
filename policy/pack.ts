// oxlint-disable-next-line import/no-unassigned-import -- it must run before @pulumi/policy is loaded
import "./require-pulumi-policy";
import { PolicyPack } from "@pulumi/policy";
import {
	limitScopes,
	limitTokenLife,
	noBroadScopes,
	noFragmentRedirectUris,
	noImplicitGrant,
	noIpRedirectUris,
	noPasswordGrant,
	noPlainCredentialFields,
	noRolesInEveryDivision,
	noWildcardRedirectUris,
	requireDeletionGuard,
	requireHttpsRedirectUris,
	requireOwner,
	requireSecretRotation,
	requireUniqueNames,
} from "./index";

/** Every rule with its defaults. Pulumi loads this file through policy/package.json. */
export const pack = new PolicyPack("genesyscloud-oauth", {
	policies: [
		noImplicitGrant(),
		noPasswordGrant(),
		requireHttpsRedirectUris(),
		noWildcardRedirectUris(),
		noFragmentRedirectUris(),
		noIpRedirectUris(),
		limitTokenLife(),
		noRolesInEveryDivision(),
		noBroadScopes(),
		limitScopes(),
		requireSecretRotation(),
		requireDeletionGuard(),
		requireOwner(),
		requireUniqueNames(),
		noPlainCredentialFields(),
	],
});
