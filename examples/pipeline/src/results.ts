import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { toMarkdown } from "#markdown-report";
import { countsOf, type RunReport } from "#run-report";
import { redact } from "#safe-text";

/** Where the results of a run go. */
export interface ResultFiles {
	/** Markdown for a comment or a summary. */
	markdown?: string;
	/** Everything, as JSON. */
	json?: string;
	/** Lines NAME=value to append: what GitHub's $GITHUB_OUTPUT and GitLab's dotenv reports take. */
	outputs?: string;
}

/** Writes the results of a run. */
export function writeResults(report: RunReport, { markdown, json, outputs }: ResultFiles): void {
	const counts = countsOf(report);
	for (const file of [markdown, json, outputs]) if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
	if (markdown !== undefined) writeFileSync(markdown, redact(toMarkdown(report)));
	if (json !== undefined) writeFileSync(json, redact(`${JSON.stringify({ ...report, counts }, undefined, 2)}\n`));
	if (outputs === undefined) return;
	// Numbers and words of ours, nothing from elsewhere: nobody can smuggle in a line.
	const values = {
		outcome: report.outcome,
		create: counts.create + counts.adopt,
		update: counts.update,
		replace: counts.replace,
		delete: counts.delete + counts.deactivate + counts.release,
		new_secrets: counts.newSecrets,
	};
	appendFileSync(
		outputs,
		Object.entries(values)
			.map(([name, value]) => `${name}=${value}\n`)
			.join(""),
	);
}
