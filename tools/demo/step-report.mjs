import { styleText } from "node:util";

import Table from "cli-table3";

const NARROWEST = 80;
const WIDEST = 120;
/** The columns for the mark and the time, and the lines between columns. */
const FIXED = 3 + 8 + 7;

/** The demo's rows: a step holds when what happened, and the calls it took, read as they were expected to. */
export class StepReport {
	#rows = [];
	#requests;

	/** @param requests the simulator's request log */
	constructor(requests) {
		this.#requests = requests;
	}

	/** Says what is about to happen. */
	announce(title, text) {
		console.log(`\n${styleText("bold", title)}\n${text}\n`);
	}

	/**
	 * Runs one step and writes its row. `work` answers with what happened, in the words of `expected`; a step that throws has
	 * failed with what the error says, and the demo goes no further.
	 */
	async run({ step, expected, calls }, work) {
		const started = Date.now();
		const before = this.#requests.count();
		let happened;
		try {
			happened = await work();
		} catch (error) {
			happened = error.message;
			throw error;
		} finally {
			const took = describeCalls(this.#requests.all().slice(before));
			const held = happened === expected && took === calls;
			this.#rows.push({ step, expected, happened, calls, took, held, seconds: (Date.now() - started) / 1000 });
		}
	}

	get allHeld() {
		return this.#rows.every((row) => row.held);
	}

	/** The closing table. */
	toTable() {
		const width = Math.min(Math.max(process.stdout.columns ?? WIDEST, NARROWEST), WIDEST);
		const texts = [0.22, 0.28, 0.28, 0.22].map((share) => Math.floor(share * (width - FIXED)));
		const table = new Table({
			head: ["", "Step", "Expected", "Happened", "API calls", "Time"],
			colWidths: [3, ...texts, 8],
			wordWrap: true,
			style: { head: [], border: [] },
		});
		for (const { step, expected, happened, calls, took, held, seconds } of this.#rows) {
			const callsCell = took === calls ? took : `${took} (expected: ${calls})`;
			table.push([held ? "✓" : "✗", step, expected, happened, callsCell, `${seconds.toFixed(1)} s`]);
		}
		return table.toString();
	}
}

/** For example "1 token, 2 POST": how many tokens were asked for, and how many calls of the API by method. */
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
