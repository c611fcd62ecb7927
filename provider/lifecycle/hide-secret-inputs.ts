import { withoutSecret } from "../api/errors";
import type { Properties } from "./state/settings";

/** The names of the arguments that the program gave as secrets: Pulumi hands the provider plain values. */
export function secretInputsOf({ secretInputs }: Properties): string[] {
	return Array.isArray(secretInputs) ? secretInputs.map(String) : [];
}

/** Every text in a value. */
function textsIn(value: unknown): string[] {
	if (typeof value === "string" && value !== "") return [value];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What hides the secrets among some inputs or outputs in a text that is shown. */
export function secretInputHider(settings: Properties): (text: string) => string {
	const texts = secretInputsOf(settings).flatMap((name) => textsIn(settings[name]));
	// Such a secret may hold words that messages are made of.
	return (text) => texts.reduce((shown, secret) => withoutSecret(shown, secret, 12), text);
}
