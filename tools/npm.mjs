import { basename } from "node:path";

/** How to run npm: the one that runs us, when it is npm, since its version may differ from the one on PATH. */
export function npm(...args) {
	const script = process.env.npm_execpath;
	if (script && basename(script) === "npm-cli.js") return { command: process.execPath, args: [script, ...args] };
	// On Windows npm is a batch file, which only a shell starts.
	return process.platform === "win32"
		? { command: ["npm", ...args].join(" "), args: [], shell: true }
		: { command: "npm", args };
}
