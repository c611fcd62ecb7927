import { describe } from "vitest";
import { assume } from "./simulated-api";

/** Runs the tests of other files once more, on an API whose answers have another shape. */
export function testAgain(...files: string[]): void {
	assume({ clientsHaveBothRoleForms: true, referencesHaveNames: false, ungroupedUsageFields: "empty" });
	describe.each(files)("%s, with answers of another shape", async (file) => {
		// The file may have been here as itself.
		await import(`../${file}.test.ts?again`);
	});
}
