import { spawn } from "node:child_process";
import { withDirectLoopback } from "../../tools/loopback.mjs";

/** The environment without what belongs to the user's own Pulumi, Terraform and Genesys Cloud. */
export const cleanEnvironment = Object.fromEntries(
	Object.entries(withDirectLoopback(process.env)).filter(([name]) => !/^(PULUMI|GENESYSCLOUD|TF)_/.test(name)),
);

/** Runs a command to its end. @throws with the end of its output when it fails */
export async function runCommand(command, args, options) {
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
