// The main job, from nothing to nothing: `pulumi up` makes two OAuth clients, changes one, repairs one, removes both.
// The organization is the simulator's, on a port of this machine; everything else is what a user runs.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Sandbox } from "./demo/sandbox.mjs";
import { StepReport } from "./demo/step-report.mjs";
import {
	changeArgument,
	makeClients,
	readerRole,
	removeClients,
	repairDrift,
	searchSecrets,
	useSecret,
} from "./demo/steps.mjs";
import { findEngine } from "./pulumi-cli/find-engine.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

async function main() {
	const started = Date.now();
	const { startSimulator } = createRequire(import.meta.url)(join(root, "dist", "simulator"));
	const engine = await findEngine({ log: console.log });
	const simulator = await startSimulator({ seed: { roles: [readerRole] } });
	const report = new StepReport(simulator.requests);
	const interruption = new AbortController();
	let sandbox;
	let complete = false;
	try {
		sandbox = await Sandbox.create({
			root,
			example: "quickstart",
			engineDirectory: engine.directory,
			variables: toVariables(simulator),
		});
		for (const signal of ["SIGINT", "SIGTERM"]) {
			process.on(signal, () => {
				interruption.abort();
				sandbox.interrupt();
			});
		}
		report.announce(
			"An organization, and a project for it",
			`Pulumi ${engine.version}, a copy of examples/quickstart, a simulated Genesys Cloud organization at ${simulator.url},\n` +
				"state in a temporary directory.",
		);
		complete = await runSteps({ simulator, sandbox, report }, interruption.signal);
	} catch (error) {
		if (!interruption.signal.aborted) console.log(`\n${error.message}.`);
	} finally {
		// What Ctrl-C or a failed destroy left behind exists only in the simulator and the directory, and goes with them.
		await simulator.close();
		await sandbox?.remove();
	}
	if (interruption.signal.aborted) {
		console.log("\nThe demo was interrupted; nothing of it is left.");
		process.exitCode = 130;
		return;
	}
	console.log(`\n${report.toTable()}`);
	const held = complete && report.allHeld;
	const seconds = Math.round((Date.now() - started) / 1000);
	console.log(`${held ? "Every step held" : "Not every step held"}. The demo took ${seconds} s.`);
	process.exitCode = held ? 0 : 1;
}

/** A step that fails ends the tour; what exists by then is removed all the same. Answers whether every step was reached. */
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
		console.log(`\nThe demo ends early: ${error.message}. What was made is removed now.`);
	}
	await removeClients(scene);
	if (outputs) await searchSecrets(scene, outputs);
	return failure === undefined;
}

/** Where the provider finds the organization: what a user sets for a real one, and the simulator as a gateway to it. */
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
