import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { runStep } from "../step.mjs";
import { signAdHoc, signatureFault } from "./mach-o.mjs";
import { findRuntime } from "./runtime.mjs";
import { ownTarget } from "./targets.mjs";

/**
 * Writes the executable of a target: the plugin's bundle as bytecode, and the runtime.
 *
 * @param target one of targets.mjs
 * @param bundle the plugin as one file
 * @param file where to write; its name is in the executable, so equal names make equal files
 */
export async function compileExecutable(target, { bundle, file, log }) {
	if (ownTarget === undefined) throw new Error(`there is no compiler for ${process.platform} on ${process.arch}`);
	const compiler = await findRuntime(ownTarget, { log });
	const runtime = await findRuntime(target, { log });
	// Without the first two it would read files of whatever directory it is started in.
	const isolated = ["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"];
	// A run is short: machine code for what is called often comes later than usual, which saves a tenth of the memory.
	const flags = [...isolated, "--bytecode", "--minify", "--compile-jit-policy=10"];
	const compileTarget = `--target=bun-${target.asset.replace("amd64", "x64")}`;
	await runStep({
		title: `Compiling the plugin for ${target.asset}`,
		command: compiler,
		args: [
			"build",
			"--compile",
			...flags,
			"--format=cjs",
			compileTarget,
			`--compile-executable-path=${runtime}`,
			`--outfile=${file}`,
			bundle,
		],
		cwd: dirname(file),
		log,
	});
	const fault = target.os === "darwin" ? sign(file) : undefined;
	if (fault !== undefined)
		throw new Error(`the signature of the executable for ${target.asset} doesn't hold: ${fault}`);
	if (!isFor(target, file)) throw new Error(`the executable for ${target.asset} isn't one`);
}

/** The compiler signs programs for arm64 alone; on Intel it leaves the runtime's own signature, which no longer holds. */
function sign(file) {
	const compiled = readFileSync(file);
	if (signatureFault(compiled) !== undefined) writeFileSync(file, signAdHoc(compiled));
	return signatureFault(readFileSync(file));
}

/** Whether a file is a program for the system and architecture of a target, by its header: ELF, Mach-O or PE. */
function isFor({ os, cpu }, file) {
	const head = Buffer.alloc(4096);
	const opened = openSync(file, "r");
	readSync(opened, head);
	closeSync(opened);
	const isIntel = cpu === "x64";
	if (os === "linux") return head.toString("latin1", 1, 4) === "ELF" && head.readUInt16LE(18) === (isIntel ? 62 : 183);
	if (os === "darwin") return head.readUInt32LE(4) === (isIntel ? 0x01000007 : 0x0100000c);
	const header = head.readUInt32LE(60);
	return (
		head.toString("latin1", header, header + 2) === "PE" &&
		head.readUInt16LE(header + 4) === (isIntel ? 0x8664 : 0xaa64)
	);
}
