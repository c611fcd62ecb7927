import * as pulumi from "@pulumi/pulumi";
import { adoptionOf, findAdopted, refuseUnfit } from "./lifecycle/adoption";
import { labelOf } from "./lifecycle/client-label";
import type { AdoptInput, ConnectionInput } from "./lifecycle/option-inputs";
import { toOutputs } from "./lifecycle/outputs";
import { changedSettings, needsHomeDivision, type Settings } from "./lifecycle/settings";
import { lookupApi } from "./lookups/connection";
import { lookUp } from "./lookups/lookup-error";

const noSecret =
	"clientSecret is empty: this stack adopted the client, and the API never shows an existing secret; set adopt.rotateSecret to give it a new one, or to false to hear no more of this";

/**
 * Says in a preview what an adoption will do, and while the secret isn't known, that it isn't. Only the program can say so in a
 * preview: Pulumi doesn't call a dynamic provider's `create` then.
 */
export function announceAdoption(
	resource: pulumi.CustomResource & { secretVersion: pulumi.Output<number> },
	args: { adopt?: unknown },
): void {
	if (args.adopt === undefined) return;
	pulumi.all([resource.secretVersion, args.adopt as AdoptInput]).apply(async ([version, adopt]) => {
		// Who says false knows.
		if (version === 0 && adopt.rotateSecret !== false) await pulumi.log.warn(noSecret, resource);
	});
	if (!pulumi.runtime.isDryRun()) return;
	pulumi.output(args as Record<string, unknown>).apply(async (known) => {
		// A client that the stack manages has an id already, and nothing is adopted any more.
		if (await (resource.id as unknown as { isKnown: Promise<boolean> }).isKnown) return;
		await lookUp("previewing an adoption", async () => previewAdoption(resource, known));
	});
}

async function previewAdoption(resource: pulumi.Resource, inputs: Settings): Promise<void> {
	const adopt = adoptionOf(inputs);
	if (adopt === undefined) return;
	const api = lookupApi(inputs["connection"] as ConnectionInput | undefined);
	const found = await findAdopted(api, adopt);
	refuseUnfit(found, inputs);
	const homeDivisionId = needsHomeDivision(inputs) ? (await api.getAuthorizationDivisionsHome()).id : undefined;
	const client = toOutputs(found, {
		clientSecret: "",
		secretVersion: 0,
		secretRotatedAt: "",
		unfinished: [],
		options: {},
		declared: [],
	});
	const changed = changedSettings({ ...client }, inputs, homeDivisionId);
	const effect = changed.length === 0 ? "nothing of it changes" : `changes its ${changed.join(", ")}`;
	const secret =
		adopt.rotateSecret === true
			? "it gets a new secret, and the old one stops working"
			: "its secret stays, unknown to this stack";
	await pulumi.log.info(
		`adopts ${labelOf({ ...found }, found.id)}, makes no new client: ${effect}; ${secret}`,
		resource,
	);
}
