import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem, type } from "node:os";
import { fileURLToPath } from "node:url";

import { markdownTable } from "markdown-table";
import { format } from "oxfmt";

import { growthChart } from "./growth-chart.mjs";

const page = fileURLToPath(new URL("../../docs/benchmark.md", import.meta.url));
const picture = fileURLToPath(new URL("../../docs/benchmark.svg", import.meta.url));
const section = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;

/** A table that the formatter leaves as it is: padded cells would take half of the page. */
const compactTable = (rows, options) =>
	`<!-- prettier-ignore -->\n${markdownTable(rows, { ...options, alignDelimiters: false })}`;

const titles = {
	ours: "this package",
	yaml: "plugin, YAML",
	executable: "plugin's executable, YAML",
	plugin: "plugin, JavaScript",
	usual: "usual",
	floor: "floor",
	terraform: "Terraform",
};

const number = (value, digits = 0) =>
	value === undefined
		? ""
		: value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

function median(values) {
	const known = values.filter((value) => value !== undefined).toSorted((one, other) => one - other);
	const middle = Math.floor(known.length / 2);
	return known.length % 2 === 1
		? known[middle]
		: known.length === 0
			? undefined
			: (known[middle - 1] + known[middle]) / 2;
}

const megabytes = ({ memory }) => (memory === undefined ? undefined : memory / 2 ** 20);

const ratio = (value, base) => (value === undefined || base === undefined ? "" : number(value / base, 2));

/** What was measured, as medians over the runs. */
class Measurements {
	/** Those of {@link titles} that were measured. */
	subjects;
	/** How many clients, each time. */
	sizes;
	#lives;

	constructor(lives) {
		this.#lives = lives;
		this.subjects = Object.keys(titles).filter((name) => lives.some(({ subject }) => subject === name));
		this.sizes = [...new Set(lives.map(({ clients }) => clients))];
	}

	/** The median of something over the runs. */
	over(subject, clients, read) {
		return median(this.livesOf(subject, clients).map(read));
	}

	livesOf(subject, clients) {
		return this.#lives.filter((life) => life.subject === subject && life.clients === clients);
	}
}

/**
 * The tables, in Markdown.
 *
 * @param setting what was unlike a plain run, such as one of Pulumi's switches
 */
export function reportOf({ measured, steps, latency, engine, setting, terraformDate }) {
	const measurements = new Measurements(measured);
	const largest = Math.max(...measurements.sizes);
	const date = new Date().toISOString().slice(0, 10);
	const runsOf = (clients) => measurements.livesOf(measurements.subjects[0], clients).length;
	const runs = measurements.sizes.map((clients) => `${runsOf(clients)} of ${number(clients)}`).join(", ");
	const [processor] = cpus();
	const machine = `${cpus().length} cores (${processor?.model.trim()}), ${number(totalmem() / 2 ** 30)} GiB, ${type()}`;
	return [
		`Measured on ${date}: ${machine}, Node ${process.version.slice(1)}, Pulumi ${engine}; ${[`calls of ${latency} ms`, ...setting].join(", ")}. Runs, whose medians count: ${runs} clients.`,
		...(terraformDate ? [`Terraform's columns are of ${terraformDate}: its binaries weren't there this time.`] : []),
		...crashesOf(measured),
		"**Seconds** from the start of the command to its end:",
		stepTable(measurements, steps, { unit: "s", digits: 2, read: ({ seconds }) => seconds }),
		"![How the seconds grow with the number of clients: lines of create and change](benchmark.svg)",
		"**Peak memory** of the provider's process:",
		stepTable(measurements, steps, { unit: "MB", digits: 0, read: megabytes }),
		"**State, and the start** of a create:",
		stateTable(measurements),
		`**API calls** with ${number(largest)} clients:`,
		callTable(measurements, steps, largest),
	].join("\n\n");
}

