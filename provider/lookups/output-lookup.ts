import { fieldsOf } from "../api/json";
import { secretHider } from "../api/masking";
import * as pulumi from "../pulumi-sdk";
import { secretArguments } from "../secret-arguments";
import { isLookupError, LookupError } from "./find/lookup-error";

/**
 * Runs a lookup for arguments that may be outputs: the result is unknown, or a secret, if one of them is. The lookup gets plain values, and its
 * error doesn't show those that are secrets.
 */
export function lookUpOutput<Args extends object, Result>(
	args: Args,
	lookUp: (known: pulumi.Unwrap<Args>) => Promise<Result>,
): pulumi.Output<Result> {
	const found: pulumi.Output<unknown> = pulumi.output(args).apply(async (known: pulumi.Unwrap<Args>) =>
		lookUp(known).catch(async (error: unknown) => {
			if (!isLookupError(error)) throw error;
			const values = ((await secretArguments({}, args)) ?? []).flatMap((name) => fieldsOf(known)[name]);
			const message = secretHider(values.map(String))(error.message);
			// What caused it may quote them, too.
			throw message === error.message ? error : new LookupError(message, { candidates: error.candidates });
		}),
	);
	return found as pulumi.Output<Result>;
}
