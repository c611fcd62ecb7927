import Table from "cli-table3";
import { type Outcome, operationOf } from "./fault-case";

/** Prints the outcomes: what was tried and survived for each path and fault; with FAULT_MATRIX=full each case. */
export function showMatrix(outcomes: Outcome[]): void {
	const lines = [
		summaryOf("path", outcomes, ({ path }) => path.name),
		summaryOf("fault", outcomes, ({ fault }) => fault.name),
	];
	if (process.env["FAULT_MATRIX"] === "full") {
		for (const [path, its] of Map.groupBy(outcomes, (outcome) => outcome.path.name)) lines.push(tableOf(path, its));
	}
	process.stdout.write(`${lines.join("\n\n")}\n`);
}

const plain = { style: { head: [], border: [], compact: true } };
const survived = ({ wrong }: Outcome) => wrong.length === 0;

function summaryOf(title: string, outcomes: Outcome[], by: (outcome: Outcome) => string): string {
	const table = new Table({ ...plain, head: [title, "tried", "survived", "first run failed"] });
	for (const [name, its] of Map.groupBy(outcomes, by)) table.push(rowOf(name, its));
	table.push(rowOf("all", outcomes));
	return table.toString();
}

const rowOf = (name: string, outcomes: Outcome[]) => [
	name,
	outcomes.length,
	outcomes.filter(survived).length,
	outcomes.filter(({ first }) => first.length > 0).length,
];

function tableOf(path: string, outcomes: Outcome[]): string {
	const head = ["call", "fault", "strikes", "survived", "first run", "second run"];
	const table = new Table({ ...plain, head, colWidths: [34, 30, 9, 10, 90, 12], wordWrap: true });
	for (const outcome of outcomes) {
		const { call, fault, duration, first, second, wrong } = outcome;
		table.push([
			`${operationOf(call)}${call.skip > 0 ? ` (${call.skip + 1})` : ""}`,
			fault.name,
			duration,
			survived(outcome) ? "yes" : `NO: ${wrong.join("; ")}`,
			first.length === 0 ? "succeeded" : `failed: ${shortened(first.join("; "))}`,
			second.length === 0 ? "succeeded" : `failed: ${shortened(second.join("; "))}`,
		]);
	}
	return `${path}\n${table.toString()}`;
}

/** An error without the ids, which are others in each run. */
const shortened = (line: string) => line.replaceAll(/ \(correlation id [\w-]+\)/g, "").slice(0, 400);
