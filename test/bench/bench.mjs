// Measures this package beside a dynamic provider as people write it today, the least that Pulumi's engine takes, and Terraform, in one
// run, on the same simulated organization; and writes the tables of docs/benchmark.md.
import { cpus, hostname, release, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { hashOf } from "../../tools/built-package.mjs";
import { findEngine } from "../../tools/pulumi-cli/find-engine.mjs";
import { findYamlHost } from "../../tools/pulumi-cli/find-yaml-host.mjs";
import { runStep } from "../../tools/step.mjs";
import { stopCommands } from "./command.mjs";
import { KeptLives } from "./kept-lives.mjs";
import { measureLife } from "./lives.mjs";
import { writePage } from "./page.mjs";
import { followPlan, planOf } from "./plan.mjs";
import { PulumiStack } from "./pulumi-stack.mjs";
import { reportOf } from "./report.mjs";
import { SideBySide } from "./side-by-side.mjs";
import { lastTerraform, saveTerraform } from "./terraform-figures.mjs";
import { TerraformStack } from "./terraform-stack.mjs";

const HELP = `npm run bench -- [options]

  --sizes N:R,..     how many clients, and how often that is measured (1:5,10:3,100:3,1000:1); medians count
  --rotated N:R,..   how many pairs, and how many integration credentials with their clients (1:1,10:1,100:1; with --sizes: none)
  --latency MS       how long the simulated organization takes for a call (50)
  --subjects X,..    ours, executable, yaml, plugin, usual, floor, terraform (all; terraform when BENCH_TERRAFORM and
                     BENCH_TERRAFORM_PROVIDER name its two binaries, otherwise its last figures)
  --stacks N         how many Pulumi stacks, side by side, the clients are spread over (1); with more than one, Terraform isn't measured
  --env NAME=VALUE   a variable for the programs that run on Pulumi, such as one of its switches; may be given more than once
  --write            write the tables into docs/benchmark.md and draw docs/benchmark.svg, in place of only printing the tables
  --fresh            measure again what an earlier start has measured

Ctrl-C stops it. What was measured is kept in node_modules/.cache/bench.jsonl: the same command goes on with the rest, if package, machine
and versions are the same.
`;

const root = fileURLToPath(new URL("../..", import.meta.url));
const everyResource = ["OAuthClient", "RotatingOAuthClient", "IntegrationCredential"];
/** What decides about the figures, of what is in this folder. */
const measuredFiles = ["dist", "test/bench/programs", "test/bench/lives.mjs", "node_modules/.package-lock.json"];

async function main() {
	const { values } = parseArgs({
		options: {
			sizes: { type: "string" },
			rotated: { type: "string" },
			latency: { type: "string", default: "50" },
			subjects: { type: "string" },
			stacks: { type: "string", default: "1" },
			env: { type: "string", multiple: true, default: [] },
			write: { type: "boolean", default: false },
			fresh: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) return console.log(HELP);
	const latency = Number(values.latency);
	const rotated = sizesOf(values.rotated ?? (values.sizes === undefined ? "1:1,10:1,100:1" : ""));
	const sizes = {
		OAuthClient: sizesOf(values.sizes ?? "1:5,10:3,100:3,1000:1"),
		RotatingOAuthClient: rotated,
		IntegrationCredential: rotated,
	};
	const engine = await findEngine({ log: console.error });
	const yamlHost = await findYamlHost({ engine: engine.pulumi, log: console.error });
	const path = [engine.directory, yamlHost];
	const variables = variablesOf(values.env);
	const stacks = Number(values.stacks);
	if (values.write && (values.env.length > 0 || stacks > 1)) {
		throw new Error("--write is for figures of one stack, without --env");
	}
	const subjects = await subjectsOf({ path, variables, stacks, wanted: values.subjects?.split(",") });
	if (subjects.length === 0)
		throw new Error(`--subjects ${values.subjects} names nothing that can be measured: see --help`);

	const setting = [stacks > 1 ? [`${stacks} stacks side by side`] : [], values.env].flat();
	const kept = await KeptLives.open(join(root, "node_modules", ".cache", "bench.jsonl"), {
		measured: hashOf(root, measuredFiles),
		machine: [hostname(), release(), cpus().length, cpus()[0]?.model, totalmem()],
		versions: [process.version, engine.version],
		latency,
		setting,
	});
	if (values.fresh) await kept.forget();
	const startOf = Object.fromEntries(subjects.map(({ name, start }) => [name, start]));
	const measured = await followPlan({
		plan: planOf(subjects, sizes),
		kept,
		measureLife: async ({ subject, resource, count }) => measureLife(startOf[subject], { resource, count, latency }),
		sitting: new Date().toISOString(),
		log: console.error,
	});
	const isRun = subjects.some(({ name }) => name === "terraform");
	const last = isRun || stacks > 1 || values.subjects !== undefined ? undefined : await lastTerraform(latency);
	const isMeasured = ({ count }) => sizes.OAuthClient.some(([size]) => size === count);
	const lives = [...measured, ...(last?.lives ?? []).filter(isMeasured)];
	const report = reportOf({ measured: lives, latency, engine: engine.version, setting, terraformDate: last?.date });
	console.log(report);
	if (!values.write) return undefined;
	if (isRun) await saveTerraform(latency, measured);
	return writePage(report, lives);
}

const sizesOf = (text) =>
	text
		.split(",")
		.filter(Boolean)
		.map((size) => size.split(":").map(Number))
		.map(([count, runs = 1]) => [count, runs]);

function variablesOf(pairs) {
	const wrong = pairs.find((pair) => !/^\w+=/.test(pair));
	if (wrong !== undefined) throw new Error(`--env ${wrong} isn't NAME=VALUE`);
	return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s, 2)));
}

