import * as pulumi from "@pulumi/pulumi";
import { GenesysCloudError, isGenesysCloudError } from "./api/errors";
import { unknownSecretWarnings } from "./lifecycle/oauth-client/unknown-secret";
import type { ConnectionInput } from "./lifecycle/shared-inputs";
import type { AdoptInput } from "./lifecycle/oauth-client/inputs";
import type { describeClientAdoption } from "./lifecycle/oauth-client/preview";
import type { PairClients } from "./lifecycle/rotating-oauth-client/arguments";
import type { AdoptPairInput } from "./lifecycle/rotating-oauth-client/inputs";
import { unknownSecretsWarnings } from "./lifecycle/rotating-oauth-client/unknown-secrets";
import type { Properties } from "./lifecycle/properties";
import { lookupApi, lookupConnection, lookupOverride } from "./lookups/connection";
import { adoptsProperty } from "./serialized-provider";
import { lookUp } from "./lookups/find/lookup-error";

/** What describes the adoptions of a resource. */
type Describe = (
	context: Parameters<typeof describeClientAdoption>[0],
	inputs: Properties,
) => Promise<{ text: string }[]>;

/**
 * Logs in a preview what an adoption will do, and warns as long as the secret is unknown. The program must do this, since Pulumi doesn't
 * call a dynamic provider's `create` in a preview.
 */
export function announceAdoption(
	resource: pulumi.CustomResource & { secretVersion: pulumi.Output<number> },
	args: { adopt?: unknown },
	secretArguments: Promise<string[] | undefined> | undefined,
): void {
	if (args.adopt === undefined) return;
	const warnings = pulumi
		.all([args.adopt as AdoptInput, resource.secretVersion])
		.apply(([adopt, version]) => unknownSecretWarnings(adopt, version));
	announce(resource, args, secretArguments, warnings, async () => {
		// Loaded on demand: most programs adopt nothing.
		const { describeClientAdoption: describe } = await import("./lifecycle/oauth-client/preview.js");
		return async (...asked) => [await describe(...asked)];
	});
}

/** The same for a RotatingOAuthClient. */
export function announcePairAdoption(
	resource: pulumi.CustomResource & { clients: pulumi.Output<PairClients> },
	args: { adopt?: unknown },
	secretArguments: Promise<string[] | undefined> | undefined,
): void {
	if (args.adopt === undefined) return;
	const warnings = pulumi
		.all([args.adopt as AdoptPairInput, resource.clients])
		.apply(([adopt, clients]) => unknownSecretsWarnings(adopt, clients));
	announce(
		resource,
		args,
		secretArguments,
		warnings,
		async () => (await import("./lifecycle/rotating-oauth-client/preview.js")).describePairAdoption,
	);
}

function announce(
	resource: pulumi.CustomResource,
	args: object,
	secretArguments: Promise<string[] | undefined> | undefined,
	warnings: pulumi.Output<string[]>,
	load: () => Promise<Describe>,
): void {
	warnings.apply(async (each) => {
		for (const warning of each) await pulumi.log.warn(warning, resource);
	});
	if (!pulumi.runtime.isDryRun()) return;
	pulumi.output(args as Record<string, unknown>).apply(async (known) => {
		if (!(await adopts(resource))) return;
		await lookUp("previewing an adoption", async () =>
			previewAdoption(resource, { ...known, secretInputs: await secretArguments }, await load()),
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

async function previewAdoption(resource: pulumi.Resource, inputs: Properties, describe: Describe): Promise<void> {
	const [{ secretInputHider }, { loginOf }] = await Promise.all([
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
	const adoptions = await hidingSecrets(hide, async () => describe(context, inputs));
	for (const { text } of adoptions) await pulumi.log.info(hide(text), resource);
}

/** Runs work whose errors must not show the program's secret arguments. */
async function hidingSecrets<T>(hide: (text: string) => string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw isGenesysCloudError(error) ? new GenesysCloudError(hide(error.message)) : error;
	}
}
