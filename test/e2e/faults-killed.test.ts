import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { killedCreates, surviveKilledCreate } from "./support/kill-cases";

const startStack = eachStack();

test.each(
	killedCreates.filter(({ everyRun }) => everyRun).map((killed) => [killed.victim, killed.when, killed] as const),
)(
	"%s killed during a create, %s: the next up ends with one client, whose secret logs in",
	async (_victim, _when, killed) => {
		expect(await surviveKilledCreate(await startStack(), killed)).toBeLessThanOrEqual(1);
	},
);