async function subjectsOf({ path, variables, stacks, wanted }) {
	const pulumi = (program, places, plugin) => async (organization, ofResource) => {
		const start = async () =>
			PulumiStack.create({ program, organization, path: places, variables: { ...ofResource, ...variables }, plugin });
		return stacks > 1 ? SideBySide.create({ count: stacks, start, organization }) : start();
	};
	const isWanted = (name) => wanted === undefined || wanted.includes(name);
	const executable = isWanted("executable") ? await packExecutable() : undefined;
	const withScript = [...path, join(root, "dist", "plugin")];
	const subjects = [
		{ name: "ours", start: pulumi("ours", withScript), resources: everyResource },
		{ name: "executable", start: pulumi("yaml", path, executable), resources: everyResource },
		{ name: "yaml", start: pulumi("yaml", withScript), resources: everyResource },
		...["plugin", "usual", "floor"].map((name) => ({
			name,
			start: pulumi(name, withScript),
			resources: ["OAuthClient"],
		})),
	];
	const { BENCH_TERRAFORM: terraform, BENCH_TERRAFORM_PROVIDER: provider } = process.env;
	if (terraform && provider && stacks === 1) {
		const start = async (organization) => TerraformStack.create({ terraform, provider, organization });
		subjects.push({ name: "terraform", start, resources: ["OAuthClient"] });
	}
	return subjects.filter(({ name }) => isWanted(name));
}

/** Packs the plugin for this system. Answers with the archive of its executable. */
async function packExecutable() {
	const args = [join(root, "tools", "plugin-pack.mjs"), "--own-system"];
	const output = await runStep({ title: "Packing the plugin", command: process.execPath, args, log: console.error });
	return output.split("\n").find((line) => line.endsWith(".tar.gz") && !line.endsWith("-node.tar.gz"));
}

let isStopped = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
	process.on(signal, () => {
		isStopped = true;
		stopCommands();
	});
}
try {
	await main();
} catch (error) {
	if (!isStopped) throw error;
	console.error("Stopped. What was measured is kept: the same command goes on with the rest.");
	process.exitCode = 130;
}