/** How often Terraform's provider crashed. */
function crashesOf(measured) {
	const terraform = measured.filter(({ subject }) => subject === "terraform");
	const steps = terraform.flatMap((life) => Object.values(life)).filter((step) => step.crashes !== undefined);
	const crashes = steps.reduce((sum, step) => sum + step.crashes, 0);
	return crashes === 0
		? []
		: [
				`Terraform's provider crashed in ${crashes} of ${steps.length + crashes} runs ("concurrent map writes", while it sets up the gateway); these runs were repeated.`,
			];
}

/** A row for each step and number of clients, with this package's ratio to the others. */
function stepTable(measurements, steps, { unit, digits, read }) {
	const { subjects, sizes } = measurements;
	const others = subjects.filter((name) => ["usual", "floor", "terraform"].includes(name));
	const isCompared = ["executable", "terraform"].every((name) => subjects.includes(name));
	const rows = sizes.flatMap((clients) =>
		steps.map((step) => {
			const valueOf = (name) => measurements.over(name, clients, (life) => read(life[step]));
			const values = subjects.map((name) => number(valueOf(name), digits));
			const ratios = others.map((name) => ratio(valueOf("ours"), valueOf(name)));
			if (isCompared) ratios.push(ratio(valueOf("executable"), valueOf("terraform")));
			return [number(clients), step, values, ratios].flat();
		}),
	);
	const inUnit = subjects.map((name) => `${titles[name]}, ${unit}`);
	const ratios = [...others.map((name) => `÷ ${titles[name]}`), ...(isCompared ? ["executable ÷ Terraform"] : [])];
	const header = ["clients", "", inUnit, ratios].flat();
	return compactTable([header, ...rows], { align: ["r", "l", ...Array(header.length - 2).fill("r")] });
}

function stateTable(measurements) {
	const { subjects, sizes } = measurements;
	const callers = subjects.filter((name) => name !== "floor");
	const header = [
		"clients",
		subjects.map((name) => `${titles[name]}, bytes of state a client`),
		callers.map((name) => `${titles[name]}, s to the first call`),
	];
	const rows = sizes.map((clients) => {
		const bytes = (name) => measurements.over(name, clients, (life) => life.stateSize / clients);
		const start = (name) => measurements.over(name, clients, (life) => life.create.secondsToFirstCall);
		return [
			number(clients),
			subjects.map((name) => number(bytes(name))),
			callers.map((name) => number(start(name), 2)),
		];
	});
	return compactTable(
		[header, ...rows].map((row) => row.flat()),
		{ align: "r" },
	);
}

function callTable(measurements, steps, clients) {
	const callers = measurements.subjects.filter((name) => name !== "floor");
	const callsOf = (subject, step) => {
		const lives = measurements.livesOf(subject, clients);
		const operations = [...new Set(lives.flatMap((life) => Object.keys(life[step].calls)))];
		const countOf = (operation) => median(lives.map((life) => life[step].calls[operation] ?? 0));
		return operations.map((operation) => `${number(countOf(operation))} \`${operation}\``).join(", ") || "none";
	};
	const rows = steps.map((step) => [step, ...callers.map((name) => callsOf(name, step))]);
	return compactTable([["", ...callers.map((name) => titles[name])], ...rows]);
}

/** How create and change, which grow most, grow with the number of clients. */
async function chartOf(measured) {
	const measurements = new Measurements(measured);
	const panels = ["create", "change"].map((step) => ({
		title: step,
		lines: measurements.subjects.map((name) => ({
			title: titles[name],
			points: measurements.sizes
				.map((clients) => [clients, measurements.over(name, clients, (life) => life[step].seconds)])
				.filter(([, seconds]) => seconds !== undefined),
		})),
	}));
	return growthChart(panels);
}

/** Puts the tables into docs/benchmark.md, between the two comments that mark their place, and draws the picture that they name. */
export async function writeReport(report, measured) {
	const text = await readFile(page, "utf8");
	if (!section.test(text))
		throw new Error("docs/benchmark.md has no place for the tables: <!-- bench --> and <!-- /bench -->");
	const { code } = await format(
		"benchmark.md",
		text.replace(section, (_, start, end) => `${start}\n${report}\n\n${end}`),
	);
	await writeFile(page, code);
	await writeFile(picture, await chartOf(measured));
}
