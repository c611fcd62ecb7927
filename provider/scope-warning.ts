import * as pulumi from "@pulumi/pulumi";
import { scopeWarning } from "./scopes";

/**
 * Warns of scopes that nobody knows, in previews too: most likely they are mistyped, and the API would refuse the client only when it
 * is made. Scopes that aren't known yet, and secret ones, are passed over.
 *
 * @param resource the resource that the warning is shown with
 * @param scope the scopes as the program gave them
 */
export function warnOfUnknownScopes(
	resource: pulumi.Resource,
	scope: pulumi.Input<pulumi.Input<string>[]> | undefined,
): void {
	if (scope === undefined) return;
	// Item by item: one that isn't known yet must not silence the others.
	const parts: pulumi.Input<string | string[]>[] = Array.isArray(scope) ? scope : [scope as pulumi.Input<string[]>];
	for (const part of parts) {
		// Most scopes are plain text, and an output costs more than to look at one.
		if (typeof part === "string" && scopeWarning(part) === undefined) continue;
		const output = pulumi.output(part) as pulumi.Output<string | string[]>;
		output.apply(async (known) => {
			if (await pulumi.isSecret(output)) return;
			for (const id of Array.isArray(known) ? (known as unknown[]) : [known]) {
				// What isn't text is the check's to refuse.
				const warning = typeof id === "string" ? scopeWarning(id) : undefined;
				if (warning !== undefined) await pulumi.log.warn(warning, resource);
			}
		});
	}
}
