import { styleText } from "node:util";

import Table from "cli-table3";

const NARROWEST = 80;
const WIDEST = 120;
/** The width of the mark, the time and the column borders. */
const FIXED = 3 + 8 + 7;

/** The demo's steps as table rows: a step passes when its result and its API calls are as expected. */
export class StepReport {
	#rows = [];
	#requests;

	/** @param requests the simulator's request log */
	constructor(requests) {
		this.#requests = requests;
	}

	/** Prints what happens next. */
	announce(title, text) {
		console.log(`\n${styleText("bold", title)}\n${text}\n`);
	}

	/**
	 * Runs one step and adds its row. `work` returns the result, worded like `expected`. A step that throws fails with the error's message
	 * and ends the demo.
	 */
	async run({ step, expected, calls }, work) {
		const started = Date.now();
		const before = this.#requests.count();
		let actual;
		try {
			actual = await work();
		} catch (error) {
			actual = error.message;
			throw error;
		} finally {
			const made = describeCalls(this.#requests.all().slice(before));
			const passed = actual === expected && made === calls;
			this.#rows.push({ step, expected, actual, calls, made, passed, seconds: (Date.now() - started) / 1000 });
		}
	}

	get allPassed() {
		return this.#rows.every((row) => row.passed);
	}

	/** The table of all steps. */
	toTable() {
		const width = Math.min(Math.max(process.stdout.columns ?? WIDEST, NARROWEST), WIDEST);
		const texts = [0.22, 0.28, 0.28, 0.22].map((share) => Math.floor(share * (width - FIXED)));
		const table = new Table({
			head: ["", "Step", "Expected", "Actual", "API calls", "Time"],
			colWidths: [3, ...texts, 8],
			wordWrap: true,
			style: { head: [], border: [] },
		});
		for (const { step, expected, actual, calls, made, passed, seconds } of this.#rows) {
			const callsCell = made === calls ? made : `${made} (expected: ${calls})`;
			table.push([passed ? "✓" : "✗", step, expected, actual, callsCell, `${seconds.toFixed(1)} s`]);
		}
		return table.toString();
	}
}

/** Counts the token requests and the API calls by method, such as "1 token, 2 POST". */
function describeCalls(entries) {
	const names = entries.map(({ kind, method }) => (kind === "token" ? "token" : method));
	const counts = ["token", "GET", "POST", "PUT", "PATCH", "DELETE"].map((name) => [
		names.filter((other) => other === name).length,
		name,
	]);
	return (
		counts
			.flatMap(([count, name]) => (count > 0 ? [`${count} ${name}${name === "token" && count > 1 ? "s" : ""}`] : []))
			.join(", ") || "none"
	);
}
