import { execFileSync, spawn } from "node:child_process";

import { withDirectLoopback } from "../../tools/loopback.mjs";

/** Nothing listens there: whoever calls another host than this machine fails. */
const deadProxy = "http://127.0.0.1:9";

const proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];

/** The environment without what belongs to the user's own Pulumi, Terraform and Genesys Cloud, and without a way to another host. */
export const cleanEnvironment = {
	// The user's own proxy for everything and exceptions from proxies would be ways to other hosts.
	...withDirectLoopback(
		Object.fromEntries(
			Object.entries(process.env).filter(([name]) => !/^((PULUMI|GENESYSCLOUD|TF)_|(no|all)_proxy$)/i.test(name)),
		),
	),
	...Object.fromEntries(proxyVariables.map((name) => [name, deadProxy])),
};

/**
 * Refuses an environment in which a program could reach another host than this machine.
 *
 * @throws if the organization isn't on this machine, or if the way to other hosts is open
 */
export function requireOwnMachine(environment) {
	const host = environment.GENESYSCLOUD_GATEWAY_HOST;
	if (host !== "127.0.0.1") throw new Error(`the bench calls an organization on 127.0.0.1 only, not on ${host}`);
	const isOpen = proxyVariables.some((name) => environment[name] !== deadProxy);
	const hasOther = Object.keys(environment).some((name) => /^(GENESYSCLOUD_PROXY_.*|all_proxy)$/i.test(name));
	const hasException = ["NO_PROXY", "no_proxy"].some((name) => environment[name] !== cleanEnvironment[name]);
	if (isOpen || hasOther || hasException)
		throw new Error("the bench starts nothing that could reach another host than this machine");
}

const running = new Set();

/** Runs a command to its end, if it can reach this machine only. @throws with the end of its output when it fails */
export async function runCommand(command, args, options) {
	requireOwnMachine(options.env);
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
		running.add(child);
		let output = "";
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding("utf8").on("data", (text) => (output += text));
		child.once("error", reject);
		child.once("close", (code) => {
			running.delete(child);
			if (code === 0) resolve();
			else reject(new Error(`${command} ${args.join(" ")} ended with exit code ${code}:\n${output.slice(-4000)}`));
		});
	});
}

/** Ends what {@link runCommand} runs, with all that it has started: Pulumi's plugins are in process groups of their own. */
export function stopCommands() {
	for (const { pid } of running) {
		if (pid === undefined) continue;
		if (process.platform === "win32") execFileSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
		else for (const id of treeOf(pid)) end(id);
	}
}

/** A process and all below it, the topmost first, so that none sees another end and starts it again. */
function treeOf(root) {
	const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
	const processes = rows.map((row) => row.trim().split(/\s+/).map(Number));
	const below = (parent) => [parent, ...processes.filter(([, its]) => its === parent).flatMap(([id]) => below(id))];
	return below(root);
}

function end(id) {
	try {
		process.kill(id, "SIGKILL");
	} catch (error) {
		// It has ended by itself.
		if (error.code !== "ESRCH") throw error;
	}
}
