// Measures what this package does with many clients that exist already: export, report, lookups, and the preview of adoptions.
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { findEngine } from "../../tools/pulumi-cli/find-engine.mjs";
import { findYamlHost } from "../../tools/pulumi-cli/find-yaml-host.mjs";
import { cleanEnvironment, runCommand } from "./command.mjs";
import { largeClients } from "./large-organization.mjs";
import { measure } from "./measure.mjs";
import { Organization } from "./organization.mjs";
import { isProvider, PulumiStack } from "./pulumi-stack.mjs";

const HELP = `npm run bench:large -- [options]

  --sizes N,..     how many clients the organization has (500,1000,2000)
  --adopted N      how many of 300 clients a preview adopts (298); 0 for none
  --latency MS     how long the simulated organization takes for a call (50)
`;

const root = fileURLToPath(new URL("../..", import.meta.url));
const cli = join(root, "dist", "cli", "main.js");
const lookups = join(root, "test", "bench", "programs", "lookups", "index.js");
/** Commands, as the arguments of Node, by what they do. */
const usages = {
	"export, TypeScript": (directory) => [cli, "export", "--output", join(directory, "typescript")],
	"export, YAML": (directory) => [cli, "export", "--language", "yaml", "--output", join(directory, "yaml")],
	"report, text": () => [cli, "report"],
	"report, JSON": () => [cli, "report", "--json"],
	"report, CSV": () => [cli, "report", "--csv", "clients"],
	"report, page": (directory) => [cli, "report", "--csv", "findings", "--html", join(directory, "report.html")],
	"report, with stacks": (directory) => [cli, "report", "--stack-export", join(directory, "stack.json")],
	"export, Terraform's state": (directory) => {
		const [state, output] = ["terraform.tfstate", "terraform"].map((name) => join(directory, name));
		return [cli, "export", "--terraform-state", state, "--output", output];
	},
	"200 lookups by name": () => [lookups],
};

/** Seconds of processor time of all finished child processes of this one; only Linux tells. */
function processorSeconds() {
	try {
		const fields = readFileSync("/proc/self/stat", "utf8")
			.replace(/^.*\) /s, "")
			.split(" ");
		return (Number(fields[13]) + Number(fields[14])) / 100;
	} catch {
		return Number.NaN;
	}
}

async function measured(organization, isWanted, work) {
	const before = processorSeconds();
	const result = await measure(organization, isWanted, work);
	return { ...result, processor: processorSeconds() - before };
}

/** Files of `pulumi stack export` and of Terraform's state that have all clients. */
async function writeStates(directory, clients) {
	const resources = clients.map(({ id, name }) => ({
		urn: `urn:pulumi:prod::crm::pulumi-nodejs:dynamic/genesyscloud:OAuthClient::${name}`,
		type: "pulumi-nodejs:dynamic/genesyscloud:OAuthClient",
		id,
		custom: true,
		outputs: { clientId: id, secretVersion: 1, secretRotatedAt: "2026-01-01T00:00:00Z" },
	}));
	await writeFile(join(directory, "stack.json"), JSON.stringify({ version: 3, deployment: { resources } }));
	const instances = clients.map(({ id, name }) => ({
		index_key: name,
		attributes: { id, client_secret: `no secret ${id}` },
	}));
	const state = { mode: "managed", type: "genesyscloud_oauth_client", name: "client", instances };
	await writeFile(join(directory, "terraform.tfstate"), JSON.stringify({ version: 4, resources: [state] }));
}

/** What the command does with so many clients. */
async function measureCommands(count, latency) {
	const directory = await mkdtemp(join(tmpdir(), "bench-large-"));
	const rows = [];
	try {
		await writeStates(directory, largeClients(count));
		for (const [what, argumentsOf] of Object.entries(usages)) {
			const organization = await Organization.start(latency, count);
			try {
				const options = { cwd: directory, env: { ...cleanEnvironment, ...organization.variables } };
				const args = argumentsOf(directory);
				const isCommand = ([, script]) => script === args[0];
				const result = await measured(organization, isCommand, async () => runCommand(process.execPath, args, options));
				rows.push({ what, clients: count, ...result });
			} finally {
				organization.close();
			}
		}
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
	return rows;
}

/** A preview that adopts so many clients, by their ids or their names. */
async function measurePreview(program, path, { count, latency, adopt, by }) {
	const organization = await Organization.start(latency, 300);
	const stack = await PulumiStack.create({ program, organization, path });
	try {
		const clients = largeClients(count).map(({ id, ...client }) => Object.assign(client, { adopt: adopt(id, client) }));
		await stack.declare({ listed: clients });
		const result = await measured(organization, isProvider, async () => stack.run("preview"));
		return {
			what: `preview of adoptions by ${by}, ${program === "yaml" ? "YAML plugin" : "npm package"}`,
			clients: count,
			...result,
		};
	} finally {
		await stack.remove();
		organization.close();
	}
}

function printRows(rows) {
	console.log("| | clients | s | processor, s | memory, MB | calls |\n| :- | -: | -: | -: | -: | :- |");
	for (const { what, clients, seconds, processor, memory, calls } of rows) {
		const each = Object.entries(calls).map(([operation, number]) => `${number} \`${operation}\``);
		const figures = [seconds.toFixed(1), processor.toFixed(1), ((memory ?? Number.NaN) / 1e6).toFixed(0)];
		console.log(`| ${[what, clients.toLocaleString("en"), ...figures, each.join(", ")].join(" | ")} |`);
	}
}

async function main() {
	const { values } = parseArgs({
		options: {
			sizes: { type: "string", default: "500,1000,2000" },
			adopted: { type: "string", default: "298" },
			latency: { type: "string", default: "50" },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) return console.log(HELP);
	const latency = Number(values.latency);
	const rows = [];
	for (const count of values.sizes.split(",").filter(Boolean).map(Number))
		rows.push(...(await measureCommands(count, latency)));
	const count = Number(values.adopted);
	if (count > 0) {
		const engine = await findEngine({ log: console.error });
		const path = [engine.directory, await findYamlHost({ engine: engine.pulumi, log: console.error })];
		const ways = { id: (clientId) => ({ clientId }), name: (_id, { name }) => ({ name }) };
		for (const [by, adopt] of Object.entries(ways)) {
			rows.push(await measurePreview("adoptions", path, { count, latency, adopt, by }));
			rows.push(await measurePreview("yaml", [...path, join(root, "dist", "plugin")], { count, latency, adopt, by }));
		}
	}
	return printRows(rows);
}

await main();
