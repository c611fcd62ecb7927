import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { withLock } from "../lock.mjs";
import { runStep } from "../step.mjs";
import { cacheDirectory } from "./engine-cache.mjs";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

/**
 * A program that Go builds in a folder beside this file: from the folder's go.mod alone, or from its own source.
 *
 * @param {object} program
 * @param {string} program.name the folder, and the program's name in the cache
 * @param {string} program.title what it is, in messages
 * @param {string} program.module the module whose version is the program's
 * @param {string} program.main the package to build
 * @param {string} program.executable the file's name
 * @param {(version: string) => string} program.linkerFlags
 */
export function goProgram({ name, title, module, main, executable, linkerFlags }) {
	const sources = join(here, name);
	const requirement = new RegExp(`${module.replaceAll(".", "\\.")} v(\\S+)`);
	const version = requirement.exec(readFileSync(join(sources, "go.mod"), "utf8"))[1];
	const buildArguments = ["build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", linkerFlags(version)];
	return { name, title, main, executable, sources, version, buildArguments };
}

/** Where a built program lies, or will lie; anything that changes the binary moves it. */
export function builtProgram({ name, sources, version, buildArguments, executable }) {
	const hash = createHash("sha256");
	for (const file of readdirSync(sources)) hash.update(readFileSync(join(sources, file)));
	hash.update(JSON.stringify([...buildArguments, process.platform, process.arch]));
	const directory = join(cacheDirectory(), `${name}-${version}-${hash.digest("hex").slice(0, 12)}`);
	return { version, directory, file: join(directory, executable) };
}

/** Builds a program with Go, unless another process has done so meanwhile. */
export async function buildProgram(program, { log }) {
	const target = builtProgram(program);
	const onWait = (pid) => log(`Waiting for process ${pid}, which is building ${program.title} ...`);
	return withLock(join(cacheDirectory(), `${program.name}.lock`), { onWait }, async () => {
		if (existsSync(target.file)) return { ...target, how: "cache" };
		// A build that was cut off leaves its directory behind; under the lock no other build of this program is running.
		const drafts = `building-${program.name}-`;
		for (const name of readdirSync(cacheDirectory())) {
			if (name.startsWith(drafts)) rmSync(join(cacheDirectory(), name), { recursive: true, force: true });
		}
		const draft = join(cacheDirectory(), `${drafts}${process.pid}`);
		mkdirSync(draft, { recursive: true });
		try {
			await buildInto(draft, program, log);
			rmSync(target.directory, { recursive: true, force: true });
			renameSync(draft, target.directory);
		} finally {
			rmSync(draft, { recursive: true, force: true });
		}
		return { ...target, how: "built" };
	});
}

async function buildInto(directory, { name, title, main, executable, sources, version, buildArguments }, log) {
	// It must run on this machine, whatever else this shell is set up to build for.
	const { GOOS: _os, GOARCH: _architecture, ...inherited } = process.env;
	const env = { ...inherited, CGO_ENABLED: "0", GOWORK: "off" };
	const go = await readGoVersion(sources, env);
	const logFile = join(cacheDirectory(), `${name}-build.log`);
	try {
		const output = await runStep({
			title: `Building ${title} ${version} with ${go}, once for all clones; this takes some minutes`,
			command: "go",
			args: [...buildArguments, "-o", join(directory, executable), main],
			cwd: sources,
			env,
			log,
		});
		writeFileSync(logFile, output);
	} catch (error) {
		writeFileSync(logFile, error.output ?? error.message);
		const lastLine = (error.output ?? "").trim().split("\n").at(-1);
		throw new Error(`${error.outcome ?? error.message}${lastLine && `: ${lastLine}`} (all of it: ${logFile})`, {
			cause: error,
		});
	}
}

/** Asked in the directory of go.mod, an older Go with leave to do so fetches the version that is needed. */
async function readGoVersion(sources, env) {
	try {
		return (await run("go", ["env", "GOVERSION"], { cwd: sources, env })).stdout.trim();
	} catch (error) {
		if (error.code === "ENOENT") throw new Error("Go isn't installed", { cause: error });
		throw new Error((error.stderr || error.message).trim().split("\n")[0], { cause: error });
	}
}
