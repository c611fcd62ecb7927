import * as pulumi from "@pulumi/pulumi";
import { GenesysCloudError, isGenesysCloudError, quoted } from "./api/errors";
import type { AdoptInput, ConnectionInput } from "./lifecycle/inputs";
import type { Properties } from "./lifecycle/state/settings";
import { lookupApi } from "./lookups/connection";
import { lookUp } from "./lookups/lookup-error";

const noSecret =
	"clientSecret is empty, since this stack adopted the client and the API never shows an existing secret: set adopt.rotateSecret to true to rotate it, or to false to silence this warning";

/** The outputs of an OAuthClient that are used here. */
type Adopter = pulumi.CustomResource & {
	secretVersion: pulumi.Output<number>;
	adoption: pulumi.Output<string | undefined>;
};

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
		// `false` accepts an unknown secret.
		if (version === 0 && adopt.rotateSecret !== false) await pulumi.log.warn(noSecret, resource);
	});
	if (!pulumi.runtime.isDryRun()) return;
	pulumi.output(args as Record<string, unknown>).apply(async (known) => {
		// A managed client already has an id, and for its replacement the provider's check returns `adoption: "done"`.
		if ((await isKnown(resource.id)) || (await isKnown(resource.adoption))) return;
		await lookUp("previewing an adoption", async () =>
			previewAdoption(resource, { ...known, secretInputs: await secretArguments }),
		);
	});
}

/** The same for an IntegrationCredential: an adoption always replaces its fields. */
export function announceCredentialAdoption(
	resource: pulumi.CustomResource & { adoption: pulumi.Output<string | undefined> },
	args: { adopt?: unknown },
): void {
	if (args.adopt === undefined || !pulumi.runtime.isDryRun()) return;
	const { fields: _, ...settings } = args as Record<string, unknown>;
	pulumi.output(settings).apply(async (known) => {
		if ((await isKnown(resource.id)) || (await isKnown(resource.adoption))) return;
		await lookUp("previewing an adoption", async () => {
			const { findCredentialToAdopt } = await import("./lifecycle/credential/adoption.js");
			const api = lookupApi(known["connection"]);
			const { name, id } = await findCredentialToAdopt(api, known);
			const label = `integration credential "${quoted(name ?? "")}" (${id})`;
			await pulumi.log.info(`will adopt ${label} instead of creating one, and replace its name and fields`, resource);
		});
	});
}

const isKnown = async (output: pulumi.Output<unknown>) => (output as unknown as { isKnown: Promise<boolean> }).isKnown;

async function previewAdoption(resource: pulumi.Resource, inputs: Properties): Promise<void> {
	// Loaded on demand: most programs adopt nothing.
	const [
		{ adoptionOf, findClientToAdopt, requireAdoptable },
		{ labelOf },
		{ secretInputHider },
		{ carriedStateOf, toOutputs },
		settings,
	] = await Promise.all([
		import("./lifecycle/adoption.js"),
		import("./lifecycle/client-label.js"),
		import("./lifecycle/hide-secret-inputs.js"),
		import("./lifecycle/state/outputs.js"),
		import("./lifecycle/state/settings.js"),
	]);
	const adopt = adoptionOf(inputs);
	if (adopt === undefined) return;
	const api = lookupApi(inputs["connection"] as ConnectionInput | undefined);
	const hide = secretInputHider(inputs);
	const found = await hidingSecrets(hide, async () => {
		const client = await findClientToAdopt(api, adopt);
		requireAdoptable(client, inputs);
		return client;
	});
	const homeDivisionId = settings.needsHomeDivision(inputs)
		? (await api.getAuthorizationDivisionsHome()).id
		: undefined;
	const client = toOutputs(found, carriedStateOf({}));
	const changed = settings.changedSettings({ ...client }, inputs, homeDivisionId);
	const effect = changed.length === 0 ? "no setting changes" : `changes ${changed.join(", ")}`;
	const secret =
		adopt.rotateSecret === true
			? "rotates its secret, and the old one stops working"
			: "keeps its secret, which this stack doesn't know";
	const label = labelOf({ ...found }, found.id);
	await pulumi.log.info(hide(`will adopt ${label} instead of creating a client: ${effect}; ${secret}`), resource);
}

/** Runs work whose errors must not show the program's secret arguments. */
async function hidingSecrets<T>(hide: (text: string) => string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw isGenesysCloudError(error) ? new GenesysCloudError(hide(error.message)) : error;
	}
}
