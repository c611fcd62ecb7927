// oxlint-disable-next-line import/no-unassigned-import -- must run before the libraries, which fail with other errors on an old Node
import "../provider/required-node";
import { fstatSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { startServer } from "./server";

async function main(): Promise<void> {
	// The engine's address comes last, after flags for logging and tracing.
	const engineAddress = process.argv.slice(2).findLast((argument) => !argument.startsWith("-"));
	const port = await startServer(engineAddress, process.env);
	// The engine reads the port from the first line.
	process.stdout.write(`${port}\n`);
	// The engine may kill this process in place of ending it.
	flushCompileCache();
	// The engine holds the other end of the pipe: when it is gone, so is this process. Pulumi's host for Node programs gives no pipe, and ends the
	// process itself.
	if (!fstatSync(0).isFIFO() && !fstatSync(0).isSocket()) return;
	process.stdin.on("end", () => process.exit(0));
	process.stdin.resume();
}

void main();
