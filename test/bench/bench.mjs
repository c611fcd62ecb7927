// Measures this package beside a dynamic provider as people write it today, the least that Pulumi's engine takes, and Terraform, in one
// run, on the same simulated organization; and writes the tables of docs/benchmark.md.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { findEngine } from "../../tools/pulumi-cli/find-engine.mjs";
import { findYamlHost } from "../../tools/pulumi-cli/find-yaml-host.mjs";
import { runStep } from "../../tools/step.mjs";
import { lastTerraform, saveTerraform } from "./terraform-figures.mjs";
import { Organization } from "./organization.mjs";
import { PulumiStack } from "./pulumi-stack.mjs";
import { reportOf, writeReport } from "./report.mjs";
import { SideBySide } from "./side-by-side.mjs";
import { TerraformStack } from "./terraform-stack.mjs";

const HELP = `npm run bench -- [options]

  --sizes N:R,..   how many clients, and how often that is measured (1:5,10:3,100:3,1000:1); medians count
  --latency MS     how long the simulated organization takes for a call (50)
  --subjects X,..  ours, yaml, executable, plugin, usual, floor, terraform (all; terraform when BENCH_TERRAFORM and
                   BENCH_TERRAFORM_PROVIDER name its two binaries, otherwise its last figures)
  --stacks N       how many Pulumi stacks, side by side, the clients are spread over (1); with more than one, Terraform isn't measured
  --env NAME=VALUE a variable for the programs that run on Pulumi, such as one of its switches; may be given more than once
  --write          write the tables into docs/benchmark.md and draw docs/benchmark.svg, in place of only printing the tables
`;

const root = fileURLToPath(new URL("../..", import.meta.url));
const settings = {
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/callback"],
};
const steps = ["create", "unchanged", "preview", "change", "refresh", "destroy"];

async function main() {
	const { values } = parseArgs({
		options: {
			sizes: { type: "string", default: "1:5,10:3,100:3,1000:1" },
			latency: { type: "string", default: "50" },
			subjects: { type: "string" },
			stacks: { type: "string", default: "1" },
			env: { type: "string", multiple: true, default: [] },
			write: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) return console.log(HELP);
	const latency = Number(values.latency);
	const sizes = values.sizes.split(",").map((size) => size.split(":").map(Number));
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

	const measured = [];
	for (const [clients, runs = 1] of sizes) {
		for (let run = 1; run <= runs; run++) {
			// In turn, so that a machine that is slow for a while is slow for all.
			for (const { name, start } of subjects) {
				console.error(`${clients} clients, run ${run} of ${runs}: ${name}`);
				const life = await lifeOf(start, clients, latency);
				console.error(`  ${steps.map((step) => `${step} ${life[step].seconds.toFixed(2)}`).join(", ")} s`);
				measured.push({ subject: name, clients, ...life });
			}
		}
	}
	const isRun = subjects.some(({ name }) => name === "terraform");
	const last = isRun || stacks > 1 || values.subjects !== undefined ? undefined : await lastTerraform(latency);
	const lives = [...measured, ...(last?.lives ?? []).filter(({ clients }) => sizes.some(([size]) => size === clients))];
	const setting = [stacks > 1 ? [`${stacks} stacks side by side`] : [], values.env].flat();
	const report = reportOf({
		measured: lives,
		steps,
		latency,
		engine: engine.version,
		setting,
		terraformDate: last?.date,
	});
	console.log(report);
	if (!values.write) return undefined;
	if (isRun) await saveTerraform(latency, measured);
	return writeReport(report, lives);
}

function variablesOf(pairs) {
	const wrong = pairs.find((pair) => !/^\w+=/.test(pair));
	if (wrong !== undefined) throw new Error(`--env ${wrong} isn't NAME=VALUE`);
	return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s, 2)));
}

async function subjectsOf({ path, variables, stacks, wanted }) {
	const pulumi = (program, places, plugin) => async (organization) => {
		const start = async () => PulumiStack.create({ program, organization, path: places, variables, plugin });
		return stacks > 1 ? SideBySide.create({ count: stacks, start, organization }) : start();
	};
	const script = join(root, "dist", "plugin");
	const names = ["ours", "yaml", "executable", "plugin", "usual", "floor"].filter(
		(name) => wanted === undefined || wanted.includes(name),
	);
	const executable = names.includes("executable") ? await packExecutable() : undefined;
	const subjects = names.map((name) => ({
		name,
		start: name === "executable" ? pulumi("yaml", path, executable) : pulumi(name, [...path, script]),
	}));
	const { BENCH_TERRAFORM: terraform, BENCH_TERRAFORM_PROVIDER: provider } = process.env;
	if (terraform && provider && stacks === 1) {
		const start = async (organization) => TerraformStack.create({ terraform, provider, organization });
		subjects.push({ name: "terraform", start });
	}
	return subjects.filter(({ name }) => wanted === undefined || wanted.includes(name));
}

/** Packs the plugin for this system. Answers with the archive of its executable. */
async function packExecutable() {
	const args = [join(root, "tools", "plugin-pack.mjs"), "--own-system"];
	const output = await runStep({ title: "Packing the plugin", command: process.execPath, args, log: console.error });
	return output.split("\n").find((line) => line.endsWith(".tar.gz") && !line.endsWith("-node.tar.gz"));
}

/** The whole life of so many clients in a new organization: each step measured. */
async function lifeOf(start, clients, latency) {
	const organization = await Organization.start(latency);
	const stack = await start(organization);
	const declare = async (description) => stack.declare({ clients, latency, settings: { ...settings, description } });
	try {
		const life = {};
		await declare("A client of the bench");
		for (const step of steps) {
			if (step === "change") await declare("A changed client of the bench");
			life[step] = await stack.measure(step);
			if (step === "create") life.stateSize = await stack.stateSize();
		}
		return life;
	} finally {
		await stack.remove();
		organization.close();
	}
}

await main();
