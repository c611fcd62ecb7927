import * as pulumi from "./pulumi-sdk";
import type { GenesysCloudApi } from "./api/genesys-cloud-api";
import { GenesysCloudError, isGenesysCloudError, printableLines } from "./api/errors";
import type { ForetoldAdoption } from "./lifecycle/adoption";
import { unknownSecretWarnings } from "./lifecycle/oauth-client/unknown-secret";
import type { ConnectionInput } from "./lifecycle/shared-inputs";
import type { AdoptInput } from "./lifecycle/oauth-client/inputs";
import type { ForetellingContext } from "./lifecycle/oauth-client/preview";
import type { PairClients } from "./lifecycle/rotating-oauth-client/arguments";
import type { AdoptPairInput } from "./lifecycle/rotating-oauth-client/inputs";
import { unknownSecretsWarnings } from "./lifecycle/rotating-oauth-client/unknown-secrets";
import type { Properties } from "./lifecycle/properties";
import type { SharedRequests } from "./lifecycle/shared-requests";
import { lookupConnection, lookupNamesLogin, lookupOverride } from "./lookups/connection";
import type { SecretArguments } from "./secret-arguments";
import { adoptsProperty } from "./serialized-provider";
import { lookUp } from "./lookups/find/lookup-error";

/** What describes the adoptions of a resource. */
type Describe = (context: ForetellingContext, inputs: Properties) => Promise<ForetoldAdoption[]>;

/**
 * Logs in a preview what an adoption will do, and warns as long as the secret is unknown. The program must do this, since Pulumi doesn't
 * call a dynamic provider's `create` in a preview.
 */
export function announceAdoption(
	resource: pulumi.CustomResource & { secretVersion: pulumi.Output<number> },
	args: { adopt?: unknown },
	secretArguments: SecretArguments,
): void {
	if (args.adopt === undefined) return;
	warn(
		resource,
		pulumi
			.all([args.adopt as AdoptInput, resource.secretVersion])
			.apply(([adopt, version]) => unknownSecretWarnings(adopt, version)),
	);
	announce(resource, args, secretArguments, async () => {
		// Loaded on demand: most programs adopt nothing.
		const { describeClientAdoption: describe } = await import("./lifecycle/oauth-client/preview.js");
		return async (...asked) => [await describe(...asked)];
	});
}

/** The same for a RotatingOAuthClient. */
export function announcePairAdoption(
	resource: pulumi.CustomResource & { clients: pulumi.Output<PairClients> },
	args: { adopt?: unknown },
	secretArguments: SecretArguments,
): void {
	if (args.adopt === undefined) return;
	warn(
		resource,
		pulumi
			.all([args.adopt as AdoptPairInput, resource.clients])
			.apply(([adopt, clients]) => unknownSecretsWarnings(adopt, clients)),
	);
	announce(
		resource,
		args,
		secretArguments,
		async () => (await import("./lifecycle/rotating-oauth-client/preview.js")).describePairAdoption,
	);
}

/** The same for an IntegrationCredential, whose fields needn't be known. */
export function announceCredentialAdoption(
	resource: pulumi.CustomResource,
	args: { adopt?: unknown; fields?: unknown },
	secretArguments: SecretArguments,
): void {
	const { fields: _, ...settings } = args;
	if (args.adopt === undefined) return;
	announce(resource, settings, secretArguments, async () => {
		const { describeCredentialAdoption: describe } = await import("./lifecycle/integration-credential/preview.js");
		return async (...asked) => [await describe(...asked)];
	});
}

function warn(resource: pulumi.Resource, warnings: pulumi.Output<string[]>): void {
	warnings.apply(async (each) => {
		for (const warning of each) await pulumi.warn(warning, resource);
	});
}

function announce(
	resource: pulumi.CustomResource,
	args: object,
	secretArguments: SecretArguments,
	load: () => Promise<Describe>,
): void {
	if (!pulumi.isDryRun()) return;
	const run = pulumi.getStackResource() ?? {};
	pulumi.output(args as Record<string, unknown>).apply(async (known) => {
		if (!(await adopts(resource))) return;
		await lookUp("previewing an adoption", async () =>
			previewAdoption(resource, run, { ...known, secretInputs: await secretArguments }, await load()),
		);
	});
}

/** Whether a resource is new and adopts something, as the provider's check says. */
const adopts = async (resource: pulumi.CustomResource): Promise<boolean> => {
	const hidden = resource as unknown as Partial<Record<string, { promise: () => Promise<unknown> }>>;
	return (await hidden[adoptsProperty]?.promise()) === true;
};

/** What the previews of a run share, by connection. A process of the Automation API may have several runs: each has a stack resource of its own. */
const shared = new WeakMap<object, Map<GenesysCloudApi, SharedRequests>>();

async function previewAdoption(
	resource: pulumi.Resource,
	run: object,
	inputs: Properties,
	describe: Describe,
): Promise<void> {
	const [{ secretInputHider }, { sharedRequests }] = await Promise.all([
		import("./lifecycle/hide-secret-inputs.js"),
		import("./lifecycle/shared-requests.js"),
	]);
	const { api, credentials } = await lookupConnection(inputs["connection"] as ConnectionInput | undefined);
	const ofRun = shared.get(run) ?? new Map<GenesysCloudApi, SharedRequests>();
	shared.set(run, ofRun);
	const requests = ofRun.get(api) ?? sharedRequests(api, credentials);
	ofRun.set(api, requests);
	const hide = secretInputHider(inputs);
	const notice = async (...lines: string[]) => pulumi.info(printableLines(lines.map(hide)), resource);
	const context: ForetellingContext = {
		api,
		...requests,
		isLogin: async (clientId) => lookupNamesLogin(clientId) || (await requests.login()) === clientId,
		override: lookupOverride,
		notice: (...lines) => void notice(...lines),
	};
	const adoptions = await hidingSecrets(hide, async () => describe(context, inputs));
	for (const { lines } of adoptions) await notice(...lines);
}

/** Runs work whose errors must not show the program's secret arguments. */
async function hidingSecrets<T>(hide: (text: string) => string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw isGenesysCloudError(error) ? new GenesysCloudError(hide(error.message)) : error;
	}
}
