import { cpus, totalmem, type } from "node:os";

import { markdownTable } from "markdown-table";

import { resources } from "./lives.mjs";
import { counted, Measurements, megabytes, number, titles } from "./measurements.mjs";

/** A table that the formatter leaves as it is: padded cells would take half of the page. */
const compactTable = (rows, options) =>
	`<!-- prettier-ignore -->\n${markdownTable(rows, { ...options, alignDelimiters: false })}`;

const seconds = ({ seconds: taken }) => taken;

const ratio = (value, base) => (value === undefined || base === undefined ? "" : number(value / base, 2));

/**
 * The tables, in Markdown.
 *
 * @param measured the lives of this run, and Terraform's last ones
 * @param setting what was unlike a plain run, such as one of Pulumi's switches
 */
export function reportOf({ measured, latency, engine, setting, terraformDate }) {
	const clients = new Measurements(measured, "OAuthClient");
	return [
		conditionsOf({ measured, latency, engine, setting }),
		...(terraformDate ? [`Terraform's columns are of ${terraformDate}: its binaries weren't there this time.`] : []),
		...crashesOf(measured),
		...(clients.sizes.length > 0 ? clientTables(clients) : []),
		...rotatedTables(measured),
	].join("\n\n");
}

/** When, where and how it was measured. */
function conditionsOf({ measured, latency, engine, setting }) {
	const sittings = [...new Set(measured.flatMap(({ sitting }) => sitting ?? []))].toSorted((one, other) =>
		one.localeCompare(other),
	);
	const days = [...new Set([sittings[0], sittings.at(-1)].map((sitting) => sitting?.slice(0, 10)))].join(" to ");
	const continued =
		sittings.length > 1 ? ` The run was stopped and continued, so that it is of ${sittings.length} parts.` : "";
	const [processor] = cpus();
	const machine = `${cpus().length} cores (${processor?.model.trim()}), ${number(totalmem() / 2 ** 30)} GiB, ${type()}`;
	const runs = Object.entries(resources).flatMap(([resource, { title }]) => {
		const measurements = new Measurements(measured, resource);
		return measurements.sizes.length > 0 ? [`${measurements.runs} ${title}`] : [];
	});
	return `Measured on ${days}: ${machine}, Node ${process.version.slice(1)}, Pulumi ${engine}; ${[`calls of ${latency} ms`, ...setting].join(", ")}. Runs, whose medians count: ${runs.join("; ")}.${continued}`;
}

function clientTables(measurements) {
	const { steps } = resources.OAuthClient;
	return [
		"**Seconds** from the start of the command to its end:",
		stepTable(measurements, steps, { unit: "s", digits: 2, read: seconds }),
		"![How the seconds grow with the number of clients: lines of create and change](benchmark.svg)",
		"**Peak memory** of the provider's process:",
		stepTable(measurements, steps, { unit: "MB", digits: 0, read: megabytes }),
		"**State, and the start** of a create:",
		stateTable(measurements),
		`**API calls** with ${counted(measurements.largest, "clients")}:`,
		callTable(measurements, steps),
	];
}

/** The tables of the resources that are rotated. */
function rotatedTables(measured) {
	const kinds = ["RotatingOAuthClient", "IntegrationCredential"]
		.map((resource) => ({ of: resources[resource], measurements: new Measurements(measured, resource) }))
		.filter(({ measurements }) => measurements.sizes.length > 0);
	if (kinds.length === 0) return [];
	const subjects = Object.keys(titles).filter((name) =>
		kinds.some(({ measurements }) => measurements.subjects.includes(name)),
	);
	const rows = kinds.flatMap(({ of: { title, steps }, measurements }) =>
		measurements.sizes.flatMap((count) =>
			steps.map((step) => {
				const over = (read) => subjects.map((name) => measurements.over(name, count, (life) => read(life[step])));
				return [
					counted(count, title),
					step,
					...over(seconds).map((value) => number(value, 2)),
					...over(megabytes).map((value) => number(value)),
				];
			}),
		),
	);
	const inUnit = ["s", "MB"].flatMap((unit) => subjects.map((name) => `${titles[name]}, ${unit}`));
	return [
		"**Pairs** (`RotatingOAuthClient`, two clients each) and **integration credentials** (each with the client in it): seconds, and peak memory of the provider's process:",
		compactTable([["", "", ...inUnit], ...rows], { align: ["l", "l", ...inUnit.map(() => "r")] }),
		...kinds.flatMap(({ of: { title, steps }, measurements }) => [
			`**API calls** with ${counted(measurements.largest, title)}:`,
			callTable(measurements, steps),
		]),
	];
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

/** A row for each step and number of clients, with the npm package's ratio to the others, and the executable's to Terraform. */
function stepTable(measurements, steps, { unit, digits, read }) {
	const { subjects, sizes } = measurements;
	const others = ["usual", "floor", "terraform"];
	const pairs = [...others.map((other) => ["ours", other]), ["executable", "terraform"]].filter((pair) =>
		pair.every((name) => subjects.includes(name)),
	);
	const rows = sizes.flatMap((count) =>
		steps.map((step) => {
			const valueOf = (name) => measurements.over(name, count, (life) => read(life[step]));
			const values = subjects.map((name) => number(valueOf(name), digits));
			const ratios = pairs.map(([one, other]) => ratio(valueOf(one), valueOf(other)));
			return [number(count), step, values, ratios].flat();
		}),
	);
	const inUnit = subjects.map((name) => `${titles[name]}, ${unit}`);
	const ratios = pairs.map(([one, other]) => `${titles[one]} ÷ ${titles[other]}`);
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
	const rows = sizes.map((count) => {
		const bytes = (name) => measurements.over(name, count, (life) => life.stateSize / count);
		const start = (name) => measurements.over(name, count, (life) => life.create.secondsToFirstCall);
		return [number(count), subjects.map((name) => number(bytes(name))), callers.map((name) => number(start(name), 2))];
	});
	return compactTable(
		[header, ...rows].map((row) => row.flat()),
		{ align: "r" },
	);
}

/** The calls with the most resources: a column for all subjects that make the same ones. */
function callTable(measurements, steps) {
	const callsOf = (subject, step) =>
		measurements
			.calls(subject, measurements.largest, step)
			.map(([operation, count]) => `${number(count)} \`${operation}\``)
			.join(", ") || "none";
	const columns = new Map();
	for (const subject of measurements.subjects.filter((name) => name !== "floor")) {
		const cells = steps.map((step) => callsOf(subject, step));
		const key = JSON.stringify(cells);
		columns.set(key, { cells, names: [...(columns.get(key)?.names ?? []), titles[subject]] });
	}
	const all = [...columns.values()];
	const header = ["", ...all.map(({ names }) => names.join("; "))];
	return compactTable([header, ...steps.map((step, row) => [step, ...all.map(({ cells }) => cells[row])])]);
}
