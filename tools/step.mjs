import { spawn } from "node:child_process";

/** A step that ends sooner says nothing: most runs find everything in place. */
const SILENT_MILLISECONDS = 2000;
const PROGRESS_SECONDS = 15;

export class StepError extends Error {
	name = "StepError";

	constructor(title, outcome, output) {
		super(`${title} failed: ${outcome}`);
		this.outcome = outcome;
		this.output = output;
	}
}

/**
 * Runs a command that may take minutes. Its output is kept for the case of a failure; meanwhile `log` gets a line when it
 * starts, one every 15 seconds, and one when it is done. Answers with what the command wrote.
 */
export async function runStep({ title, command, args, shell = false, cwd, env = process.env, timeoutSeconds, log }) {
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	let told = false;
	const start = setTimeout(() => {
		told = true;
		log(`${title} ...`);
	}, SILENT_MILLISECONDS);
	const progress = setInterval(() => log(`  ... ${seconds()} s`), PROGRESS_SECONDS * 1000);
	try {
		const output = await run({ title, command, args, shell, cwd, env, timeoutSeconds });
		if (told) log(`  done in ${seconds()} s`);
		return output;
	} finally {
		clearTimeout(start);
		clearInterval(progress);
	}
}

function run({ title, command, args, shell, cwd, env, timeoutSeconds }) {
	return new Promise((resolve, reject) => {
		const ownGroup = process.platform !== "win32" && timeoutSeconds !== undefined;
		const child = spawn(command, args, { shell, cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: ownGroup });
		let output = "";
		let timedOut = false;
		const stop = () => {
			timedOut = true;
			// A script's children outlive it unless all of them are ended.
			if (ownGroup && child.pid) process.kill(-child.pid, "SIGKILL");
			else spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
		};
		const limit = timeoutSeconds && setTimeout(stop, timeoutSeconds * 1000);
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (text) => {
				output += text;
			});
		}
		child.once("error", (error) => {
			clearTimeout(limit);
			reject(new StepError(title, error.code === "ENOENT" ? `${command} isn't installed` : error.message, output));
		});
		child.once("close", (code, signal) => {
			clearTimeout(limit);
			if (code === 0) return resolve(output);
			const outcome = timedOut
				? `no end after ${timeoutSeconds} s`
				: signal
					? `ended by ${signal}`
					: `exit code ${code}`;
			reject(new StepError(title, outcome, output));
		});
	});
}
