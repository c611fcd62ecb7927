// Runs the scripts of package.json whose names begin with `check:`, in their order, as many at a time as there are processors, and says of each that
// failed what it wrote. The longest are first: what is left at the end is short.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { runStep, StepError } from "./step.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const waiting = Object.entries(scripts).filter(([title]) => title.startsWith("check:"));
const failures = [];

async function work() {
	for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
		const [title, command] = step;
		const started = performance.now();
		try {
			await runStep({ title, command, args: [], shell: true, cwd: root, log: () => {} });
			console.log(`✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
		} catch (error) {
			if (!(error instanceof StepError)) throw error;
			failures.push(error);
			console.log(`✗ ${title}`);
		}
	}
}

await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
for (const { message, output } of failures) console.error(`\n${output.trim()}\n${message}.`);
process.exitCode = failures.length === 0 ? 0 : 1;
