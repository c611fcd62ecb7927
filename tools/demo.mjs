// The whole life cycle: `pulumi up` creates two OAuth clients, updates one and reverts drift; `pulumi destroy` deletes both.
// The organization is simulated on a local port; everything else is what a user runs.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Sandbox } from "./demo/sandbox.mjs";
import { StepReport } from "./demo/step-report.mjs";
import {
	changeArgument,
	declareInYaml,
	makeClients,
	readerRole,
	removeClients,
	repairDrift,
	searchSecrets,
	useSecret,
} from "./demo/steps.mjs";
import { findEngine } from "./pulumi-cli/find-engine.mjs";
import { findYamlHost } from "./pulumi-cli/find-yaml-host.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const nextSteps = `
What next:
- docs/getting-started.md: a project of your own, with your organization or with the simulator (npm run --silent simulator -- --env).
- examples/quickstart, python, go, yaml: programs to copy. examples/pipeline: clients in a YAML file, for GitHub Actions and GitLab CI.
- docs/adopt-and-release.md: the clients that you have already.`;

async function main() {
	const started = Date.now();
	const { startSimulator } = createRequire(import.meta.url)(join(root, "dist", "simulator"));
	const engine = await findEngine({ log: console.log });
	const yamlHost = await findYamlHost({ engine: engine.pulumi, log: console.log });
	const yamlPlugins = {
		languages: [{ name: "yaml", path: yamlHost }],
		providers: [{ name: "genesyscloud-oauth", path: join(root, "dist", "plugin") }],
	};
	const simulator = await startSimulator({ seed: { roles: [readerRole] } });
	const report = new StepReport(simulator.requests);
	const interruption = new AbortController();
	const sandboxes = [];
	let complete = false;
	try {
		const create = async (example, plugins) => {
			const directories = [engine.directory];
			const sandbox = await Sandbox.create({ root, example, directories, plugins, variables: toVariables(simulator) });
			sandboxes.push(sandbox);
			return sandbox;
		};
		const [sandbox, yamlSandbox] = [await create("quickstart"), await create("yaml", yamlPlugins)];
		for (const signal of ["SIGINT", "SIGTERM"]) {
			process.on(signal, () => {
				interruption.abort();
				for (const running of sandboxes) running.interrupt();
			});
		}
		report.announce(
			"An organization and a project",
			`Pulumi ${engine.version}, a copy of examples/quickstart, a simulated Genesys Cloud organization at ${simulator.url},\n` +
				"state in a temporary directory.",
		);
		complete = await runSteps({ simulator, sandbox, report }, interruption.signal);
		if (complete) await declareInYaml({ simulator, sandbox: yamlSandbox, report });
	} catch (error) {
		if (!interruption.signal.aborted) console.log(`\n${error.message}.`);
	} finally {
		// Whatever Ctrl-C or a failed destroy left behind exists only in the simulator and the directory.
		await simulator.close();
		await Promise.all(sandboxes.map((sandbox) => sandbox.remove()));
	}
	if (interruption.signal.aborted) {
		console.log("\nThe demo was interrupted; everything it created was removed.");
		process.exitCode = 130;
		return;
	}
	console.log(`\n${report.toTable()}`);
	const passed = complete && report.allPassed;
	const seconds = Math.round((Date.now() - started) / 1000);
	console.log(`${passed ? "Every step passed" : "Some steps failed"}. The demo took ${seconds} s.`);
	if (passed) console.log(nextSteps);
	process.exitCode = passed ? 0 : 1;
}

/** Runs the steps. A failing step skips the rest, but the clients are still removed. Returns whether every step was reached. */
async function runSteps(scene, signal) {
	let outputs;
	let failure;
	try {
		await scene.sandbox.run("stack", "init", "demo");
		await scene.sandbox.run("config", "set", "serviceRole", readerRole.name);
		outputs = await makeClients(scene);
		await useSecret(scene, outputs);
		await changeArgument(scene, outputs);
		await repairDrift(scene, outputs);
	} catch (error) {
		if (signal.aborted) return false;
		failure = error;
		console.log(`\nThe demo ends early: ${error.message}. Removing what it created.`);
	}
	await removeClients(scene);
	if (outputs) await searchSecrets(scene, outputs);
	return failure === undefined;
}

/** The environment variables that a user sets for a real organization, with the simulator as its gateway. */
function toVariables({ url, administrator }) {
	const { protocol, hostname, port } = new URL(url);
	return {
		GENESYSCLOUD_OAUTHCLIENT_ID: administrator.clientId,
		GENESYSCLOUD_OAUTHCLIENT_SECRET: administrator.clientSecret,
		GENESYSCLOUD_GATEWAY_PROTOCOL: protocol.slice(0, -1),
		GENESYSCLOUD_GATEWAY_HOST: hostname,
		GENESYSCLOUD_GATEWAY_PORT: port,
	};
}

try {
	await main();
} catch (error) {
	console.error(`The demo stopped: ${error.message}`);
	process.exitCode = 1;
}
