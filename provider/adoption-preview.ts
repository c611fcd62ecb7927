import * as pulumi from "@pulumi/pulumi";
import { GenesysCloudError, isGenesysCloudError } from "./api/errors";
import { unknownSecretWarning } from "./lifecycle/oauth-client/unknown-secret";
import type { ConnectionInput } from "./lifecycle/shared-inputs";
import type { AdoptInput } from "./lifecycle/oauth-client/inputs";
import type { Properties } from "./lifecycle/properties";
import { lookupApi, lookupConnection, lookupOverride } from "./lookups/connection";
import { adoptsProperty } from "./serialized-provider";
import { lookUp } from "./lookups/find/lookup-error";

/** The outputs of an OAuthClient that are used here. */
type Adopter = pulumi.CustomResource & { secretVersion: pulumi.Output<number> };

/**
 * Logs in a preview what an adoption will do, and warns as long as the secret is unknown. The program must do this, since Pulumi doesn't
 * call a dynamic provider's `create` in a preview.
 */
export function announceAdoption(
	resource: Adopter,
	args: { adopt?: unknown },
	secretArguments: Promise<string[] | undefined> | undefined,
): void {
	if (args.adopt === undefined) return;
	pulumi.all([resource.secretVersion, args.adopt as AdoptInput]).apply(async ([version, adopt]) => {
		const warning = unknownSecretWarning(adopt, version);
		if (warning !== undefined) await pulumi.log.warn(warning, resource);
	});
	if (!pulumi.runtime.isDryRun()) return;
	pulumi.output(args as Record<string, unknown>).apply(async (known) => {
		if (!(await adopts(resource))) return;
		await lookUp("previewing an adoption", async () =>
			previewAdoption(resource, { ...known, secretInputs: await secretArguments }),
		);
	});
}

/** The same for an IntegrationCredential: an adoption always replaces its fields. */
export function announceCredentialAdoption(resource: pulumi.CustomResource, args: { adopt?: unknown }): void {
	if (args.adopt === undefined || !pulumi.runtime.isDryRun()) return;
	const { fields: _, ...settings } = args as Record<string, unknown>;
	pulumi.output(settings).apply(async (known) => {
		if (!(await adopts(resource))) return;
		await lookUp("previewing an adoption", async () => {
			const { describeCredentialAdoption } = await import("./lifecycle/integration-credential/preview.js");
			const { text } = await describeCredentialAdoption({ api: await lookupApi(known["connection"]) }, known);
			await pulumi.log.info(text, resource);
		});
	});
}

/** Whether a resource is new and adopts something, as the provider's check says. */
const adopts = async (resource: pulumi.CustomResource): Promise<boolean> => {
	const hidden = resource as unknown as Partial<Record<string, { promise: () => Promise<unknown> }>>;
	return (await hidden[adoptsProperty]?.promise()) === true;
};

async function previewAdoption(resource: pulumi.Resource, inputs: Properties): Promise<void> {
	// Loaded on demand: most programs adopt nothing.
	const [{ describeClientAdoption }, { secretInputHider }, { loginOf }] = await Promise.all([
		import("./lifecycle/oauth-client/preview.js"),
		import("./lifecycle/hide-secret-inputs.js"),
		import("./lifecycle/login-of.js"),
	]);
	const { api, credentials } = await lookupConnection(inputs["connection"] as ConnectionInput | undefined);
	const hide = secretInputHider(inputs);
	const context = {
		api,
		login: async () => loginOf(credentials, api),
		homeDivision: async () => (await api.getAuthorizationDivisionsHome()).id,
		override: lookupOverride,
		notice: (text: string) => void pulumi.log.info(hide(text), resource),
	};
	const { text } = await hidingSecrets(hide, async () => describeClientAdoption(context, inputs));
	await pulumi.log.info(hide(text), resource);
}

/** Runs work whose errors must not show the program's secret arguments. */
async function hidingSecrets<T>(hide: (text: string) => string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw isGenesysCloudError(error) ? new GenesysCloudError(hide(error.message)) : error;
	}
}
