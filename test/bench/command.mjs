import { spawn } from "node:child_process";
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

/** Runs a command to its end, if it can reach this machine only. @throws with the end of its output when it fails */
export async function runCommand(command, args, options) {
	requireOwnMachine(options.env);
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding("utf8").on("data", (text) => (output += text));
		child.once("error", reject);
		child.once("close", (code) => {
			if (code === 0) resolve();
			else reject(new Error(`${command} ${args.join(" ")} ended with exit code ${code}:\n${output.slice(-4000)}`));
		});
	});
}
