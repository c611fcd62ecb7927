import type { Settings } from "./settings";

/** How messages name a client: its name, where it has one, and its id, where it is known. */
export function labelOf({ name }: Settings, id?: unknown): string {
	const named = typeof name === "string" && name !== "" ? `OAuth client "${name}"` : "OAuth client";
	return typeof id === "string" && id !== "" ? `${named} (${id})` : named;
}
