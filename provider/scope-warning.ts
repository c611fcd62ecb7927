import * as pulumi from "./pulumi-sdk";
import { scopeWarning } from "./api/scopes";

/**
 * Warns about unknown scopes, in previews too: they are probably mistyped, and the API would refuse the client only when it is created.
 * Skips secret scopes, and those that depend on outputs not known yet.
 *
 * @param resource the resource to show the warning with
 * @param scope the program's scopes
 */
export function warnOfUnknownScopes(
	resource: pulumi.Resource,
	scope: pulumi.Input<pulumi.Input<string>[]> | undefined,
): void {
	if (scope === undefined) return;
	// Each item separately: one that isn't known yet must not suppress the others' warnings.
	const parts: pulumi.Input<string | string[]>[] = Array.isArray(scope) ? scope : [scope as pulumi.Input<string[]>];
	for (const part of parts) {
		// Most scopes are plain strings, which need no output.
		if (typeof part === "string" && scopeWarning(part) === undefined) continue;
		const output = pulumi.output(part) as pulumi.Output<string | string[]>;
		output.apply(async (known) => {
			if (await pulumi.isSecret(output)) return;
			for (const id of Array.isArray(known) ? (known as unknown[]) : [known]) {
				// The provider's check reports other types.
				const warning = typeof id === "string" ? scopeWarning(id) : undefined;
				if (warning !== undefined) await pulumi.warn(warning, resource);
			}
		});
	}
}
