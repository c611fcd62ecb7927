import { secretHider } from "../api/masking";
import type { Properties } from "./properties";
import { secretPartsIn } from "./secret-parts";

/** The names of the program's secret arguments: Pulumi passes plain values to the provider. */
export function secretInputsOf({ secretInputs }: Properties): string[] {
	return Array.isArray(secretInputs) ? secretInputs.map(String) : [];
}

/** All strings in a value. */
function textsIn(value: unknown): string[] {
	if (typeof value === "string") return [value];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Hides what may not be shown in a text to show. */
export type Hide = (text: string) => string;

/** Returns a function that hides the secret inputs in a text to show: of an update, also those that state has. */
export function secretInputHider(...all: Properties[]): Hide {
	const secrets = all.flatMap((settings) => secretInputsOf(settings).map((name) => settings[name]));
	const parts = all.flatMap(secretPartsIn);
	return secretHider([...secrets, ...parts].flatMap(textsIn));
}
