// oxlint-disable-next-line import/no-unassigned-import -- must run before the libraries, which fail with other errors on an old Node
import "../provider/required-node";
import { flushCompileCache } from "node:module";
import { startServer } from "./server";

async function main(): Promise<void> {
	const port = await startServer(process.argv[2], process.env);
	// The engine reads the port from the first line.
	process.stdout.write(`${port}\n`);
	// The engine may kill this process in place of ending it.
	flushCompileCache();
	// The engine holds the other end: when it is gone, so is this process.
	process.stdin.on("end", () => process.exit(0));
	process.stdin.resume();
}

void main();
