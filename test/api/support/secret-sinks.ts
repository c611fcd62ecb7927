import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** What a sink was given. */
interface Stored {
	name: string;
	clientId: string;
	clientSecret: string;
	secretVersion: number;
	rotation?: number;
}

/** A sink in a directory of its own. */
export interface TestSink {
	/** What `secretSink` takes. */
	module: string;
	/** Everything that it has taken, oldest first. */
	stored: () => Stored[];
	/** How often it was called, whether it took the secret or not. */
	calls: () => number;
	/** Puts it out of order, or in order again. */
	setBroken: (broken: boolean) => void;
}

const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);

/**
 * Makes a sink, which ends with the test.
 *
 * @param whenBroken what it does when it is out of order: JavaScript, with `secret` at hand
 */
export function createSink(whenBroken?: string): TestSink {
	const directory = mkdtempSync(join(tmpdir(), "secret-sink-"));
	onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
	return createSinkIn(directory, whenBroken);
}

/** Makes a sink in a directory of its own; whoever asks for it removes that. */
export function createSinkIn(directory: string, whenBroken = 'throw new Error("the vault is sealed")'): TestSink {
	const [module, log, calls, broken] = ["sink.cjs", "log", "calls", "broken"].map((name) => join(directory, name)) as [
		string,
		string,
		string,
		string,
	];
	writeFileSync(
		module,
		`const { appendFileSync, existsSync } = require("node:fs");
exports.storeSecret = async (secret) => {
	appendFileSync(${JSON.stringify(calls)}, "called\\n");
	if (existsSync(${JSON.stringify(broken)})) { ${whenBroken}; }
	appendFileSync(${JSON.stringify(log)}, JSON.stringify(secret) + "\\n");
};
`,
	);
	return {
		module,
		stored: () => linesOf(log).map((line) => JSON.parse(line) as Stored),
		calls: () => linesOf(calls).length,
		setBroken: (isBroken) => (isBroken ? writeFileSync(broken, "") : rmSync(broken, { force: true })),
	};
}
