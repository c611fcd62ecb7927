import { describe } from "vitest";
import { answerWith } from "./simulated-api";

/** Runs the tests of other files once more, on an API whose answers have another shape. */
export function testAgain(...files: string[]): void {
	answerWith({ fillsBothRoleLists: true, namesReferences: false, fillsUsageRows: true });
	describe.each(files)("%s, with answers of another shape", async (file) => {
		await import(`../${file}.test.ts`);
	});
}
